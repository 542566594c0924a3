"""What every reader returns and needs: columns by declared field, and rows that are no records.

Nothing here knows a format.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.grids import Cell, Grid, Grids, Line, is_blank
from mel_pipeline.intake.problems import Problem
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
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """Records of one sheet, column by column.

    Attributes:
        row_numbers: number of each record as a spreadsheet shows it.
        columns: cells by declared field name, or by `<field>_<choice>` for an option of a multiple choice.
        given: cells that are the same for every record of this sheet, by field.
        undeclared: columns that the reader passed over.
    """

    sheet: str
    row_numbers: list[int]
    columns: dict[str, list[Cell]]
    given: dict[str, Cell] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    undeclared: list[Undeclared] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """Everything a file says, before its cells are typed.

    Attributes:
        repairs: of the file or its header; those of cells come from typing.
        remarks: what an officer should know; the file is read all the same.
    """

    format: str
    tables: list[Table]
    repairs: list[Repair] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


def column_cells(lines: Iterable[Line], positions: dict[str, int]) -> dict[str, list[Cell]]:
    """Cut lines into columns; a line that ends early has nothing in the columns beyond."""
    columns: dict[str, list[Cell]] = {name: [] for name in positions}
    for line in lines:
        width = len(line.cells)
        for name, position in positions.items():
            columns[name].append(line.cells[position] if position < width else None)
    return columns


def undeclared_columns(lines: Iterable[Line], header: Line, read: Collection[int], source: Source) -> list[Undeclared]:
    """Columns that no field was read from, save those that the source says to drop."""
    dropped = {fold_header(name) for name in source.privacy.drop}
    width = max([len(header.cells), *(len(line.cells) for line in lines)])
    titles = {place: fold_header(str(cell)) for place, cell in enumerate(header.cells) if cell is not None}
    places = [place for place in range(width) if place not in read and titles.get(place) not in dropped]
    cells = column_cells(lines, {str(place): place for place in places})
    return [Undeclared(place, titles.get(place, ""), cells[str(place)]) for place in places]


def is_total(line: Line) -> bool:
    """Whether a line adds up the lines above instead of being a record."""
    said = [cell for cell in line.cells if not is_blank(cell)]
    return bool(said) and isinstance(said[0], str) and bool(_TOTAL.match(fold(said[0])))


def lines_below(grid: Grid, header: Line) -> list[Line]:
    """Lines below the header that say something."""
    return [
        line for line in grid.lines if line.number > header.number and not all(is_blank(cell) for cell in line.cells)
    ]


def encoding_repairs(grids: Grids, header: Line, first_field: str | None) -> list[Repair]:
    """The repair of a file that came as UTF-16 instead of UTF-8."""
    if not grids.was_utf16:
        return []
    return [Repair("AT01", "", header.number, None, first_field, "UTF-16", "UTF-8")]
