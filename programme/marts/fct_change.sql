with changes as (

    select * from accepted.hub_changes

),

cities as (

    select * from dim_city

),

told as (

    select
        *,
        lag(stage) over (partition by hub_code, change_ref order by changed_on, period) as stage_before
    from changes

),

final as (

    select
        told.hub_code || ':' || told.change_ref as change_key,
        told.change_ref,
        told.hub_code,
        told.period,
        told.changed_on,
        told.city_code,
        cities.country_code,
        told.change_category,
        told.priority,
        told.stage,
        told.stage_before,
        coalesce(told.stage < told.stage_before, false) as is_regress,
        told.contribution,
        told.evidence_level,
        told.is_positive,
        list_concat([told._record_key], coalesce(cities._record_keys, [])) as _record_keys
    from told
    left join cities on told.city_code = cities.city_code

)

select * from final
