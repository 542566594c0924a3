"""Rows of a declared sample as sums by stratum and cluster, beside the whole sample and the population they come from.

The SQL is here; what is told of the sums is in `designs.py`, the formulas are in `designed_samples.py`.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator, RowsOf
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.designed_samples import Drawn, Stratum
from mel_pipeline.indicators.measures import FACT, expression, sampled_figure
from mel_pipeline.indicators.medians import SampledValue

CellKey = tuple[str, str, str]
ClusterKey = tuple[str, str]
"""Names of a stratum and of a cluster in it."""


class Design(NamedTuple):
    """The whole sample of a period: its strata, and what was drawn within each cluster where its size is known."""

    strata: dict[str, Stratum]
    drawn_within: dict[ClusterKey, Drawn]


class Sums(NamedTuple):
    """Figures of one cluster that holds a unit, as `Domain` names them; the last three are of its second stage."""

    n: int
    amount: float
    base: float
    squared_weight: float
    square: float
    amounts: float
    products: float
    bases: float


Clusters = dict[ClusterKey, Sums]
NOTHING = Sums(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""Of a cluster in which nobody meets what is asked."""


def clusters_of(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, measured_sql: str
) -> dict[CellKey, Clusters]:
    """The sums of every cell (period, scope code, category) that holds a unit of the sample, by cluster."""
    found: dict[CellKey, Clusters] = defaultdict(dict)
    for period, code, category, stratum, cluster, *sums in connection.execute(
        _sums_sql(indicator, measured_sql)
    ).fetchall():
        found[(period, code, category)][(stratum, cluster)] = Sums(*sums)
    return found


def units_of(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, measured_sql: str
) -> dict[CellKey, list[SampledValue]]:
    """Every unit of each cell: what lies in the middle cannot be told from sums."""
    sampled = sampled_figure(indicator)
    found: dict[CellKey, list[SampledValue]] = defaultdict(list)
    for period, code, category, *unit in connection.execute(f"""
        select
            cell_period,
            cell_scope,
            cell_category,
            {_stratum_sql(indicator)},
            {_cluster_sql(indicator)},
            {sampled.figure},
            {sampled.weight}
        from ({measured_sql}) as {FACT}
        where {sampled.is_answer}
        order by all
    """).fetchall():
        found[(period, code, category)].append(SampledValue(*unit))
    return found


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
    amount = f"{sampled.weight} * {sampled.figure}"
    base, square = f"{sampled.weight} * {sampled.base}", f"{amount} * {sampled.figure}"
    return f"""
        select
            cell_period,
            cell_scope,
            cell_category,
            {_stratum_sql(indicator)} as stratum,
            {_cluster_sql(indicator)} as cluster,
            count(*) as n,
            sum({amount} order by {amount}) as amount,
            sum({base} order by {base}) as base,
            sum({sampled.weight} * {sampled.weight} order by {sampled.weight}) as squared_weight,
            sum({square} order by {square}) as square,
            {_second_stage_sql(indicator, amount, base)}
        from ({measured_sql}) as {FACT}
        where {sampled.is_answer}
        group by cell_period, cell_scope, cell_category, stratum, cluster
        order by cell_period, cell_scope, cell_category, stratum, cluster
    """


def _second_stage_sql(indicator: Indicator, amount: str, base: str) -> str:
    """Sums of the squared figures of units, which only a second stage needs."""
    if not _has_second_stage(indicator):
        return "0.0::double as amounts, 0.0::double as products, 0.0::double as bases"
    terms = {"amounts": (amount, amount), "products": (amount, base), "bases": (base, base)}
    return ", ".join(f"sum(({x}) * ({y}) order by ({x}) * ({y})) as {name}" for name, (x, y) in terms.items())


def _has_second_stage(indicator: Indicator) -> bool:
    """Whether units were drawn within clusters whose sizes the rows of the population tell."""
    return indicator.measure.cluster is not None and isinstance(indicator.measure.population, RowsOf)


def designs_of(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, periods: Sequence[Period]
) -> dict[str, Design]:
    """The whole sample of each period: every row of the mart that has a weight, whatever the measure asks."""
    whole = _whole_sql(programme, RowsOf.model_validate({"from": indicator.measure.table}), periods)
    cluster = _cluster_sql(indicator)
    if _has_second_stage(indicator):
        drawn, is_alone = "count(*)", f"bool_or({expression(str(indicator.measure.cluster))} is null)"
    else:
        cluster, drawn, is_alone = "null", f"count(distinct {cluster})", "false"
    counted = connection.execute(f"""
        select cell_period, {_stratum_sql(indicator)} as stratum, {cluster} as cluster, {drawn}, {is_alone}
        from ({whole}) as {FACT}
        where {sampled_figure(indicator).is_sampled}
        group by all
        order by all
    """).fetchall()
    populations = _populations(connection, programme, indicator, periods)
    designs: dict[str, Design] = defaultdict(lambda: Design({}, {}))
    for period, stratum, name, n, is_alone_there in counted:
        strata, within = designs[period]
        before = strata.get(stratum, Stratum(0)).sampled
        strata[stratum] = Stratum(n if name is None else before + 1, populations.get((period, stratum, None)))
        if name is not None:
            size = 1 if is_alone_there else populations.get((period, stratum, name))
            within[(stratum, name)] = Drawn(n, size)
    return designs


def _populations(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, periods: Sequence[Period]
) -> dict[tuple[str, str, str | None], int]:
    """Size of each stratum by period, in what was drawn from it; and in units, of each of its clusters.

    A stratum or cluster that has none there is taken to be without end.
    """
    population = indicator.measure.population
    if not isinstance(population, RowsOf):
        return {}
    whole, has_clusters = _whole_sql(programme, population, periods), indicator.measure.cluster is not None
    cluster = _cluster_sql(indicator) if has_clusters else "null"
    counted = connection.execute(f"""
        select cell_period, {_stratum_sql(indicator)} as stratum, {cluster} as cluster, count(*)
        from ({whole}) as {FACT}
        group by all
    """).fetchall()
    sizes: dict[tuple[str, str, str | None], int] = defaultdict(int)
    for period, stratum, name, n in counted:
        sizes[(period, stratum, None)] += 1 if has_clusters else n
        if has_clusters:
            sizes[(period, stratum, name)] = n
    return sizes


def _whole_sql(programme: Programme, part: RowsOf, periods: Sequence[Period]) -> str:
    mart = programme.marts[part.table]
    return rows.rows_sql(programme, mart, where=part.where, periods=periods, scope_type=rows.ALL)
