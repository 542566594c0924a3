with hubs as (

    select * from dim_hub

),

quarters as (

    select * from dim_period where period_type = 'quarter' and is_closed

),

submissions as (

    select
        hub_code,
        period,
        submitted_on,
        template_version is not null as has_passed,
        row_number() over (partition by hub_code, period order by submitted_on, revision nulls first) as place,
        _record_key
    from accepted.hub_reports

),

received as (

    select
        hub_code,
        period,
        min(submitted_on) as first_sent_on,
        count(*) as n_submissions,
        bool_or(has_passed and place <= 2) as is_accepted,
        list(_record_key order by _record_key) as record_keys
    from submissions
    group by hub_code, period

),

final as (

    select
        hubs.hub_code,
        quarters.period,
        quarters.period_end as quarter_end_on,
        coalesce(hubs.launched_on <= quarters.period_end, false) as is_launched,
        received.first_sent_on,
        coalesce(received.n_submissions, 0) as n_submissions,
        received.hub_code is not null as is_received,
        coalesce(received.first_sent_on <= quarters.period_end + interval 15 days, false) as is_on_time,
        coalesce(received.is_accepted, false) as is_accepted,
        list_concat(hubs._record_keys, coalesce(received.record_keys, [])) as _record_keys
    from hubs
    inner join quarters
        on coalesce(hubs.active_from, quarters.period_end) <= quarters.period_end
        and coalesce(hubs.active_to, quarters.period_start) >= quarters.period_start
    left join received on hubs.hub_code = received.hub_code and quarters.period = received.period

)

select * from final
