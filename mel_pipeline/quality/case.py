"""One source before the judge: its declaration, its files, and the working database that holds its rows.

Only what every step needs to know belongs here. Bringing rows in belongs to `gather.py`, judging them to
`evaluation.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import duckdb

from mel_pipeline.database import quote
from mel_pipeline.declarations.conditions import parse_condition
from mel_pipeline.declarations.expectations import argument_columns, argument_sets, rule_faults
from mel_pipeline.declarations.models import Rule, Settings, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import FileNotes, StagedFile

JUDGED = "_judged"
"""The working table of rows: everything accepted rows will have, and `_row`, the number of each row."""

UPDATED_AT_ONCE = 1_000_000
"""So many rows get new columns in one statement."""

AS_STAGED = "_as_staged"
"""A table without rows: the columns in the order in which intake declares them."""


class Programme(Protocol):
    """As much of a programme as judging needs."""

    @property
    def directory(self) -> Path:
        """Where the programme's folder lies, for survey forms."""

    @property
    def settings(self) -> Settings:
        """The programme's own settings, for its missing codes and scopes."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every declared source by its name."""


@dataclass(frozen=True)
class FileRecord:
    """One raw file as intake left it."""

    staged: StagedFile
    notes: FileNotes

    @property
    def takes_part(self) -> bool:
        """Whether the file's rows count: a copy of another file adds none."""
        return self.staged.copy_of is None


@dataclass(frozen=True)
class Case:
    """What every step of judging one source needs."""

    connection: duckdb.DuckDBPyConnection
    folders: DataFolder
    source: Source
    rules: list[Rule]
    files: list[FileRecord]

    @cached_property
    def restricted_fields(self) -> frozenset[str]:
        """Fields whose values stay restricted: free text, names, what persons are hashed from, confidential figures.

        What is turned into a code of a register is written freely, too.
        """
        privacy = self.source.privacy
        hashed = {name for inputs in privacy.hash.values() for together in inputs for name in together}
        free_text = {field.name for field in self.source.fields if field.type == "text"}
        written = {resolve.from_field for resolve in self.source.resolve.values()}
        return frozenset(free_text | hashed | written | {*privacy.restricted, *privacy.confidential})

    @cached_property
    def borrowed_fields(self) -> list[str]:
        """Fields kept apart by intake that a rule, a resolved name, `alike` or `presence` looks at.

        They are never among accepted rows.
        """
        apart = set(self.source.privacy.restricted)
        looked_at = {resolve.from_field for resolve in self.source.resolve.values()}
        looked_at |= set(self.source.privacy.presence)
        looked_at |= {alike.name for alike in self.source.privacy.alike.values()}
        for rule in self.rules:
            looked_at |= _columns_of(rule) | {name for name in apart if name in f"{rule.sql} {rule.fix}"}
        return sorted(looked_at & apart)

    def columns(self, table: str = JUDGED) -> dict[str, str]:
        """Columns of the judged rows (or another working table) with their types, as they are now."""
        described = self.connection.execute(f"describe {table}").fetchall()
        return {row[0]: row[1] for row in described}

    def number(self, query: str) -> int:
        """The number that a query of one row and one column gives; 0 for null."""
        # A result that is not read to its end would hold the connection.
        rows = self.connection.execute(query).fetchall()
        return int(rows[0][0] or 0) if rows else 0


def add_columns(case: Case, columns: Sequence[str], found: str, on: str) -> None:
    """Add columns to the judged rows, without copying the others; empty where nothing is found.

    Args:
        case: the source.
        columns: names of the new columns, as the query gives them.
        found: a query with at most one row for each judged row.
        on: SQL that says which row of `found` belongs to a row of `judged`.
    """
    described = case.connection.execute(f"describe {found}").fetchall()
    types = {row[0]: row[1] for row in described}
    for column in columns:
        case.connection.execute(f"alter table {JUDGED} add column {quote(column)} {types[column]}")
    values = ", ".join(f"{quote(column)} = found.{quote(column)}" for column in columns)
    for rows in _parts(case):
        case.connection.execute(
            f"update {JUDGED} as judged set {values} from ({found}) as found where ({on}) and {rows}"
        )


def _parts(case: Case) -> list[str]:
    """SQL that picks some of the judged rows at a time: DuckDB holds the old values of one update in memory."""
    last = case.number(f"select max(_row) from {JUDGED}")
    starts = range(0, max(last, 1), UPDATED_AT_ONCE)
    return [f"judged._row > {start} and judged._row <= {start + UPDATED_AT_ONCE}" for start in starts]


def _columns_of(rule: Rule) -> set[str]:
    """Columns named by the arguments and the condition of a rule; one with faults will not run."""
    if rule_faults(rule):
        return set()
    found = {column for arguments in argument_sets(rule) for column in argument_columns(arguments)}
    if rule.when:
        found.update(parse_condition(rule.when).columns)
    return found | {rule.field} if rule.field else found
