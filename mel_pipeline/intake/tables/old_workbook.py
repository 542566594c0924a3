"""Reader for workbooks of old Excel versions (.xls): another process writes them anew as .xlsx.

The parser takes the word of the file for the extent of a sheet, and may ask for any amount of memory.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import python_calamine
import xlsxwriter

from mel_pipeline.intake.tables.apart import limit_memory, run_apart

_FORMATS = ((datetime, "yyyy-mm-dd hh:mm:ss"), (date, "yyyy-mm-dd"), (time, "hh:mm:ss"), (timedelta, "[hh]:mm:ss"))


@contextmanager
def as_new_workbook(path: Path) -> Iterator[Path | None]:
    """The workbook as .xlsx for a while; None where it cannot be read."""
    with TemporaryDirectory() as folder:
        new = Path(folder) / "workbook.xlsx"
        yield new if run_apart(__name__, path, new) else None


def _write_anew(path: str, new: str) -> None:
    with (
        python_calamine.CalamineWorkbook.from_path(path) as old,
        xlsxwriter.Workbook(new, {"constant_memory": True}) as book,
    ):
        formats = [(kind, book.add_format({"num_format": text})) for kind, text in _FORMATS]
        is_first = True
        for about in old.sheets_metadata:
            sheet = book.add_worksheet(about.name)
            if about.visible != python_calamine.SheetVisibleEnum.Visible:
                sheet.hide()
            elif is_first:
                sheet.activate()
                is_first = False
            for row, cells in enumerate(old.get_sheet_by_name(about.name).to_python(skip_empty_area=False)):
                for column, cell in enumerate(cells):
                    _write(sheet, row, column, cell, formats)


def _write(sheet: Any, row: int, column: int, cell: Any, formats: Sequence[tuple[type, Any]]) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, cell)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        look = next(look for kind, look in formats if isinstance(cell, kind))
        sheet.write_datetime(row, column, cell, look)


if __name__ == "__main__":
    limit_memory()
    _write_anew(*sys.argv[1:])
