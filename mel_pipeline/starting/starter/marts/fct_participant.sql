with answer as (

    select * from accepted.circle_survey

),

final as (

    select
        answer.submission_uuid,
        answer.answered_on,
        answer.sex,
        answer.sessions,
        answer.reads_alone,
        [answer._record_key] as _record_keys
    from answer

)

select * from final
