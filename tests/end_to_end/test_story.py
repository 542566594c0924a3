"""The story of the example in statuses: a good year, two grants that stop, a recovery, a hub never launched."""

import pandas as pd

from tests.end_to_end.conftest import Finished

STOPPED = ("NAM", "SAS")
SCORES = """
    select scope_code, indicator_code, period, status, target
    from indicator_scores
    where scope_type = 'hub' and scoring_profile = 'default'
"""


def statuses(finished: Finished, hub: str, code: str) -> dict[str, str]:
    scores = finished.table(SCORES)
    own = scores[(scores["scope_code"] == hub) & (scores["indicator_code"] == code)]
    return dict(zip(own["period"], own["status"], strict=True))


def test_a_hub_that_was_never_launched_is_not_reported_and_never_red(finished: Finished) -> None:
    scores = finished.table(SCORES)
    closed = finished.table("select period from dim_period where is_closed")["period"]
    own = scores[(scores["scope_code"] == "WAF") & scores["period"].isin(closed) & scores["target"].notna()]
    launched = scores[(scores["scope_code"] == "MENA") & scores["period"].isin(closed) & scores["target"].notna()]
    assert set(own["indicator_code"]) == set(launched["indicator_code"]) >= {"ACT-05", "MEM-05", "OUT-02", "IMP-01"}
    assert set(own["status"]) == {"not_reported"}


def test_hubs_whose_grants_stopped_fall_in_2025_and_recover_in_2026(finished: Finished) -> None:
    for hub in STOPPED:
        trained = statuses(finished, hub, "OUT-02")
        assert trained["2024Q4-ytd"] in ("on_track", "at_risk"), hub
        assert trained["2025Q3-ytd"] == trained["2025Q4-ytd"] == "off_track", hub
        assert trained["2026Q3-ytd"] == "on_track", hub
        took_part = statuses(finished, hub, "MEM-04")
        assert took_part["2024Q4-ytd"] == "on_track", hub
        assert took_part["2025Q4-ytd"] in ("at_risk", "off_track"), hub


def test_the_network_is_near_target_in_2024_below_in_2025_and_back_in_2026(finished: Finished) -> None:
    scores = finished.table(
        "select period, actual / target as reached from indicator_scores where scope_type = 'all' "
        "and indicator_code = 'OUT-02' and period in ('2024Q4-ytd', '2025Q4-ytd', '2026Q3-ytd')"
    )
    reached = pd.Series(scores["reached"].to_numpy(), index=scores["period"])
    assert reached["2024Q4-ytd"] > 0.85 > 0.8 > reached["2025Q4-ytd"]
    assert reached["2026Q3-ytd"] > 0.9


def test_every_status_occurs(finished: Finished) -> None:
    found = set(finished.table("select distinct status from indicator_scores")["status"])
    assert {"on_track", "at_risk", "off_track", "not_reported", "not_assessable", "not_due", "no_target"} <= found
