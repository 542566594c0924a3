with requests as (

    select * from accepted.hub_helpdesk

),

hubs as (

    select * from dim_hub

),

cities as (

    select * from dim_city

),

-- An open request is told again in the hub's next report, with its answer.
latest as (

    select *
    from requests
    qualify row_number() over (partition by hub_code, request_ref order by period desc, _record_key) = 1

),

-- Ten working days end within seventy days, even where there is but one in a week.
days_after as (

    select
        hub_code,
        request_ref,
        request_received_on + unnest(range(1, 71))::integer as day
    from latest

),

working_days as (

    select
        days_after.hub_code,
        days_after.request_ref,
        days_after.day,
        row_number() over (partition by days_after.hub_code, days_after.request_ref order by days_after.day) as place
    from days_after
    inner join hubs on days_after.hub_code = hubs.hub_code
    where not list_contains(hubs.weekend_days, lower(left(dayname(days_after.day), 3)))

),

final as (

    select
        latest.hub_code,
        latest.request_ref,
        latest.period,
        latest.city_code,
        cities.country_code,
        cities.population_band,
        latest.topic,
        latest.result,
        latest.request_received_on,
        working_days.day as due_on,
        latest.answered_on,
        coalesce(latest.answered_on <= working_days.day, false) as is_answered_in_time,
        list_concat([latest._record_key], hubs._record_keys, coalesce(cities._record_keys, [])) as _record_keys
    from latest
    inner join hubs on latest.hub_code = hubs.hub_code
    inner join working_days
        on latest.hub_code = working_days.hub_code
        and latest.request_ref = working_days.request_ref
        and working_days.place = 10
    left join cities on latest.city_code = cities.city_code

)

select * from final
