"""Lays templates out as workbooks: yellow cells to fill, lists to choose from, dates as dates, nothing as a formula.

What the columns are is worked out in `template_columns.py`. Equal declarations give equal bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from mel_pipeline.starting.template_columns import Column
from mel_pipeline.starting.template_words import is_right_to_left, said

ROWS = 200
LONGEST_LIST = 255
LISTS, META = "_lists", "_meta"
_FORMATS = {"text": "@", "date": "yyyy-mm-dd", "whole": "0", "number": "General"}
_OPTIONS = {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
_ALIKE = {"created": datetime(2000, 1, 1)}
"""A template says nothing about when it was written, so that it is the same whenever that is."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a template: a cover of lines, or a table with notes above its header."""

    name: str
    columns: Sequence[Column]
    is_cover: bool = False
    notes: Sequence[str] = ()


@dataclass
class _Book:
    workbook: xlsxwriter.Workbook
    language: str
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)
    formats: dict[str, Format] = field(default_factory=dict)

    def format(self, name: str, **properties: object) -> Format:
        if name not in self.formats:
            side = {"reading_order": 2} if is_right_to_left(self.language) else {}
            self.formats[name] = self.workbook.add_format({**side, **properties})
        return self.formats[name]

    @property
    def header(self) -> Format:
        return self.format(
            "header", bold=True, bg_color="#1F3A5F", font_color="#FFFFFF", border=1, text_wrap=True, valign="top"
        )

    def filled(self, cell: str) -> Format:
        return self.format(cell, bg_color="#FFF6DC", border=1, border_color="#C9CED6", num_format=_FORMATS[cell])


def write_template(
    path: Path, sheets: Sequence[Sheet], language: str, meta: dict[str, str], meta_sheet: str = META
) -> None:
    """Write a workbook to send out; the folder exists.

    Args:
        path: where to.
        sheets: in their order.
        language: of headings and lists, which says in which direction sheets run.
        meta: what a hidden sheet says about the template.
        meta_sheet: the name of that sheet.
    """
    with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties(_ALIKE)
        book = _Book(workbook, language)
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            if is_right_to_left(language):
                page.right_to_left()
            (_cover if sheet.is_cover else _table)(book, page, sheet)
        _hidden(workbook, meta_sheet, [[key, value] for key, value in meta.items()])
        _lists(book)


def _cover(book: _Book, page: Worksheet, sheet: Sheet) -> None:
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 40)
    for row, column in enumerate(sheet.columns):
        page.write_string(row, 0, column.heading, book.header)
        if column.value is None:
            page.write_blank(row, 1, None, book.filled(column.cell))
            _offer(book, page, (row, 1, row, 1), column)
        else:
            page.write_string(row, 1, column.value, book.format("given", border=1))
    for row, note in enumerate(sheet.notes, start=len(sheet.columns) + 1):
        page.write_string(row, 0, note, book.format("note"))


def _table(book: _Book, page: Worksheet, sheet: Sheet) -> None:
    top = len(sheet.notes)
    for row, note in enumerate(sheet.notes):
        page.write_string(row, 0, note, book.format("note"))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, max(16, min(len(column.heading) + 4, 36)), book.filled(column.cell))
        page.write_string(top, place, column.heading, book.header)
        _offer(book, page, (top + 1, place, top + ROWS, place), column)
    page.freeze_panes(top + 1, 0)


def _offer(book: _Book, page: Worksheet, cells: tuple[int, int, int, int], column: Column) -> None:
    """What may stand in some cells, and what is said to whoever writes something else."""
    rule: dict[str, object] = {}
    if column.choices:
        rule = {"validate": "list", "source": _source(book, column.choices)}
        rule["show_error"] = not column.is_open
        rule["error_message"] = said("not_in_list", book.language)
    elif column.cell == "date":
        first, last = datetime(2000, 1, 1), datetime(2100, 12, 31)
        rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        rule["error_message"] = said("not_a_date", book.language)
    elif column.cell == "whole":
        low, high = (limit if limit is not None else usual for limit, usual in zip(column.limits, _WHOLE, strict=True))
        rule = {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
        rule["error_message"] = said("not_a_number", book.language)
    if rule:
        rule["error_type"] = "warning" if column.is_open else "stop"
        page.data_validation(*cells, rule)


_WHOLE = (0, 1_000_000_000)


def _source(book: _Book, choices: tuple[str, ...]) -> list[str] | str:
    """A short list as it is; a long one, or one with commas, on a hidden sheet."""
    if sum(map(len, choices)) + len(choices) <= LONGEST_LIST and not any("," in each for each in choices):
        return list(choices)
    place = list(book.lists).index(choices) if choices in book.lists else len(book.lists)
    first, last = xl_rowcol_to_cell(0, place, True, True), xl_rowcol_to_cell(len(choices) - 1, place, True, True)
    return book.lists.setdefault(choices, f"='{LISTS}'!{first}:{last}")


def _lists(book: _Book) -> None:
    if book.lists:
        longest = max(map(len, book.lists))
        rows = [[each[row] if row < len(each) else "" for each in book.lists] for row in range(longest)]
        _hidden(book.workbook, LISTS, rows)


def _hidden(workbook: xlsxwriter.Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    page = workbook.add_worksheet(name)
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            if text:
                page.write_string(number, place, text)
    page.hide()
