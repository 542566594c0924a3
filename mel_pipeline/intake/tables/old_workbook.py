"""Reader for workbooks of old Excel versions (.xls): another process writes them anew as .xlsx.

The parser may ask for any amount of memory and then ends its process; there it ends nothing of ours. This file is run
as a program of its own for it, so that it imports nothing of the pipeline.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 120
_FORMATS = ((datetime, "yyyy-mm-dd hh:mm:ss"), (date, "yyyy-mm-dd"), (time, "hh:mm:ss"), (timedelta, "[hh]:mm:ss"))


@contextmanager
def as_new_workbook(path: Path) -> Iterator[Path | None]:
    """The workbook as .xlsx for a while; None where it cannot be read."""
    with TemporaryDirectory() as folder:
        new = Path(folder) / "workbook.xlsx"
        program = [sys.executable, "-I", "-X", "utf8", __file__, str(path.absolute()), str(new)]
        done = None
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run(program, capture_output=True, timeout=MAX_SECONDS, check=False)  # noqa: S603
        yield new if done is not None and done.returncode == 0 else None


def _limit_memory() -> None:
    """Windows has no such limit: a broken file ends the process there by itself."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _write_anew(path: str, new: str) -> None:
    import python_calamine
    import xlsxwriter

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
    _limit_memory()
    _write_anew(*sys.argv[1:])
