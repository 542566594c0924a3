with submissions as (

    select * from accepted.member_annual where consent = 'yes' and city_code is not null

),

memberships as (

    select * from accepted.memberships

),

steering_committee as (

    select * from accepted.isc_members

),

hub_countries as (

    select * from accepted.hub_countries

),

cities as (

    select * from dim_city

),

-- One answer per city and wave: the point of contact's, else the latest.
answers as (

    select *
    from submissions
    qualify row_number() over (
        partition by city_code, year(answered_on)
        order by case when respondent_role = 'poc' then 0 else 1 end, submitted_at desc, _record_key
    ) = 1

),

final as (

    select
        answers.city_code,
        year(answers.answered_on) as wave,
        answers.answered_on,
        answers.language,
        answers.respondent_role,
        hub_countries.hub_code,
        cities.country_code,
        cities.population_band,
        cities.income_group,
        case
            when year(memberships.joined_on) < 2018 then 'before_2018'
            when year(memberships.joined_on) < 2022 then '2018_2021'
            when year(memberships.joined_on) < 2024 then '2022_2023'
            when memberships.joined_on is not null then '2024_on'
        end as member_since_band,
        case
            when exists (
                select 1 from steering_committee as seat
                where seat.city_code = answers.city_code
                    and seat.valid_from <= answers.answered_on
                    and coalesce(seat.valid_to >= answers.answered_on, true)
            ) then 'yes'
            else 'no'
        end as isc_member,
        memberships.city_code is not null as is_member,
        coalesce(
            answers.contrib_tools_guidance = 1
            or answers.contrib_tools_case_study = 1
            or answers.contrib_tools_training_module = 1,
            false
        ) as has_contributed_to_tools,
        case
            when answers.res_used_mayor_guide = 1 or answers.res_used_nlc_toolkit = 1 or answers.res_used_response_kit = 1
                then true
            when answers.res_used_none = 1 then false
        end as uses_resource,
        answers.framework_status,
        case
            when answers.yth_mech = 'no' then false
            when answers.yth_mech = 'yes' then answers.yth_meetings >= 2
        end as has_youth_mechanism,
        answers.cap_01,
        answers.cap_02,
        answers.cap_03,
        answers.cap_04,
        answers.cap_05,
        answers.cap_06,
        answers.cap_07,
        answers.cap_08,
        answers.cap_09,
        answers.cap_10,
        answers.cap_11,
        answers.cap_12,
        answers.nlc_01,
        answers.nlc_02,
        answers.nlc_03,
        answers.nlc_04,
        answers.nlc_05,
        answers.nlc_06,
        answers.inf_01,
        answers.inf_02,
        answers.inf_03,
        answers.res_01,
        answers.res_02,
        answers.res_03,
        answers.res_04,
        answers.res_05,
        answers.res_06,
        answers.res_07,
        answers.res_08,
        [answers._record_key] as _record_keys
    from answers
    inner join cities on answers.city_code = cities.city_code
    left join memberships
        on answers.city_code = memberships.city_code
        and memberships.joined_on <= answers.answered_on
        and coalesce(memberships.left_on > answers.answered_on, true)
    left join hub_countries
        on cities.country_code = hub_countries.country_code
        and hub_countries.valid_from <= answers.answered_on
        and coalesce(hub_countries.valid_to >= answers.answered_on, true)

)

select * from final
