with submissions as (

    select * from accepted.training_prepost where consent = 'yes'

),

examples as (

    select * from accepted.application_examples

),

events as (

    select * from fct_event where status = 'delivered'

),

-- Everybody who made a code before or after the training is asked again six months later.
asked as (

    select
        event_code,
        participant_key,
        max(case when wave = 'post' then role end) as role_after,
        max(case when wave = 'pre' then role end) as role_before,
        list(_record_key order by _record_key) as record_keys
    from submissions
    where wave in ('pre', 'post')
    group by event_code, participant_key

),

-- One answer per person and training, the latest; who answers earlier than three months after it cannot tell yet.
answers as (

    select submissions.*
    from submissions
    inner join events on submissions.event_code = events.event_code
    where submissions.wave = 'followup6m' and submissions.answered_on >= events.end_on + interval 3 month
    qualify row_number() over (
        partition by submissions.event_code, submissions.participant_key
        order by submissions.submitted_at desc, submissions._record_key
    ) = 1

),

-- A yes or a partly counts with an example that an officer found valid; without one it is a claim.
coded as (

    select
        answers.event_code,
        answers.participant_key,
        answers.role,
        answers.applied,
        case
            when answers.applied is not null
                then answers.applied in ('yes', 'partly') and coalesce(examples.verdict = 'valid', false)
        end as has_applied,
        list_filter([answers._record_key, examples._record_key], lambda key: key is not null) as record_keys
    from answers
    left join examples on answers.submission_uuid = examples.submission_uuid

),

trainees as (

    select
        coalesce(asked.event_code, coded.event_code) as event_code,
        coalesce(asked.participant_key, coded.participant_key) as participant_key,
        coalesce(coded.role, asked.role_after, asked.role_before) as role,
        asked.event_code is not null as is_asked,
        coded.event_code is not null as has_answered,
        coded.applied,
        coded.has_applied,
        list_concat(coalesce(asked.record_keys, []), coalesce(coded.record_keys, [])) as record_keys
    from asked
    full outer join coded
        on asked.event_code = coded.event_code
        and asked.participant_key = coded.participant_key

),

final as (

    select
        trainees.event_code,
        dense_rank() over (partition by trainees.event_code order by trainees.participant_key) as participant_no,
        (events.end_on + interval 6 month)::date as asked_on,
        events.hub_code,
        events.theme,
        events.mode,
        trainees.role,
        trainees.is_asked,
        trainees.has_answered,
        trainees.applied,
        trainees.has_applied,
        trainees.record_keys as _record_keys
    from trainees
    inner join events on trainees.event_code = events.event_code

)

select * from final
