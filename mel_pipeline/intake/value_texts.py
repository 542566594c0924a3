"""Values of declared types, and how they are written as text."""

from datetime import date, datetime, time

import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded, Piece

Value = str | int | float | bool | date | datetime | list[str] | None


def as_text(value: Cell | Value) -> str:
    """A cell or value as text: dates in ISO form, lists joined by a semicolon."""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return "" if value is None else str(value)


def as_texts(values: Coded) -> Coded:
    """A column of values as texts; nothing is the empty text."""
    return Coded(values.places, *(_as_texts(piece) for piece in values.pieces))


def _as_texts(piece: Piece) -> pa.Array:
    if isinstance(piece, pa.Array):
        if pa.types.is_string(piece.type):
            return pc.fill_null(piece, "")
        whole = pa.types.is_timestamp(piece.type) and pc.all(pc.equal(pc.microsecond(piece), 0)).as_py()
        if whole and pc.all(pc.equal(pc.millisecond(piece), 0)).as_py():
            return pc.fill_null(pc.replace_substring(piece.cast(pa.timestamp("s")).cast(pa.string()), " ", "T"), "")
    return pa.array(map(as_text, Coded.listed(piece)), pa.string())
