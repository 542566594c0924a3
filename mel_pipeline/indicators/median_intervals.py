"""The figures behind each median, and the interval that they give it.

The formulas are in `medians.py`; how a median itself is compiled is in `measures/`.
"""

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.indicators.designed_samples import Domain, Stratum
from mel_pipeline.indicators.designs import cluster_sql, designs_of, stratum_sql
from mel_pipeline.indicators.intervals import ToldInterval
from mel_pipeline.indicators.measures import FACT, expression, sampled_figure
from mel_pipeline.indicators.medians import order_statistics_interval, woodruff_interval

CellKey = tuple[str, str, str]
_KEYS = ["cell_period", "cell_scope", "cell_category"]


def median_intervals(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    measured_sql: str,
    values: pd.DataFrame,
    populations: Mapping[CellKey, int],
) -> tuple[list[ToldInterval], list[int | None]]:
    """Interval and degrees of freedom of every median, in the order of the values; no degrees without a design.

    `measured_sql` is the SQL of the rows that the measure reads, with their cells.
    """
    keys = list(zip(values["period"], values["scope_code"], values["category"], strict=True))
    if indicator.measure.population == "census":
        return [ToldInterval(None, None, "census")] * len(keys), [None] * len(keys)
    if not indicator.measure.is_designed:
        figures = _by_cell(connection, _figures_sql(indicator, measured_sql))
        told = [_by_order(figures.get(key), populations.get(key)) for key in keys]
        return told, [None] * len(keys)
    figures = _by_cell(connection, _weighted_sql(indicator, measured_sql))
    designs = designs_of(connection, programme, indicator)
    domains = [_domain(figures[key], designs[key[0]]) if key in figures else None for key in keys]
    told = [_weighted(figures.get(key), domain) for key, domain in zip(keys, domains, strict=True)]
    return told, [None if domain is None else domain.degrees_of_freedom for domain in domains]


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
    return ToldInterval(interval.low, interval.high, method) if interval else ToldInterval(None, None, method)


def _weighted_sql(indicator: Indicator, measured_sql: str) -> str:
    """One row per answer of the sample, with its weight, stratum and cluster."""
    sampled, cell = sampled_figure(indicator), ", ".join(_KEYS)
    return f"""
        select
            {cell},
            {sampled.figure} as figure,
            {sampled.weight} as weight,
            {stratum_sql(indicator)} as stratum,
            {cluster_sql(indicator)} as cluster
        from ({measured_sql}) as {FACT}
        where {sampled.is_answer}
        order by all
    """


def _domain(rows: pd.DataFrame, design: Mapping[str, Stratum]) -> Domain:
    """Per cluster the weight that lies at or below the median, and all of its weight."""
    figures, weights = rows["figure"].to_numpy(), rows["weight"].to_numpy()
    reached = np.cumsum(weights) >= weights.sum() / 2 * (1 - 1e-12)
    median = figures[reached][0]
    summed = (
        rows.assign(below=weights * (figures <= median), square=weights**2, n=1)
        .groupby(["stratum", "cluster"], sort=True)[["n", "below", "weight", "square"]]
        .sum()
    )
    strata = list(summed.index.get_level_values("stratum"))
    return Domain(design, strata, *(summed[column].tolist() for column in ("n", "below", "weight", "square")))


def _weighted(rows: pd.DataFrame | None, domain: Domain | None) -> ToldInterval:
    if rows is None or domain is None:
        return ToldInterval(None, None, "woodruff")
    method = "woodruff"
    if all(stratum.population is not None for stratum in domain.design.values()):
        method += "_fpc"
    if domain.is_lonely:
        method += "_lonely"
    interval = woodruff_interval(rows["figure"].to_numpy(), rows["weight"].to_numpy(), domain)
    return ToldInterval(interval.low, interval.high, method) if interval else ToldInterval(None, None, method)
