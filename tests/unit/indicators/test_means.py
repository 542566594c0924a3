"""Means and their differences agree with published numbers and are defined wherever they may be asked for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mel_pipeline.indicators.means import Sums, difference, effect_size, mean_interval, paired_test

values_of_a_scale = st.lists(st.floats(0, 100), min_size=2, max_size=60)


def sums(values: list[float]) -> Sums:
    return Sums(sum(values), sum(value**2 for value in values), len(values))


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


SLEEP_WITHOUT = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_WITH = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_students_own_data_on_sleep_gives_his_t() -> None:
    gains = sums([before - after for before, after in zip(SLEEP_WITHOUT, SLEEP_WITH, strict=True)])
    found = paired_test(gains)
    assert found is not None
    assert found.t == pytest.approx(-4.0621, abs=5e-5)
    assert found.degrees_of_freedom == 9
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert effect_size(*gains) == pytest.approx(found.t / math.sqrt(10))


def test_a_change_without_spread_or_of_one_pair_has_no_test() -> None:
    assert paired_test(sums([1.0, 1.0, 1.0])) is None
    assert paired_test(sums([1.0])) is None
    assert paired_test(sums([])) is None


def test_the_difference_of_two_means_agrees_with_welch() -> None:
    first, second = sums(SLEEP_WITHOUT), sums([*SLEEP_WITH, 9.0, 0.5])
    told = difference(first, second)
    expected = stats.ttest_ind([*SLEEP_WITH, 9.0, 0.5], SLEEP_WITHOUT, equal_var=False)
    interval = expected.confidence_interval(0.95)
    assert told is not None
    assert told[1] == pytest.approx((interval.low, interval.high))
    assert told[0] == pytest.approx(sum([*SLEEP_WITH, 9.0, 0.5]) / 12 - sum(SLEEP_WITHOUT) / 10)


def test_a_difference_is_defined_where_nothing_varies_or_nobody_answered() -> None:
    assert difference(sums([2.0, 2.0]), sums([3.0, 3.0])) == (1, (1, 1))
    assert difference(sums([2.0]), sums([3.0, 4.0])) == (1.5, None)
    assert difference(sums([]), sums([3.0, 4.0])) is None


@given(values_of_a_scale, values_of_a_scale)
def test_a_difference_lies_in_its_interval_and_turns_round_with_its_sides(one: list[float], two: list[float]) -> None:
    there, back = difference(sums(one), sums(two)), difference(sums(two), sums(one))
    assert there is not None
    assert back is not None
    value, interval = there
    assert interval is not None
    assert back[1] is not None
    assert math.isfinite(interval.low)
    assert interval.low <= value <= interval.high
    assert back[1] == pytest.approx((-interval.high, -interval.low), rel=1e-9, abs=1e-9)
