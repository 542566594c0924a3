with cities as (

    select * from accepted.cities

),

final as (

    select
        city_code,
        name_en,
        name_fr,
        name_ar,
        country_code,
        admin_type,
        population,
        case
            when population < 100000 then 'under_100k'
            when population < 500000 then '100k_to_500k'
            when population < 2000000 then '500k_to_2m'
            when population >= 2000000 then 'over_2m'
        end as population_band,
        income_group,
        region,
        [_record_key] as _record_keys
    from cities

)

select * from final
