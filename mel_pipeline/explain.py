"""Why this number: everything behind one value of an indicator, gathered for printing.

The gathering is here; how it looks on a screen belongs to `cli`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import sqlglot

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.faults import unknown_name
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.comparisons import Difference, shares_side_by_side
from mel_pipeline.indicators.measures import plain_indicator
from mel_pipeline.indicators.requests import scopes_of
from mel_pipeline.indicators.row_by_row import Cell, periods_of_indicator, record_keys, values_sql
from mel_pipeline.marts.build import offer_table
from mel_pipeline.marts.lineage import sources_behind, tables_of

FEW_CATEGORIES = 4
"""Dimensions with more categories are not told pair by pair: among many pairs some always seem to differ."""


class ExplainError(Exception):
    """There is nothing to explain; the message says what was asked, what exists, and what to do."""


@dataclass(frozen=True)
class RowsOfFile:
    """Rows of one raw file, as a spreadsheet numbers them."""

    source: str
    source_file: str
    sha256: str
    source_sheet: str | None
    rows: tuple[int, ...]


@dataclass(frozen=True)
class SetAside:
    """Rows or answers of one file that a rule set aside."""

    source: str
    source_file: str
    rule_id: str
    level: str
    reason: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Explanation:
    """All that stands behind one value.

    `value` and `score` are rows of `indicator_values` and `indicator_scores`; `score` is empty for a category. `parts`
    are the indicators that make up a composite; `side_by_side` has, by dimension, how the shares of its categories
    differ.
    """

    indicator: Indicator
    cell: Cell
    value: dict[str, Any]
    score: dict[str, Any]
    sql: str
    used: list[RowsOfFile]
    set_aside: list[SetAside]
    parts: tuple[Indicator, ...] = ()
    side_by_side: dict[str, list[Difference]] = field(default_factory=dict)


def explain_value(programme: Programme, folders: DataFolder, code: str, cell: Cell) -> Explanation:
    """Gather definition, SQL, figures, target and status, rows used and rows set aside of one value.

    Raises:
        ExplainError: no such indicator, scope or value; the message names what there is.
    """
    indicator = programme.indicators.get(code)
    if indicator is None:
        raise ExplainError(unknown_name("Indicator", code, programme.indicators, "See programme/indicators."))
    if cell.scope_type not in scopes_of(programme, indicator):
        raise ExplainError(
            unknown_name(f"Scope of {code}", cell.scope_type, scopes_of(programme, indicator), "Choose one of these.")
        )
    marts = database.current(folders.database)
    if marts is None:
        raise ExplainError(f"There are no marts yet: found no {folders.database}. Run 'mel run' first.")
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        connection.execute("use mel")
        for table in tables_of(indicator.measure):
            if programme.marts[table].restricted:
                offer_table(connection, programme, folders, table)
        value = _value(connection, code, cell)
        sources = sources_behind(programme, *tables_of(indicator.measure))
        told = periods_of_indicator(connection, programme, indicator)
        asked = [period for period in told if period.code == cell.period]
        return Explanation(
            indicator=indicator,
            cell=cell,
            value=value,
            score=_score(connection, code, cell),
            sql=sqlglot.transpile(
                values_sql(programme, indicator, cell.scope_type, asked, cell.dimension), read="duckdb", pretty=True
            )[0],
            used=_rows_used(connection, folders, sources, record_keys(connection, programme, indicator, cell)),
            set_aside=_set_aside(connection, sources),
            side_by_side=_side_by_side(connection, programme, plain_indicator(programme, indicator), cell),
            parts=tuple(programme.indicators[part] for part in indicator.measure.all_of or ()),
        )


def latest_period(folders: DataFolder, code: str) -> str | None:
    """The last period, of the type in which it is scored, for which an indicator has a value."""
    marts = database.current(folders.database)
    if marts is None:
        return None
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        row = connection.execute(
            "select period from mel.indicator_values inner join mel.dim_indicator using (indicator_code, period_type)"
            " where indicator_code = ? order by period_end desc limit 1",
            [code],
        ).fetchone()
    return row[0] if row else None


def _value(connection: duckdb.DuckDBPyConnection, code: str, cell: Cell) -> dict[str, Any]:
    found = connection.execute(
        "select * from indicator_values where indicator_code = ? and period = ? and scope_type = ? "
        "and scope_code = ? and dimension = ? and category = ?",
        [code, cell.period, cell.scope_type, cell.scope_code, cell.dimension, cell.category],
    )
    rows = as_dicts(found)
    if not rows:
        raise ExplainError(
            f"{code} has no value for {cell.period}, {cell.scope_type}:{cell.scope_code}, "
            f'{cell.dimension}={cell.category}. See: mel query "select distinct period, scope_type, scope_code, '
            f"dimension, category from indicator_values where indicator_code = '{code}'\"."
        )
    return rows[0]


def _score(connection: duckdb.DuckDBPyConnection, code: str, cell: Cell) -> dict[str, Any]:
    if cell.dimension != "total":
        return {}
    found = connection.execute(
        "select * from indicator_scores where indicator_code = ? and period = ? and scope_type = ? and scope_code = ?",
        [code, cell.period, cell.scope_type, cell.scope_code],
    )
    return next(iter(as_dicts(found)), {})


def _side_by_side(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, cell: Cell
) -> dict[str, list[Difference]]:
    """Differences between the few categories of a dimension (languages, sexes) of an undivided share.

    Groups that are too small to be shown are too small to be compared.
    """
    measure = indicator.measure
    is_sampled_share = measure.verb == "share" and measure.population != "census"
    if not is_sampled_share or measure.per_entity or measure.is_designed or cell.dimension != "total":
        return {}
    # Categories of a list share rows, and what shares rows is not compared as strangers are.
    types = programme.marts[measure.table].column_types
    parts: dict[str, dict[str, tuple[int, int]]] = {
        dimension: {} for dimension in indicator.disaggregate_by if not types[dimension].endswith("[]")
    }
    found = connection.execute(
        "select dimension, category, numerator::bigint, n from indicator_values where indicator_code = ? "
        "and period = ? and scope_type = ? and scope_code = ? and category <> 'unknown' order by all",
        [indicator.code, cell.period, cell.scope_type, cell.scope_code],
    ).fetchall()
    for dimension, category, met, n in found:
        if dimension in parts and n >= programme.settings.disclosure.minimum_cell:
            parts[dimension][category] = (met, n)
    few = {dimension: told for dimension, told in parts.items() if len(told) <= FEW_CATEGORIES}
    return {dimension: pairs for dimension, told in few.items() if (pairs := shares_side_by_side(told))}


def _rows_used(
    connection: duckdb.DuckDBPyConnection, folders: DataFolder, sources: Iterable[str], keys: list[str]
) -> list[RowsOfFile]:
    """Where the accepted rows with these keys stand in the raw files."""
    accepted = " union all ".join(
        f"select {database.literal(source)} as source, _record_key, _source_file, _source_sheet, _source_row "
        f"from {database.read_parquet(folders.accepted_rows(source))}"
        for source in sources
    )
    found = connection.execute(
        f"""
        select rows.source, rows._source_file, files.sha256, rows._source_sheet, list(rows._source_row order by 1)
        from ({accepted}) as rows
        inner join source_files as files on files.source = rows.source and files.source_file = rows._source_file
        where rows._record_key in (select unnest(?::varchar[]))
        group by all
        order by all
        """,
        [keys],
    ).fetchall()
    return [RowsOfFile(source, file, sha256, sheet, tuple(sorted(rows))) for source, file, sha256, sheet, rows in found]


def _set_aside(connection: duckdb.DuckDBPyConnection, sources: list[str]) -> list[SetAside]:
    found = connection.execute(
        """
        select source, source_file, rule_id, level, reason, list(source_row order by source_row)
        from quarantine
        where source in (select unnest(?::varchar[]))
        group by all
        order by all
        """,
        [sources],
    ).fetchall()
    return [
        SetAside(source, file, rule_id, level, reason, tuple(rows))
        for source, file, rule_id, level, reason, rows in found
    ]


def as_dicts(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of an answer, each by the names of its columns."""
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def as_ranges(rows: Iterable[int | None]) -> str:
    """Row numbers as people write them: 2-14, 17."""
    parts: list[list[int]] = []
    for row in sorted(row for row in rows if row is not None):
        if parts and row <= parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], row]
        else:
            parts.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
