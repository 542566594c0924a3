"""Interval of a ratio of two sums over a simple random sample, by linearisation: pure functions, no input or output.

Ratios of samples with weights, strata or clusters are in `designed_samples.py`.
"""

import math

from mel_pipeline.indicators.confidence import Interval, t_quantile


def ratio_interval(
    numerator: float, denominator: float, sum_of_squared_residues: float, n: int, population: int | None = None
) -> Interval | None:
    """Interval at 95 % of numerator / denominator, both summed over the same n rows.

    Standard error: sqrt((1 - n/N) * n/(n - 1) * sum of (y - R x)^2) / |sum of x|; Student's t with n - 1 degrees of
    freedom.

    Args:
        numerator: sum of y.
        denominator: sum of x.
        sum_of_squared_residues: sum of (y - R x)^2, R being the ratio.
        n: rows.
        population: size of the finite population N; not larger than n: a census, without sampling error.

    Returns:
        The interval in the unit of the ratio; both ends at the ratio where nothing varies; None for fewer than two
        rows, which show no spread, and for a denominator of zero.
    """
    if n < 2 or denominator == 0:
        return None
    ratio = numerator / denominator
    left_out = 1.0 if population is None else max(1 - n / population, 0.0)
    if left_out == 0 or sum_of_squared_residues <= 0:
        return Interval(ratio, ratio)
    error = math.sqrt(left_out * n / (n - 1) * sum_of_squared_residues) / abs(denominator)
    half = t_quantile(n - 1) * error
    return Interval(ratio - half, ratio + half)
