select
    city_code,
    last_day(max(visited_on)) as quarter_end_on,
    max(hub_code) as hub_code,
    true as is_active,
    bool_or(is_content) as has_plan,
    bool_or(is_content) as has_budget,
    list(_record_key) as _record_keys
from accepted.visits
group by city_code
