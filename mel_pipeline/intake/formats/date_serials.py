"""Times that a spreadsheet turned into its own numbers: days since the end of 1899, with the time as a fraction.

Workbooks of old Macs count from 1904. Which of the two a number means is often lost on the way (cells are pasted, files
saved as CSV), so it is read as the usual one here; the register of sessions tells those that are four years off.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded, Flags, Piece, Rows
from mel_pipeline.intake.staged import Repair

DATE_SERIAL = "AT36"
_DAY_ZERO = datetime(1899, 12, 30)
_DAYS = range(36_000, 80_000)
"""From 1998 to 2119; by the calendar of 1904 from 2002 on. A smaller number is more likely a length of stay."""

_WRITTEN = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")


def read_serial(cell: Cell) -> datetime | None:
    """The time that a number stands for, to the second; None where a cell is no such number."""
    if isinstance(cell, str) and _WRITTEN.fullmatch(cell.strip()):
        days = float(cell.strip().replace(",", "."))
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        days = float(cell)
    else:
        return None
    return _DAY_ZERO + timedelta(seconds=round(days * 86_400)) if int(days) in _DAYS else None


def serial_repairs(
    sheet: str, row_numbers: Sequence[int] | Rows, columns: Mapping[str, Sequence[Cell]], names: Iterable[str]
) -> list[Repair]:
    """One entry for each number of a column of times, with the number and the time."""
    numbers = np.asarray(row_numbers)
    return [
        Repair(DATE_SERIAL, sheet, int(numbers[row]), None, name, str(cell), str(read_serial(cell)))
        for name in names
        if name in columns
        for row, cell in _serials(Coded.of(columns[name]))
    ]


def _serials(cells: Coded) -> list[tuple[int, Cell]]:
    """Rows with such numbers; texts of another shape, which nearly all are, are not looked at one by one."""
    flags = [_may_be_serial(piece) for piece in cells.pieces]
    rows = cells.rows_with(np.concatenate([np.zeros(0, np.bool_), *flags])).tolist()
    return [(row, cells[row]) for row in rows if read_serial(cells[row]) is not None]


def _may_be_serial(piece: Piece) -> Flags:
    if isinstance(piece, pa.Array) and pa.types.is_string(piece.type):
        found = pc.fill_null(pc.match_substring_regex(piece, rf"^\s*{_WRITTEN.pattern}\s*$"), False)
        flags: Flags = found.to_numpy(zero_copy_only=False)
        return flags
    return np.fromiter((read_serial(cell) is not None for cell in Coded.listed(piece)), np.bool_, len(piece))
