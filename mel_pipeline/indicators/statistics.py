"""Intervals of shares and means from a simple random sample or a census: pure functions, no input or output.

Designed samples (strata, clusters, weights), what counts as an answer, and what a status makes of an interval
do not belong here.
"""

import math
from typing import NamedTuple

Z_95 = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5 % on each side."""

UPPER_TAIL_95 = 0.975
ROUNDING_SHARE = 1e-12
"""Share of the sum of squares below which a spread is the rounding of sums, not a spread."""


class Interval(NamedTuple):
    """Lower and upper end, in the unit of the estimate (shares run from 0 to 1)."""

    low: float
    high: float


def wilson(k: int, n: int, population: int | None = None) -> Interval | None:
    """Interval at 95 % of the share k / n, after Wilson (1927), as shares from 0 to 1.

    With a finite population N, n is replaced by n(N-1)/(N-n). It is sampling error only: those who did not
    answer are taken to be like those who did.

    Args:
        k: answers with the property, 0 to n.
        n: answers.
        population: all who could have answered; None for a population without end. A population not larger
            than n is a census, which has no sampling error.

    Returns:
        The interval; (p, p) for a census; None without answers.
    """
    if n == 0:
        return None
    share = k / n
    if population is not None and population <= n:
        return Interval(share, share)
    effective_n = n if population is None else n * (population - 1) / (population - n)
    return wilson_of_share(share, effective_n)


def wilson_of_share(share: float, effective_n: float) -> Interval:
    """Wilson's interval of a share that is as well known as from `effective_n` answers."""
    shrink = 1 + Z_95**2 / effective_n
    centre = (share + Z_95**2 / (2 * effective_n)) / shrink
    half = Z_95 / shrink * math.sqrt(share * (1 - share) / effective_n + (Z_95 / (2 * effective_n)) ** 2)
    # Where none or all have the property an end is exactly 0 or 1; rounding would leave it a hair outside.
    return Interval(0.0 if share == 0 else centre - half, 1.0 if share == 1 else centre + half)


def range_without_assumption(k: int, n: int, population: int) -> Interval:
    """Range of the share in the whole population if those who did not answer could be anything.

    Returns:
        [k/N, (k + N - n)/N] as shares from 0 to 1; (k/n, k/n) where all answered.
    """
    missing = max(population - n, 0)
    everyone = n + missing
    return Interval(k / everyone, (k + missing) / everyone)


def mean_interval(
    values_sum: float, values_sum_of_squares: float, n: int, population: int | None = None
) -> Interval | None:
    """Interval at 95 % of a mean, from the sums that SQL delivers: Student's t with n - 1 degrees of freedom.

    Args:
        values_sum: sum of the values.
        values_sum_of_squares: sum of their squares.
        n: number of values.
        population: size of the finite population; the standard error is multiplied by sqrt(1 - n/N).

    Returns:
        The interval in the unit of the values; (mean, mean) for a census or where all values are equal; None
        for fewer than two values, which show no spread.
    """
    if n < 2:
        return None
    mean = values_sum / n
    if population is not None and population <= n:
        return Interval(mean, mean)
    deviation = _standard_deviation(values_sum, values_sum_of_squares, n)
    if deviation is None:
        return Interval(mean, mean)
    sampled_share = 0.0 if population is None else n / population
    half = _t_quantile(n - 1) * deviation * math.sqrt((1 - sampled_share) / n)
    return Interval(mean - half, mean + half)


def effect_size(values_sum: float, values_sum_of_squares: float, n: int) -> float | None:
    """Mean over standard deviation of differences within pairs (`d_z`), from the sums that SQL delivers.

    Returns:
        The effect size; None for fewer than two pairs, or where all pairs differ by the same.
    """
    if n < 2:
        return None
    deviation = _standard_deviation(values_sum, values_sum_of_squares, n)
    return None if deviation is None else values_sum / n / deviation


def _standard_deviation(values_sum: float, values_sum_of_squares: float, n: int) -> float | None:
    """Of a sample of two or more; None where the values do not differ beyond the rounding of sums."""
    squared_deviations = values_sum_of_squares - values_sum**2 / n
    if squared_deviations <= ROUNDING_SHARE * values_sum_of_squares:
        return None
    return math.sqrt(squared_deviations / (n - 1))


def _t_quantile(degrees_of_freedom: int) -> float:
    # scipy takes a moment to load, and most runs of the command need no mean.
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, UPPER_TAIL_95))
