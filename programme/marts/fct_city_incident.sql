with submissions as (

    select * from accepted.member_annual

),

answers as (

    select * from fct_member_survey where is_member

),

cities as (

    select * from dim_city

),

-- The answer that counts for the city, with its figures. A city that gives one of them gives all, or is left out:
-- then every number rests on the same cities.
figures as (

    select
        answers.city_code,
        answers.wave,
        answers.answered_on,
        coalesce(cities.region, 'unknown') as region,
        coalesce(cities.population_band, 'unknown') as population_band,
        submissions.inc_significant as significant,
        submissions.inc_first72h as answered_in_time,
        100000.0 * submissions.inc_reported / cities.population as incidents_per_100k,
        submissions.inc_source as source,
        coalesce(submissions.inc_method_changed = 'yes', true) as has_changed_method,
        submissions.inc_reported is not null
            and submissions.inc_significant is not null
            and submissions.inc_first72h is not null
            and cities.population > 0 as has_figures,
        answers._record_keys
    from answers
    inner join submissions on answers._record_keys[1] = submissions._record_key
    inner join cities on answers.city_code = cities.city_code

),

-- A wave in which fewer than five cities gave figures tells nothing.
told as (

    select * from figures where has_figures qualify count(*) over (partition by wave) >= 5

),

-- A part that holds fewer than five cities could show what one of them has said. The smallest parts are put together
-- until they hold five, so that nothing can be found by subtraction either.
regions as (

    select wave, region, count(*) as n_cities from told group by wave, region

),

small_regions as (

    select
        wave,
        region,
        min(n_cities) over (partition by wave) < 5
            and coalesce(
                sum(n_cities) over (
                    partition by wave order by n_cities, region
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) < 5 as is_small
    from regions

),

bands as (

    select wave, population_band, count(*) as n_cities from told group by wave, population_band

),

small_bands as (

    select
        wave,
        population_band,
        min(n_cities) over (partition by wave) < 5
            and coalesce(
                sum(n_cities) over (
                    partition by wave order by n_cities, population_band
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) < 5 as is_small
    from bands

),

-- The same city, recorded in the same way: only then is a difference a change; of fewer than five cities none is told.
changes as (

    select now.city_code, now.wave, now.incidents_per_100k - before.incidents_per_100k as change_per_100k
    from told as now
    inner join told as before on now.city_code = before.city_code and now.wave = before.wave + 1
    where now.source = before.source and not now.has_changed_method
    qualify count(*) over (partition by now.wave) >= 5

),

final as (

    select
        figures.city_code,
        figures.wave,
        figures.answered_on,
        case when small_regions.is_small then 'other' else figures.region end as region,
        case when small_bands.is_small then 'other' else figures.population_band end as population_band,
        told.city_code is not null as has_figures,
        figures.significant,
        figures.answered_in_time,
        figures.incidents_per_100k,
        changes.change_per_100k,
        figures._record_keys
    from figures
    left join told on figures.city_code = told.city_code and figures.wave = told.wave
    left join changes on figures.city_code = changes.city_code and figures.wave = changes.wave
    left join small_regions on figures.wave = small_regions.wave and figures.region = small_regions.region
    left join small_bands
        on figures.wave = small_bands.wave
        and figures.population_band = small_bands.population_band

)

select * from final
