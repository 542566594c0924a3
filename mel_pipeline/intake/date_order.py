"""In which order a tool wrote day and month: what some dates of a column prove holds for the others.

Only columns that one tool wrote can be asked; people who fill in one sheet write dates each in their own way.
"""

import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded, Piece
from mel_pipeline.intake.date_cells import proved_order

_MAY_BE_LOCAL = r"^\PN*\pN{1,2}[/.-]"
"""What begins like 3/11/2025 in whatever digits; a million ISO dates are passed over at once."""


def day_comes_first(column: Coded) -> bool | None:
    """Whether the day stands first, where at least one date proves it and none the contrary."""
    proved = {proved_order(cell) for piece in column.pieces for cell in _candidates(piece) if isinstance(cell, str)}
    proved.discard(None)
    return next(iter(proved)) if len(proved) == 1 else None


def _candidates(piece: Piece) -> list[Cell]:
    if isinstance(piece, pa.Array) and pa.types.is_string(piece.type):
        return list(piece.filter(pc.match_substring_regex(piece, _MAY_BE_LOCAL)).to_pylist())
    return list(piece) if isinstance(piece, list) else []
