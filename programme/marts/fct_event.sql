with events as (

    select * from accepted.events

),

attendance as (

    select * from accepted.event_attendance

),

feedback as (

    select * from accepted.event_feedback where consent = 'yes'

),

activities as (

    select * from accepted.hub_activities

),

events_with_list as (

    select distinct event_code from attendance

),

events_with_feedback as (

    select distinct event_code from feedback

),

reports as (

    select
        event_code,
        list(_record_key order by _record_key) as record_keys
    from activities
    group by event_code

),

final as (

    select
        events.event_code,
        events.activity_line,
        events.event_type,
        events.modality,
        events.theme,
        events.priority,
        events.start_on,
        events.end_on,
        events.mode,
        events.hub_code,
        events.country_code,
        events.organiser,
        events.status,
        events.organiser = 'network' or coalesce(events.is_eligible_for_me3, false) as is_eligible,
        reports.event_code is not null as is_reported,
        events_with_list.event_code is not null as has_attendance_list,
        events_with_feedback.event_code is not null as has_feedback,
        list_concat([events._record_key], coalesce(reports.record_keys, [])) as _record_keys
    from events
    left join reports on events.event_code = reports.event_code
    left join events_with_list on events.event_code = events_with_list.event_code
    left join events_with_feedback on events.event_code = events_with_feedback.event_code

)

select * from final
