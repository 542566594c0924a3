with resources as (

    select * from accepted.hub_resources

),

cities as (

    select * from dim_city

),

hubs as (

    select * from accepted.hubs

),

in_network_languages as (

    select
        *,
        list_intersect(coalesce(languages, []), ['ar', 'en', 'fr']) as network_languages
    from resources

),

-- A translation may be told with all languages or with the new one alone: languages add up over the editions.
editions as (

    select
        *,
        list_sort(list_distinct(flatten(list(network_languages) over so_far))) as languages_so_far,
        row_number() over so_far = 1 as is_first_edition
    from in_network_languages
    window so_far as (
        partition by hub_code, resource_ref
        order by published_on, period, _record_key
        rows between unbounded preceding and current row
    )

),

final as (

    select
        editions.hub_code || ':' || editions.resource_ref as resource_key,
        editions.resource_ref,
        editions.hub_code,
        editions.period,
        editions.published_on,
        editions.city_code,
        cities.country_code,
        editions.resource_type,
        editions.theme,
        len(editions.languages_so_far) as n_languages,
        case when len(editions.languages_so_far) > 0 then array_to_string(editions.languages_so_far, '_') end
            as language_set,
        editions.is_first_edition,
        coalesce(list_contains(editions.languages_so_far, hubs.language), false) as is_in_hub_language,
        list_concat([editions._record_key], coalesce(cities._record_keys, [])) as _record_keys
    from editions
    left join hubs on editions.hub_code = hubs.hub_code
    left join cities on editions.city_code = cities.city_code

)

select * from final
