"""What every reader returns and needs: columns by declared field, and rows that are no records.

Nothing here knows a format.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.cells import Cell, is_blank
from mel_pipeline.intake.coded import Coded, Flags, Rows
from mel_pipeline.intake.grids import Grid, Grids, Line, Lines
from mel_pipeline.intake.problems import Problem, Refused
from mel_pipeline.intake.staged import Dropped, Repair
from mel_pipeline.intake.words import fold, fold_header

_TOTAL = re.compile(
    r"(?:grand |sous-?|sub)?"
    r"(?:total|totals|totaux|total general|somme|المجموع|مجموع|الاجمالي|المجموع الكلي|المجموع العام)"
    r"(?: (?:general|participants|des participants|المشاركين))?[ :=]*\d*$"
)


@dataclass(frozen=True)
class Undeclared:
    """A column that the source does not declare: nothing of it is kept, but somebody has to know what it holds."""

    place: int
    header: str
    cells: Coded


@dataclass(frozen=True)
class Table:
    """Records of one sheet, column by column.

    Attributes:
        row_numbers: number of each record as a spreadsheet shows it.
        columns: lists or columns of cells, by declared field name or by `<field>_<choice>` for a multiple choice.
        given: cells that are the same for every record of this sheet, by field.
        undeclared: columns that the reader passed over.
        places: where the columns stand in the file, by their names here.
    """

    sheet: str
    row_numbers: Sequence[int] | Rows
    columns: dict[str, Any]
    given: dict[str, Cell] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    undeclared: list[Undeclared] = field(default_factory=list)
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """Everything a file says, before its cells are typed.

    Attributes:
        repairs: of the file or its header; those of cells come from typing.
        remarks: what an officer should know; the file is read all the same.
        lost_rows: why the file cannot be whole; it is refused then, save where rows were erased on purpose.
    """

    format: str
    tables: list[Table]
    repairs: list[Repair] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    lost_rows: Refused | None = None


def column_cells(lines: Sequence[Line], positions: Mapping[str, int]) -> dict[str, Coded]:
    """Cut lines into columns; a line that ends early has nothing in the columns beyond."""
    return {name: _column(lines, position) for name, position in positions.items()}


def _column(lines: Sequence[Line], position: int) -> Coded:
    if isinstance(lines, Lines):
        return lines.column(position)
    return Coded.of([line.cells[position] if position < len(line.cells) else None for line in lines])


def line_numbers(lines: Sequence[Line]) -> Sequence[int] | Rows:
    """Numbers of some lines."""
    return lines.numbers if isinstance(lines, Lines) else [line.number for line in lines]


def undeclared_columns(lines: Sequence[Line], header: Line, read: Collection[int], source: Source) -> list[Undeclared]:
    """Columns that no field was read from, save those that the source says to drop."""
    dropped = {fold_header(name) for name in source.privacy.drop}
    width = max(len(header.cells), widest(lines))
    titles = {place: fold_header(str(cell)) for place, cell in enumerate(header.cells) if cell is not None}
    places = [place for place in range(width) if place not in read and titles.get(place) not in dropped]
    return [Undeclared(place, titles.get(place, ""), _column(lines, place)) for place in places]


def widest(lines: Sequence[Line]) -> int:
    """How many cells the longest line has."""
    if isinstance(lines, Lines):
        return int(lines.widths.max(initial=0))
    return max((len(line.cells) for line in lines), default=0)


def is_total(line: Line) -> bool:
    """Whether a line adds up the lines above instead of being a record."""
    said = [cell for cell in line.cells if not is_blank(cell)]
    return bool(said) and isinstance(said[0], str) and bool(_TOTAL.match(fold(said[0])))


def lines_below(grid: Grid, header: Line) -> Sequence[Line]:
    """Lines below the header that say something."""
    if isinstance(grid.lines, Lines):
        return grid.lines.select(_rows(grid.lines.said & (grid.lines.numbers > header.number)))
    return [
        line for line in grid.lines if line.number > header.number and not all(is_blank(cell) for cell in line.cells)
    ]


def _rows(flags: Flags) -> Flags | slice:
    """Flagged rows; as a slice, which copies nothing, where they follow each other."""
    rows = np.flatnonzero(flags)
    if not len(rows) or rows[-1] - rows[0] + 1 > len(rows):
        return flags
    return slice(int(rows[0]), int(rows[-1]) + 1)


def encoding_repairs(grids: Grids, header: Line, first_field: str | None) -> list[Repair]:
    """The repair of a file that came as UTF-16 instead of UTF-8."""
    if not grids.was_utf16:
        return []
    return [Repair("AT01", "", header.number, None, first_field, "UTF-16", "UTF-8")]
