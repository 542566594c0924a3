with attendance as (

    select * from accepted.event_attendance where person_key is not null

),

events as (

    select * from fct_event where status = 'delivered'

),

cities as (

    select * from dim_city

),

memberships as (

    select * from accepted.memberships

),

-- Someone who loses the connection has several stays, and someone with two devices has overlapping ones.
stays as (

    select
        event_code,
        session_no,
        person_key,
        join_at,
        leave_at,
        max(leave_at) over (
            partition by event_code, session_no, person_key
            order by join_at, leave_at
            rows between unbounded preceding and 1 preceding
        ) as seen_until
    from attendance
    where join_at is not null and leave_at is not null

),

stay_minutes as (

    select
        event_code,
        session_no,
        person_key,
        sum(greatest(0, date_diff('second', greatest(join_at, coalesce(seen_until, join_at)), leave_at))) / 60.0
            as minutes
    from stays
    group by event_code, session_no, person_key

),

people as (

    select
        event_code,
        session_no,
        person_key,
        max(session_on) as session_on,
        max(session_minutes) as session_minutes,
        max(city_code) as city_code,
        bool_or(organisation is not null or organisation_missing_reason is not null) as has_place,
        sum(minutes) as reported_minutes,
        coalesce(bool_or(source_format = 'signin' and is_signed), false) as has_signed,
        bool_or(source_format <> 'signin') as was_online,
        list(_record_key order by _record_key) as _record_keys
    from attendance
    group by event_code, session_no, person_key

),

credited as (

    select
        people.*,
        least(coalesce(stay_minutes.minutes, people.reported_minutes, 0), people.session_minutes) as online_minutes
    from people
    left join stay_minutes
        on people.event_code = stay_minutes.event_code
        and people.session_no = stay_minutes.session_no
        and people.person_key = stay_minutes.person_key

),

-- A city has one membership at a time, and may join again after it left.
member_cities as (

    select distinct
        credited.city_code,
        credited.session_on
    from credited
    inner join memberships
        on credited.city_code = memberships.city_code
        and memberships.joined_on <= credited.session_on
        and coalesce(memberships.left_on > credited.session_on, true)

),

final as (

    select
        credited.event_code,
        credited.session_no,
        credited.person_key,
        credited.session_on,
        credited.session_minutes,
        case
            when credited.was_online and credited.has_signed then 'hybrid'
            when credited.was_online then 'online'
            else 'in_person'
        end as mode,
        case when credited.has_signed then credited.session_minutes else credited.online_minutes end as credited_minutes,
        credited.has_signed
        or (credited.was_online and credited.online_minutes >= greatest(20, 0.5 * credited.session_minutes))
            as is_attended,
        credited.city_code,
        credited.has_place,
        cities.country_code,
        case
            when member_cities.city_code is not null then 'member'
            when credited.city_code is not null then 'non_member'
        end as member_status,
        events.hub_code,
        events.activity_line,
        events.modality,
        events.is_eligible,
        events.end_on as event_ended_on,
        credited._record_keys
    from credited
    inner join events on credited.event_code = events.event_code
    left join cities on credited.city_code = cities.city_code
    left join member_cities
        on credited.city_code = member_cities.city_code
        and credited.session_on = member_cities.session_on

)

select * from final
