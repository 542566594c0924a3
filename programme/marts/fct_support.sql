with support as (

    select * from accepted.hub_support

),

needs as (

    select * from accepted.hub_needs

),

cities as (

    select * from dim_city

),

-- Support that goes on is told again in the hub's next report, with what came of it.
latest as (

    select *
    from support
    qualify row_number() over (partition by hub_code, support_ref order by period desc, _record_key) = 1

),

needs_met as (

    select
        hub_code,
        need_ref,
        list_sort(list_distinct(flatten(list(priority)))) as priority,
        list(_record_key order by _record_key) as record_keys
    from needs
    group by hub_code, need_ref

),

final as (

    select
        latest.hub_code,
        latest.support_ref,
        latest.period,
        latest.city_code,
        cities.country_code,
        latest.support_type,
        needs_met.priority,
        latest.start_on,
        latest.end_on,
        latest.support_status,
        latest.has_deliverable,
        needs_met.need_ref is not null as answers_need,
        list_concat(
            [latest._record_key], coalesce(needs_met.record_keys, []), coalesce(cities._record_keys, [])
        ) as _record_keys
    from latest
    left join needs_met on latest.hub_code = needs_met.hub_code and latest.need_ref = needs_met.need_ref
    left join cities on latest.city_code = cities.city_code

)

select * from final
