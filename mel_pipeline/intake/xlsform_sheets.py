"""The sheets of an XLSForm as records: cells by column and language, whatever case and spelling the columns have.

What the columns mean belongs to `xlsform.py`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mel_pipeline.intake.grids import Cell, Grid, Grids, Line
from mel_pipeline.intake.words import fold

_WORDS_OF_COLUMNS = {
    "list name": "list_name",
    "value": "name",
    "relevance": "relevant",
    "jr:constraintmsg": "constraint_message",
    "constraintmsg": "constraint_message",
    "constraint message": "constraint_message",
    "jr:constraint": "constraint",
    "required message": "required_message",
    "requiredmsg": "required_message",
    "calculate": "calculation",
}
_TRANSLATED = ("label", "hint", "constraint_message")


@dataclass
class Record:
    """One row of a sheet: its cells by column, and the translated ones by column and language."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    translated: dict[str, dict[str, str]] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def said(self, column: str) -> dict[str, str]:
        """What the row says in a translated column, by language; empty cells say nothing."""
        return {language: text for language, text in self.translated.get(column, {}).items() if text}


def sheets_by_name(grids: Grids) -> dict[str, Grid]:
    """The sheets of a form; one CSV file may hold all of them, each below a line with nothing but its name."""
    if not grids.is_text:
        return {fold(grid.sheet): grid for grid in grids.sheets}
    sheets: dict[str, list[Line]] = {}
    lines: list[Line] = []
    for line in grids.sheets[0].lines if grids.sheets else ():
        said = [_text(cell).strip() for cell in line.cells]
        if said[0] and not any(said[1:]):
            lines = sheets.setdefault(fold(said[0]), [])
        elif not said[0]:
            lines.append(Line(line.number, line.cells[1:]))
    return {name: Grid(name, lines) for name, lines in sheets.items()}


def records(grid: Grid | None) -> list[Record]:
    """The rows of a sheet below its column names."""
    if grid is None or not grid.lines:
        return []
    columns = [_column(_text(cell)) for cell in grid.lines[0].cells]
    return [_record(line, columns) for line in grid.lines[1:]]


def languages(found: Iterable[Record]) -> tuple[str, ...]:
    """Languages of the labels in the order of their columns, as the form names them; empty for a bare `label`."""
    return tuple(dict.fromkeys(language for record in found for language in record.translated.get("label", {})))


def _record(line: Line, columns: list[tuple[str, str]]) -> Record:
    record = Record(line.number)
    for (column, language), cell in zip(columns, line.cells, strict=False):
        text = _text(cell).strip()
        if column in _TRANSLATED:
            record.translated.setdefault(column, {}).setdefault(language, text)
        elif text or column not in record.cells:
            record.cells[column] = text
    return record


def _column(title: str) -> tuple[str, str]:
    """Column and language of `label::English (en)`, `bind:relevant` or `LIST NAME`."""
    parts = [part.strip() for part in re.split(r"::?", title.strip())]
    if parts[0].casefold() == "bind" and len(parts) > 1:
        parts = [":".join(parts[1:])]
    name = " ".join(parts[0].casefold().split())
    name = _WORDS_OF_COLUMNS.get(name, name)
    if len(parts) > 1 and name not in _TRANSLATED:
        return ":".join([name, *parts[1:]]), ""
    return name, ":".join(parts[1:])


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
