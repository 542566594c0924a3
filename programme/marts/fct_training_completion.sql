with attendance as (

    select * from fct_attendance where activity_line = 'training'

),

sessions as (

    select * from accepted.event_sessions

),

people as (

    select * from dim_person

),

planned as (

    select
        event_code,
        sum(planned_minutes) as planned_minutes
    from sessions
    group by event_code

),

credited as (

    select
        event_code,
        person_key,
        max(event_ended_on) as completed_on,
        max(hub_code) as hub_code,
        sum(credited_minutes order by session_no) as credited_minutes,
        list_sort(list_distinct(list(mode))) as mode,
        list_sort(list_distinct(flatten(list(_record_keys)))) as _record_keys
    from attendance
    group by event_code, person_key

),

final as (

    select
        credited.event_code,
        credited.person_key,
        credited.completed_on,
        credited.hub_code,
        credited.credited_minutes / planned.planned_minutes as completed_share,
        credited.mode,
        people.sex,
        people.stakeholder_type,
        people.age_band,
        people.country_code,
        credited._record_keys
    from credited
    inner join planned on credited.event_code = planned.event_code
    inner join people on credited.person_key = people.person_key

)

select * from final
