with feedback as (

    select * from accepted.event_feedback where consent = 'yes'

),

events as (

    select * from fct_event where status = 'delivered'

),

final as (

    select
        feedback.event_code,
        row_number() over (
            partition by feedback.event_code
            order by feedback.submitted_at, feedback._record_key
        ) as answer_no,
        events.end_on as event_ended_on,
        events.hub_code,
        events.event_type,
        feedback.day,
        feedback.language,
        feedback.sex,
        feedback.role,
        feedback.useful,
        feedback.relevant,
        feedback.learned_new,
        feedback.intends_to_use,
        feedback.nps,
        feedback.has_made_contact,
        [feedback._record_key] as _record_keys
    from feedback
    inner join events on feedback.event_code = events.event_code

)

select * from final
