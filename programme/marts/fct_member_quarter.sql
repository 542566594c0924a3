with memberships as (

    select * from accepted.memberships

),

contacts as (

    select * from accepted.contacts

),

hub_countries as (

    select * from accepted.hub_countries

),

cities as (

    select * from dim_city

),

actions as (

    select * from fct_city_action

),

priorities as (

    select * from accepted.hub_priorities

),

answers as (

    select * from fct_member_survey

),

quarters as (

    select
        period,
        period_end as quarter_end_on,
        date_trunc('year', period_end)::date as year_start_on
    from dim_period
    where period_type = 'quarter' and is_closed

),

members as (

    select
        memberships.city_code,
        memberships.joined_on,
        memberships.joined_on <= quarters.year_start_on as is_due_participation,
        coalesce(memberships.principles_accepted_on <= quarters.quarter_end_on, false) as has_accepted_principles,
        coalesce(memberships.principles_accepted, false) and memberships.principles_accepted_on is null
            as is_acceptance_undated,
        memberships._record_key,
        quarters.period,
        quarters.quarter_end_on,
        quarters.year_start_on
    from memberships
    inner join quarters
        on memberships.joined_on <= quarters.quarter_end_on
        and coalesce(memberships.left_on > quarters.quarter_end_on, true)

),

valid_contacts as (

    select
        members.city_code,
        members.period,
        list(contacts._record_key order by contacts._record_key) as record_keys
    from members
    inner join contacts
        on members.city_code = contacts.city_code
        and contacts.valid_from <= members.quarter_end_on
        and coalesce(contacts.valid_to >= members.quarter_end_on, true)
        and contacts.confirmed_on between (members.quarter_end_on - interval 18 month)::date and members.quarter_end_on
        and not coalesce(contacts.is_bounced, false)
    group by members.city_code, members.period

),

actions_so_far as (

    select
        members.city_code,
        members.period,
        bool_or(actions.action = 'took_part') as has_participated,
        bool_or(actions.action = 'exchanged') as has_exchanged,
        bool_or(actions.action = 'shared') as has_shared_resource,
        bool_or(actions.action = 'contributed') as has_contributed,
        bool_or(actions.action = 'was_supported') as was_supported,
        flatten(list(actions.mode) filter (actions.action = 'took_part')) as modes,
        flatten(list(actions.modality) filter (actions.action = 'took_part')) as modalities,
        flatten(list(actions.theme) filter (actions.action = 'shared')) as themes,
        flatten(list(actions.support_type) filter (actions.action = 'was_supported')) as support_types,
        list_sort(list_distinct(flatten(list(actions._record_keys)))) as record_keys
    from members
    inner join actions
        on members.city_code = actions.city_code
        and actions.acted_on between members.year_start_on and members.quarter_end_on
    group by members.city_code, members.period

),

survey_answers as (

    select
        members.city_code,
        members.period,
        list_sort(list_distinct(flatten(list(answers._record_keys)))) as record_keys
    from members
    inner join answers
        on members.city_code = answers.city_code
        and answers.answered_on between members.year_start_on and members.quarter_end_on
    group by members.city_code, members.period

),

final as (

    select
        members.city_code,
        members.period,
        members.quarter_end_on,
        hub_countries.hub_code,
        cities.country_code,
        cities.population_band,
        cities.income_group,
        case
            when year(members.joined_on) < 2018 then 'before_2018'
            when year(members.joined_on) < 2022 then '2018_2021'
            when year(members.joined_on) < 2024 then '2022_2023'
            else '2024_on'
        end as member_since_band,
        true as is_active,
        cities.city_code is not null as is_in_city_register,
        members.is_due_participation,
        members.has_accepted_principles,
        case
            when members.has_accepted_principles then 'accepted'
            when not members.is_acceptance_undated then 'not_accepted'
        end as acceptance,
        coalesce(actions_so_far.has_participated, false) as has_participated,
        list_sort(list_distinct(coalesce(actions_so_far.modes, []))) as mode,
        list_sort(list_distinct(coalesce(actions_so_far.modalities, []))) as modality,
        coalesce(actions_so_far.has_exchanged, false) as has_exchanged,
        coalesce(actions_so_far.has_shared_resource, false) as has_shared_resource,
        list_sort(list_distinct(coalesce(actions_so_far.themes, []))) as theme,
        coalesce(actions_so_far.has_contributed, false) as has_contributed,
        priorities.hub_code is not null as is_in_priority_hub,
        coalesce(actions_so_far.was_supported, false) as was_supported,
        list_sort(list_distinct(coalesce(actions_so_far.support_types, []))) as support_type,
        valid_contacts.city_code is not null as has_valid_contact,
        survey_answers.city_code is not null as has_answered_survey,
        list_concat(
            [members._record_key],
            coalesce(valid_contacts.record_keys, []),
            coalesce(actions_so_far.record_keys, []),
            coalesce(survey_answers.record_keys, [])
        ) as _record_keys
    from members
    left join cities on members.city_code = cities.city_code
    left join hub_countries
        on cities.country_code = hub_countries.country_code
        and hub_countries.valid_from <= members.quarter_end_on
        and coalesce(hub_countries.valid_to >= members.quarter_end_on, true)
    left join valid_contacts on members.city_code = valid_contacts.city_code and members.period = valid_contacts.period
    left join priorities
        on hub_countries.hub_code = priorities.hub_code
        and year(members.quarter_end_on) = priorities.priority_year
    left join actions_so_far on members.city_code = actions_so_far.city_code and members.period = actions_so_far.period
    left join survey_answers on members.city_code = survey_answers.city_code and members.period = survey_answers.period

)

select * from final
