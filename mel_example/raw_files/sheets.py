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
    """One table. `header_row` is its header's row as a spreadsheet shows it; `name` is empty in a CSV."""

    headers: list[str]
    rows: list[RawRow]
    name: str = ""
    header_row: int = 1
    language: str = "en"
    title_lines: list[str] = field(default_factory=list)

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
    """A hub's quarterly report: cover, narrative, activities and a hidden sheet about the template."""

    source: str
    path: str
    received_on: date
    received_from: str
    sheets: list[RawSheet]
    cover: dict[str, Cell]
    narrative: dict[str, str]


RawFile = CsvFile | SigninBook | HubReportBook


def csv_cell(value: str | int | bool | date | tuple[str, ...] | None) -> str:
    """A value as the registers spell it: ISO dates, yes/no, lists joined by semicolons, empty for unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
