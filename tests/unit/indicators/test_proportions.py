"""Shares agree with the published numbers and are defined wherever they may be asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mel_pipeline.indicators.proportions import (
    difference,
    mcnemar,
    paired_difference,
    range_without_assumption,
    wilson,
)


@st.composite
def answers(draw: st.DrawFn) -> tuple[int, int, int | None]:
    """Answers with the property, answers, and the population they come from (None: without end)."""
    n = draw(st.integers(1, 3000))
    k = draw(st.integers(0, n))
    population = draw(st.none() | st.integers(n, 100_000))
    return k, n, population


def test_share_of_a_network_of_230_cities() -> None:
    assert wilson(118, 150, 230) == pytest.approx((0.745, 0.823), abs=0.0005)


def test_share_without_finite_population() -> None:
    assert wilson(118, 150) == pytest.approx((0.714, 0.845), abs=0.0005)


def test_range_if_those_who_did_not_answer_could_be_anything() -> None:
    assert range_without_assumption(118, 150, 230) == pytest.approx((0.513, 0.861), abs=0.0005)
    assert range_without_assumption(7, 10, 10) == (0.7, 0.7)


def test_census_has_no_sampling_error() -> None:
    assert wilson(7, 10, 10) == (0.7, 0.7)
    assert wilson(7, 10, 9) == (0.7, 0.7)


def test_no_answers_give_no_interval() -> None:
    assert wilson(0, 0) is None
    assert wilson(0, 0, 12) is None


def test_none_and_all_end_exactly_at_zero_and_one() -> None:
    none, everyone = wilson(0, 20), wilson(20, 20)
    assert none is not None
    assert none.low == 0.0
    assert 0 < none.high < 0.2
    assert everyone is not None
    assert everyone.high == 1.0
    assert everyone.low == pytest.approx(1 - none.high)


@pytest.mark.parametrize(("k", "n"), [(0, 5), (3, 7), (50, 60), (400, 1000)])
def test_wilson_agrees_with_scipy(k: int, n: int) -> None:
    assert wilson(k, n) == pytest.approx(tuple(stats.binomtest(k, n).proportion_ci(method="wilson")))


@given(answers())
def test_interval_of_a_share_holds_the_share(sample: tuple[int, int, int | None]) -> None:
    k, n, population = sample
    interval = wilson(k, n, population)
    assert interval is not None
    assert -1e-12 <= interval.low <= k / n + 1e-12
    assert k / n - 1e-12 <= interval.high <= 1 + 1e-12


@given(answers())
def test_knowing_the_population_never_widens(sample: tuple[int, int, int | None]) -> None:
    k, n, population = sample
    finite, endless = wilson(k, n, population), wilson(k, n)
    assert finite is not None
    assert endless is not None
    assert finite.high - finite.low <= endless.high - endless.low + 1e-12


@given(answers())
def test_the_range_without_assumption_holds_every_share_that_may_be_true(sample: tuple[int, int, int | None]) -> None:
    k, n, population = sample
    told = range_without_assumption(k, n, population or n)
    assert told is not None
    assert 0 <= told.low <= k / n <= told.high <= 1
    assert told.high - told.low == pytest.approx(1 - n / (population or n))


def test_a_range_of_nobody_is_none() -> None:
    assert range_without_assumption(0, 0, 0) is None
    assert range_without_assumption(0, 0, 5) == (0, 1)


@pytest.mark.parametrize(
    ("second", "first", "told", "low", "high"),
    [
        ((56, 70), (48, 80), 0.2, 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.6, 0.1705, 0.8090),
        ((6, 7), (2, 7), 4 / 7, 0.0582, 0.8062),
        ((5, 56), (0, 29), 5 / 56, -0.0381, 0.1926),
        ((0, 10), (0, 20), 0.0, -0.1611, 0.2775),
        ((10, 10), (0, 20), 1.0, 0.6791, 1.0),
    ],
)
def test_differences_agree_with_the_published_table_of_newcombe(
    second: tuple[int, int], first: tuple[int, int], told: float, low: float, high: float
) -> None:
    found = difference(first, second)
    assert found is not None
    assert (found[0], *found[1]) == pytest.approx((told, low, high), abs=5e-5)


def test_no_difference_is_told_where_one_side_has_no_answers() -> None:
    assert difference((0, 0), (3, 5)) is None
    assert paired_difference(0, 0, 0, 0) is None


counts = st.integers(0, 200)


@given(counts, counts, counts, counts)
def test_a_change_within_pairs_is_defined_and_turns_round_with_its_sides(
    both: int, lost: int, gained: int, neither: int
) -> None:
    there, back = paired_difference(both, lost, gained, neither), paired_difference(both, gained, lost, neither)
    assert (there is None) == (both + lost + gained + neither == 0)
    if there is None or back is None:
        return
    value, interval = there
    assert -1 - 1e-12 <= interval.low <= value + 1e-12
    assert value - 1e-12 <= interval.high <= 1 + 1e-12
    assert (back[0], -back[1].high, -back[1].low) == pytest.approx((-value, *interval), abs=1e-12)


@given(counts, counts, counts, counts)
def test_pairs_that_hang_together_tell_a_change_better_than_strangers(
    both: int, lost: int, gained: int, neither: int
) -> None:
    n = both + lost + gained + neither
    pairs, strangers = paired_difference(both, lost, gained, neither), None
    if n:
        strangers = difference((both + lost, n), (both + gained, n))
    if pairs is None or strangers is None or both * neither <= lost * gained:
        return
    assert pairs[1].high - pairs[1].low <= strangers[1].high - strangers[1].low + 1e-12


def test_mcnemar_agrees_with_the_exact_binomial_test() -> None:
    assert mcnemar(5, 15) == pytest.approx(0.0413895, abs=5e-8)
    assert mcnemar(15, 5) == mcnemar(5, 15)
    assert mcnemar(7, 7) == 1
    assert mcnemar(0, 0) == 1
    assert mcnemar(3, 9) == pytest.approx(stats.binomtest(3, 12).pvalue)
