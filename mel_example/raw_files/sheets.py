"""A raw file in memory: sheets of rows that still know which record of the world they tell about.

No format is written here; `write.py` does that. Rows keep their verdict (what a correct pipeline does
with them), so that `truth/` can count it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Cell = str | int | date | None
Verdict = Literal["accepted", "quarantined", "dropped"]


@dataclass
class RawRow:
    """One row: its cells by header, and the record of the world that it tells about (None for a total)."""

    cells: dict[str, Cell]
    subject: object = None
    verdict: Verdict = "accepted"


@dataclass
class RawSheet:
    """One table. `header_row` is its header's row as a spreadsheet shows it; `name` is empty in a CSV.

    `source` is told where the sheets of a file are read as different sources; a form has a label in each line, and
    one record beside them.
    """

    headers: list[str]
    rows: list[RawRow]
    name: str = ""
    header_row: int = 1
    language: str = "en"
    title_lines: list[str] = field(default_factory=list)
    source: str = ""
    is_form: bool = False

    def source_row(self, row: RawRow) -> int:
        """The row number that a spreadsheet shows for a row of this table."""
        place = next(number for number, candidate in enumerate(self.rows) if candidate is row)
        return self.header_row + 1 + place


@dataclass
class CsvFile:
    """A CSV file of one table."""

    source: str
    path: str
    received_on: date
    received_from: str
    sheets: list[RawSheet]
    delimiter: str = ","
    has_byte_order_mark: bool = False


@dataclass
class SigninBook:
    """A workbook of sign-in sheets, one a day."""

    source: str
    path: str
    received_on: date
    received_from: str
    sheets: list[RawSheet]


@dataclass
class HubReportBook:
    """A hub's quarterly report: ten sheets, each a source of its own, and a hidden one about the template."""

    source: str
    path: str
    received_on: date
    received_from: str
    sheets: list[RawSheet]
    template_version: str


RawFile = CsvFile | SigninBook | HubReportBook


def source_of(file: RawFile, sheet: RawSheet) -> str:
    """The source as which a sheet of a file is read."""
    return sheet.source or file.source


def csv_cell(value: str | int | bool | date | tuple[str, ...] | None) -> str:
    """A value as the registers spell it: ISO dates, yes/no, lists joined by semicolons, empty for unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
