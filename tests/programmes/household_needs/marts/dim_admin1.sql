with household as (

    select * from accepted.household_needs

),

final as (

    select distinct
        admin1 as admin1_code,
        null::date as active_from,
        null::date as active_to
    from household

)

select * from final
