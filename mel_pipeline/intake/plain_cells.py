"""Cells that are written so plainly that they can be typed all at once: most of a file, and never in doubt.

For each type a shape is known in which a text has only one reading, the same that `typing.py` finds cell by cell.
Whatever has another shape is left to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.declarations.models.sources import FieldType
from mel_pipeline.intake.date_cells import YEARS
from mel_pipeline.intake.layout import ARROW_TYPES

FEW = 64
"""So few different cells are not worth a look: they are read one by one."""

_WORDS = r"(?s)^[\pL\pN]{2}(?:.*[\pL\pN!-~])?$"
_CODE = r"^[\pL\pN]{2}(?:[\pL\pN -~]*[\pL\pN!-~])?$"
_INTEGER = r"^(?:0|-?[1-9][0-9]{0,17})$"
_NUMBER = r"^(?:0|-?[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$"
_DAY = r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_MOMENT = (
    rf"^(?:19|20)[0-9]{{2}}-{_DAY}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{3}})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_SHAPES: dict[FieldType, str] = {
    "text": _WORDS, "code": _CODE, "integer": _INTEGER, "number": _NUMBER, "datetime": _MOMENT,
}  # fmt: skip


@dataclass(frozen=True)
class Plain:
    """What was typed at once: values (null for the other cells), and which cells these are."""

    values: pa.Array
    is_plain: pa.Array


def type_plain(cells: pa.Array, kind: FieldType, missing_codes: Mapping[str, str]) -> Plain | None:
    """Type the plain ones among some different cells; None where looking for them is of no use."""
    if len(cells) <= FEW:
        return None
    if pa.types.is_timestamp(cells.type):
        return _moments_of_readers(cells) if kind == "datetime" else None
    if kind not in _SHAPES or not pa.types.is_string(cells.type):
        return None
    fits = pc.fill_null(pc.match_substring_regex(cells, _SHAPES[kind]), False)
    plain = cells if pc.all(fits).as_py() else pc.if_else(fits, cells, None)
    is_plain = pc.or_(fits, pc.fill_null(pc.equal(cells, ""), True))
    values = _moments(plain) if kind == "datetime" else plain.cast(ARROW_TYPES[kind])
    if kind in ("integer", "number"):
        missing = pa.array([float(code) for code in missing_codes if _is_number(code)], pa.float64())
        told = pc.fill_null(pc.is_in(values.cast(pa.float64(), safe=False), missing), False)
        is_plain = pc.and_not(is_plain, told)
    return Plain(values, is_plain)


def _is_number(code: str) -> bool:
    return code.lstrip("-").isdigit()


def _moments(texts: pa.Array) -> pa.Array:
    """Local time without its offset; thousandths of a second where there are any."""
    has_fraction = pc.equal(pc.utf8_slice_codeunits(texts, 19, 20), ".")
    clock = pc.if_else(has_fraction, pc.utf8_slice_codeunits(texts, 0, 23), pc.utf8_slice_codeunits(texts, 0, 19))
    return clock.cast(ARROW_TYPES["datetime"])


def _moments_of_readers(moments: pa.Array) -> Plain:
    years = pc.year(moments)
    is_plain = pc.and_(pc.greater_equal(years, YEARS.start), pc.less(years, YEARS.stop))
    return Plain(moments, pc.fill_null(is_plain, False))
