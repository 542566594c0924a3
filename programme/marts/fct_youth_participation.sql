with attendance as (

    select * from fct_attendance where is_attended and activity_line = 'youth'

),

people as (

    select * from dim_person

),

presence as (

    select * from fct_event_presence

),

attended as (

    select
        event_code,
        person_key,
        max(event_ended_on) as ended_on,
        max(hub_code) as hub_code,
        list_sort(list_distinct(flatten(list(_record_keys)))) as _record_keys
    from attendance
    group by event_code, person_key

),

final as (

    select
        attended.event_code,
        attended.person_key,
        attended.ended_on,
        attended.hub_code,
        coalesce(people.age_band in ('under_18', '18_29'), false) as is_young,
        presence.n_city_officials >= 1 as has_city_official,
        people.sex,
        attended._record_keys
    from attended
    inner join people on attended.person_key = people.person_key
    inner join presence on attended.event_code = presence.event_code

)

select * from final
