with attendance as (

    select * from accepted.event_attendance where person_key is not null

),

cities as (

    select * from dim_city

),

-- What a person last told counts; an empty cell on a later list takes nothing back.
people as (

    select
        person_key,
        arg_max(sex, (session_on, event_code, session_no, _record_key)) filter (where sex is not null) as sex,
        arg_max(stakeholder_type, (session_on, event_code, session_no, _record_key))
            filter (where stakeholder_type is not null) as stakeholder_type,
        arg_max(age, (session_on, event_code, session_no, _record_key)) filter (where age is not null) as age,
        arg_max(city_code, (session_on, event_code, session_no, _record_key))
            filter (where city_code is not null) as city_code,
        list(_record_key order by _record_key) as _record_keys
    from attendance
    group by person_key

),

final as (

    select
        people.person_key,
        people.sex,
        people.stakeholder_type,
        case
            when people.age < 18 then 'under_18'
            when people.age < 30 then '18_29'
            when people.age < 45 then '30_44'
            when people.age < 60 then '45_59'
            when people.age >= 60 then '60_plus'
        end as age_band,
        people.city_code,
        cities.country_code,
        people._record_keys
    from people
    left join cities on people.city_code = cities.city_code

)

select * from final
