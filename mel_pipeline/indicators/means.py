"""Means from a simple random sample, changes within pairs, differences of two means: pure functions over sums of SQL.

Shares are in `proportions.py`, designed samples in `designed_samples.py`. Values that do not differ have an interval
without width; fewer than two values have none, and no function gives a figure that is not a number.
"""

import math
from typing import NamedTuple

from mel_pipeline.indicators.confidence import Interval, t_quantile

ROUNDING_SHARE = 1e-12
"""Share of the sum of squares below which a spread is the rounding of sums, not a spread."""


class Sums(NamedTuple):
    """Sum of the values, sum of their squares, and how many they are: what SQL delivers of a sample."""

    total: float
    squares: float
    n: int

    @property
    def mean(self) -> float | None:
        """Mean of the values; None without any."""
        return self.total / self.n if self.n else None


class PairedTest(NamedTuple):
    """Student's test of a change within pairs against no change."""

    t: float
    degrees_of_freedom: int
    p: float


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
    deviation = standard_deviation(values_sum, values_sum_of_squares, n)
    if deviation is None:
        return Interval(mean, mean)
    sampled_share = 0.0 if population is None else n / population
    half = t_quantile(n - 1) * deviation * math.sqrt((1 - sampled_share) / n)
    return Interval(mean - half, mean + half)


def effect_size(values_sum: float, values_sum_of_squares: float, n: int) -> float | None:
    """Mean over standard deviation of differences within pairs (`d_z`), from the sums that SQL delivers.

    Returns:
        The effect size; None for fewer than two pairs, or where all pairs differ by the same.
    """
    if n < 2:
        return None
    deviation = standard_deviation(values_sum, values_sum_of_squares, n)
    return None if deviation is None else values_sum / n / deviation


def paired_test(differences: Sums) -> PairedTest | None:
    """Student's test on the differences within pairs, after less before; None where `effect_size` is None."""
    size = effect_size(*differences)
    if size is None:
        return None
    # scipy takes a moment to load, and hardly a run needs a test.
    from scipy.special import stdtr

    t, degrees = size * math.sqrt(differences.n), differences.n - 1
    return PairedTest(t, degrees, 2 * float(stdtr(degrees, -abs(t))))


def difference(first: Sums, second: Sums) -> tuple[float, Interval | None] | None:
    """Difference of two means, the second less the first, with Welch's interval (variances may differ).

    Returns:
        The difference and its interval; no interval where a sample has fewer than two values; one without width
        where neither varies; None where a sample is empty.
    """
    if first.mean is None or second.mean is None:
        return None
    told = second.mean - first.mean
    if min(first.n, second.n) < 2:
        return told, None
    parts = [((standard_deviation(*each) or 0.0) ** 2 / each.n, each.n - 1) for each in (first, second)]
    variance = sum(part for part, _ in parts)
    if variance == 0:
        return told, Interval(told, told)
    # Shares of the variance, not the variance itself: tiny figures would vanish when squared.
    freedom = 1 / sum((part / variance) ** 2 / degrees for part, degrees in parts)
    half = t_quantile(freedom) * math.sqrt(variance)
    return told, Interval(told - half, told + half)


def standard_deviation(values_sum: float, values_sum_of_squares: float, n: int) -> float | None:
    """Of a sample of two or more; None where the values do not differ beyond the rounding of sums."""
    squared_deviations = values_sum_of_squares - values_sum**2 / n
    if squared_deviations <= ROUNDING_SHARE * values_sum_of_squares:
        return None
    return math.sqrt(squared_deviations / (n - 1))
