"""Faults of the marts' queries: whether they parse, what they read, what they select, and in which order.

Queries are read, never run, here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import traverse_scope

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.declarations.programme import Programme

ENGINE_TABLES = (
    "dim_donor", "dim_grant", "dim_grant_scope", "dim_indicator", "dim_period", "dim_target",
    "dim_toc_link", "dim_toc_node",
)  # fmt: skip
"""Tables that the engine makes of what is declared; a mart may read them."""
_ACCEPTED = "accepted"


@dataclass(frozen=True)
class _Query:
    """One mart's parsed query and the tables it reads, its own CTEs left out."""

    file: str
    stem: str
    tree: exp.Query
    tables: tuple[exp.Table, ...]

    def fault(self, message: str, line: int = 1) -> Fault:
        return Fault(self.file, line, f"mart {self.stem} {message}")


def mart_sql_faults(programme: Programme) -> Iterator[Fault]:
    """The faults of every mart's query."""
    queries: dict[str, _Query] = {}
    for stem, sql in sorted(programme.mart_sql.items()):
        file = f"marts/{stem}.sql"
        try:
            queries[stem] = _parsed(file, stem, sql)
        except _UnreadableError as error:
            yield Fault(file, error.line, f"mart {stem} {error}")
    for stem, query in queries.items():
        yield from _table_faults(programme, query)
        yield from _restricted_faults(programme, query)
        if stem in programme.marts:
            yield from _column_faults(programme.marts[stem], query)
    yield from _cycle_faults(queries)


def _restricted_faults(programme: Programme, query: _Query) -> Iterator[Fault]:
    """What only a restricted mart may read: confidential fields of sources, and other restricted marts."""
    mart = programme.marts.get(query.stem)
    if mart is None or mart.restricted:
        return
    for name in sorted({table.name for table in query.tables if table.db == _ACCEPTED}):
        source = programme.sources.get(name)
        read = {column.name for column in query.tree.find_all(exp.Column)}
        for field in sorted(read.intersection(source.privacy.confidential if source else ())):
            yield query.fault(
                f"reads a confidential field of {name}: found {field}, expected it in a mart with `restricted: true` "
                "alone. Leave it out, or restrict the mart."
            )
    for name in sorted({table.name for table in query.tables if not table.db}):
        other = programme.marts.get(name)
        if other is not None and other.restricted:
            yield query.fault(
                f"reads a restricted mart: found {name}, expected one that everybody may read, or `restricted: true` "
                "in its own contract. Leave it out, or restrict the mart."
            )


class _UnreadableError(Exception):
    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line


def _parsed(file: str, stem: str, sql: str) -> _Query:
    try:
        statements = [statement for statement in sqlglot.parse(sql, read="duckdb") if statement is not None]
    except SqlglotError as error:
        details = (getattr(error, "errors", None) or [{}])[0]
        found = details.get("highlight") or details.get("description") or "something else"
        message = (
            f"cannot be read as SQL: found '{str(found)[:40]}', expected a query. Look at this line and the one before."
        )
        raise _UnreadableError(int(details.get("line") or 1), message) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise _UnreadableError(
            1, f"is not one query: found {len(statements)} statements or no select, expected one select. Split it."
        )
    tree = statements[0]
    sources = [source for scope in traverse_scope(tree) for source in scope.sources.values()]
    tables = tuple(source for source in sources if isinstance(source, exp.Table))
    return _Query(file, stem, tree, tables)


def _table_faults(programme: Programme, query: _Query) -> Iterator[Fault]:
    marts = {*programme.names("mart"), *programme.mart_sql, *ENGINE_TABLES}
    accepted = {f"{_ACCEPTED}.{source}" for source in programme.names("source")}
    for table in query.tables:
        name = ".".join(part.name for part in table.parts)
        if name not in marts | accepted:
            line = int(table.this.meta.get("line", 1)) if isinstance(table.this, exp.Expr) else 1
            known = accepted if table.db else marts
            yield query.fault(unknown_name("reads an unknown table", name or str(table.this), known, "Add it."), line)


def _column_faults(mart: MartContract, query: _Query) -> Iterator[Fault]:
    """The query selects exactly the contract's columns; a star whose columns nobody can know is let pass."""
    selected = _selected(query.tree)
    if selected is None:
        return
    for column in mart.column_types:
        if column not in selected:
            message = unknown_name("does not select a column of its contract", column, selected, "Select it.")
            yield query.fault(message)
    for column in selected:
        if column not in mart.column_types:
            message = unknown_name("selects a column that its contract lacks", column, mart.column_types, "Declare it.")
            yield query.fault(message)


def _selected(tree: exp.Query) -> list[str] | None:
    """Names of the columns that a query gives, following `select * from` its own CTEs."""
    if not tree.is_star:
        return tree.named_selects
    source = tree.find(exp.From)
    ctes = {cte.alias: cte.this for cte in tree.ctes}
    is_plain = isinstance(tree, exp.Select) and len(tree.expressions) == 1 and not tree.args.get("joins")
    name = source.this.name if source is not None and is_plain else ""
    inner = ctes.get(name)
    return _selected(inner) if isinstance(inner, exp.Query) else None


def _cycle_faults(queries: dict[str, _Query]) -> Iterator[Fault]:
    """Marts whose queries wait for each other, each circle once."""
    reads = {stem: {table.name for table in query.tables if not table.db} for stem, query in queries.items()}
    told: set[str] = set()
    for stem in sorted(queries):
        circle = _circle(reads, stem)
        if circle and stem not in told:
            told.update(circle)
            found = " -> ".join(circle)
            yield queries[stem].fault(
                f"reads itself: found {found}, expected marts that build on earlier ones. Break the circle."
            )


def _circle(reads: dict[str, set[str]], start: str) -> list[str] | None:
    paths, seen = [[start]], set()
    while paths:
        path = paths.pop(0)
        for table in sorted(reads.get(path[-1], set())):
            if table == start:
                return [*path, start]
            if table in reads and table not in seen:
                seen.add(table)
                paths.append([*path, table])
    return None
