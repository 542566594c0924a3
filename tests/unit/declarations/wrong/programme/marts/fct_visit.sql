select
    visit_code,
    visited_on,
    hub_code,
    city_code,
    person_key,
    age_band,
    planned,
    spent,
    1.0::double as weight,
    is_content,
    [_record_key] as _record_keys
from accepted.visits
