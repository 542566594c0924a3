"""Bring a declared sample design to its estimates: one aggregate by stratum and cluster, and the interval of each cell.

The formulas are in `designed_samples.py`; simple random samples, censuses and counts are in `intervals.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator, RowsOf
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.designed_samples import Domain, Stratum, ratio, share_interval
from mel_pipeline.indicators.intervals import ToldInterval, percent_factor
from mel_pipeline.indicators.measures import FACT, expression, sampled_figure

CellKey = tuple[str, str, str]
Design = Mapping[str, Stratum]


def designed_intervals(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    measured_sql: str,
    values: pd.DataFrame,
    periods: Sequence[Period],
) -> tuple[list[ToldInterval], list[int | None]]:
    """Interval and degrees of freedom of every value of a designed sample, in the order of the values.

    `measured_sql` is the SQL of the rows that the measure reads, with their cells.
    """
    found = _domains(connection, programme, indicator, measured_sql, periods)
    cells = [found.get(key) for key in zip(values["period"], values["scope_code"], values["category"], strict=True)]
    told = [interval_of_domain(indicator, each) for each in cells]
    return told, [None if each is None else each.degrees_of_freedom for each in cells]


def _domains(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    measured_sql: str,
    periods: Sequence[Period],
) -> dict[CellKey, Domain]:
    """The sums of every cell (period, scope code, category) that holds a unit of the sample."""
    designs = _designs(connection, programme, indicator, periods)
    figures = defaultdict(list)
    for period, code, category, *sums in connection.execute(_sums_sql(indicator, measured_sql)).fetchall():
        figures[(period, code, category)].append(sums)
    return {
        (period, code, category): Domain(designs[period], *zip(*sums, strict=True))
        for (period, code, category), sums in figures.items()
    }


def interval_of_domain(indicator: Indicator, domain: Domain | None) -> ToldInterval:
    """The interval of one value of a designed sample; `_fpc` and `_lonely` tell what it had to allow for.

    `_fpc`: the population of every stratum is known. `_lonely`: some stratum of the domain rests on one cluster.
    """
    is_share = indicator.measure.verb == "share"
    method = "wilson_effective_n" if is_share else "linearised_t"
    if domain is None:
        return ToldInterval(None, None, method)
    if all(stratum.population is not None for stratum in domain.design.values()):
        method += "_fpc"
    if domain.is_lonely:
        method += "_lonely"
    interval = share_interval(domain) if is_share else ratio(domain).interval()
    if interval is None:
        return ToldInterval(None, None, method)
    factor = percent_factor(indicator)
    return ToldInterval(interval.low * factor, interval.high * factor, method)


def _stratum_sql(indicator: Indicator) -> str:
    """Rows without a stratum make one of their own."""
    stratum = indicator.measure.stratum
    return f"coalesce({expression(stratum)}::varchar, '{rows.UNKNOWN}')" if stratum else f"'{rows.ALL}'"


def _cluster_sql(indicator: Indicator) -> str:
    """A row without a cluster is a cluster of its own."""
    own = f"{FACT}._record_keys::varchar"
    cluster = indicator.measure.cluster
    return f"coalesce({expression(cluster)}::varchar, {own})" if cluster else own


def _sums_sql(indicator: Indicator, measured_sql: str) -> str:
    sampled = sampled_figure(indicator)
    return f"""
        select
            cell_period,
            cell_scope,
            cell_category,
            {_stratum_sql(indicator)} as stratum,
            count(*) as n,
            sum({sampled.weight} * {sampled.figure} order by {sampled.weight} * {sampled.figure}) as amount,
            sum({sampled.weight} order by {sampled.weight}) as base,
            sum({sampled.weight} * {sampled.weight} order by {sampled.weight}) as squared_weight
        from ({measured_sql}) as {FACT}
        where {sampled.is_answer}
        group by cell_period, cell_scope, cell_category, stratum, {_cluster_sql(indicator)}
        order by cell_period, cell_scope, cell_category, stratum, {_cluster_sql(indicator)}
    """


def _designs(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, periods: Sequence[Period]
) -> dict[str, dict[str, Stratum]]:
    """Strata of the whole sample of each period: every row of the mart that has a weight, whatever the measure asks."""
    whole = _whole_sql(programme, RowsOf.model_validate({"from": indicator.measure.table}), periods)
    counted = connection.execute(f"""
        select cell_period, {_stratum_sql(indicator)} as stratum, count(distinct {_cluster_sql(indicator)})
        from ({whole}) as {FACT}
        where {sampled_figure(indicator).is_sampled}
        group by all
    """).fetchall()
    populations = _populations(connection, programme, indicator, periods)
    designs: dict[str, dict[str, Stratum]] = defaultdict(dict)
    for period, stratum, sampled in counted:
        designs[period][stratum] = Stratum(sampled, populations.get((period, stratum)))
    return designs


def _populations(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, periods: Sequence[Period]
) -> dict[tuple[str, str], int]:
    """Units of the population by period and stratum; a stratum that has none there is taken to be without end."""
    population = indicator.measure.population
    if not isinstance(population, RowsOf):
        return {}
    whole = _whole_sql(programme, population, periods)
    counted = connection.execute(
        f"select cell_period, {_stratum_sql(indicator)} as stratum, count(*) from ({whole}) as {FACT} group by all"
    ).fetchall()
    return {(period, stratum): n for period, stratum, n in counted}


def _whole_sql(programme: Programme, part: RowsOf, periods: Sequence[Period]) -> str:
    mart = programme.marts[part.table]
    return rows.rows_sql(programme, mart, where=part.where, periods=periods, scope_type=rows.ALL)
