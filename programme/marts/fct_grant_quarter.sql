with grants as (

    select * from dim_grant

),

grant_scope as (

    select * from dim_grant_scope

),

quarters as (

    select * from dim_period where period_type = 'quarter' and is_closed

),

final as (

    select distinct
        grants.grant_code,
        grant_scope.hub_code,
        quarters.period_end as quarter_end_on,
        grants.active_to >= quarters.period_end as is_active,
        []::varchar[] as _record_keys
    from grants
    inner join grant_scope on grants.grant_code = grant_scope.grant_code
    inner join quarters on quarters.period_end between grants.active_from and grants.planned_to

)

select * from final
