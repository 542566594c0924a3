"""Intervals of ratios and medians of simple random samples, against exact figures and against a second derivation."""

import math
from itertools import combinations
from statistics import median

import numpy as np
import pytest
from scipy import stats

from mel_pipeline.indicators import designed_samples
from mel_pipeline.indicators.designed_samples import Domain, Stratum
from mel_pipeline.indicators.order_statistics import order_statistics_interval
from mel_pipeline.indicators.ratios import ratio_interval

Y, X = [3.0, 1.0, 0.0, 2.0, 7.0], [10.0, 2.0, 4.0, 4.0, 9.0]


def residues(y: list[float], x: list[float]) -> float:
    ratio = sum(y) / sum(x)
    return sum((a - ratio * b) ** 2 for a, b in zip(y, x, strict=True))


@pytest.mark.parametrize("population", [None, 12, 5, 3])
def test_a_ratio_has_the_interval_of_a_design_without_strata_and_clusters(population: int | None) -> None:
    told = ratio_interval(sum(Y), sum(X), residues(Y, X), len(Y), population)
    design = {"all": Stratum(len(Y), population)}
    same = designed_samples.ratio(Domain(design, ["all"] * len(Y), [1] * len(Y), Y, X, X))
    assert told == pytest.approx(same.interval())


def test_a_ratio_of_samples_of_many_covers_the_true_one_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    met = 0
    for _ in range(2000):
        x = rng.gamma(4, 1, 60)
        y = 0.3 * x + rng.normal(0, 0.3, 60) * np.sqrt(x)
        told = ratio_interval(y.sum(), x.sum(), residues(list(y), list(x)), 60)
        assert told is not None
        met += told.low <= 0.3 <= told.high
    assert 0.93 <= met / 2000 <= 0.97


@pytest.mark.parametrize(("y", "x"), [([1.0], [2.0]), ([], []), ([1.0, 2.0], [0.0, 0.0]), ([1.0, 2.0], [1.0, -1.0])])
def test_one_row_or_a_denominator_of_zero_shows_no_interval(y: list[float], x: list[float]) -> None:
    assert ratio_interval(sum(y), sum(x), 1.0, len(y)) is None


def test_figures_that_keep_one_ratio_have_no_width() -> None:
    assert ratio_interval(6.0, 12.0, 0.0, 3) == (0.5, 0.5)


@pytest.mark.parametrize(("n", "rank"), [(6, 1), (8, 1), (9, 2), (10, 2), (20, 6), (50, 18), (100, 40)])
def test_the_ranks_are_those_of_published_tables(n: int, rank: int) -> None:
    """Ranks of a 95 % interval of the median, as in tables of the sign test."""
    assert order_statistics_interval([float(each) for each in range(1, n + 1)]) == (rank, n + 1 - rank)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_five_figures_or_fewer_have_no_interval(n: int) -> None:
    assert order_statistics_interval([1.0] * n) is None


def test_of_all_samples_of_a_small_population_at_most_one_in_twenty_misses_its_median() -> None:
    population = [1.0, 2.0, 4.0, 4.0, 5.0, 8.0, 9.0, 12.0, 13.0, 20.0, 21.0, 30.0, 31.0, 33.0, 40.0, 41.0]
    true = median(population)
    samples = list(combinations(population, 8))
    missed = 0
    for sample in samples:
        told = order_statistics_interval(sorted(sample), len(population))
        assert told is not None
        missed += not told.low <= true <= told.high
    assert missed <= 0.05 * len(samples)
    assert missed > 0, "an interval that never misses says nothing"


def test_a_census_knows_its_median() -> None:
    assert order_statistics_interval([1.0, 2.0, 4.0, 9.0], 4) == (3.0, 3.0)


def test_the_interval_of_a_median_is_as_wide_as_it_says() -> None:
    """The chance of missing is told by the binomial distribution, whatever the figures are."""
    assert stats.binom.cdf(5, 20, 0.5) * 2 < 0.05 < stats.binom.cdf(6, 20, 0.5) * 2
    assert math.isclose(stats.binom.cdf(5, 20, 0.5), 0.0207, abs_tol=1e-4)
