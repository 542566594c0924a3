"""Reads decisions from the files in `data/raw/corrections`: cleaning logs and filled review workbooks alike.

Every sheet whose header names a decision and a record is read; rows without a decision are left for later.
Whether a decision can be applied is found out elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.date_cells import read_date
from mel_pipeline.intake.grids import Cell, Grid, Line, is_blank, read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.raw_files import RawFile, identify, is_input
from mel_pipeline.intake.value_texts import as_text
from mel_pipeline.quality.decisions.outcomes import OutcomeCode
from mel_pipeline.quality.decisions.words import change_type_of, column_of

FOLDER = "corrections"
"""Folder below `data/raw` to which decisions come back; a folder in it may bear the name of a source."""

ROWS_TO_SEARCH = 40
_NEEDED = {"change_type"}
_ABOUT = ({"record"}, {"old_value", "question"})
"""A log tells what a decision is about by a record, or by what was found where (a spelling, a person)."""


@dataclass(frozen=True)
class Decision:
    """One decision as somebody wrote it down.

    Attributes:
        source: the source that the file, its folder or the row names; None where none does.
        record: the record's own identifier or its key.
        change_type: one of the listed kinds; None for words that mean none of them.
        decided_on: as the file says, else the day on which it was received.
    """

    source_file: str
    source_sheet: str
    source_row: int
    source: str | None
    record: str | None
    question: str | None
    old_value: str | None
    new_value: Cell
    issue: str | None
    change_type: str | None
    reason: str | None
    rule_id: str | None
    decided_by_role: str | None
    decided_on: date | None

    @property
    def order(self) -> tuple[date, str, str, int]:
        """Later decisions win: by day, then by file, sheet and row."""
        return self.decided_on or date.min, self.source_file, self.source_sheet, self.source_row


@dataclass(frozen=True)
class ReadLog:
    """The decisions of one file, or why it holds none."""

    file: RawFile
    decisions: tuple[Decision, ...] = ()
    problem: OutcomeCode | None = None


def correction_files(folders: DataFolder) -> list[Path]:
    """The files in which decisions came back, by path."""
    root = folders.raw / FOLDER
    found = (path for path in root.rglob("*") if path.is_file()) if root.is_dir() else ()
    return sorted(path for path in found if is_input(path.relative_to(folders.raw)))


def read_logs(folders: DataFolder) -> list[ReadLog]:
    """All decisions, file by file; a file that cannot be read says so and stops nothing."""
    return [_read_log(identify(path, folders.raw)) for path in correction_files(folders)]


@lru_cache(maxsize=256)
def _read_log(file: RawFile) -> ReadLog:
    """Read one file, once per content: every source asks for its decisions."""
    if file.problem is not None:
        return ReadLog(file, problem="file_unreadable")
    try:
        grids = read_grids(file.path)
    except (Refused, OSError):
        return ReadLog(file, problem="file_unreadable")
    signed = _signature(grids.sheets)
    decisions = tuple(each for grid in grids.sheets for each in _decisions(grid, file, signed))
    return ReadLog(file, decisions, None if decisions else "no_decisions_found")


@dataclass(frozen=True)
class _Signature:
    """Who decided, and when, as far as the file says it once for all its rows."""

    role: str | None = None
    day: date | None = None


def _signature(sheets: list[Grid]) -> _Signature:
    """What a sheet of labels and values says: a row with `decided_by_role` or `decided_on` in its first cell."""
    said: dict[str, Cell] = {}
    for grid in sheets:
        for line in grid.lines:
            cells = [cell for cell in line.cells if not is_blank(cell)]
            if len(cells) == 2 and (column := column_of(as_text(cells[0]))) in ("decided_by_role", "decided_on"):
                said[column or ""] = cells[1]
    role = said.get("decided_by_role")
    return _Signature(as_text(role).strip() if role else None, _day(said.get("decided_on")))


def _decisions(grid: Grid, file: RawFile, signed: _Signature) -> Iterator[Decision]:
    found = _header(grid)
    if found is None:
        return
    header, columns = found
    for line in grid.lines:
        cells = {name: line.cells[place] for name, place in columns.items() if place < len(line.cells)}
        if line.number > header.number and not is_blank(cells.get("change_type")):
            decision = _decision(cells, line, grid, file, signed)
            # Workbooks offer the decision to explain with every deviation; without words nothing is decided.
            if decision.change_type != "explain_deviation" or decision.new_value is not None:
                yield decision


def _header(grid: Grid) -> tuple[Line, dict[str, int]] | None:
    """The first line that names a decision and what it is about, with the place of each column."""
    for line in grid.lines:
        if line.number > ROWS_TO_SEARCH:
            return None
        columns: dict[str, int] = {}
        for place, cell in enumerate(line.cells):
            name = column_of(as_text(cell))
            if name is not None:
                columns.setdefault(name, place)
        if columns.keys() >= _NEEDED and any(columns.keys() >= about for about in _ABOUT):
            return line, columns
    return None


def _decision(cells: dict[str, Cell], line: Line, grid: Grid, file: RawFile, signed: _Signature) -> Decision:
    def text(name: str) -> str | None:
        cell = cells.get(name)
        return None if is_blank(cell) else as_text(cell).strip()

    return Decision(
        source_file=file.source_file,
        source_sheet=grid.sheet,
        source_row=line.number,
        source=text("source") or _folder(file.source_file),
        record=text("record"),
        question=text("question"),
        old_value=text("old_value"),
        new_value=None if is_blank(cells.get("new_value")) else cells.get("new_value"),
        issue=text("issue"),
        change_type=change_type_of(text("change_type") or ""),
        reason=text("reason"),
        rule_id=text("rule_id"),
        decided_by_role=text("decided_by_role") or signed.role or file.received_from,
        decided_on=_day(cells.get("decided_on")) or signed.day or file.received_on,
    )


def _folder(source_file: str) -> str | None:
    """The folder in which a log lies, below `corrections`."""
    parts = source_file.split("/")
    return parts[1] if len(parts) > 2 else None


def _day(cell: Cell) -> date | None:
    return None if is_blank(cell) else read_date(cell)[0]
