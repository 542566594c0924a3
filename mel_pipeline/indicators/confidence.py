"""What every interval at 95 % is made of: its two ends, and the quantiles that set its width; no estimate."""

from functools import cache
from typing import NamedTuple

Z_95 = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5 % on each side."""

UPPER_TAIL_95 = 0.975


class Interval(NamedTuple):
    """Lower and upper end, in the unit of the estimate (shares run from 0 to 1)."""

    low: float
    high: float

    def scaled(self, factor: float) -> "Interval":
        """The interval in another unit, such as percent."""
        return Interval(self.low * factor, self.high * factor)


@cache
def t_quantile(degrees_of_freedom: float) -> float:
    """Quantile of Student's t that leaves 2.5 % on each side."""
    # scipy takes a moment to load, and most runs of the command need no mean.
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, UPPER_TAIL_95))
