"""Which interval goes with a value, by the verb of its measure and by who could have been counted.

The formulas are in `proportions.py`, `means.py` and `ratios.py`; here it is decided which one applies. Medians have
`median_intervals.py`.
"""

from typing import Any, NamedTuple

import pandas as pd

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.indicators import means, proportions
from mel_pipeline.indicators.confidence import Interval
from mel_pipeline.indicators.measures import percent_factor
from mel_pipeline.indicators.ratios import ratio_interval


class Figures(NamedTuple):
    """Figures of one cell that an interval rests on."""

    value: float | None
    numerator: float
    denominator: float
    n: int
    unidentified: int
    sum_of_squares: float
    population: int | None


class ToldInterval(NamedTuple):
    """Ends of the 95 % interval in the indicator's unit, and how they were computed."""

    low: float | None
    high: float | None
    method: str


class Told(NamedTuple):
    """What is told of one value besides the value; the last two for samples with a design only."""

    interval: ToldInterval
    degrees_of_freedom: int | None = None
    design_effect: float | None = None


def figures_of(values: pd.DataFrame) -> list[Figures]:
    """The figures of each value; a data frame knows only missing floats."""
    numbers = (values[name].astype("float64").fillna(0) for name in ("numerator", "denominator"))
    counts = (values[name].astype("float64").fillna(0).astype("int64") for name in ("n", "unidentified"))
    columns = [
        _or_none(values["value"], float),
        *(each.tolist() for each in numbers),
        *(each.tolist() for each in counts),
        values["sum_of_squares"].astype("float64").fillna(0).tolist(),
        _or_none(values["population"], int),
    ]
    return [Figures(*row) for row in zip(*columns, strict=True)]


def _or_none(column: pd.Series, kind: type) -> list[Any]:
    return [None if missing else kind(each) for each, missing in zip(column.tolist(), column.isna(), strict=True)]


def interval_of(indicator: Indicator, figures: Figures) -> ToldInterval:
    """The interval of one value.

    `complete_count` and `census` have none: nothing was sampled; nor has a query (`not_estimated`), of which nobody
    knows how its rows were drawn. A finite population, where one is declared and can be told for the category, is
    marked by `_fpc`.
    """
    measure, factor = indicator.measure, percent_factor(indicator)
    if indicator.adds_up:
        return _bounds_of_count(figures)
    if measure.population == "census":
        return ToldInterval(None, None, "census")
    if measure.sql is not None:
        return ToldInterval(None, None, "not_estimated")
    suffix = "_fpc" if figures.population is not None else ""
    if measure.verb == "share" and measure.per_entity is None:
        interval = proportions.wilson(int(figures.numerator), figures.n, figures.population)
        return told_interval(interval, f"wilson{suffix}", factor)
    if measure.verb == "ratio" and measure.per_entity is None:
        sums = (figures.numerator, figures.denominator, figures.sum_of_squares)
        return told_interval(ratio_interval(*sums, figures.n, figures.population), f"linearised_t{suffix}", factor)
    interval = means.mean_interval(figures.numerator, figures.sum_of_squares, figures.n, figures.population)
    return told_interval(interval, f"t{suffix}", factor)


def range_of(indicator: Indicator, figures: Figures) -> Interval | None:
    """Range of a share if those who did not answer could be anything, where it is known how many they are."""
    measure = indicator.measure
    is_plain_share = measure.verb == "share" and measure.per_entity is None and not measure.is_designed
    if not is_plain_share or figures.population is None:
        return None
    told = proportions.range_without_assumption(int(figures.numerator), figures.n, figures.population)
    return None if told is None else told.scaled(percent_factor(indicator))


def effect_size_of(indicator: Indicator, figures: Figures) -> float | None:
    """How large a change within pairs is beside its spread; no other verb has an effect size."""
    if indicator.measure.verb != "paired_change":
        return None
    return means.effect_size(figures.numerator, figures.sum_of_squares, figures.n)


def _bounds_of_count(figures: Figures) -> ToldInterval:
    """A complete count has no interval; rows without an identity could each be one more."""
    if not figures.unidentified or figures.value is None:
        return ToldInterval(None, None, "complete_count")
    return ToldInterval(figures.value, figures.value + figures.unidentified, "unidentified_rows")


def told_interval(interval: Interval | None, method: str, factor: float = 1) -> ToldInterval:
    """An interval in the indicator's unit; empty ends where there is none."""
    return ToldInterval(None, None, method) if interval is None else ToldInterval(*interval.scaled(factor), method)
