select distinct hub_code, null::date as active_from, null::date as active_to from accepted.visits
