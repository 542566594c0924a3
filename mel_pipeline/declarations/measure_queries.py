"""Faults of a measure's own query (`sql`): what it is, what it reads, and the columns that it has to give.

Its rows stand in for those of the table named by `from`, so that periods, scopes and categories apply to them as to
any fact. It is read here, never run.
"""

import re
from collections.abc import Iterator
from itertools import chain

import sqlglot
from sqlglot import exp
from sqlglot.errors import OptimizeError, SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from mel_pipeline.declarations.expressions import ROW_FUNCTIONS
from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.mart_reader import MartReader, Path
from mel_pipeline.declarations.models import Indicator, MartContract

_PATH: Path = ("measure", "sql")
_FUNCTIONS = (
    *ROW_FUNCTIONS, exp.AggFunc, exp.Exists, exp.RowNumber, exp.ArraySort, exp.ArrayDistinct, exp.Flatten,
    exp.LastDay, exp.TimestampTrunc, exp.DateTrunc,
)  # fmt: skip
"""Functions of one row, of groups of rows, of windows and of lists; none of them reads a file."""
_REFUSED = (exp.DDL, exp.DML, exp.Command, exp.Placeholder, exp.Parameter, exp.Into)
_COLUMN_IN_ERROR = re.compile(r"(?:Column '(?P<unresolved>[^']+)'|Unknown column: (?P<unknown>\S+))")


def query_faults(reader: MartReader, indicator: Indicator) -> Iterator[Fault]:
    """The faults of one measure's query; one that cannot be read is told alone."""
    if indicator.measure.sql is None:
        return
    if indicator.measure.where is not None:
        message = "stands beside `sql`: found a condition, expected it inside the query. Move it there."
        yield reader.fault(message, ("measure", "where"))
    tree = _parsed(indicator.measure.sql)
    if tree is None:
        message = "is not one query: found something else, expected one select over marts. Rewrite it."
        yield reader.fault(message, _PATH)
        return
    faults = list(_part_faults(reader, tree)) or list(_table_faults(reader, tree))
    yield from faults or _column_faults(reader, indicator, tree)


def _parsed(sql: str) -> exp.Query | None:
    try:
        statements = [statement for statement in sqlglot.parse(sql, read="duckdb") if statement is not None]
    except SqlglotError:
        return None
    is_query = len(statements) == 1 and isinstance(statements[0], exp.Query)
    return statements[0] if is_query else None  # type: ignore[return-value]


def _part_faults(reader: MartReader, tree: exp.Query) -> Iterator[Fault]:
    for node in tree.walk():
        is_strange = isinstance(node, exp.Func) and not isinstance(node, _FUNCTIONS)
        if isinstance(node, _REFUSED) or is_strange:
            message = (
                f"has a part that a measure must not have: found `{node.sql('duckdb')}`, expected a select over marts "
                "with functions of rows, groups and lists. Do it in a mart."
            )
            yield reader.fault(message, _PATH)
            return


def _table_faults(reader: MartReader, tree: exp.Query) -> Iterator[Fault]:
    known = reader.programme.names("mart")
    for table in _tables(tree):
        name = ".".join(part.name for part in table.parts) if isinstance(table.this, exp.Identifier) else table.sql()
        if name not in known:
            yield reader.fault(unknown_name("reads an unknown table", name, known, "Add the mart."), _PATH)


def _tables(tree: exp.Query) -> list[exp.Table]:
    """Tables that the query reads, its own CTEs left out."""
    sources = [source for scope in traverse_scope(tree) for source in scope.sources.values()]
    return [source for source in sources if isinstance(source, exp.Table)]


def _column_faults(reader: MartReader, indicator: Indicator, tree: exp.Query) -> Iterator[Fault]:
    marts = reader.programme.marts
    names = {table.name for table in _tables(tree)}
    if names - set(marts):
        return
    schema: dict[str, object] = {name: dict(marts[name].column_types) for name in names}
    try:
        qualified = qualify(tree.copy(), schema=schema, dialect="duckdb", quote_identifiers=False)
    except OptimizeError as error:
        known = {column for name in names for column in marts[name].column_types}
        yield reader.fault(_unknown_column(str(error), known), _PATH)
        return
    given = qualified.named_selects if isinstance(qualified, exp.Query) else []
    for column, why in _wanted(reader, indicator).items():
        if column not in given:
            thing = f"does not give a column for {why}"
            message = f"{thing}: found {', '.join(given)}, expected also {column}. Select it."
            yield reader.fault(message, _PATH)


def _unknown_column(error: str, known: set[str]) -> str:
    match = _COLUMN_IN_ERROR.search(error)
    name = (match["unresolved"] or match["unknown"]).rpartition(".")[2] if match else error.splitlines()[0]
    if name in known:
        return (
            f"reads a column that several tables have, or none that it reads here: found '{name}', expected it with "
            f"its table. Write table.{name}."
        )
    return unknown_name("reads an unknown column", name, known, "Add it to a mart.")


def _wanted(reader: MartReader, indicator: Indicator) -> dict[str, str]:
    """Columns that the query has to give, and what each is needed for."""
    mart = reader.mart
    wanted = {"numerator": "its figure", "n": "its figure", "_record_keys": "the way back to its rows"}
    if not indicator.adds_up:
        wanted["denominator"] = "its figure"
    day = mart.snapshot_on or mart.period_on
    if day is not None:
        wanted[day] = "its day"
    for scope in reader.programme.scopes_of(mart):
        if indicator.scopes is None or scope in indicator.scopes:
            wanted |= dict.fromkeys(_scope_columns(mart, scope), f"the scope {scope}")
    return wanted | {
        dimension: f"the category {dimension}"
        for dimension in (*indicator.disaggregate_by, *chain.from_iterable(indicator.cross_by))
    }


def _scope_columns(mart: MartContract, scope: str) -> list[str]:
    return [mart.scopes[scope]] if scope in mart.scopes else list(mart.families.values())
