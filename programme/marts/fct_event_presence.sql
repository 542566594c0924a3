with events as (

    select * from fct_event where status = 'delivered'

),

attendance as (

    select * from fct_attendance where is_attended

),

people as (

    select * from dim_person

),

-- On online lists nobody writes a function: what the person last told on any list counts.
present as (

    select
        attendance.event_code,
        attendance.person_key,
        attendance.city_code,
        coalesce(people.stakeholder_type = 'national_government', false) as is_national,
        coalesce(people.stakeholder_type in ('mayor', 'local_official'), false) as is_city_official,
        attendance._record_keys
    from attendance
    inner join people on attendance.person_key = people.person_key

),

counted as (

    select
        event_code,
        count(distinct person_key) as n_people,
        count(distinct person_key) filter (where is_national) as n_national,
        count(distinct person_key) filter (where is_city_official) as n_city_officials,
        count(distinct city_code) filter (where is_city_official) as n_local_authorities,
        list_sort(list_distinct(flatten(list(_record_keys)))) as record_keys
    from present
    group by event_code

),

final as (

    select
        events.event_code,
        events.activity_line,
        events.theme,
        events.end_on,
        events.hub_code,
        events.country_code,
        coalesce(counted.n_people, 0) as n_people,
        coalesce(counted.n_national, 0) as n_national,
        coalesce(counted.n_city_officials, 0) as n_city_officials,
        coalesce(counted.n_local_authorities, 0) as n_local_authorities,
        list_concat(events._record_keys, coalesce(counted.record_keys, [])) as _record_keys
    from events
    left join counted on events.event_code = counted.event_code

)

select * from final
