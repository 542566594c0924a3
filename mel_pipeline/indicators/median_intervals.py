"""The figures behind each median, and the interval that they give it.

The formulas are in `medians.py`; how a median itself is compiled is in `measures/`.
"""

from collections.abc import Mapping

import duckdb
import pandas as pd

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.indicators.designed_samples import Stratum
from mel_pipeline.indicators.designs import allowed_for, cluster_sql, designs_of, stratum_sql
from mel_pipeline.indicators.intervals import Told, ToldInterval, told_interval
from mel_pipeline.indicators.measures import FACT, expression, sampled_figure
from mel_pipeline.indicators.medians import SampledValue, median, order_statistics_interval

CellKey = tuple[str, str, str]
_KEYS = ["cell_period", "cell_scope", "cell_category"]


def median_intervals(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    measured_sql: str,
    values: pd.DataFrame,
    populations: Mapping[CellKey, int],
) -> list[Told]:
    """Interval of every median, in the order of the values, with degrees of freedom where there is a design.

    `measured_sql` is the SQL of the rows that the measure reads, with their cells.
    """
    keys = list(zip(values["period"], values["scope_code"], values["category"], strict=True))
    if indicator.measure.population == "census":
        return [Told(told_interval(None, "census"))] * len(keys)
    if not indicator.measure.is_designed:
        figures = _by_cell(connection, _figures_sql(indicator, measured_sql))
        return [Told(_by_order(figures.get(key), populations.get(key))) for key in keys]
    figures = _by_cell(connection, _weighted_sql(indicator, measured_sql))
    designs = designs_of(connection, programme, indicator)
    return [_woodruff(figures.get(key), designs[key[0]]) for key in keys]


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


def _weighted_sql(indicator: Indicator, measured_sql: str) -> str:
    """One row per answer of the sample, with its weight, stratum and cluster."""
    sampled, cell = sampled_figure(indicator), ", ".join(_KEYS)
    return f"""
        select
            {cell},
            {stratum_sql(indicator)} as stratum,
            {cluster_sql(indicator)} as cluster,
            {sampled.figure} as value,
            {sampled.weight} as weight
        from ({measured_sql}) as {FACT}
        where {sampled.is_answer}
        order by all
    """


def _woodruff(rows: pd.DataFrame | None, design: Mapping[str, Stratum]) -> Told:
    if rows is None:
        return Told(told_interval(None, "woodruff"))
    found = median(design, [SampledValue(*unit) for unit in rows[list(SampledValue._fields)].itertuples(index=False)])
    return Told(told_interval(found.interval, "woodruff" + allowed_for(found.domain)), found.domain.degrees_of_freedom)
