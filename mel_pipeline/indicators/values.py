"""The values of every indicator: one row per closed period, scope and category, recounted from the facts.

How a verb counts is in `measures.py`, which rows it reads in `rows.py`, intervals in `statistics.py`.
"""

from dataclasses import dataclass

import duckdb
import pandas as pd
import pyarrow as pa

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator, MartContract, RowsOf
from mel_pipeline.declarations.periods import period_type_of
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators import rows, statistics
from mel_pipeline.indicators.measures import FACT, compile_measure, expression
from mel_pipeline.marts.build import offer
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, arrow_schema

CELL = ["cell_period", "cell_scope"]


class IndicatorError(Exception):
    """An indicator cannot be computed; the message names its file and line."""


def build_indicator_values(programme: Programme, folders: DataFolder) -> int:
    """Compute all indicators and write `indicator_values` to the build folder.

    Raises:
        IndicatorError: a measure cannot be computed; it names the indicator's file and line.
    """
    with database.connect(spill=folders.build / "spill") as connection:
        for table in tables_read(programme):
            offer(connection, database.quote(table), folders, table=table)
        values = pd.concat([_values(connection, programme, each) for each in programme.indicators.values()])
        schema = arrow_schema(ENGINE_CONTRACTS["indicator_values"], programme.settings.languages)
        connection.register("computed", pa.Table.from_pandas(values[schema.names], schema, preserve_index=False))
        return database.write_parquet(connection, "select * from computed", folders.table("indicator_values"))


def tables_read(programme: Programme) -> list[str]:
    """Tables that the measures, coverages, populations and scopes of a programme read."""
    tables = {"dim_period"}
    for indicator in programme.indicators.values():
        measure = indicator.measure
        tables |= {measure.table, indicator.coverage.table}
        if isinstance(measure.population, RowsOf):
            tables.add(measure.population.table)
    for scope, declared in programme.settings.scopes.items():
        tables.add(f"dim_{scope}")
        if not isinstance(declared, str):
            tables |= set(declared.values())
    return sorted(tables)


def scopes_of(programme: Programme, indicator: Indicator) -> list[str]:
    """Scopes in which an indicator is told: those it declares, as far as its mart can be divided by them."""
    available = rows.available_scopes(programme, programme.marts[indicator.measure.table])
    declared = indicator.scopes if indicator.scopes is not None else [rows.ALL, *programme.settings.scopes]
    return [scope for scope in available if scope in declared]


def _values(connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator) -> pd.DataFrame:
    try:
        parts = [
            _values_in_scope(connection, programme, indicator, scope) for scope in scopes_of(programme, indicator)
        ]
    except (duckdb.Error, ValueError) as error:
        file, line = programme.locate("indicator", indicator.code, "measure")
        raise IndicatorError(f"{file}:{line} indicator {indicator.code} cannot be computed: {error}") from error
    return pd.concat(parts)


def _values_in_scope(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, scope: str
) -> pd.DataFrame:
    """All periods and categories of one indicator in one scope, in the columns of `indicator_values`."""
    cells = connection.execute(rows.cells_sql(scope, period_type_of(indicator))).df()
    total = _total(connection, programme, indicator, scope, cells)
    parts = [total]
    for dimension in indicator.disaggregate_by:
        parts.append(_by_category(connection, programme, indicator, scope, dimension))
    for dimension in indicator.disaggregate_numerator_by:
        parts.append(_numerator_by_category(connection, programme, indicator, scope, dimension, total))
    values = pd.concat(parts).merge(cells, on=CELL_KEYS)
    values = values.merge(_coverage(connection, programme, indicator, scope), on=CELL_KEYS, how="left")
    values["indicator_code"] = indicator.code
    values["dqa_grade"] = None
    values["stale_since"] = None
    return values


CELL_KEYS = ["period", "scope_code"]


def values_sql(programme: Programme, indicator: Indicator, scope: str, dimension: str = rows.TOTAL) -> str:
    """SQL of one indicator's figures per period, scope code and category of one dimension."""
    measure, aggregates = indicator.measure, compile_measure(indicator)
    facts = rows.rows_sql(
        programme,
        programme.marts[measure.table],
        where=measure.where,
        period_type=period_type_of(indicator),
        scope_type=scope,
        dimension=dimension,
    )
    if aggregates.entity_figure:
        entity = f"{aggregates.entity} as entity, " if aggregates.entity else ""
        facts = f"""
            select cell_period, cell_scope, cell_category, {entity}{aggregates.entity_figure} as entity_figure
            from ({facts}) as {FACT}
            group by {"all" if aggregates.entity else f"all, {FACT}._record_keys"}
        """
    return f"""
        select
            cell_period as period,
            cell_scope as scope_code,
            cell_category as category,
            {aggregates.value} as value,
            {aggregates.numerator} as numerator,
            {aggregates.denominator} as denominator,
            {aggregates.n} as n,
            {aggregates.unidentified} as unidentified,
            {aggregates.sum_of_squares} as sum_of_squares
        from ({facts}) as {FACT}
        group by all
        order by all
    """


def _total(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    scope: str,
    cells: pd.DataFrame,
) -> pd.DataFrame:
    """Undivided values; a cell without any row is a count of zero, or a rate of nothing, which has no value."""
    found = connection.execute(values_sql(programme, indicator, scope)).df()
    total = cells[CELL_KEYS].merge(found, on=CELL_KEYS, how="left")
    total["category"] = rows.TOTAL
    figures = ["numerator", "n", "unidentified"]
    if indicator.measure.verb in ("count", "count_distinct"):
        figures.append("value")
    else:
        figures.append("denominator")
    for figure in figures:
        total[figure] = total[figure].fillna(0)
    return _with_interval(connection, programme, indicator, scope, rows.TOTAL, total)


def _by_category(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, scope: str, dimension: str
) -> pd.DataFrame:
    found = connection.execute(values_sql(programme, indicator, scope, dimension)).df()
    return _with_interval(connection, programme, indicator, scope, dimension, found)


def _numerator_by_category(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    scope: str,
    dimension: str,
    total: pd.DataFrame,
) -> pd.DataFrame:
    """Share of all units of the scope that meet the predicate in a category of the numerator's own."""
    met = indicator.measure.model_copy(update={"where": _numerator_condition(indicator)})
    narrowed = indicator.model_copy(update={"measure": met})
    found = connection.execute(values_sql(programme, narrowed, scope, dimension)).df()
    found = found.drop(columns=["value", "denominator", "n"]).merge(
        total[[*CELL_KEYS, "denominator", "n"]], on=CELL_KEYS
    )
    factor = 100 if indicator.type == "percentage" else 1
    found["value"] = factor * found["numerator"] / found["denominator"]
    return _with_interval(connection, programme, indicator, scope, dimension, found)


def _coverage(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, scope: str
) -> pd.DataFrame:
    """Received over expected units per cell; empty where nothing was expected."""
    coverage = indicator.coverage
    facts = rows.rows_sql(
        programme,
        programme.marts[coverage.table],
        where=coverage.where,
        period_type=period_type_of(indicator),
        scope_type=scope,
    )
    return connection.execute(f"""
        select
            cell_period as period,
            cell_scope as scope_code,
            count(*) filter (where {expression(coverage.received)}) * 1.0 / nullif(count(*), 0) as coverage
        from ({facts}) as {FACT}
        group by all
    """).df()


def _with_interval(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicator: Indicator,
    scope: str,
    dimension: str,
    values: pd.DataFrame,
) -> pd.DataFrame:
    values["dimension"] = dimension
    populations = _populations(connection, programme, indicator, scope, dimension)
    intervals = [
        _interval(indicator, row, populations.get((row.period, row.scope_code, row.category)))
        for row in values.itertuples()
    ]
    values["ci_low"], values["ci_high"], values["interval_method"] = zip(*intervals, strict=True) if intervals else ([], [], [])
    return values


def _populations(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, scope: str, dimension: str
) -> dict[tuple[str, str, str], int]:
    """Size of the finite population per cell and category, where the population's rows tell the category."""
    population = indicator.measure.population
    if not isinstance(population, RowsOf):
        return {}
    mart = programme.marts[population.table]
    if dimension != rows.TOTAL and dimension not in mart.column_types:
        return {}
    facts = rows.rows_sql(
        programme,
        mart,
        where=population.where,
        period_type=period_type_of(indicator),
        scope_type=scope,
        dimension=dimension,
    )
    counted = connection.execute(
        f"select cell_period, cell_scope, cell_category, count(*) from ({facts}) group by all"
    ).fetchall()
    return {(period, code, category): n for period, code, category, n in counted}


Interval = tuple[float | None, float | None, str]


def _interval(indicator: Indicator, row: "pd.Series[float]", population: int | None) -> Interval:
    """Ends of the 95 % interval in the indicator's unit, and how they were computed."""
    verb = indicator.measure.verb
    if verb in ("count", "count_distinct"):
        return _bounds_of_count(row)
    if indicator.measure.population == "census":
        return None, None, "census"
    suffix = "_fpc" if population is not None else ""
    if verb == "share":
        factor = 100 if indicator.type == "percentage" else 1
        interval = statistics.wilson(int(row.numerator), int(row.n), population)
        return (*(_times(interval, factor)), f"wilson{suffix}")
    interval = statistics.mean_interval(float(row.numerator), float(row.sum_of_squares or 0), int(row.n), population)
    return (*(_times(interval, 1)), f"t{suffix}")


def _bounds_of_count(row: "pd.Series[float]") -> Interval:
    """A complete count has no interval; rows without an identity could each be one person more."""
    if not row.unidentified:
        return None, None, "complete_count"
    return float(row.value), float(row.value + row.unidentified), "unidentified_rows"


def _times(interval: statistics.Interval | None, factor: float) -> tuple[float | None, float | None]:
    return (interval.low * factor, interval.high * factor) if interval else (None, None)


def record_keys(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, cell: "Cell"
) -> list[str]:
    """Keys of the accepted rows behind one value, in order."""
    measure = indicator.measure
    where = measure.where
    if cell.dimension in indicator.disaggregate_numerator_by:
        where = _numerator_condition(indicator)
    facts = rows.rows_sql(
        programme,
        programme.marts[measure.table],
        where=where,
        period_type=period_type_of(indicator),
        scope_type=cell.scope_type,
        dimension=cell.dimension,
    )
    found = connection.execute(
        f"select distinct unnest(_record_keys) from ({facts}) "
        "where cell_period = ? and cell_scope = ? and cell_category = ? order by 1",
        [cell.period, cell.scope_code, cell.category],
    ).fetchall()
    return [row[0] for row in found]


@dataclass(frozen=True)
class Cell:
    """Which value of an indicator is meant."""

    period: str
    scope_type: str = rows.ALL
    scope_code: str = rows.ALL
    dimension: str = rows.TOTAL
    category: str = rows.TOTAL


def _numerator_condition(indicator: Indicator) -> str:
    """Condition of the rows that a share counts above the line."""
    return f"({indicator.measure.where or 'true'}) and ({indicator.measure.share})"
