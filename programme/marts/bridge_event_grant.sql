with activities as (

    select * from accepted.hub_activities

),

events as (

    select * from fct_event

),

grants as (

    select * from dim_grant

),

grant_scope as (

    select * from dim_grant_scope

),

named as (

    select
        event_code,
        unnest(grant_codes) as grant_code,
        _record_key
    from activities

),

final as (

    select
        named.event_code,
        named.grant_code,
        list(distinct named._record_key order by named._record_key) as _record_keys
    from named
    inner join events on named.event_code = events.event_code
    inner join grants
        on named.grant_code = grants.grant_code
        and events.start_on >= grants.active_from
        and events.end_on <= grants.active_to
    inner join grant_scope
        on named.grant_code = grant_scope.grant_code
        and events.hub_code = grant_scope.hub_code
        and coalesce(grant_scope.country_code = events.country_code, grant_scope.country_code is null)
        and coalesce(list_contains(events.theme, grant_scope.theme), grant_scope.theme is null)
    group by named.event_code, named.grant_code

)

select * from final
