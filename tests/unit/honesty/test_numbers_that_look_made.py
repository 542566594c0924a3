"""Endings of numbers, hits of targets, and totals that others report: where the checks fire, and where they do not."""

from typing import Any

import pytest

from mel_pipeline.declarations.models import AtTargetCheck, HeapingCheck, SelfTotalsCheck
from mel_pipeline.honesty.at_target import check_at_target
from mel_pipeline.honesty.chance import at_least_by_chance, same_composition
from mel_pipeline.honesty.findings import Finding, Outcome
from mel_pipeline.honesty.heaping import check_heaping
from mel_pipeline.honesty.self_totals import check_self_totals
from tests.unit.honesty.conftest import indicator, value

HEAPING = HeapingCheck(table="reports", number="total", by="hub_code")


def endings(make_programme, look, **numbers: list[float | None]) -> dict[str | None, Finding]:
    rows = [{"hub_code": hub, "total": total} for hub, totals in numbers.items() for total in totals]
    return {
        finding.subject: finding for finding in check_heaping(look(make_programme(), reports=rows), HEAPING)
    }  # fmt: skip


def test_numbers_that_end_in_0_or_5_are_found_by_hub(make_programme, look) -> None:
    found = endings(make_programme, look, GUESSES=[10, 15, 20, 25, 30] * 4 + [17, 18], COUNTS=list(range(11, 41)))
    guesses, counts = found["reports.total: GUESSES"], found["reports.total: COUNTS"]
    assert (guesses.outcome, guesses.n, guesses.observed) == (Outcome.FOUND, 22, 20 / 22)
    assert (counts.outcome, counts.n, counts.observed) == (Outcome.PASSED, 30, 0.2)
    # Twenty or more of 22 at one in five, once for each of two hubs.
    exact = sum(ways * 0.2**hits * 0.8 ** (22 - hits) for hits, ways in ((20, 231), (21, 22), (22, 1)))
    assert guesses.p_value == pytest.approx(2 * exact)


def test_small_and_missing_numbers_are_left_out_and_few_tell_nothing(make_programme, look) -> None:
    found = endings(make_programme, look, A=[5.0, None] * 30 + [10.0] * 19)
    assert (found["reports.total: A"].outcome, found["reports.total: A"].n) == (Outcome.NOT_ASSESSABLE, 19)
    (nothing,) = endings(make_programme, look, A=[1.0]).values()
    assert (nothing.outcome, nothing.n) == (Outcome.NOT_ASSESSABLE, 0)


def test_the_chance_of_many_hits_is_exact() -> None:
    assert at_least_by_chance(2, 2, 0.2) == pytest.approx(0.04)
    assert at_least_by_chance(1, 3, 0.5) == pytest.approx(0.875)
    assert at_least_by_chance(0, 3, 0.5) == 1


def test_two_waves_are_compared_by_chi_square() -> None:
    p_value, degrees = same_composition([30, 70], [50, 50]) or (None, None)
    assert (p_value, degrees) == (pytest.approx(0.003892417), 1)  # chi-square 8.3333
    assert same_composition([30, 70], [30, 70]) == (pytest.approx(1), 1)
    assert same_composition([3, 3, 94], [4, 2, 94]) == (pytest.approx(1), 1)  # the two small ones together
    assert same_composition([1, 99], [3, 97]) is None
    assert same_composition([10, 10], [0, 0]) is None


def near(make_programme, look, offsets: list[float], target: float = 10.0, **changes: Any) -> Finding:
    counted = indicator("I-01", {"count": True}, **changes)
    rows = [
        {"indicator_code": "I-01", "scope_type": "hub", "scope_code": "A", "scoring_profile": "default",
         "actual": target + offset, "target": target}
        for offset in offsets
    ]  # fmt: skip
    (found,) = check_at_target(look(make_programme(counted), indicator_scores=rows), AtTargetCheck())
    return found


def test_results_exactly_at_target_are_found_where_none_lie_beside_it(make_programme, look) -> None:
    found = near(make_programme, look, [0] * 10 + [4, -6])
    assert (found.outcome, found.n, found.observed) == (Outcome.FOUND, 10, 1)
    assert found.p_value == pytest.approx(3**-10)


def test_as_many_beside_the_target_are_no_finding(make_programme, look) -> None:
    assert near(make_programme, look, [0] * 5 + [1] * 5 + [-1] * 5).outcome is Outcome.PASSED
    assert near(make_programme, look, [0] * 9 + [3] * 20).outcome is Outcome.NOT_ASSESSABLE
    small = near(make_programme, look, [0] * 12, target=4.0)
    assert (small.outcome, small.n) == (Outcome.NOT_ASSESSABLE, 0)
    mean = near(make_programme, look, [0] * 12, type="mean")
    assert mean.outcome is Outcome.NOT_ASSESSABLE


SELF_TOTALS = SelfTotalsCheck(
    source="reports",
    indicator="indicator_code",
    total="total",
    period="period",
    scope="hub",
    scope_code="hub_code",
    indicators=["I-01"],
)


def totals(make_programme, look, told: dict[str, float | None], ours: dict[str, float]) -> Finding:
    programme = make_programme(indicator("I-01", {"count": True}))
    reports = [
        {"hub_code": "A", "period": period, "indicator_code": "I-01", "total": total} for period, total in told.items()
    ]
    values = [value(period, total, 1, scope_type="hub", scope_code="A") for period, total in ours.items()]
    (found,) = check_self_totals(look(programme, reports=reports, indicator_values=values), SELF_TOTALS)
    return found


def test_own_totals_that_differ_by_more_than_the_tolerance_are_found(make_programme, look) -> None:
    found = totals(make_programme, look, {"2024Q1": 14, "2024Q2": 10}, {"2024Q1": 10, "2024Q2": 10, "2024Q3": 5})
    assert (found.outcome, found.observed, found.expected, found.n) == (Outcome.FOUND, 24, 20, 2)
    assert found.values["different"] == 1
    from_nothing = totals(make_programme, look, {"2024Q1": 1}, {"2024Q1": 0})
    assert from_nothing.outcome is Outcome.FOUND


def test_own_totals_within_the_tolerance_pass_and_none_to_compare_is_no_pass(make_programme, look) -> None:
    assert totals(make_programme, look, {"2024Q1": 11}, {"2024Q1": 10}).outcome is Outcome.PASSED
    assert totals(make_programme, look, {"2024Q1": None}, {"2024Q1": 10}).outcome is Outcome.NOT_ASSESSABLE
