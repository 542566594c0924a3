"""Estimates from samples with strata, clusters and weights, by Taylor linearisation, out of sums per cluster.

Pure functions: which rows are the sample, and what a programme declares of it, do not belong here; simple random
samples are in `proportions.py` and `means.py`, medians in `medians.py`. A category or a scope is a domain: its variance
is that of the whole design, in which every cluster without a unit of the domain counts as zero.

Variance: V = sum over strata of (1 - m/M) * m/(m - 1) * sum over clusters of (score - mean score)^2, with m clusters
of M. Where it is known how many units each drawn cluster has (`SecondStage`), what was drawn within it adds its own
part, m/M times the same sum over its units. Where it is not, what is drawn within a cluster is part of its score (the
ultimate cluster), so that M is for clusters that were asked as a whole, or for units that were drawn directly.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mel_pipeline.indicators.confidence import Interval, t_quantile
from mel_pipeline.indicators.proportions import wilson_of_share

Numbers = NDArray[np.float64]


class Stratum(NamedTuple):
    """Clusters that were drawn in a stratum, and how many there are; None: not known, or without end."""

    sampled: int
    population: int | None = None

    @property
    def left_out_share(self) -> float:
        """Share of the clusters that were not drawn; a population not larger than the sample is a census."""
        return 1.0 if self.population is None else max(1 - self.sampled / self.population, 0.0)


class Drawn(NamedTuple):
    """Units drawn within one cluster, and how many it has; None: not known, or without end."""

    units: int
    population: int | None = None


class SecondStage(NamedTuple):
    """What was drawn within one cluster, and the sums of the squared figures of its units in the domain.

    Attributes:
        drawn: units drawn in the cluster, in the domain or not; those outside it count as zero.
        amounts: sum of the squared amounts.
        products: sum of amount times base.
        bases: sum of the squared bases.
    """

    drawn: Drawn
    amounts: float
    products: float
    bases: float


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
        squares: sum of weight times squared value, for a mean or a share; only the design effect needs it.
        second_stages: what was drawn within each cluster, where there is a second stage with known populations.
    """

    design: Mapping[str, Stratum]
    strata: Sequence[str]
    n: Sequence[int]
    amounts: Sequence[float]
    bases: Sequence[float]
    squared_weights: Sequence[float]
    squares: Sequence[float] = ()
    second_stages: Sequence[SecondStage] = ()

    @property
    def degrees_of_freedom(self) -> int:
        """Clusters less strata of the whole design, also for a domain, as published survey tables count them."""
        return sum(stratum.sampled - 1 for stratum in self.design.values())

    @property
    def shows_spread(self) -> bool:
        """Whether units of two clusters or more can differ: one alone would seem to have no error."""
        return len(self.strata) > 1

    @property
    def is_census(self) -> bool:
        """Whether every stratum of the domain was asked as a whole."""
        return all(self.design[name].left_out_share == 0 for name in set(self.strata))

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
        half = t_quantile(self.degrees_of_freedom) * self.standard_error
        return Interval(self.value - half, self.value + half)


def total(domain: Domain) -> Estimate:
    """Estimated sum of the values in the population; zero, without error, for an empty domain."""
    amounts = _numbers(domain.amounts)
    return Estimate(float(amounts.sum()), _standard_error(domain, amounts, _spreads(domain)), domain.degrees_of_freedom)


def ratio(domain: Domain) -> Estimate:
    """Estimated ratio of amounts to bases: a mean or a share where the bases are sums of weights.

    A domain within one cluster has no standard error, unless its stratum is a census.
    """
    amounts, bases = _numbers(domain.amounts), _numbers(domain.bases)
    base = float(bases.sum())
    if base == 0:
        return Estimate(None, None, domain.degrees_of_freedom)
    value = float(amounts.sum()) / base
    if not domain.shows_spread and not domain.is_census:
        return Estimate(value, None, domain.degrees_of_freedom)
    scores = (amounts - value * bases) / base
    # What rounding alone leaves of equal values is not a spread.
    scores[np.abs(scores * base) <= _ROUNDING * np.abs(bases * value)] = 0.0
    return Estimate(value, _standard_error(domain, scores, _spreads(domain, value, base)), domain.degrees_of_freedom)


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
    if domain.is_census:
        return Interval(value, value)
    n = effective_n(domain)
    if n is None or share.degrees_of_freedom < 1:
        return None
    correction = t_quantile(max(sum(domain.n) - 1, 1)) / t_quantile(share.degrees_of_freedom)
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


def design_effect(domain: Domain) -> float | None:
    """Variance of a mean or share over that of a simple random sample of the same size, drawn with replacement.

    Returns:
        The design effect: 0 for a census; that of the weights alone (Kish) where the values do not differ; None
        where there is no standard error, or where `squares` are not told.
    """
    estimate, n = ratio(domain), sum(domain.n)
    if estimate.value is None or estimate.standard_error is None or not domain.squares or n < 2:
        return None
    if domain.is_census:
        return 0.0
    mean_square = float(_numbers(domain.squares).sum()) / sum(domain.bases)
    spread = mean_square - estimate.value**2
    if spread <= _ROUNDING * mean_square:
        return kish_effect(sum(domain.bases), sum(domain.squared_weights), n)
    return estimate.standard_error**2 * (n - 1) / spread


def kish_effect(weights: float, squared_weights: float, n: int) -> float | None:
    """Cost of unequal weights alone: n times the sum of squared weights over the squared sum; None without weights."""
    return n * squared_weights / weights**2 if weights > 0 else None


_ROUNDING = 1e-13
"""Share of a sum below which a difference is the rounding of sums."""


def _standard_error(domain: Domain, scores: Numbers, spreads: Numbers) -> float:
    strata = np.asarray(domain.strata, dtype=object)
    variance = 0.0
    for name in sorted(set(domain.strata)):
        stratum, here = domain.design[name], strata == name
        variance += _variance(stratum, scores[here])
        variance += (1 - stratum.left_out_share) * float(spreads[here].sum())
    return math.sqrt(variance)


def _spreads(domain: Domain, value: float = 0.0, base: float = 1.0) -> Numbers:
    """What drawing units within each cluster adds, before the share of clusters drawn; nothing without a second stage.

    The scores of units are (amount - value * unit's base) / base. A single unit of several is held against zero, as a
    single cluster is.
    """
    if not domain.second_stages:
        return np.zeros(len(domain.strata))
    found = []
    for stage, amount, own_base in zip(domain.second_stages, domain.amounts, domain.bases, strict=True):
        units, population = stage.drawn
        left_out = Stratum(units, population).left_out_share
        squares = stage.amounts - 2 * value * stage.products + value**2 * stage.bases
        if units > 1:
            squares = (squares - (amount - value * own_base) ** 2 / units) * units / (units - 1)
        found.append(left_out * max(squares, 0.0) / base**2)
    return _numbers(found)


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


def _numbers(values: Sequence[float]) -> Numbers:
    return np.asarray(values, dtype=np.float64)
