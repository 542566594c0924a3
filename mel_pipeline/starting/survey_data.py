"""An export of a survey, looked through once: which columns it has, what tells its rows apart, and their days.

Values are looked at to choose a key and a calendar and are not kept; reading an export for good belongs to `intake`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from mel_pipeline.intake.cells import Cell, is_blank
from mel_pipeline.intake.date_cells import read_date
from mel_pipeline.intake.formats.kobo import BYTE_ORDER_MARK
from mel_pipeline.intake.grids import Grid, read_grids
from mel_pipeline.intake.number_cells import read_number
from mel_pipeline.intake.words import fold_header

SUBMISSION_KEYS = ("_uuid", "uuid", "meta/instanceID", "instanceID", "KEY", "_id", "_index", "index")
"""Columns that tell submissions apart, the surest first."""
ROW_KEYS = ("_index", "index", "KEY", "_id", "row_id")
"""Columns that tell the rows of one repeat apart."""
PARENT_LINKS = (
    ("_submission__uuid", "_uuid"), ("uuid", "uuid"), ("_uuid", "_uuid"), ("PARENT_KEY", "KEY"),
    ("_submission__id", "_id"), ("_parent_index", "_index"), ("_parent_index", "index"),
)  # fmt: skip
"""Columns of a repeat and of the table around it that hold the same, the surest first."""
DAYS = ("_submission_time", "SubmissionDate")
ALMOST_ALL = 0.9
_R_PREFIX = re.compile(r"^X(?=_)")


@dataclass(frozen=True)
class DataSheet:
    """One table of an export: a CSV file, or a sheet of a workbook."""

    path: Path
    grid: Grid

    @cached_property
    def titles(self) -> list[str]:
        """Headers as the reader of exports sees them."""
        cells = self.grid.lines[0].cells if self.grid.lines else []
        titles = ["" if cell is None else str(cell).strip() for cell in cells]
        return [BYTE_ORDER_MARK.sub("", title) for title in titles]

    @cached_property
    def n_rows(self) -> int:
        """Rows below the header that say something."""
        return sum(any(not is_blank(cell) for cell in line.cells) for line in self.grid.lines[1:])

    @cached_property
    def parts(self) -> set[str]:
        """All names that headers are made of: of groups, questions and choices."""
        return {fold_header(part) for title in self.titles for part in (title, *re.split(r"[/.]", title))}

    def title(self, *names: str) -> str | None:
        """The header of the first of some columns that there is, as the file writes it (R writes `X_uuid`)."""
        for name in names:
            for title in self.titles:
                if name in (title, _R_PREFIX.sub("", title)):
                    return title
        return None

    def column(self, title: str) -> list[Cell]:
        """Cells of a column, blank ones left out."""
        place = self.titles.index(title)
        cells = (line.cells[place] if place < len(line.cells) else None for line in self.grid.lines[1:])
        return [cell for cell in cells if not is_blank(cell)]

    def tells_apart(self, title: str, share: float = 1.0) -> bool:
        """Whether a column is filled in every row and differs in nearly all."""
        cells = [str(cell) for cell in self.column(title)]
        return bool(cells) and len(cells) == self.n_rows and len(set(cells)) >= share * len(cells)

    def is_numeric(self, title: str) -> bool:
        """Whether a column holds numbers and nothing else."""
        cells = self.column(title)
        return bool(cells) and all(_is_number(cell) for cell in set(cells))


def data_sheets(paths: Iterable[Path]) -> list[DataSheet]:
    """Every sheet with a header in some files."""
    return [
        DataSheet(path, grid) for path in paths for grid in read_grids(path).sheets if grid.lines and not grid.is_hidden
    ]


def key_of(sheet: DataSheet) -> str | None:
    """The column that tells submissions apart: a usual one, else the first in which no value occurs twice."""
    for name in SUBMISSION_KEYS:
        title = sheet.title(name)
        if title is not None and sheet.tells_apart(title, ALMOST_ALL):
            return title
    return next((title for title in sheet.titles if title and sheet.tells_apart(title)), None)


def row_key_of(sheet: DataSheet, link: str) -> str | None:
    """The column that tells rows of a repeat apart within their submission."""
    usual = [title for name in ROW_KEYS if (title := sheet.title(name)) and title != link]
    return next((title for title in [*usual, *sheet.titles] if title and sheet.tells_apart(title)), None)


def link_of(sheet: DataSheet, parent: DataSheet) -> tuple[str, str] | None:
    """The columns of a repeat and of the table around it by which rows find their submission."""
    for own_name, parent_name in PARENT_LINKS:
        own, other = sheet.title(own_name), parent.title(parent_name)
        if own is None or other is None or not parent.tells_apart(other):
            continue
        known = {str(cell) for cell in parent.column(other)}
        if any(str(cell) in known for cell in sheet.column(own)):
            return own, other
    return None


def days_of(cells: Sequence[Cell]) -> list[date]:
    """The days of a column of dates or moments, sorted; what is no date is left out."""
    days = (read_date(cell)[0] for cell in set(cells))
    return sorted(day for day in days if day is not None)


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return False
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and read_number(cell)[0] is not None)
