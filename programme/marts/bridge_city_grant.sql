with cities as (

    select * from dim_city

),

hub_countries as (

    select * from accepted.hub_countries

),

grants as (

    select * from dim_grant

),

grant_scope as (

    select * from dim_grant_scope

),

covered as (

    select
        cities.city_code,
        grants.grant_code,
        greatest(hub_countries.valid_from, grants.active_from) as valid_from,
        least(coalesce(hub_countries.valid_to, grants.active_to), grants.active_to) as valid_to,
        cities._record_keys as city_keys,
        hub_countries._record_key
    from cities
    inner join hub_countries on cities.country_code = hub_countries.country_code
    inner join grant_scope
        on hub_countries.hub_code = grant_scope.hub_code
        and coalesce(grant_scope.country_code = cities.country_code, grant_scope.country_code is null)
    inner join grants on grant_scope.grant_code = grants.grant_code

),

final as (

    select
        city_code,
        grant_code,
        valid_from,
        max(valid_to) as valid_to,
        list_sort(list_distinct(list_concat(flatten(list(city_keys)), list(_record_key)))) as _record_keys
    from covered
    where valid_from <= valid_to
    group by city_code, grant_code, valid_from

)

select * from final
