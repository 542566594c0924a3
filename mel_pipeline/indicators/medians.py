"""Medians of samples with strata, clusters and weights, by row: pure functions, no input or output.

The interval is Woodruff's (1952), as published survey tables have it: the share of units up to the median has its
interval by linearisation, and the values at which that share begins and ends are the ends of the median's interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from mel_pipeline.indicators.confidence import Interval
from mel_pipeline.indicators.designed_samples import Domain, Drawn, Numbers, SecondStage, Stratum, ratio

_ROUNDING = 1e-12
"""Share of the sum of weights below which a difference is the rounding of sums."""


class SampledValue(NamedTuple):
    """One unit of a domain: the names of its stratum and cluster, its value and its weight."""

    stratum: str
    cluster: str
    value: float
    weight: float


@dataclass(frozen=True)
class Median:
    """A median with its interval; None where there are no values, or where the sample cannot tell it."""

    value: float | None
    interval: Interval | None
    domain: Domain
    """Of the share up to the median, by which the interval is told."""


def median(
    design: Mapping[str, Stratum],
    units: Sequence[SampledValue],
    drawn_within: Mapping[tuple[str, str], Drawn] = MappingProxyType({}),
) -> Median:
    """Weighted median of the units of a domain, with its interval at 95 %.

    Args:
        design: every stratum of the whole sample, also those without a unit of the domain.
        units: the units of the domain that have a value and a weight above zero.
        drawn_within: by stratum and cluster, what was drawn within it, where there is a second stage.

    Returns:
        The median; without an interval where one cluster, or a share that ends beyond 0 or 1, cannot tell it, and
        where values differ but none lies above the median, so that no spread is seen.
    """
    values = np.asarray([unit.value for unit in units], dtype=np.float64)
    weights = np.asarray([unit.weight for unit in units], dtype=np.float64)
    found = weighted_quantile(values, weights, 0.5)
    domain = _up_to(design, units, drawn_within, found)
    if found is None:
        return Median(None, None, domain)
    share = ratio(domain).interval()
    if share is not None and share.low == share.high:
        is_told = domain.is_census or values.min() == values.max()
        return Median(found, Interval(found, found) if is_told else None, domain)
    return Median(found, _ends(share, values, weights), domain)


def weighted_quantile(values: Numbers, weights: Numbers, share: float) -> float | None:
    """The value at which the share of the weights up to it reaches `share`, from 0 to 1.

    Where it is reached exactly at a value, the quantile is the middle between that value and the next: with equal
    weights the median is the usual one.
    """
    if len(values) == 0:
        return None
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    wanted, tolerance = share * reached[-1], _ROUNDING * reached[-1]
    position = min(int(np.searchsorted(reached, wanted - tolerance)), len(values) - 1)
    here = float(values[order[position]])
    if position + 1 < len(values) and abs(reached[position] - wanted) <= tolerance:
        return (here + float(values[order[position + 1]])) / 2
    return here


def _up_to(
    design: Mapping[str, Stratum],
    units: Sequence[SampledValue],
    drawn_within: Mapping[tuple[str, str], Drawn],
    limit: float | None,
) -> Domain:
    """The share of units up to a limit, as the sums of its clusters."""
    sums: dict[tuple[str, str], list[float]] = {}
    for unit in units:
        met = float(limit is not None and unit.value <= limit)
        cluster = sums.setdefault((unit.stratum, unit.cluster), [0, 0.0, 0.0, 0.0, 0.0])
        figures = (1, unit.weight * met, unit.weight, unit.weight**2, unit.weight**2 * met)
        cluster[:] = [so_far + figure for so_far, figure in zip(cluster, figures, strict=True)]
    n, amounts, bases, squared, met_squared = ([each[position] for each in sums.values()] for position in range(5))
    # Figures are 0 or 1, so that a unit's squared amount and its amount times its base are the same.
    stages = [
        SecondStage(drawn_within[key], above, above, below)
        for key, above, below in zip(sums, met_squared, squared, strict=True)
        if drawn_within
    ]
    strata = [stratum for stratum, _ in sums]
    return Domain(design, strata, [int(each) for each in n], amounts, bases, squared, second_stages=stages)


def _ends(share: Interval | None, values: Numbers, weights: Numbers) -> Interval | None:
    if share is None or share.low < 0 or share.high > 1:
        return None
    low, high = (weighted_quantile(values, weights, end) for end in share)
    return None if low is None or high is None else Interval(low, high)
