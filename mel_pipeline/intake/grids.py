"""A file as grids of cells, one per sheet, with the row numbers a spreadsheet shows.

What the cells mean (headers, records, titles) belongs to `formats/`; their types to `typing.py`.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from mel_pipeline.intake import content, workbook_guard
from mel_pipeline.intake.cells import Cell, is_blank
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.report_yaml import ENDINGS, report_tables
from mel_pipeline.intake.sheet_scans import MAX_CELLS, Extent, cell_name
from mel_pipeline.intake.tables.columns import Labels, NamedColumns, headed_anew
from mel_pipeline.intake.tables.json_lines import is_json, read_json_lines
from mel_pipeline.intake.tables.old_workbook import as_new_workbook
from mel_pipeline.intake.tables.parquet import read_parquet
from mel_pipeline.intake.tables.statistical import read_statistical
from mel_pipeline.intake.text_lines import Line, Lines, read_lines

__all__ = ["Cell", "Grid", "Grids", "Line", "Lines", "is_blank", "read_grids"]

SEPARATORS = (",", ";", "\t", "|")
ROWS_TO_CHOOSE_BY = 25


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet; `sheet` is empty for files that have none.

    Attributes:
        extent: what is known of a workbook's sheet besides its cells.
        labels: what coded values stand for, by the place of their column.
    """

    sheet: str
    lines: Sequence[Line]
    is_hidden: bool = False
    extent: Extent = field(default_factory=Extent)
    labels: Labels = field(default_factory=dict)


@dataclass(frozen=True)
class Grids:
    """All sheets of a file, and how its bytes differed from plain UTF-8.

    `may_lack_sheets` is said of reports in which a table without rows is left out.
    """

    sheets: list[Grid]
    is_text: bool = False
    is_workbook: bool = False
    had_mark: bool = False
    was_utf16: bool = False
    ends_in_newline: bool = True
    may_lack_sheets: bool = False
    encoding: str | None = None


def read_grids(path: Path, encoding: str | None = None) -> Grids:
    """Read the cells of a file; of which kind it is, its content tells.

    Args:
        path: the file.
        encoding: of a text file that is not UTF-8; without one, its words have to tell it.
    """
    if path.suffix.casefold() in ENDINGS:
        return Grids([Grid(name, lines) for name, lines in report_tables(path)], may_lack_sheets=True)
    kind = content.kind_of(path)
    if kind == "workbook":
        return Grids(_workbook(path), is_workbook=True)
    if kind == "old_workbook":
        with as_new_workbook(path) as new:
            if new is None:
                raise Refused("unreadable_workbook")
            return Grids(_workbook(new))
    if kind == "parquet":
        return _named(read_parquet(path))
    if kind != "text":
        return _named(read_statistical(path, kind))
    with content.open_text(path, encoding) as text:
        if is_json(text.start):
            return _named(read_json_lines(text.stream))
        separator = _separator(text.start)
        return Grids(
            [Grid("", read_lines(text.stream, separator, _is_padded(text.start, separator)))],
            is_text=True,
            had_mark=text.had_mark,
            was_utf16=text.was_utf16,
            ends_in_newline=text.ends_in_newline,
            encoding=text.encoding,
        )


def _named(found: NamedColumns) -> Grids:
    """Named columns as one table; where they have titles too, the same table again below those."""
    first = found.lines(found.names)
    grids = [Grid("", first, labels=found.labels)]
    if any(found.titles):
        titles = [title or name for title, name in zip(found.titles, found.names, strict=True)]
        grids.append(Grid("", headed_anew(first, titles), labels=found.labels))
    return Grids(grids)


def _separator(start: str) -> str:
    """The separator that cuts the first records into the most columns of the steadiest number.

    Tabs go first where most lines have them: they hardly stand inside a cell, as commas do in names and dates.
    """
    lines = [line for line in start.splitlines()[:ROWS_TO_CHOOSE_BY] if line.strip()]
    if 2 * sum("\t" in line for line in lines) > len(lines):
        return "\t"
    return max(SEPARATORS, key=lambda separator: _steadiness(start, separator))


def _is_padded(start: str, separator: str) -> bool:
    """Whether most of the first lines have spaces between a separator and a quote."""
    lines = [line for line in start.splitlines()[:ROWS_TO_CHOOSE_BY] if line.strip()]
    return 2 * sum(re.search(rf'{re.escape(separator)} +"', line) is not None for line in lines) > len(lines)


def _steadiness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first records have the commonest width above one, and that width."""
    widths: dict[int, int] = {}
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if number >= ROWS_TO_CHOOSE_BY:
                break
            widths[len(record)] = widths.get(len(record), 0) + 1
    except csv.Error:
        return (0, 0)
    wide = {width: count for width, count in widths.items() if width > 1}
    commonest = max(wide, key=lambda width: (wide[width], width), default=0)
    return (wide.get(commonest, 0), commonest)


def _workbook(path: Path) -> list[Grid]:
    extents = workbook_guard.inspect(path)
    if any(extent.is_suspicious for extent in extents.values()):
        return _suspicious_workbook(path, extents)
    try:
        return _ordinary_workbook(path, extents)
    except Refused:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # calamine's panics are not Exceptions
        raise Refused("unreadable_workbook") from None


def _ordinary_workbook(path: Path, extents: dict[str, Extent]) -> list[Grid]:
    with python_calamine.CalamineWorkbook.from_path(path) as workbook:
        hidden = {
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible
        }
        return [
            Grid(
                name,
                _lines(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), extents[name]),
                is_hidden=name in hidden,
                extent=extents[name],
            )
            for name in workbook.sheet_names
            if name in extents
        ]


def _suspicious_workbook(path: Path, extents: dict[str, Extent]) -> list[Grid]:
    """Read row by row, so that empty far-away cells cost nothing; refuse one that holds a value."""
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            return [_streamed(sheet, extents[sheet.title]) for sheet in workbook.worksheets]
        finally:
            workbook.close()
    except Refused:
        raise
    except Exception:  # whatever the library stumbles over, the file is not readable
        raise Refused("unreadable_workbook") from None


def _streamed(sheet: Any, extent: Extent) -> Grid:
    sheet.reset_dimensions()
    lines = _lines(sheet.iter_rows(values_only=True), extent)
    _refuse_far_cell(sheet.title, lines)
    return Grid(sheet.title, lines, is_hidden=sheet.sheet_state != "visible", extent=extent)


def _refuse_far_cell(sheet: str, lines: list[Line]) -> None:
    last = max((line.number for line in lines), default=0)
    widest = max(lines, key=lambda line: len(line.cells), default=None)
    if widest is None or last * len(widest.cells) <= MAX_CELLS:
        return
    farthest = max(lines, key=lambda line: line.number * len(line.cells))
    found = cell_name(farthest.number, len(farthest.cells))
    raise Refused("far_cell", sheet=sheet, found=found, expected=MAX_CELLS)


def _lines(rows: Iterable[Iterable[Any]], extent: Extent) -> list[Line]:
    """Rows that hold something; the parsers read error cells as empty, so their text is put back."""
    errors: dict[int, dict[int, str]] = {}
    for (row, column), text in extent.errors.items():
        errors.setdefault(row, {})[column] = text
    lines = []
    for number, found in enumerate(rows, start=1):
        cells: list[Cell] = [_tidy(cell) for cell in found]
        for place, text in errors.get(number, {}).items():
            cells[place - 1] = text
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            lines.append(Line(number, cells))
    return lines


def _tidy(cell: Any) -> Cell:
    """Numbers of a workbook are stored as floating point; whole ones are integers to a reader."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if cell is None or isinstance(cell, (int, float, date, datetime, time, timedelta)):
        return cell
    return str(cell)
