"""The figures behind each median of a simple random sample, and the interval that they give it.

The formulas are in `order_statistics.py`; how a median itself is compiled is in `measures/`.
"""

from collections.abc import Mapping

import duckdb
import pandas as pd

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.indicators.intervals import ToldInterval, told_interval
from mel_pipeline.indicators.measures import FACT, expression
from mel_pipeline.indicators.order_statistics import order_statistics_interval

CellKey = tuple[str, str, str]
_KEYS = ["cell_period", "cell_scope", "cell_category"]


def median_intervals(
    connection: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    measured_sql: str,
    values: pd.DataFrame,
    populations: Mapping[CellKey, int],
) -> list[ToldInterval]:
    """The interval of every median of a simple random sample, in the order of the values.

    `measured_sql` is the SQL of the rows that the measure reads, with their cells.
    """
    keys = list(zip(values["period"], values["scope_code"], values["category"], strict=True))
    if indicator.measure.population == "census":
        return [told_interval(None, "census")] * len(keys)
    figures = _by_cell(connection, _figures_sql(indicator, measured_sql))
    return [_by_order(figures.get(key), populations.get(key)) for key in keys]


def _by_cell(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[CellKey, pd.DataFrame]:
    found = connection.execute(sql).df()
    return {tuple(map(str, key)): rows for key, rows in found.groupby(_KEYS, sort=False)}  # type: ignore[misc]


def _figures_sql(indicator: Indicator, measured_sql: str) -> str:
    """One row per figure: that of a row of the mart, or the median of an entity's rows."""
    measure = indicator.measure
    figure, cell = f"({expression(str(measure.median))})::double", ", ".join(_KEYS)
    if measure.per_entity is None:
        each = f"select {cell}, {figure} as figure from ({measured_sql}) as {FACT}"
    else:
        entity = expression(measure.per_entity)
        each = f"""
            select {cell}, {entity} as entity, median({figure}) as figure
            from ({measured_sql}) as {FACT}
            where {entity} is not null
            group by {cell}, entity
        """
    return f"select {cell}, figure from ({each}) where figure is not null order by {cell}, figure"


def _by_order(rows: pd.DataFrame | None, population: int | None) -> ToldInterval:
    method = "order_statistics" if population is None else "order_statistics_fpc"
    interval = None if rows is None else order_statistics_interval(rows["figure"].tolist(), population)
    return told_interval(interval, method)
