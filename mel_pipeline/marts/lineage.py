"""Which tables and sources a mart rests on. Only reading of SQL belongs here; running it belongs to `build.py`."""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import traverse_scope

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Measure

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


def tables_of(measure: Measure) -> tuple[str, ...]:
    """The tables that a measure counts the rows of: the one it names, and those that its own query reads."""
    return (measure.table, *(inputs_of(measure.sql).tables if measure.sql is not None else ()))


def sources_behind(programme: Programme, *tables: str) -> list[str]:
    """Sources of accepted rows that tables rest on, through all marts before them, sorted."""
    found: set[str] = set()
    waiting, seen = [*tables], set()
    while waiting:
        each = waiting.pop()
        if each in seen or each not in programme.mart_sql:
            continue
        seen.add(each)
        inputs = inputs_of(programme.mart_sql[each])
        found |= set(inputs.sources)
        waiting += inputs.tables
    return sorted(found)
