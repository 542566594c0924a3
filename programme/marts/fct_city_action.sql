with attendance as (

    select * from fct_attendance where is_attended and city_code is not null

),

events as (

    select * from fct_event

),

resources as (

    select * from fct_resource where is_first_edition and city_code is not null

),

support as (

    select * from fct_support where city_code is not null

),

answers as (

    select * from fct_member_survey where has_contributed_to_tools

),

days_at_events as (

    select
        attendance.city_code,
        attendance.event_code,
        attendance.session_on,
        attendance.is_eligible,
        coalesce(events.event_type in ('exchange', 'peer_learning', 'study_visit'), false) as is_exchange,
        case when attendance.modality is null then [] else [attendance.modality] end as modality,
        list_sort(list_distinct(list(attendance.mode))) as mode,
        list_sort(list_distinct(flatten(list(attendance._record_keys)))) as record_keys
    from attendance
    inner join events on attendance.event_code = events.event_code
    group by all

),

taken_part as (

    select city_code, 'took_part' as action, event_code as action_ref, session_on as acted_on, mode, modality, record_keys
    from days_at_events
    where is_eligible

),

exchanged as (

    select city_code, 'exchanged' as action, event_code as action_ref, session_on as acted_on, mode, modality, record_keys
    from days_at_events
    where is_exchange

),

published as (

    select
        city_code,
        unnest(['shared', 'contributed']) as action,
        resource_key as action_ref,
        published_on as acted_on,
        coalesce(theme, []) as theme,
        _record_keys as record_keys
    from resources

),

said_to_contribute as (

    select
        city_code,
        'contributed' as action,
        'survey:' || wave as action_ref,
        answered_on as acted_on,
        _record_keys as record_keys
    from answers

),

supported as (

    select
        city_code,
        'was_supported' as action,
        hub_code || ':' || support_ref as action_ref,
        start_on as acted_on,
        case when support_type is null then [] else [support_type] end as support_type,
        _record_keys as record_keys
    from support

),

actions as (

    select * from taken_part
    union all by name
    select * from exchanged
    union all by name
    select * from published
    union all by name
    select * from said_to_contribute
    union all by name
    select * from supported

),

final as (

    select
        city_code,
        action,
        action_ref,
        acted_on,
        coalesce(mode, []) as mode,
        coalesce(modality, []) as modality,
        coalesce(theme, []) as theme,
        coalesce(support_type, []) as support_type,
        record_keys as _record_keys
    from actions

)

select * from final
