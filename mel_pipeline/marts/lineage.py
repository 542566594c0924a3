"""Which tables and sources a mart rests on. Only reading of SQL belongs here; running it belongs to `build.py`."""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import traverse_scope

from mel_pipeline.declarations import Programme

ACCEPTED = "accepted"


@dataclass(frozen=True)
class Inputs:
    """What a query reads: sources of accepted rows, and other tables of the build folder."""

    sources: tuple[str, ...]
    tables: tuple[str, ...]


def inputs_of(sql: str) -> Inputs:
    """Name the tables that a query reads; its own CTEs do not count.

    Raises:
        sqlglot.errors.ParseError: the text is not one SQL query.
    """
    query = sqlglot.parse_one(sql, dialect="duckdb")
    read = {
        source for scope in traverse_scope(query) for source in scope.sources.values() if isinstance(source, exp.Table)
    }
    return Inputs(
        sources=tuple(sorted({table.name for table in read if table.db == ACCEPTED})),
        tables=tuple(sorted({table.name for table in read if table.db != ACCEPTED})),
    )


def sources_behind(programme: Programme, table: str) -> list[str]:
    """Sources of accepted rows that a table rests on, through all marts before it, sorted."""
    found: set[str] = set()
    waiting, seen = [table], set()
    while waiting:
        each = waiting.pop()
        if each in seen or each not in programme.mart_sql:
            continue
        seen.add(each)
        inputs = inputs_of(programme.mart_sql[each])
        found |= set(inputs.sources)
        waiting += inputs.tables
    return sorted(found)
