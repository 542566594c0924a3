"""What a cell of a file can be, and whether it says anything. Types of values belong to `typing.py`."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.coded import Coded, Flags
from mel_pipeline.intake.words import says_nothing

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_SAYS_SOMETHING = r"[\pL\pN]{2}|\pN"
"""Two letters or a digit: no cell with these says nothing."""


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and says_nothing(cell))


def blank_values(column: Coded) -> Flags:
    """Which of a column's different cells say nothing."""
    flags = np.zeros(column.n_distinct, np.bool_)
    start = 0
    for piece in column.pieces:
        for place in _doubtful(piece):
            cell = piece[place].as_py() if isinstance(piece, pa.Array) else piece[place]
            flags[start + place] = is_blank(cell)
        start += len(piece)
    return flags


def _doubtful(piece: list[Cell] | pa.Array) -> list[int] | range:
    if not isinstance(piece, pa.Array) or not pa.types.is_string(piece.type):
        return range(len(piece))
    telling = pc.fill_null(pc.match_substring_regex(piece, _SAYS_SOMETHING), False)
    places: list[int] = pc.indices_nonzero(pc.invert(telling)).to_pylist()
    return places
