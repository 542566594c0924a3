with advocacy as (

    select * from accepted.hub_advocacy

),

levelled as (

    select
        *,
        case level when 'global' then 'multilateral' else level end as named_level
    from advocacy

),

final as (

    select
        advocacy_ref,
        hub_code || ':' || advocacy_ref as text_key,
        hub_code,
        period,
        held_on,
        forum,
        named_level as forum_level,
        case when adoption_status is not null then named_level end as text_level,
        leaders_speaking,
        case adoption_status when 'draft' then 0 when 'proposed' then 1 when 'adopted' then 2 end::bigint as text_stage,
        coalesce(is_city_reference_quoted, false) as is_city_reference_quoted,
        coalesce(is_verified, false) as is_verified,
        [_record_key] as _record_keys
    from levelled

)

select * from final
