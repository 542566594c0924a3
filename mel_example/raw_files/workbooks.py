"""Workbooks laid out as people send them: sign-in sheets and hub reports.

Only layout belongs here; what stands in the cells is decided elsewhere. Nothing reads a clock: every
workbook says that it was made on the same day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mel_example.raw_files.sheets import Cell, HubReportBook, RawSheet, SigninBook

_CREATED = datetime(2024, 1, 1)


@contextmanager
def new_workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to fill, written at the end; equal contents give equal bytes."""
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"created": _CREATED})
    yield workbook
    workbook.close()


def write_signin_book(book: SigninBook, path: Path) -> None:
    """Writes a workbook of sign-in sheets: merged title rows, then the table."""
    with new_workbook(path) as workbook:
        bold = workbook.add_format({"bold": True})
        for sheet in book.sheets:
            worksheet = workbook.add_worksheet(sheet.name)
            last_column = len(sheet.headers) - 1
            for number, line in enumerate(sheet.title_lines):
                worksheet.merge_range(number, 0, number, last_column, line, bold)
            _write_table(worksheet, sheet, bold, bold)


def write_hub_report(book: HubReportBook, path: Path) -> None:
    """Writes a hub's report; dates are real dates, and Arabic sheets run from right to left."""
    with new_workbook(path) as workbook:
        bold = workbook.add_format({"bold": True})
        iso_day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in book.sheets:
            write = _write_form if sheet.is_form else _write_table
            write(workbook.add_worksheet(sheet.name), sheet, bold, iso_day)
        hidden = workbook.add_worksheet("_meta")
        hidden.write_row(0, 0, ["template_version", book.template_version])
        hidden.hide()


def _write_form(worksheet: Worksheet, sheet: RawSheet, bold: Format, iso_day: Format) -> None:
    if sheet.language == "ar":
        worksheet.right_to_left()
    for number, label in enumerate(sheet.headers):
        worksheet.write_string(number, 0, label, bold)
        _write_cell(worksheet, number, 1, sheet.rows[0].cells.get(label), iso_day)


def _write_table(worksheet: Worksheet, sheet: RawSheet, bold: Format, iso_day: Format) -> None:
    if sheet.language == "ar":
        worksheet.right_to_left()
    first = sheet.header_row - 1
    worksheet.write_row(first, 0, sheet.headers, bold)
    for number, row in enumerate(sheet.rows, start=first + 1):
        for column, name in enumerate(sheet.headers):
            _write_cell(worksheet, number, column, row.cells.get(name), iso_day)


def _write_cell(worksheet: Worksheet, row: int, column: int, value: Cell, iso_day: Format) -> None:
    if isinstance(value, date):
        worksheet.write_datetime(row, column, value, iso_day)
    elif isinstance(value, int):
        worksheet.write_number(row, column, value)
    elif value is not None:
        worksheet.write_string(row, column, value)
