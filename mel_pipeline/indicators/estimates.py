"""What is told of each value besides the value: interval, degrees of freedom, design effect, effect size, alpha, range.

Which formula applies is decided in `intervals.py`, `designs.py` and `median_intervals.py`; here the columns of
`indicator_values` are filled. How a value itself is counted does not belong here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import duckdb
import pandas as pd

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators.alphas import alphas_of
from mel_pipeline.indicators.confidence import Interval
from mel_pipeline.indicators.designs import designed_estimates
from mel_pipeline.indicators.intervals import Figures, Told, effect_size_of, figures_of, interval_of, range_of
from mel_pipeline.indicators.median_intervals import median_intervals
from mel_pipeline.indicators.rows import TOTAL
from mel_pipeline.indicators.scales import Alpha

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class MeasuredRows:
    """Where the rows of one indicator's values in a scope are found.

    Attributes:
        periods: those that tell the indicator.
        measured_sql: SQL of the rows that the measure reads, with their cells, by dimension.
        of_items: sums of the items of an index by cell (`alphas.figures_of_items`).
    """

    connection: duckdb.DuckDBPyConnection
    programme: Programme
    indicator: Indicator
    periods: Sequence[Period]
    measured_sql: Callable[[str], str]
    of_items: pd.DataFrame | None = None


def estimated(asked: MeasuredRows, values: pd.DataFrame) -> pd.DataFrame:
    """The values of all dimensions of a scope with the columns that say how sure each is; empty where none can."""
    beside = _beside(asked.indicator, values)
    measure = asked.indicator.measure
    is_from_rows = measure.is_designed or measure.median is not None
    told = _from_rows(asked, values) if is_from_rows else _from_figures(asked.indicator, values)
    alphas = _alphas(asked, values)
    columns = {
        "ci_low": [each.interval.low for each in told],
        "ci_high": [each.interval.high for each in told],
        "range_low": [each and each.low for each, _ in beside],
        "range_high": [each and each.high for each, _ in beside],
        "effect_size": [each for _, each in beside],
        "degrees_of_freedom": [each.degrees_of_freedom for each in told],
        "design_effect": [each.design_effect for each in told],
        "alpha": [each and each.value for each in alphas],
        "alpha_low": [each and each.interval and each.interval.low for each in alphas],
        "alpha_high": [each and each.interval and each.interval.high for each in alphas],
    }
    methods = pd.Series([each.interval.method for each in told], index=values.index, dtype=object)
    floats = {name: pd.Series(column, index=values.index, dtype="float64") for name, column in columns.items()}
    return values.assign(interval_method=methods, **floats)


def _from_figures(indicator: Indicator, values: pd.DataFrame) -> list[Told]:
    return _each_once(lambda figures: Told(interval_of(indicator, figures)), values)


def _beside(indicator: Indicator, values: pd.DataFrame) -> list[tuple[Interval | None, float | None]]:
    """Range without assumption and effect size."""
    return _each_once(lambda figures: (range_of(indicator, figures), effect_size_of(indicator, figures)), values)


def _each_once(tell: Callable[[Figures], _Answer], values: pd.DataFrame) -> list[_Answer]:
    """What the figures of each value tell; equal figures, of small counts above all, are looked at once."""
    figures = figures_of(values)
    known = {each: tell(each) for each in set(figures)}
    return [known[each] for each in figures]


def _alphas(asked: MeasuredRows, values: pd.DataFrame) -> list[Alpha | None]:
    index = asked.indicator.measure.index
    return [None] * len(values) if index is None or asked.of_items is None else alphas_of(index, asked.of_items, values)


def _from_rows(asked: MeasuredRows, values: pd.DataFrame) -> list[Told]:
    """What a sample with a design, or a median, tells of each value: its figures do not, its rows do."""
    found: dict[object, Told] = {}
    for dimension in values["dimension"].unique().tolist():
        part = values[values["dimension"] == dimension]
        told = (
            _designed(asked, dimension, part)
            if asked.indicator.measure.is_designed
            else _median(asked, dimension, part)
        )
        found.update(zip(part.index, told, strict=True))
    return [found[each] for each in values.index]


def _designed(asked: MeasuredRows, dimension: str, values: pd.DataFrame) -> list[Told]:
    is_numerator_divided = dimension in asked.indicator.disaggregate_numerator_by
    return designed_estimates(
        asked.connection,
        asked.programme,
        asked.indicator,
        values,
        asked.periods,
        asked.measured_sql(dimension),
        asked.measured_sql(TOTAL) if is_numerator_divided else None,
    )


def _median(asked: MeasuredRows, dimension: str, values: pd.DataFrame) -> list[Told]:
    keys = zip(values["period"], values["scope_code"], values["category"], strict=True)
    sizes = zip(keys, values["population"], strict=True)
    populations = {key: int(size) for key, size in sizes if pd.notna(size)}
    rows = asked.measured_sql(dimension)
    return [Told(each) for each in median_intervals(asked.connection, asked.indicator, rows, values, populations)]
