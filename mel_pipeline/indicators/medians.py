"""Intervals of medians without an assumption about how figures are spread: pure functions, no input or output.

Which figures belong to a cell is in `median_intervals.py`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mel_pipeline.indicators.designed_samples import Domain, ratio
from mel_pipeline.indicators.statistics import UPPER_TAIL_95, Interval

_TAIL = 0.025
_ROUNDING = 1e-12


def order_statistics_interval(figures: Sequence[float], population: int | None = None) -> Interval | None:
    """Interval of at least 95 % of the median: the figures that stand at the same rank from below and from above.

    The rank is the largest r for which fewer than r of n figures lie below the median with a chance of at most 2.5 %:
    by the binomial distribution, or in a finite population by the hypergeometric one.

    Args:
        figures: those of a simple random sample, in ascending order.
        population: how many figures there are; not larger than the sample: a census.

    Returns:
        The interval; both ends at the median for a census; None where even all figures are too few (five or fewer in
        a population without end).
    """
    n = len(figures)
    if n == 0:
        return None
    if population is not None and population <= n:
        middle = float(np.median(figures))
        return Interval(middle, middle)
    rank = _rank(n, population)
    return None if rank == 0 else Interval(float(figures[rank - 1]), float(figures[n - rank]))


def _rank(n: int, population: int | None) -> int:
    # scipy takes a moment to load, and most runs of the command need no median.
    from scipy.special import bdtr

    ranks = np.arange(1, n // 2 + 1)
    if population is None:
        below = bdtr(ranks - 1.0, n, 0.5)
    else:
        from scipy.stats import hypergeom

        below = hypergeom.cdf(ranks - 1, population, population // 2, n)
    return int((below <= _TAIL).sum())


def woodruff_interval(
    figures: NDArray[np.float64], weights: NDArray[np.float64], below_median: Domain
) -> Interval | None:
    """Interval at 95 % of a weighted median, after Woodruff (1952).

    The share of weight at or below the median has an interval by linearisation; its ends are read off the weighted
    distribution of the figures.

    Args:
        figures: in ascending order.
        weights: of the figures.
        below_median: the share of weight at or below the median, as sums per cluster.

    Returns:
        The interval; None where the share has no standard error, or its interval reaches beyond the sample.
    """
    share, freedom = ratio(below_median), below_median.degrees_of_freedom
    if share.standard_error is None or freedom < 1:
        return None
    from scipy.special import stdtrit

    half = float(stdtrit(freedom, UPPER_TAIL_95)) * share.standard_error
    low, high = 0.5 - half, 0.5 + half
    if low <= 0 or high >= 1:
        return None
    shares = np.cumsum(weights) / weights.sum()
    first, last = (int(np.searchsorted(shares, each - _ROUNDING)) for each in (low, high))
    return Interval(float(figures[first]), float(figures[last]))
