"""What people do to a template before they send it back: rename sheets, merge and hide cells, add columns.

Finding the header and the records belongs to `workbook.py`. Whatever is read otherwise than it literally stands there
is told: as a repair of the cell, or as a remark on the file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.cells import Cell, is_blank
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.formats.reading import Undeclared
from mel_pipeline.intake.grids import Grid, Grids, Line
from mel_pipeline.intake.number_cells import has_two_readings, read_by_mark
from mel_pipeline.intake.problems import Problem, Refused
from mel_pipeline.intake.sheet_scans import cell_name, column_letters
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.typing import WORKBOOK_ERRORS
from mel_pipeline.intake.value_texts import as_text
from mel_pipeline.intake.words import fold, fold_header

RENAMED_SHEET = "RENAMED_SHEET"
MERGED_CELLS = "MERGED_CELLS"
LOCAL_MARKS = "LOCAL_MARKS"
"""Rule identifiers of these repairs for sources that declare none in `rule_ids`."""

MOST_NAMED = 10
"""Cells or columns that a message names; more would hide what to do."""

_COPY = re.compile(r"\s*(?:\(\d+\)|[-_ ]+(?:copy|copie|نسخة)(?: *\(?\d+\)?)?|[-_ ]*v?\d+)$")


@dataclass(frozen=True)
class TableSheet:
    """A sheet with its records and the positions of the declared fields in it."""

    grid: Grid
    records: Sequence[Line]
    positions: dict[str, int]


def sheet_named(grids: Grids, names: list[str]) -> Grid | None:
    """The sheet that bears one of the declared names."""
    wanted = {fold_header(name) for name in names}
    return next((grid for grid in grids.sheets if fold_header(grid.sheet) in wanted), None)


def template_sheet(grids: Grids, names: list[str]) -> tuple[Grid, list[Repair]]:
    """The sheet that bears one of the declared names, or the only one that does but for a copy's ending."""
    named = sheet_named(grids, names)
    if named is not None:
        return named, []
    wanted = {fold_header(name) for name in names}
    near = [grid for grid in grids.sheets if _COPY.sub("", fold(grid.sheet)).strip(" *:") in wanted]
    if len(near) != 1:
        raise Refused("missing_sheet", found=[grid.sheet or "CSV" for grid in grids.sheets], expected=names)
    told = next(name for name in names if fold_header(name) == _COPY.sub("", fold(near[0].sheet)).strip(" *:"))
    return near[0], [Repair(RENAMED_SHEET, near[0].sheet, 1, None, None, near[0].sheet, told)]


def refuse_errors(sheet: TableSheet) -> None:
    """Refuse a sheet with formulas that were never calculated or that lost what they refer to."""
    read = sorted(sheet.positions.values())
    found = [
        cell_name(line.number, place + 1)
        for line in sheet.records
        for place in read
        if place < len(line.cells) and _is_error(line.cells[place])
    ]
    if found:
        raise Refused("error_cells", sheet=sheet.grid.sheet, found=_some(found))


def _is_error(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip() in WORKBOOK_ERRORS


def fill_merged_cells(sheet: TableSheet, columns: dict[str, Coded], source: Source) -> list[Repair]:
    """Let the value of merged cells hold for each of their rows, in the fields that the source fills down."""
    numbers = {line.number: place for place, line in enumerate(sheet.records)}
    repairs: list[Repair] = []
    for field in source.fields:
        column = sheet.positions.get(field.name, -1) + 1
        spans = [span for span in sheet.grid.extent.merged if span[2] <= column <= span[3] and span[0] < span[1]]
        if field.fill_down and spans:
            repairs += _fill(sheet, columns, field, spans, numbers)
    return repairs


def _fill(
    sheet: TableSheet,
    columns: dict[str, Coded],
    field: SourceField,
    spans: list[tuple[int, int, int, int]],
    numbers: dict[int, int],
) -> list[Repair]:
    cells = list(columns[field.name])
    repairs = []
    for first, last, *_ in spans:
        value = cells[numbers[first]] if first in numbers else None
        for row in range(first + 1, last + 1):
            if row in numbers and is_blank(cells[numbers[row]]) and not is_blank(value):
                cells[numbers[row]] = value
                repairs.append(Repair(MERGED_CELLS, sheet.grid.sheet, row, None, field.name, None, as_text(value)))
    columns[field.name] = Coded.of(cells)
    return repairs


def read_local_numbers(
    sheet: TableSheet, columns: dict[str, Coded], given: dict[str, Cell], source: Source
) -> list[Repair]:
    """Read numbers such as "12.000" by the marks of the report's language; without them they stay as they are."""
    mark = _decimal_mark(given, source)
    repairs: list[Repair] = []
    for field in source.fields:
        if not (mark and field.local_marks and field.name in columns):
            continue
        cells = list(columns[field.name])
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and has_two_readings(cell):
                number = read_by_mark(cell, mark)
                cells[place] = float(number)
                row = sheet.records[place].number
                repairs.append(
                    Repair(LOCAL_MARKS, sheet.grid.sheet, row, None, field.name, cell, as_text(cells[place]))
                )
        columns[field.name] = Coded.of(cells)
    return repairs


def _decimal_mark(given: dict[str, Cell], source: Source) -> str | None:
    if source.marks is None:
        return None
    told = fold(as_text(given.get(source.marks.by) or ""))
    if told in map(fold, source.marks.comma):
        return ","
    return "." if told in map(fold, source.marks.point) else None


def extra_columns(sheet: TableSheet, others: Sequence[Undeclared]) -> list[Problem]:
    """Columns of a hub's own, which are not read."""
    filled = [column_letters(each.place + 1) for each in others if any(not is_blank(cell) for cell in each.cells)]
    return [Problem("extra_columns", {"sheet": sheet.grid.sheet, "found": _some(filled)})] if filled else []


def hidden_cells(sheet: TableSheet) -> list[Problem]:
    """Rows and columns that whoever filled the sheet in may not have seen; they are read like the others."""
    extent = sheet.grid.extent
    rows = [str(line.number) for line in sheet.records if line.number in extent.hidden_rows]
    places = sorted(sheet.positions.values())
    hidden = [column_letters(place + 1) for place in places if place + 1 in extent.hidden_columns]
    if not (rows or hidden):
        return []
    return [Problem("hidden_cells", {"sheet": sheet.grid.sheet, "rows": _some(rows), "columns": _some(hidden)})]


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "…"]
