"""Bring a declared sample design to its estimates: one aggregate by stratum and cluster, and the interval of each cell.

The formulas are in `designed_samples.py` and `medians.py`; simple random samples, censuses and counts are in
`intervals.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator, RowsOf
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.designed_samples import (
    Domain,
    Estimate,
    Stratum,
    design_effect,
    ratio,
    share_interval,
    total,
)
from mel_pipeline.indicators.intervals import Told, ToldInterval, told_interval
from mel_pipeline.indicators.measures import FACT, expression, percent_factor, sampled_figure
from mel_pipeline.indicators.medians import SampledValue, median

CellKey = tuple[str, str, str]
Design = Mapping[str, Stratum]
Clusters = dict[tuple[str, str], list[float]]
"""By the names of its stratum and itself, of each cluster that holds a unit: n, amount, base, the squares of the
weights, and the weighted squares of the values."""


def designed_estimates(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    values: pd.DataFrame,
    periods: Sequence[Period],
    measured_sql: str,
    whole_sql: str | None = None,
) -> list[Told]:
    """Interval, degrees of freedom and design effect of every value of a designed sample, in the order of the values.

    Args:
        connection: sees the marts.
        programme: declares the marts.
        indicator: whose measure names weight, stratum or cluster.
        values: the values, with period, scope_code and category.
        periods: those that tell the indicator.
        measured_sql: SQL of the rows that the measure reads, with their cells.
        whole_sql: SQL of the rows of undivided cells, where the categories are those of the numerator alone: then
            each share is out of all of them.
    """
    designs = _designs(connection, programme, indicator, periods)
    keys = zip(values["period"], values["scope_code"], values["category"], strict=True)
    if indicator.measure.verb == "median":
        units = _units(connection, indicator, measured_sql)
        return [_median(designs[key[0]], units.get(key)) for key in keys]
    clusters = _clusters(connection, indicator, measured_sql)
    if whole_sql is not None:
        clusters = _out_of_all(clusters, _clusters(connection, indicator, whole_sql))
    return [_estimate(indicator, designs, key, clusters.get(key)) for key in keys]


def _estimate(indicator: Indicator, designs: Mapping[str, Design], key: CellKey, clusters: Clusters | None) -> Told:
    if not clusters:
        return Told(interval_of_domain(indicator, None))
    strata, figures = [stratum for stratum, _ in clusters], list(clusters.values())
    n, amounts, bases, squared_weights, squares = (list(each) for each in zip(*figures, strict=True))
    domain = Domain(designs[key[0]], strata, [int(each) for each in n], amounts, bases, squared_weights, squares)
    # Totals and ratios of two figures have no simple random sample's spread to be compared with.
    effect = design_effect(domain) if indicator.measure.verb in ("share", "mean", "index") else None
    return Told(interval_of_domain(indicator, domain), domain.degrees_of_freedom, effect)


def _median(design: Design, units: list[SampledValue] | None) -> Told:
    if units is None:
        return Told(told_interval(None, "woodruff_t"))
    found = median(design, units)
    method = "woodruff_t" + _allowed_for(found.domain)
    return Told(told_interval(found.interval, method), found.domain.degrees_of_freedom)


def interval_of_domain(indicator: Indicator, domain: Domain | None) -> ToldInterval:
    """The interval of one value of a designed sample; `_fpc` and `_lonely` tell what it had to allow for.

    `_fpc`: the population of every stratum is known. `_lonely`: some stratum of the domain rests on one cluster.
    A share has Wilson's interval, unless its measure asks for the symmetric one that published survey tables have.
    """
    is_wilson = indicator.measure.verb == "share" and indicator.measure.interval is None
    method = "wilson_effective_n" if is_wilson else "linearised_t"
    if domain is None:
        return told_interval(None, method)
    interval = share_interval(domain) if is_wilson else _total_or_ratio(indicator, domain).interval()
    return told_interval(interval, method + _allowed_for(domain), percent_factor(indicator))


def _total_or_ratio(indicator: Indicator, domain: Domain) -> Estimate:
    return total(domain) if indicator.adds_up else ratio(domain)


def _allowed_for(domain: Domain) -> str:
    is_finite = all(stratum.population is not None for stratum in domain.design.values())
    return ("_fpc" if is_finite else "") + ("_lonely" if domain.is_lonely else "")


def _out_of_all(parts: Mapping[CellKey, Clusters], whole: Mapping[CellKey, Clusters]) -> dict[CellKey, Clusters]:
    """Clusters of each category of the numerator: what met it above the line, everybody of the cell below it."""
    told = {}
    for (period, code, category), met in parts.items():
        told[(period, code, category)] = {
            name: [n, amount := met[name][1] if name in met else 0.0, base, squared_weight, amount]
            for name, (n, _, base, squared_weight, _) in whole[(period, code, rows.TOTAL)].items()
        }
    return told


def _clusters(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, measured_sql: str
) -> dict[CellKey, Clusters]:
    """The sums of every cell (period, scope code, category) that holds a unit of the sample, by cluster."""
    found: dict[CellKey, Clusters] = defaultdict(dict)
    for period, code, category, stratum, cluster, *sums in connection.execute(
        _sums_sql(indicator, measured_sql)
    ).fetchall():
        found[(period, code, category)][(stratum, cluster)] = sums
    return found


def _units(
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
            sum({square} order by {square}) as square
        from ({measured_sql}) as {FACT}
        where {sampled.is_answer}
        group by cell_period, cell_scope, cell_category, stratum, cluster
        order by cell_period, cell_scope, cell_category, stratum, cluster
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
