"""What is told of each value besides the value: interval, degrees of freedom, design effect, effect size, alpha, range.

Which formula applies is decided in `intervals.py`, `designs.py` and `median_intervals.py`; here the columns of
`indicator_values` are filled. How a value itself is counted does not belong here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators.designs import designed_estimates
from mel_pipeline.indicators.intervals import Figures, Told, effect_size_of, figures_of, interval_of, range_of
from mel_pipeline.indicators.means import Sums
from mel_pipeline.indicators.measures import FACT, scale_items
from mel_pipeline.indicators.median_intervals import median_intervals
from mel_pipeline.indicators.scales import Alpha, cronbach_alpha

CellKey = tuple[str, str, str]


@dataclass(frozen=True)
class MeasuredRows:
    """Where the rows of one indicator's values are found.

    Attributes:
        periods: those that tell the indicator.
        measured_sql: SQL of the rows that the measure reads, with their cells.
        whole_sql: SQL of the rows of undivided cells, where only the numerator is divided.
        populations: size of the finite population by cell, where it is known.
    """

    connection: duckdb.DuckDBPyConnection
    programme: Programme
    indicator: Indicator
    periods: Sequence[Period]
    measured_sql: str
    whole_sql: str | None
    populations: Mapping[CellKey, int]


def estimate_columns(asked: MeasuredRows, values: pd.DataFrame) -> dict[str, pd.Series]:
    """Columns of `indicator_values` that say how sure each value is; empty where nothing can be said."""
    figures = [figures_of(row, asked.populations) for row in values.to_dict("records")]
    told = _told(asked, values, figures)
    ranges = [range_of(asked.indicator, each) for each in figures]
    alphas = _alphas(asked, values)
    columns = {
        "ci_low": [each.interval.low for each in told],
        "ci_high": [each.interval.high for each in told],
        "range_low": [each and each.low for each in ranges],
        "range_high": [each and each.high for each in ranges],
        "effect_size": [effect_size_of(asked.indicator, each) for each in figures],
        "degrees_of_freedom": [each.degrees_of_freedom for each in told],
        "design_effect": [each.design_effect for each in told],
        "alpha": [each and each.value for each in alphas],
        "alpha_low": [each and each.interval and each.interval.low for each in alphas],
        "alpha_high": [each and each.interval and each.interval.high for each in alphas],
    }
    methods = pd.Series([each.interval.method for each in told], index=values.index, dtype=object)
    floats = {name: pd.Series(column, index=values.index, dtype="float64") for name, column in columns.items()}
    return {"interval_method": methods, **floats}


def _told(asked: MeasuredRows, values: pd.DataFrame, figures: list[Figures]) -> list[Told]:
    if asked.indicator.measure.is_designed:
        return designed_estimates(
            asked.connection,
            asked.programme,
            asked.indicator,
            values,
            asked.periods,
            asked.measured_sql,
            asked.whole_sql,
        )
    if asked.indicator.measure.median is not None:
        found = median_intervals(asked.connection, asked.indicator, asked.measured_sql, values, asked.populations)
        return [Told(interval) for interval in found]
    return [Told(interval_of(asked.indicator, each)) for each in figures]


def _alphas(asked: MeasuredRows, values: pd.DataFrame) -> list[Alpha | None]:
    """Cronbach's alpha beside each value of an index, over the rows of its cell that answer all items."""
    index = asked.indicator.measure.index
    if index is None or len(index.items) < 2:
        return [None] * len(values)
    items = scale_items(index)
    figures = [*items, " + ".join(items)]
    sums = ", ".join(f"{_sum(figure)}, {_sum(f'({figure}) * ({figure})')}" for figure in figures)
    found = asked.connection.execute(f"""
        select cell_period, cell_scope, cell_category, count(*), {sums}
        from ({asked.measured_sql}) as {FACT}
        where {" and ".join(f"{item} is not null" for item in items)}
        group by cell_period, cell_scope, cell_category
    """).fetchall()
    alphas: dict[CellKey, Alpha | None] = {}
    for period, code, category, n, *told in found:
        *of_items, total = [Sums(*pair, n) for pair in zip(told[::2], told[1::2], strict=True)]
        alphas[(period, code, category)] = cronbach_alpha(of_items, total)
    return [alphas.get(key) for key in zip(values["period"], values["scope_code"], values["category"], strict=True)]


def _sum(figure: str) -> str:
    # Numbers are added up in a fixed order: floating-point sums in an order of chance differ in the last digits.
    return f"sum(({figure})::double order by {figure})"
