"""Whether a file holds all the rows that it says it has: rows are lost where separators and line breaks are misread.

Counts that tell of people (`fewer_rows_than_announced`) belong to the readers of meetings.
"""

from collections.abc import Sequence

from mel_pipeline.intake.cells import Cell, is_blank
from mel_pipeline.intake.formats.reading import column_cells
from mel_pipeline.intake.grids import Line
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.words import western_digits

INDEX = "_index"
"""Header under which survey tools number the rows of an export, from 1 on."""

SHOWN = 5


def lost_rows(titles: Sequence[str], lines: Sequence[Line]) -> Refused | None:
    """What is wrong with the numbers of the rows: some are missing, or something else stands in their place."""
    if titles.count(INDEX) != 1:
        return None
    cells = column_cells(lines, {INDEX: titles.index(INDEX)})[INDEX]
    numbers = [_number(cell) for cell in cells.distinct]
    wrong = cells.rows_with(cells.flags(at for at, number in enumerate(numbers) if number is None))
    if len(wrong):
        return Refused("broken_index", row=lines[int(wrong[0])].number, column=INDEX)
    found = {number for number, count in zip(numbers, cells.counts, strict=True) if number is not None and count}
    missing = sorted(set(range(1, max(found, default=0) + 1)) - found)
    if not missing:
        return None
    shown = [str(number) for number in missing[:SHOWN]] + (["…"] if len(missing) > SHOWN else [])
    return Refused("rows_missing", column=INDEX, found=shown, expected=max(found), n_missing=len(missing))


def _number(cell: Cell) -> int | None:
    if is_blank(cell) or isinstance(cell, bool):
        return None
    text = western_digits(str(cell)).strip().removesuffix(".0")
    return int(text) if text.isdecimal() and len(text) < 10 and int(text) > 0 else None
