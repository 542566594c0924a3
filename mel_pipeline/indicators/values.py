"""The values of every indicator: one row per closed period, scope and category, recounted from the facts.

How a verb counts is in `measures/`, how figures are put together from sums in `roll_up.py`, which rows belong to a cell
in `rows.py`, how sure a value is in `estimates.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

import duckdb
import pandas as pd
import pyarrow as pa

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator, RowsOf
from mel_pipeline.declarations.periods import Period
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.atoms import Atoms, atoms_of, offer_periods
from mel_pipeline.indicators.estimates import MeasuredRows, estimated
from mel_pipeline.indicators.fine_tables import Request
from mel_pipeline.indicators.measures import percent_factor, plain_indicator
from mel_pipeline.indicators.requests import (
    COVERAGE,
    ITEMS,
    MEASURE,
    NUMERATOR,
    POPULATION,
    name_of,
    requests_of,
    scopes_of,
)
from mel_pipeline.indicators.roll_up import RollUp
from mel_pipeline.indicators.row_by_row import measured_sql, of_numerator, periods_of_indicator, values_sql
from mel_pipeline.marts.build import offer_table
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, arrow_schema
from mel_pipeline.marts.lineage import sources_behind, tables_of
from mel_pipeline.quality import with_dependencies
from mel_pipeline.quality.blocked import stale_since

PLACE = ["period", "period_end", "scope_code"]
CATEGORY = [*PLACE, "dimension", "category"]
Answers = Mapping[tuple[str, str], pd.DataFrame]
"""What was asked, by name of the request and scope."""


class IndicatorError(Exception):
    """An indicator cannot be computed; the message names its file and line."""


@dataclass(frozen=True)
class Question:
    """One indicator in one scope and the periods that tell it, with what is known of all."""

    connection: duckdb.DuckDBPyConnection
    programme: Programme
    indicator: Indicator
    scope: str
    periods: Sequence[Period]
    answers: Answers
    cells: pd.DataFrame

    def answer(self, part: str) -> pd.DataFrame | None:
        """Figures of a part of what the indicator asks, in its cells alone; None where they do not add up."""
        found = self.answers.get((name_of(self.indicator, part), self.scope))
        return None if found is None else found.merge(self.cells[PLACE], on=PLACE)

    @property
    def is_mart_empty(self) -> bool:
        """Whether the measure's mart holds no row at all: then its sources have not arrived."""
        mart = database.quote(self.indicator.measure.table)
        return not self.connection.execute(f"select 1 from {mart} limit 1").fetchall()

    def row_by_row(self, indicator: Indicator, dimensions: Iterable[str]) -> pd.DataFrame:
        """Figures of what has no parts that add up, from the rows of each cell."""
        told = [
            self.connection.execute(values_sql(self.programme, indicator, self.scope, self.periods, dimension))
            .df()
            .assign(dimension=dimension)
            for dimension in dimensions
        ]
        return pd.concat(told).merge(self.cells[PLACE], on=["period", "scope_code"])


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
        values = pd.concat(list(_all_values(connection, programme)))
        by_tables = {tables: _stale_since(programme, folders, tables) for tables in _measured_tables(programme)}
        since = {code: by_tables[tables_of(each.measure)] for code, each in programme.indicators.items()}
        values["stale_since"] = values["indicator_code"].map(since)
        schema = arrow_schema(ENGINE_CONTRACTS["indicator_values"], programme.settings.languages)
        connection.register("computed", pa.Table.from_pandas(values[schema.names], schema, preserve_index=False))
        return database.write_parquet(connection, "select * from computed", folders.table("indicator_values"))


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


def _all_values(connection: duckdb.DuckDBPyConnection, programme: Programme) -> Iterator[pd.DataFrame]:
    """The values of every indicator; marts are read once for all of them."""
    asked: dict[str, Indicator] = {}
    periods: dict[str, list[Period]] = {}
    for code, indicator in programme.indicators.items():
        with _named(programme, code):
            asked[code] = plain_indicator(programme, indicator)
            periods[code] = periods_of_indicator(connection, programme, indicator)
    atoms = atoms_of(period for told in periods.values() for period in told)
    offer_periods(connection, atoms)
    answers = _answers(connection, programme, atoms, asked.values())
    for code, indicator in asked.items():
        with _named(programme, code):
            for scope in scopes_of(programme, indicator):
                cells = connection.execute(rows.cells_sql(programme, scope, periods[code])).df()
                question = Question(connection, programme, indicator, scope, periods[code], answers, cells)
                yield _values_in_scope(question)


@contextmanager
def _named(programme: Programme, code: str) -> Iterator[None]:
    """Say of which indicator, and where it is declared, something cannot be computed."""
    try:
        yield
    except (duckdb.Error, ValueError) as error:
        file, line = programme.locate("indicator", code, "measure")
        raise IndicatorError(f"{file}:{line} indicator {code} cannot be computed: {error}") from error


def _answers(
    connection: duckdb.DuckDBPyConnection, programme: Programme, atoms: Atoms, indicators: Iterable[Indicator]
) -> dict[tuple[str, str], pd.DataFrame]:
    """What all indicators ask, one table after the other."""
    by_table: dict[str, list[tuple[str, Request]]] = defaultdict(list)
    for indicator in indicators:
        with _named(programme, indicator.code):
            for request in requests_of(programme, indicator):
                by_table[request.table].append((indicator.code, request))
    answers = {}
    for requests in by_table.values():
        together = [request for _, request in requests]
        try:
            answers.update(_told(connection, programme, atoms, together))
        except (duckdb.Error, ValueError):
            # One of them cannot be computed: asked one by one it is known which.
            for code, request in requests:
                with _named(programme, code):
                    answers.update(_told(connection, programme, atoms, [request]))
    return answers


def _told(
    connection: duckdb.DuckDBPyConnection, programme: Programme, atoms: Atoms, requests: Sequence[Request]
) -> dict[tuple[str, str], pd.DataFrame]:
    roll_up = RollUp(connection, programme, atoms, requests)
    return {(name, scope): frame for name, scope, frame in roll_up.frames()}


def _values_in_scope(question: Question) -> pd.DataFrame:
    """All periods and categories of one indicator in one scope, in the columns of `indicator_values`."""
    indicator = question.indicator
    found = question.answer(MEASURE)
    if found is None:
        found = question.row_by_row(indicator, (rows.TOTAL, *indicator.dimensions))
    is_total = found["dimension"] == rows.TOTAL
    total = _total(question, found[is_total])
    parts = [total, found[~is_total & (found["n"] > 0)]]
    if indicator.disaggregate_numerator_by:
        parts.append(_by_category_of_numerator(question, total))
    # Parts without any row would otherwise decide the types of the others.
    values = pd.concat([part for part in parts if len(part)] or [total], ignore_index=True)
    values = _with_estimates(question, _with_population(question, values))
    values = values.merge(question.cells, on=PLACE).merge(_coverage(question), on=PLACE, how="left")
    values["n_units"] = values["n_units"].fillna(0)
    return values.assign(indicator_code=indicator.code, dqa_grade=None)


def _total(question: Question, found: pd.DataFrame) -> pd.DataFrame:
    """Undivided values of every cell, also of those without any row.

    No row is a count of zero, or a rate of nothing, which has no value. Where the mart holds no row at all,
    nothing is known, and a count has no value either.
    """
    total = question.cells[PLACE].merge(found, on=PLACE, how="left")
    has_no_row = total["n"].isna()
    zero = ["n", "unidentified"] if question.indicator.measure.median else ["numerator", "n", "unidentified"]
    if not question.indicator.adds_up:
        zero.append("denominator")
    elif not question.is_mart_empty:
        zero.append("value")
    total[zero] = total[zero].astype("float64")
    total.loc[has_no_row, zero] = 0
    return total.assign(dimension=rows.TOTAL, category=rows.TOTAL)


def _by_category_of_numerator(question: Question, total: pd.DataFrame) -> pd.DataFrame:
    """Share of all units of the scope that meet the predicate in a category of the numerator's own."""
    indicator = question.indicator
    found = question.answer(NUMERATOR)
    if found is None:
        found = question.row_by_row(of_numerator(indicator), indicator.disaggregate_numerator_by)
    found = found.drop(columns=["value", "denominator", "n"]).merge(total[[*PLACE, "denominator", "n"]], on=PLACE)
    return found.assign(value=percent_factor(indicator) * found["numerator"] / found["denominator"])


def _coverage(question: Question) -> pd.DataFrame:
    """Units expected per cell, and the share of them that was received; empty where nothing was expected."""
    found = question.answers[name_of(question.indicator, COVERAGE), question.scope]
    return found[[*PLACE, "n_units"]].assign(coverage=found["received"] / found["n_units"])


def _with_population(question: Question, values: pd.DataFrame) -> pd.DataFrame:
    """The values with the size of the population of their cell, where its rows tell the category."""
    found = question.answers.get((name_of(question.indicator, POPULATION), question.scope))
    if found is None:
        return values.assign(population=None)
    return values.merge(found.rename(columns={"size": "population"}), on=CATEGORY, how="left")


def _with_estimates(question: Question, values: pd.DataFrame) -> pd.DataFrame:
    """The values with their intervals, effect sizes and what else a sample tells."""
    indicator = question.indicator
    asked = MeasuredRows(
        question.connection,
        question.programme,
        indicator,
        question.periods,
        measured_sql=partial(measured_sql, question.programme, indicator, question.scope, question.periods),
        of_items=question.answers.get((name_of(indicator, ITEMS), question.scope)),
    )
    return estimated(asked, values)
