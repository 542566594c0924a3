"""The interval of a median by the order of its figures: never narrower than promised, and defined at its ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mel_pipeline.indicators.order_statistics import order_statistics_interval


def test_six_figures_are_the_fewest_of_which_the_order_tells_an_interval() -> None:
    assert order_statistics_interval([]) is None
    assert order_statistics_interval([1, 2, 3, 4, 5]) is None
    assert order_statistics_interval([1, 2, 3, 4, 5, 6]) == (1, 6)


def test_a_census_has_its_median() -> None:
    assert order_statistics_interval([1, 2, 4], population=3) == (2, 2)


@given(st.integers(6, 300))
def test_the_interval_covers_at_least_what_it_promises_and_no_wider_than_needed(n: int) -> None:
    told = order_statistics_interval(range(1, n + 1))
    assert told is not None
    rank = int(told.low)
    assert told.high == n + 1 - rank
    covered = [1 - 2 * stats.binom.cdf(each - 1, n, 0.5) for each in (rank, rank + 1)]
    assert covered[0] >= 0.95 > covered[1]


@pytest.mark.parametrize("population", [50, 80, 1000])
def test_a_known_population_does_not_widen(population: int) -> None:
    finite, endless = (order_statistics_interval(range(40), each) for each in (population, None))
    assert finite is not None
    assert endless is not None
    assert endless.low <= finite.low <= finite.high <= endless.high
