with grants as (

    select * from dim_grant

),

grant_scope as (

    select * from dim_grant_scope

),

final as (

    select distinct
        grant_scope.hub_code,
        grant_scope.grant_code,
        grants.active_from as valid_from,
        grants.active_to as valid_to
    from grant_scope
    inner join grants on grant_scope.grant_code = grants.grant_code

)

select * from final
