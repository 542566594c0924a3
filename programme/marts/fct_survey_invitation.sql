with invitations as (

    select * from accepted.survey_invitations

),

memberships as (

    select * from accepted.memberships

),

hub_countries as (

    select * from accepted.hub_countries

),

cities as (

    select * from dim_city

),

answers as (

    select * from fct_member_survey

),

final as (

    select
        invitations.city_code,
        invitations.wave,
        invitations.invited_on,
        invitations.language,
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
        memberships.city_code is not null as is_member,
        answers.city_code is not null as has_answered,
        coalesce(answers.answered_on <= invitations.invited_on + interval 30 days, false) as has_answered_in_time,
        list_concat([invitations._record_key], coalesce(answers._record_keys, [])) as _record_keys
    from invitations
    inner join cities on invitations.city_code = cities.city_code
    left join answers on invitations.city_code = answers.city_code and invitations.wave = answers.wave
    left join memberships
        on invitations.city_code = memberships.city_code
        and memberships.joined_on <= invitations.invited_on
        and coalesce(memberships.left_on > invitations.invited_on, true)
    left join hub_countries
        on cities.country_code = hub_countries.country_code
        and hub_countries.valid_from <= invitations.invited_on
        and coalesce(hub_countries.valid_to >= invitations.invited_on, true)

)

select * from final
