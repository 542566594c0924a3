"""Intervals of medians of simple random samples, without an assumption about how figures are spread: pure functions.

Which figures belong to a cell is in `median_intervals.py`; medians of designed samples are in `medians.py`.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from mel_pipeline.indicators.confidence import Interval

_TAIL = 0.025


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


@cache
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
