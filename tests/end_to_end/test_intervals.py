"""Every interval of the finished run against scipy, from the marts' rows and by other formulas than the library's.

Of means the rows are read again here with pandas; of shares the numbers of the value itself are enough.
"""

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from tests.end_to_end.conftest import Finished

Z = stats.norm.ppf(0.975)
DAY = "answered_on"
INDICES = {
    "OCM-03": ([f"cap_{place:02}" for place in range(1, 13)], ["cap_07"], 8, 100),
    "IMP-01": ([f"res_{place:02}" for place in range(1, 9)], [], 6, 100),
    "OCM-06": ([f"nlc_{place:02}" for place in range(1, 7)], [], 4, 5),
    "OCM-08": ([f"inf_{place:02}" for place in range(1, 4)], [], 2, 5),
}


@pytest.fixture(scope="module")
def values(finished: Finished) -> pd.DataFrame:
    told = finished.table("select * from indicator_values where n > 0")
    return told.set_index("indicator_code", drop=False)


@pytest.fixture(scope="module")
def members(finished: Finished) -> pd.DataFrame:
    return finished.table("select * from fct_member_quarter where is_active")


def score_interval(share: float, effective_n: float) -> tuple[float, float]:
    """The shares that a score test at 5 % does not refuse, found as roots; Wilson's formula is its closed form."""

    def distance(other: float) -> float:
        return (share - other) ** 2 - Z**2 * other * (1 - other) / effective_n

    beside = 1e-12  # at 0 and 1 the share is a root itself
    low = 0.0 if share == 0 else optimize.brentq(distance, 0, share - beside, xtol=1e-13)
    high = 1.0 if share == 1 else optimize.brentq(distance, share + beside, 1, xtol=1e-13)
    return low, high


def invited(members: pd.DataFrame, row: pd.Series) -> int:
    """Members of the value's scope and category on the last day of its period."""
    own = members[members["quarter_end_on"] == row["period_end"]]
    if row["scope_type"] == "hub":
        own = own[own["hub_code"] == row["scope_code"]]
    if row["dimension"] != "total":
        own = own[own[row["dimension"]].fillna("unknown") == row["category"]]
    return len(own)


def of_all_and_hubs(values: pd.DataFrame, code: str, method: str) -> Iterator[pd.Series]:
    own = values.loc[[code]]
    own = own[own["scope_type"].isin(["all", "hub"]) & (own["interval_method"] == method)]
    assert len(own), (code, method)
    for _, row in own.iterrows():
        yield row


@pytest.mark.parametrize("code", ["OUT-08", "OCM-02", "OUT-04"])
def test_shares_without_a_known_population_have_wilsons_interval(values: pd.DataFrame, code: str) -> None:
    own = values.loc[[code]]
    own = own[own["interval_method"] == "wilson"].drop_duplicates(["numerator", "n"])
    assert len(own) > 20
    for row in own.itertuples():
        interval = stats.binomtest(int(row.numerator), int(row.n)).proportion_ci(method="wilson")
        assert (row.ci_low, row.ci_high) == pytest.approx((100 * interval.low, 100 * interval.high), abs=1e-6)


@pytest.mark.parametrize("code", ["OUT-04", "OCM-05", "OCM-07"])
def test_shares_of_a_known_population_are_as_sure_as_more_answers(
    values: pd.DataFrame, members: pd.DataFrame, code: str
) -> None:
    for row in of_all_and_hubs(values, code, "wilson_fpc"):
        size = invited(members, row)
        share = row["numerator"] / row["n"]
        if size <= row["n"]:
            expected = (share, share)
        else:
            expected = score_interval(share, row["n"] * (size - 1) / (size - row["n"]))
        assert (row["ci_low"], row["ci_high"]) == pytest.approx([100 * end for end in expected], abs=1e-6)


def cities(finished: Finished, code: str) -> pd.DataFrame:
    """The index of each member city that answered enough items."""
    items, reverse, fewest, scale = INDICES[code]
    answers = finished.table("select * from fct_member_survey where is_member")
    answers[reverse] = 6 - answers[reverse]
    usable = answers[items].astype("float64")
    index = usable.mean(axis=1) if scale == 5 else (usable.mean(axis=1) - 1) / 4 * 100
    return answers.assign(index=index.where(usable.notna().sum(axis=1) >= fewest)).dropna(subset=["index"])


@pytest.mark.parametrize("code", INDICES)
def test_means_of_cities_have_students_interval_with_the_known_population(
    finished: Finished, values: pd.DataFrame, members: pd.DataFrame, code: str
) -> None:
    answered = cities(finished, code)
    for row in of_all_and_hubs(values, code, "t_fpc"):
        own = answered[answered["answered_on"].between(row["period_start"], row["period_end"])]
        if row["scope_type"] == "hub":
            own = own[own["hub_code"] == row["scope_code"]]
        if row["dimension"] != "total":
            own = own[own[row["dimension"]].fillna("unknown") == row["category"]]
        n, size = len(own), invited(members, row)
        assert (row["n"], row["value"]) == (n, pytest.approx(own["index"].mean()))
        if n < 2:
            assert math.isnan(row["ci_low"])
            continue
        left_out = max(1 - n / size, 0)
        half = stats.t.ppf(0.975, n - 1) * own["index"].std(ddof=1) / math.sqrt(n) * math.sqrt(left_out)
        expected = (own["index"].mean() - half, own["index"].mean() + half)
        assert (row["ci_low"], row["ci_high"]) == pytest.approx(expected, abs=1e-6)


def test_gains_of_pairs_have_the_paired_interval_and_effect_size(finished: Finished, values: pd.DataFrame) -> None:
    tests = finished.table("select * from fct_training_test where wave in ('pre', 'post')")
    keys = ["event_code", "participant_no", "event_ended_on", "hub_code"]
    pairs = tests.pivot(index=keys, columns="wave", values="score").dropna().reset_index()
    for row in of_all_and_hubs(values[values["dimension"] == "total"], "OCM-01", "t"):
        own = pairs[pairs["event_ended_on"].between(row["period_start"], row["period_end"])]
        if row["scope_type"] == "hub":
            own = own[own["hub_code"] == row["scope_code"]]
        assert row["n"] == len(own)
        if len(own) < 2:
            continue
        change = stats.ttest_rel(own["post"], own["pre"])
        interval = change.confidence_interval()
        assert (row["ci_low"], row["ci_high"]) == pytest.approx((interval.low, interval.high), abs=1e-6)
        assert row["effect_size"] == pytest.approx(change.statistic / math.sqrt(len(own)))


@pytest.fixture(scope="module")
def incidents(finished: Finished) -> pd.DataFrame:
    return pd.read_parquet(finished.folders.restricted_table("fct_city_incident")).query("has_figures")


def in_cell(incidents: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    day = pd.to_datetime(incidents[DAY])
    own = incidents[(day >= row["period_start"]) & (day <= row["period_end"])]
    return own if row["dimension"] == "total" else own[own[row["dimension"]].fillna("unknown") == row["category"]]


def test_medians_have_the_interval_of_the_sign_test(values: pd.DataFrame, incidents: pd.DataFrame) -> None:
    for row in of_all_and_hubs(values, "IMP-02", "order_statistics"):
        figures = np.sort(in_cell(incidents, row)["incidents_per_100k"].dropna().to_numpy())
        n = len(figures)
        assert (row["n"], row["value"]) == (n, pytest.approx(np.median(figures)))
        not_refused = [
            figure
            for figure in figures
            if min(
                stats.binom.cdf((figures <= figure).sum(), n, 0.5), stats.binom.cdf((figures >= figure).sum(), n, 0.5)
            )
            > 0.025
        ]
        assert (row["ci_low"], row["ci_high"]) == pytest.approx((min(not_refused), max(not_refused)), abs=1e-6)


def test_ratios_have_the_interval_of_their_residues(values: pd.DataFrame, incidents: pd.DataFrame) -> None:
    for row in of_all_and_hubs(values, "IMP-03", "linearised_t"):
        own = in_cell(incidents, row)[["answered_in_time", "significant"]].dropna().astype("float64")
        ratio = own["answered_in_time"].sum() / own["significant"].sum()
        residues = own["answered_in_time"] - ratio * own["significant"]
        half = stats.t.ppf(0.975, len(own) - 1) * residues.std(ddof=1) / math.sqrt(len(own)) / own["significant"].mean()
        assert row["value"] == pytest.approx(100 * ratio)
        assert (row["ci_low"], row["ci_high"]) == pytest.approx((100 * (ratio - half), 100 * (ratio + half)), abs=1e-6)
