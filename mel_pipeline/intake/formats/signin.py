"""Reader for sign-in workbooks: one sheet per day, titles above the header, totals and blank lines below."""

import re
from dataclasses import dataclass

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.headers import header_line, known_headers, positions, require, table_fields
from mel_pipeline.intake.formats.reading import (
    Reading,
    Table,
    column_cells,
    encoding_repairs,
    is_total,
    lines_below,
    undeclared_columns,
)
from mel_pipeline.intake.formats.table import refuse_ragged
from mel_pipeline.intake.grids import Grid, Grids, Line, is_blank
from mel_pipeline.intake.problems import Problem, Refused
from mel_pipeline.intake.staged import Dropped, Repair
from mel_pipeline.intake.words import fold

TOTAL_ROW = "AT27"
BLANK_NUMBERED_ROW = "AT28"
NAMES_IN_A_HEADER = 2
OTHER_SHEET_NAME = "AT25"
_PLAIN_DAY = re.compile(r"(?:jour|day|session|séance|اليوم|جلسة) [0-9]+", re.IGNORECASE)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "premier": 1, "premiere": 1, "deuxieme": 2, "troisieme": 3,
    "quatrieme": 4, "الاول": 1, "الاولى": 1, "الثاني": 2, "الثانية": 2, "الثالث": 3, "الثالثة": 3, "الرابع": 4,
}  # fmt: skip
_DAY = re.compile(r"(?:jour|journee|day|session|seance|اليوم|يوم|جلسة|الجلسة)\W*(\d+)")


@dataclass(frozen=True)
class _Day:
    grid: Grid
    header: Line


def read_signin(grids: Grids, source: Source, file_name_session: str | None = None) -> Reading:
    """Read every visible sheet that holds a list of people.

    Args:
        grids: the workbook.
        source: its declaration.
        file_name_session: session number in the file name; it holds where the workbook has one day only.
    """
    fields = table_fields(source)
    known = known_headers(fields)
    days: list[_Day] = []
    remarks: list[Problem] = []
    for grid in grids.sheets:
        header = header_line(grid, known, NAMES_IN_A_HEADER)
        if header is not None and not grid.is_hidden:
            days.append(_Day(grid, header))
        elif grid.lines and not grid.is_hidden:
            remarks.append(_ignored(grid, source))
    if not days:
        raise Refused("header_not_found", found=[g.sheet or "CSV" for g in grids.sheets], expected=_examples(source))
    if grids.is_text:
        refuse_ragged(grids, lines_below(days[0].grid, days[0].header), days[0].header)
    tables = [
        _table(day, source, _session_no(day.grid, position, len(days), file_name_session))
        for position, day in enumerate(days, start=1)
    ]
    repairs = [*encoding_repairs(grids, days[0].header, None), *_names_of_sheets(days, tables, file_name_session)]
    return Reading("signin", tables, repairs, remarks)


def _names_of_sheets(days: list[_Day], tables: list[Table], file_name_session: str | None) -> list[Repair]:
    """Sheets that are named otherwise than `Jour 1`: which session they are was worked out, and is written down."""
    if file_name_session is not None and len(days) == 1:
        return []
    return [
        Repair(OTHER_SHEET_NAME, day.grid.sheet, day.header.number, None, "session_no", day.grid.sheet, str(session))
        for day, session in zip(days, (table.given["session_no"] for table in tables), strict=True)
        if day.grid.sheet and not _PLAIN_DAY.fullmatch(day.grid.sheet)
    ]


def _ignored(grid: Grid, source: Source) -> Problem:
    """A sheet without a list of people is left out with a remark, unless its name says that it is a day."""
    if _DAY.search(fold(grid.sheet)):
        raise Refused("header_not_found", found=[grid.sheet], expected=_examples(source))
    return Problem("sheet_ignored", {"sheet": grid.sheet, "expected": _examples(source)})


def _examples(source: Source) -> list[str]:
    return [field.headers[0] for field in table_fields(source)][:4]


def _session_no(grid: Grid, position: int, days: int, file_name_session: str | None) -> int | str:
    """Number of the session: after the word for day, else the only number or ordinal of the name, else the place."""
    if days == 1 and file_name_session is not None:
        return file_name_session
    name = fold(grid.sheet)
    day = _DAY.search(name)
    if day:
        return int(day[1])
    ordinals = [_ORDINALS[word] for word in name.split() if word in _ORDINALS]
    if len(ordinals) == 1:
        return ordinals[0]
    numbers = re.findall(r"\d+", name)
    return int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) <= 2 else position


def _table(day: _Day, source: Source, session_no: int | str) -> Table:
    fields = table_fields(source)
    found = positions(day.header, fields)
    require([field for field in fields if not field.from_reader], found, day.header)
    people: list[Line] = []
    dropped: list[Dropped] = []
    for line in lines_below(day.grid, day.header):
        rule = _no_record(line, set(found.values()))
        if rule is None:
            people.append(line)
        else:
            dropped.append(Dropped(day.grid.sheet, line.number, rule))
    return Table(
        day.grid.sheet,
        [line.number for line in people],
        column_cells(people, found),
        given={"session_no": session_no, "source_format": "signin", "mode": "in_person"},
        dropped=dropped,
        undeclared=undeclared_columns(people, day.header, set(found.values()), source),
    )


def _no_record(line: Line, declared: set[int]) -> str | None:
    """Rule under which a line is no record: a total, a note, or a number that nobody signed beside."""
    if is_total(line):
        return TOTAL_ROW
    if any(not is_blank(cell) for place, cell in enumerate(line.cells) if place in declared):
        return None
    said = [str(cell) for cell in line.cells if not is_blank(cell)]
    return BLANK_NUMBERED_ROW if all(fold(text).strip(".").isdigit() for text in said) else TOTAL_ROW
