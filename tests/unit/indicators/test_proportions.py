"""Intervals agree with the published numbers and are defined wherever they may be asked for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mel_pipeline.indicators.means import mean_interval
from mel_pipeline.indicators.proportions import range_without_assumption, wilson


@st.composite
def answers(draw: st.DrawFn) -> tuple[int, int, int | None]:
    """Answers with the property, answers, and the population they come from (None: without end)."""
    n = draw(st.integers(1, 3000))
    k = draw(st.integers(0, n))
    population = draw(st.none() | st.integers(n, 100_000))
    return k, n, population


values_of_a_scale = st.lists(st.floats(0, 100), min_size=2, max_size=60)


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


def sums(values: list[float]) -> tuple[float, float, int]:
    return sum(values), sum(value**2 for value in values), len(values)


def test_mean_agrees_with_students_t() -> None:
    values = [2.0, 3.0, 3.0, 4.0, 5.0]
    expected = stats.t.interval(0.95, 4, loc=3.4, scale=stats.sem(values))
    assert mean_interval(*sums(values)) == pytest.approx(expected)


def test_mean_of_half_of_the_population_has_a_smaller_error() -> None:
    values = [2.0, 3.0, 3.0, 4.0, 5.0]
    endless, finite = mean_interval(*sums(values)), mean_interval(*sums(values), population=10)
    assert endless is not None
    assert finite is not None
    assert (finite.high - 3.4) / (endless.high - 3.4) == pytest.approx(math.sqrt(0.5))


def test_mean_of_a_census_has_no_sampling_error() -> None:
    assert mean_interval(*sums([1.0, 5.0]), population=2) == (3.0, 3.0)


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_values_show_no_spread(n: int) -> None:
    assert mean_interval(3.0 * n, 9.0 * n, n) is None


def test_equal_values_have_an_interval_without_width() -> None:
    assert mean_interval(*sums([0.1] * 3)) == pytest.approx((0.1, 0.1), abs=1e-15)


@given(values_of_a_scale, st.integers(0, 1000))
def test_interval_of_a_mean_is_finite_and_holds_the_mean(values: list[float], more: int) -> None:
    interval = mean_interval(*sums(values), population=len(values) + more)
    mean = sum(values) / len(values)
    assert interval is not None
    assert math.isfinite(interval.low)
    assert interval.low <= mean <= interval.high
