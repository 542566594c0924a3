with submissions as (

    select * from accepted.training_prepost where consent = 'yes'

),

keys as (

    select * from accepted.answer_keys

),

events as (

    select * from fct_event where status = 'delivered'

),

answer_keys as (

    select
        form_version,
        max(case when question = 'k_01' then correct_option end) as k_01,
        max(case when question = 'k_02' then correct_option end) as k_02,
        max(case when question = 'k_03' then correct_option end) as k_03,
        max(case when question = 'k_04' then correct_option end) as k_04,
        max(case when question = 'k_05' then correct_option end) as k_05,
        max(case when question = 'k_06' then correct_option end) as k_06
    from keys
    group by form_version

),

-- A first questionnaire that was filled in when the training was over tells nothing of the time before it, and the
-- other way round.
believable as (

    select submissions.*
    from submissions
    inner join events on submissions.event_code = events.event_code
    where
        (submissions.wave = 'pre' and submissions.answered_on <= events.end_on)
        or (submissions.wave = 'post' and submissions.answered_on >= events.start_on)

),

-- One questionnaire per person, training and wave: the latest.
tests as (

    select *
    from believable
    qualify row_number() over (
        partition by event_code, participant_key, wave
        order by submitted_at desc, _record_key
    ) = 1

),

-- Every answer in points from 0 to 100: knowledge right or wrong, confidence by its step on the scale. Without a key
-- an answer is neither.
points as (

    select
        tests.event_code,
        tests.participant_key,
        tests.wave,
        tests._record_key,
        case when tests.k_01 = answer_keys.k_01 then 100.0 when tests.k_01 <> answer_keys.k_01 then 0.0 end as k_01,
        case when tests.k_02 = answer_keys.k_02 then 100.0 when tests.k_02 <> answer_keys.k_02 then 0.0 end as k_02,
        case when tests.k_03 = answer_keys.k_03 then 100.0 when tests.k_03 <> answer_keys.k_03 then 0.0 end as k_03,
        case when tests.k_04 = answer_keys.k_04 then 100.0 when tests.k_04 <> answer_keys.k_04 then 0.0 end as k_04,
        case when tests.k_05 = answer_keys.k_05 then 100.0 when tests.k_05 <> answer_keys.k_05 then 0.0 end as k_05,
        case when tests.k_06 = answer_keys.k_06 then 100.0 when tests.k_06 <> answer_keys.k_06 then 0.0 end as k_06,
        25.0 * (tests.c_01 - 1) as c_01,
        25.0 * (tests.c_02 - 1) as c_02,
        25.0 * (tests.c_03 - 1) as c_03,
        25.0 * (tests.c_04 - 1) as c_04,
        25.0 * (tests.c_05 - 1) as c_05,
        25.0 * (tests.rt_c_01 - 1) as rt_c_01,
        25.0 * (tests.rt_c_02 - 1) as rt_c_02,
        25.0 * (tests.rt_c_03 - 1) as rt_c_03,
        25.0 * (tests.rt_c_04 - 1) as rt_c_04,
        25.0 * (tests.rt_c_05 - 1) as rt_c_05
    from tests
    left join answer_keys on tests.form_version = answer_keys.form_version

),

sums as (

    select
        event_code,
        participant_key,
        wave,
        _record_key,
        coalesce(k_01, 0)
            + coalesce(k_02, 0)
            + coalesce(k_03, 0)
            + coalesce(k_04, 0)
            + coalesce(k_05, 0)
            + coalesce(k_06, 0) as knowledge_points,
        (case when k_01 is null then 0 else 1 end)
            + (case when k_02 is null then 0 else 1 end)
            + (case when k_03 is null then 0 else 1 end)
            + (case when k_04 is null then 0 else 1 end)
            + (case when k_05 is null then 0 else 1 end)
            + (case when k_06 is null then 0 else 1 end) as n_knowledge,
        coalesce(c_01, 0)
            + coalesce(c_02, 0)
            + coalesce(c_03, 0)
            + coalesce(c_04, 0)
            + coalesce(c_05, 0) as confidence_points,
        (case when c_01 is null then 0 else 1 end)
            + (case when c_02 is null then 0 else 1 end)
            + (case when c_03 is null then 0 else 1 end)
            + (case when c_04 is null then 0 else 1 end)
            + (case when c_05 is null then 0 else 1 end) as n_confidence,
        coalesce(rt_c_01, 0)
            + coalesce(rt_c_02, 0)
            + coalesce(rt_c_03, 0)
            + coalesce(rt_c_04, 0)
            + coalesce(rt_c_05, 0) as looking_back_points,
        (case when rt_c_01 is null then 0 else 1 end)
            + (case when rt_c_02 is null then 0 else 1 end)
            + (case when rt_c_03 is null then 0 else 1 end)
            + (case when rt_c_04 is null then 0 else 1 end)
            + (case when rt_c_05 is null then 0 else 1 end) as n_looking_back
    from points

),

scores as (

    select
        event_code,
        participant_key,
        wave,
        _record_key,
        case
            when n_knowledge + n_confidence >= 8
                then (knowledge_points + confidence_points) / (n_knowledge + n_confidence)
        end as score,
        knowledge_points / nullif(n_knowledge, 0) as knowledge_score,
        confidence_points / nullif(n_confidence, 0) as confidence_score,
        looking_back_points / nullif(n_looking_back, 0) as looking_back_score
    from sums

),

-- What people say about themselves after the training goes before what they said before it.
participants as (

    select
        tests.event_code,
        tests.participant_key,
        dense_rank() over (partition by tests.event_code order by tests.participant_key) as participant_no,
        coalesce(
            max(case when tests.wave = 'post' then tests.language end), max(tests.language)
        ) as language,
        coalesce(max(case when tests.wave = 'post' then tests.sex end), max(tests.sex)) as sex,
        coalesce(max(case when tests.wave = 'post' then tests.age_band end), max(tests.age_band)) as age_band,
        coalesce(max(case when tests.wave = 'post' then tests.role end), max(tests.role)) as role,
        count(distinct case when scores.score is not null then tests.wave end) = 2 as is_paired
    from tests
    inner join scores on tests._record_key = scores._record_key
    group by tests.event_code, tests.participant_key

),

final as (

    select
        scores.event_code,
        participants.participant_no,
        scores.wave,
        events.end_on as event_ended_on,
        events.hub_code,
        participants.language,
        participants.sex,
        participants.age_band,
        participants.role,
        events.theme,
        events.mode,
        scores.score,
        scores.knowledge_score,
        scores.confidence_score,
        scores.looking_back_score,
        participants.is_paired,
        [scores._record_key] as _record_keys
    from scores
    inner join events on scores.event_code = events.event_code
    inner join participants
        on scores.event_code = participants.event_code
        and scores.participant_key = participants.participant_key

)

select * from final
