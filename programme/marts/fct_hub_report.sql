with hubs as (

    select * from dim_hub

),

quarters as (

    select * from dim_period where period_type = 'quarter' and is_closed

),

activities as (

    select * from accepted.hub_activities

),

received as (

    select
        hub_code,
        period,
        list(_record_key order by _record_key) as record_keys
    from activities
    group by hub_code, period

),

final as (

    select
        hubs.hub_code,
        quarters.period,
        quarters.period_end as quarter_end_on,
        received.hub_code is not null as is_received,
        list_concat(hubs._record_keys, coalesce(received.record_keys, [])) as _record_keys
    from hubs
    inner join quarters
        on coalesce(hubs.active_from, quarters.period_end) <= quarters.period_end
        and coalesce(hubs.active_to, quarters.period_start) >= quarters.period_start
    left join received on hubs.hub_code = received.hub_code and quarters.period = received.period

)

select * from final
