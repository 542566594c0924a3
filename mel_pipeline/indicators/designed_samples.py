"""Estimates from samples with strata, clusters and weights, by Taylor linearisation, out of sums per cluster.

Pure functions: which rows are the sample, and what a programme declares of it, do not belong here; simple random
samples are in `statistics.py`. A category or a scope is a domain: its variance is that of the whole design, in which
every cluster without a unit of the domain counts as zero.

Variance: V = sum over strata of (1 - m/M) * m/(m - 1) * sum over clusters of (score - mean score)^2, with m clusters
of M. What is drawn within a cluster is taken to be part of its score (the ultimate cluster), so that M is for clusters
that were asked as a whole, or for units that were drawn directly.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mel_pipeline.indicators.statistics import UPPER_TAIL_95, Interval, wilson_of_share

Numbers = NDArray[np.float64]


class Stratum(NamedTuple):
    """Clusters that were drawn in a stratum, and how many there are; None: not known, or without end."""

    sampled: int
    population: int | None = None

    @property
    def left_out_share(self) -> float:
        """Share of the clusters that were not drawn; a population not larger than the sample is a census."""
        return 1.0 if self.population is None else max(1 - self.sampled / self.population, 0.0)


@dataclass(frozen=True)
class Domain:
    """Weighted sums of the clusters that hold units of a domain; all sequences have one figure per cluster.

    A unit that was drawn without a cluster is a cluster of its own.

    Attributes:
        design: every stratum of the whole sample, also those without a unit of the domain.
        strata: name of each cluster's stratum.
        n: units of the domain.
        amounts: sum of weight times value: what a total adds up, and what stands above the line of a mean or ratio.
        bases: what stands below the line: the sum of weights for a mean or share, of weight times x for a ratio.
        squared_weights: sum of the squared weights.
    """

    design: Mapping[str, Stratum]
    strata: Sequence[str]
    n: Sequence[int]
    amounts: Sequence[float]
    bases: Sequence[float]
    squared_weights: Sequence[float]

    @property
    def degrees_of_freedom(self) -> int:
        """Clusters less strata of the whole design, also for a domain, as published survey tables count them."""
        return sum(stratum.sampled - 1 for stratum in self.design.values())

    @property
    def shows_spread(self) -> bool:
        """Whether units of two clusters or more can differ: one alone would seem to have no error."""
        return len(self.strata) > 1

    @property
    def is_lonely(self) -> bool:
        """Whether some stratum of the domain rests on one cluster of several, which shows no spread."""
        return any(_is_lonely(self.design[name]) for name in set(self.strata))


class Estimate(NamedTuple):
    """An estimate with its standard error; None where nothing, or a single cluster, cannot tell them."""

    value: float | None
    standard_error: float | None
    degrees_of_freedom: int

    def interval(self) -> Interval | None:
        """Interval at 95 % by Student's t.

        Returns:
            The interval; both ends at the value where nothing varies, as in a census; None without a standard
            error, and where there is no degree of freedom to tell it.
        """
        if self.value is None or self.standard_error is None:
            return None
        if self.standard_error == 0:
            return Interval(self.value, self.value)
        if self.degrees_of_freedom < 1:
            return None
        half = _t_quantile(self.degrees_of_freedom) * self.standard_error
        return Interval(self.value - half, self.value + half)


def total(domain: Domain) -> Estimate:
    """Estimated sum of the values in the population; zero, without error, for an empty domain."""
    amounts = _numbers(domain.amounts)
    return Estimate(float(amounts.sum()), _standard_error(domain, amounts), domain.degrees_of_freedom)


def ratio(domain: Domain) -> Estimate:
    """Estimated ratio of amounts to bases: a mean or a share where the bases are sums of weights.

    A domain within one cluster has no standard error, unless its stratum is a census.
    """
    amounts, bases = _numbers(domain.amounts), _numbers(domain.bases)
    base = float(bases.sum())
    if base == 0:
        return Estimate(None, None, domain.degrees_of_freedom)
    value = float(amounts.sum()) / base
    if not domain.shows_spread and not _is_census(domain):
        return Estimate(value, None, domain.degrees_of_freedom)
    scores = (amounts - value * bases) / base
    # What rounding alone leaves of equal values is not a spread.
    scores[np.abs(scores * base) <= _ROUNDING * np.abs(bases * value)] = 0.0
    return Estimate(value, _standard_error(domain, scores), domain.degrees_of_freedom)


def share_interval(domain: Domain) -> Interval | None:
    """Wilson's interval of a weighted share, by the size of the simple random sample that would tell as much.

    That effective n is n over the design effect, lessened where the design has few degrees of freedom, as by Korn
    and Graubard (1998). Where all or none have the property, no spread tells the design effect: then it is that of the
    weights alone (Kish).

    Returns:
        The interval, within 0 and 1; both ends at the share where every stratum is a census; None for an empty
        domain or one without degrees of freedom.
    """
    share = ratio(domain)
    if share.value is None:
        return None
    value = min(max(share.value, 0.0), 1.0)
    if _is_census(domain):
        return Interval(value, value)
    n = effective_n(domain)
    if n is None or share.degrees_of_freedom < 1:
        return None
    correction = _t_quantile(max(sum(domain.n) - 1, 1)) / _t_quantile(share.degrees_of_freedom)
    return wilson_of_share(value, n * min(correction, 1.0) ** 2)


def effective_n(domain: Domain) -> float | None:
    """Size of the simple random sample whose share would have the same standard error; None where there is none."""
    share, n = ratio(domain), sum(domain.n)
    if share.value is None or share.standard_error is None:
        return None
    spread = share.value * (1 - share.value)
    if spread <= _ROUNDING:
        return sum(domain.bases) ** 2 / sum(domain.squared_weights)
    if share.standard_error == 0 or n < 2:
        return float(n)
    return n * spread / ((n - 1) * share.standard_error**2)


_ROUNDING = 1e-13
"""Share of a sum below which a difference is the rounding of sums."""


def _standard_error(domain: Domain, scores: Numbers) -> float:
    strata = np.asarray(domain.strata, dtype=object)
    variance = sum(_variance(domain.design[name], scores[strata == name]) for name in sorted(set(domain.strata)))
    return math.sqrt(variance)


def _variance(stratum: Stratum, scores: Numbers) -> float:
    """What one stratum adds: `scores` are those of its clusters that hold the domain, the others are zero."""
    if _is_lonely(stratum):
        # One cluster has no neighbours to differ from. It is held against the whole sample's mean score, which is
        # zero: the error is rather overstated than hidden.
        return stratum.left_out_share * float((scores**2).sum())
    if stratum.left_out_share == 0:
        return 0.0
    m = stratum.sampled
    mean = float(scores.sum()) / m
    squares = float(((scores - mean) ** 2).sum()) + (m - len(scores)) * mean**2
    return stratum.left_out_share * m / (m - 1) * squares


def _is_lonely(stratum: Stratum) -> bool:
    return stratum.sampled == 1 and stratum.left_out_share > 0


def _is_census(domain: Domain) -> bool:
    return all(domain.design[name].left_out_share == 0 for name in set(domain.strata))


def _numbers(values: Sequence[float]) -> Numbers:
    return np.asarray(values, dtype=np.float64)


@cache
def _t_quantile(degrees_of_freedom: int) -> float:
    # scipy takes a moment to load, and most runs of the command need no designed sample.
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, UPPER_TAIL_95))
