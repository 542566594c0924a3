with participant as (

    select * from fct_participant

),

grants as (

    select * from dim_grant

),

final as (

    select
        participant.submission_uuid,
        grants.grant_code
    from participant
    inner join grants on participant.answered_on between grants.active_from and grants.active_to

)

select * from final
