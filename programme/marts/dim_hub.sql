with hubs as (

    select * from accepted.hubs

),

final as (

    select
        hub_code,
        name_en,
        name_fr,
        name_ar,
        active_from,
        active_to,
        launched_on,
        language,
        case when len(weekend_days) between 1 and 3 then weekend_days else ['sat', 'sun'] end as weekend_days,
        [_record_key] as _record_keys
    from hubs

)

select * from final
