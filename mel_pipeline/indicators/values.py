"""The values of every indicator: one row per closed period, scope and category, recounted from the facts.

How a verb counts is in `measures/`, which rows it reads in `rows.py`, how sure a value is in `estimates.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator, RowsOf
from mel_pipeline.declarations.periods import Period, periods_telling
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.crossings import measured_table_sql
from mel_pipeline.indicators.estimates import MeasuredRows, estimate_columns
from mel_pipeline.indicators.measures import (
    FACT,
    compile_measure,
    expression,
    figures_sql,
    percent_factor,
    plain_indicator,
)
from mel_pipeline.marts.build import place_of
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, arrow_schema
from mel_pipeline.marts.lineage import sources_behind, tables_of
from mel_pipeline.quality import with_dependencies
from mel_pipeline.quality.blocked import stale_since

CELL_KEYS = ["period", "scope_code"]


class IndicatorError(Exception):
    """An indicator cannot be computed; the message names its file and line."""


@dataclass(frozen=True)
class Question:
    """One indicator in one scope and the periods that tell it, asked of the marts that a connection sees."""

    connection: duckdb.DuckDBPyConnection
    programme: Programme
    indicator: Indicator
    scope: str
    periods: Sequence[Period]

    @property
    def source(self) -> tuple[Programme, Indicator, str, Sequence[Period]]:
        """What decides which rows are read, besides the dimension."""
        return self.programme, self.indicator, self.scope, self.periods

    def rows_of(self, part: RowsOf, dimension: str = rows.TOTAL) -> str:
        """SQL of the rows that a part of the measure reads, with their cells."""
        return rows.rows_sql(
            self.programme,
            self.programme.marts[part.table],
            where=part.where,
            periods=self.periods,
            scope_type=self.scope,
            dimension=dimension,
        )

    @property
    def is_mart_empty(self) -> bool:
        """Whether the measure's mart holds no row at all: then its sources have not arrived."""
        mart = database.quote(self.indicator.measure.table)
        return self.connection.execute(f"select 1 from {mart} limit 1").fetchone() is None

    def frame(self, sql: str) -> pd.DataFrame:
        """Answer of a query."""
        return self.connection.execute(sql).df()


@dataclass(frozen=True)
class Cell:
    """Which value of an indicator is meant."""

    period: str
    scope_type: str = rows.ALL
    scope_code: str = rows.ALL
    dimension: str = rows.TOTAL
    category: str = rows.TOTAL


def build_indicator_values(programme: Programme, folders: DataFolder) -> int:
    """Compute all indicators and write `indicator_values` to the build folder.

    Returns:
        The number of rows.

    Raises:
        IndicatorError: a measure cannot be computed; it names the indicator's file and line.
    """
    with database.connect(spill=folders.build / "spill") as connection:
        for table in tables_read(programme):
            offer_table(connection, programme, folders, table)
        values = pd.concat([_values(connection, programme, each) for each in programme.indicators.values()])
        by_tables = {tables: _stale_since(programme, folders, tables) for tables in _measured_tables(programme)}
        since = {code: by_tables[tables_of(each.measure)] for code, each in programme.indicators.items()}
        values["stale_since"] = values["indicator_code"].map(since)
        schema = arrow_schema(ENGINE_CONTRACTS["indicator_values"], programme.settings.languages)
        connection.register("computed", pa.Table.from_pandas(values[schema.names], schema, preserve_index=False))
        return database.write_parquet(connection, "select * from computed", folders.table("indicator_values"))


def offer_table(connection: duckdb.DuckDBPyConnection, programme: Programme, folders: DataFolder, table: str) -> None:
    """Make a built table visible under its name, restricted or not."""
    mart = programme.marts.get(table)
    path = place_of(mart, folders) if mart else folders.table(table)
    connection.execute(
        f"create or replace temp view {database.quote(table)} as select * from {database.read_parquet(path)}"
    )


def _measured_tables(programme: Programme) -> list[tuple[str, ...]]:
    return sorted({tables_of(indicator.measure) for indicator in programme.indicators.values()})


def _stale_since(programme: Programme, folders: DataFolder, tables: tuple[str, ...]) -> date | None:
    """Since when some source behind the tables uses old rows, the registers it was judged by among them."""
    behind = sources_behind(programme, *tables)
    return stale_since(folders, with_dependencies(behind, programme.sources, programme.rules))


def tables_read(programme: Programme) -> list[str]:
    """Tables that the measures, coverages, populations and scopes of a programme read."""
    tables = {"dim_period"}
    for indicator in programme.indicators.values():
        measure = indicator.measure
        tables |= {*tables_of(measure), indicator.coverage.table}
        if isinstance(measure.population, RowsOf):
            tables.add(measure.population.table)
    for scope, declared in programme.settings.scopes.items():
        tables.add(f"dim_{scope}")
        if not isinstance(declared, str):
            tables |= set(declared.values())
    return sorted(tables)


def scopes_of(programme: Programme, indicator: Indicator) -> list[str]:
    """Scopes in which an indicator is told: those it declares, as far as its mart can be divided by them."""
    available = [rows.ALL, *programme.scopes_of(programme.marts[indicator.measure.table])]
    declared = indicator.scopes if indicator.scopes is not None else [rows.ALL, *programme.settings.scopes]
    return [scope for scope in available if scope in declared]


def _values(connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator) -> pd.DataFrame:
    try:
        indicator = plain_indicator(programme, indicator)
        periods = periods_of_indicator(connection, programme, indicator)
        asked = [
            Question(connection, programme, indicator, scope, periods) for scope in scopes_of(programme, indicator)
        ]
        return pd.concat([_values_in_scope(question) for question in asked])
    except (duckdb.Error, ValueError) as error:
        file, line = programme.locate("indicator", indicator.code, "measure")
        raise IndicatorError(f"{file}:{line} indicator {indicator.code} cannot be computed: {error}") from error


def periods_of_indicator(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator
) -> list[Period]:
    """The closed periods, of every type, in which an indicator is told."""
    found = connection.execute(
        "select period_start, period_end, period_type, period from dim_period where is_closed order by all"
    ).fetchall()
    is_snapshot = programme.marts[indicator.measure.table].snapshot_on is not None
    return periods_telling(indicator, [Period(*row) for row in found], is_snapshot)


def _values_in_scope(question: Question) -> pd.DataFrame:
    """All periods and categories of one indicator in one scope, in the columns of `indicator_values`."""
    indicator = question.indicator
    cells = question.frame(rows.cells_sql(question.programme, question.scope, question.periods))
    total = _total(question, cells)
    parts = [_by_category(question, dimension) for dimension in indicator.disaggregate_by]
    parts += [_numerator_by_category(question, each, total) for each in indicator.disaggregate_numerator_by]
    # Object columns: parts without any row would otherwise decide the types of the others.
    values = pd.concat([total.astype(object), *(part.astype(object) for part in parts if len(part))])
    values = values.merge(cells, on=CELL_KEYS).merge(_coverage(question), on=CELL_KEYS, how="left")
    values["n_units"] = values["n_units"].fillna(0)
    return values.assign(indicator_code=indicator.code, dqa_grade=None)


def values_sql(
    programme: Programme, indicator: Indicator, scope: str, periods: Sequence[Period], dimension: str = rows.TOTAL
) -> str:
    """SQL of one indicator's figures per period, scope code and category of one dimension."""
    plain = plain_indicator(programme, indicator)
    return figures_sql(compile_measure(plain), _measured_sql(programme, plain, scope, periods, dimension))


def _measured_sql(
    programme: Programme, indicator: Indicator, scope: str, periods: Sequence[Period], dimension: str
) -> str:
    """SQL of the rows that an indicator's verb counts or adds up, with their cells."""
    mart, where = programme.marts[indicator.measure.table], indicator.measure.where
    table = measured_table_sql(mart, indicator.measure)
    return rows.rows_sql(
        programme, mart, where=where, periods=periods, scope_type=scope, dimension=dimension, table=table
    )


def _figures(question: Question, dimension: str) -> pd.DataFrame:
    return question.frame(values_sql(*question.source, dimension))


def _total(question: Question, cells: pd.DataFrame) -> pd.DataFrame:
    """Undivided values of every cell, also of those without any row.

    No row is a count of zero, or a rate of nothing, which has no value. Where the mart holds no row at all,
    nothing is known, and a count has no value either.
    """
    total = cells[CELL_KEYS].merge(_figures(question, rows.TOTAL), on=CELL_KEYS, how="left")
    has_no_row = total["n"].isna()
    zero = ["n", "unidentified"] if question.indicator.measure.median else ["numerator", "n", "unidentified"]
    if not question.indicator.adds_up:
        zero.append("denominator")
    elif not question.is_mart_empty:
        zero.append("value")
    total.loc[has_no_row, zero] = 0
    return _with_interval(question, rows.TOTAL, total.assign(category=rows.TOTAL))


def _by_category(question: Question, dimension: str) -> pd.DataFrame:
    found = _figures(question, dimension)
    return _with_interval(question, dimension, found[found["n"] > 0])


def _numerator_by_category(question: Question, dimension: str, total: pd.DataFrame) -> pd.DataFrame:
    """Share of all units of the scope that meet the predicate in a category of the numerator's own."""
    indicator = question.indicator
    sql = values_sql(question.programme, _of_numerator(indicator), question.scope, question.periods, dimension)
    found = question.frame(sql).drop(columns=["value", "denominator", "n"])
    found = found.merge(total[[*CELL_KEYS, "denominator", "n"]], on=CELL_KEYS)
    found["value"] = percent_factor(indicator) * found["numerator"] / found["denominator"]
    return _with_interval(question, dimension, found)


def _of_numerator(indicator: Indicator) -> Indicator:
    """The indicator narrowed to the rows that its share counts above the line."""
    met = f"({indicator.measure.where or 'true'}) and ({indicator.measure.share})"
    return indicator.model_copy(update={"measure": indicator.measure.model_copy(update={"where": met})})


def _coverage(question: Question) -> pd.DataFrame:
    """Units expected per cell, and the share of them that was received; empty where nothing was expected."""
    coverage = question.indicator.coverage
    return question.frame(f"""
        select
            cell_period as period,
            cell_scope as scope_code,
            count(*) as n_units,
            count(*) filter (where {expression(coverage.received)}) * 1.0 / count(*) as coverage
        from ({question.rows_of(coverage)}) as {FACT}
        group by all
    """)


def _with_interval(question: Question, dimension: str, values: pd.DataFrame) -> pd.DataFrame:
    is_numerator_divided = dimension in question.indicator.disaggregate_numerator_by
    asked = MeasuredRows(
        question.connection,
        question.programme,
        question.indicator,
        question.periods,
        measured_sql=_measured_sql(*question.source, dimension),
        whole_sql=_measured_sql(*question.source, rows.TOTAL) if is_numerator_divided else None,
        populations=_populations(question, dimension),
    )
    return values.assign(dimension=dimension, **estimate_columns(asked, values))


def _populations(question: Question, dimension: str) -> dict[tuple[str, str, str], int]:
    """Size of the finite population per cell and category, where the population's rows tell the category."""
    population = question.indicator.measure.population
    if not isinstance(population, RowsOf):
        return {}
    if dimension != rows.TOTAL and dimension not in question.programme.marts[population.table].column_types:
        return {}
    counted = question.connection.execute(
        f"select cell_period, cell_scope, cell_category, count(*) "
        f"from ({question.rows_of(population, dimension)}) group by all"
    ).fetchall()
    return {(period, code, category): n for period, code, category, n in counted}


def record_keys(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, cell: Cell
) -> list[str]:
    """Keys of the accepted rows behind one value, in order."""
    indicator = plain_indicator(programme, indicator)
    if cell.dimension in indicator.disaggregate_numerator_by:
        indicator = _of_numerator(indicator)
    periods = [each for each in periods_of_indicator(connection, programme, indicator) if each.code == cell.period]
    measured = _measured_sql(programme, indicator, cell.scope_type, periods, cell.dimension)
    found = connection.execute(
        f"select distinct unnest(_record_keys) from ({measured}) "
        "where cell_period = ? and cell_scope = ? and cell_category = ? order by 1",
        [cell.period, cell.scope_code, cell.category],
    ).fetchall()
    return [row[0] for row in found]
