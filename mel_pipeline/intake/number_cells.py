"""Numbers as people type them: digits of other scripts, decimal commas, spaces between thousands.

What could be read in two ways is not read at all. Dates belong to `date_cells.py`.
"""

import math
import re
import unicodedata
from decimal import Decimal

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.words import has_eastern_digits, visible, western_digits

EASTERN_DIGITS = "SV23"
LOCAL_NUMBER = "SV24"
LARGEST_INTEGER = 2**63 - 1

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_COMMA_OF_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_POINT_OF_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_COMMA_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")
_POINT_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})")


_ESTIMATE = re.compile(
    r"(?:[~≈±>≥]|(?:environ|env\.|about|approx\.|around|at least|au moins|plus de|حوالي|نحو|تقريبا)\s)"
    r"\s*(?P<bound>\S.*?)\s*\+?|(?P<least>\S.*?)\s*\+",
    re.IGNORECASE,
)


def without_estimate(text: str) -> str | None:
    """The number inside "~40", "40+" or "about 40", which is at least meant; None for a number that is no estimate."""
    found = _ESTIMATE.fullmatch(visible(text))
    return (found["bound"] or found["least"]) if found else None


def read_number(text: str) -> tuple[Decimal | None, tuple[str, ...]]:
    """Read a number, and the rules that repaired its spelling; None for what is no clear number."""
    plain = visible(unicodedata.normalize("NFKC", text)).replace("−", "-")
    rules: tuple[str, ...] = ()
    if has_eastern_digits(plain):
        plain = western_digits(plain).replace("٫", ".").replace("٬", "")
        rules = (EASTERN_DIGITS,)
    if _PLAIN.fullmatch(plain):
        return Decimal(plain), rules
    local = _local_number(plain)
    return (None, ()) if local is None else (Decimal(local), (*rules, LOCAL_NUMBER))


def _local_number(text: str) -> str | None:
    """Rewrite a number with local separators in the plain form, where only one reading is possible."""
    if _SPACED.fullmatch(text):
        return text.replace(" ", "").replace("'", "").replace(",", ".")
    if _DECIMAL_COMMA.fullmatch(text) and not _COMMA_OF_THOUSANDS_OR_DECIMALS.fullmatch(text):
        return text.replace(",", ".")
    if _COMMA_THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if _POINT_THOUSANDS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return None


def read_integer(text: str) -> tuple[int | None, tuple[str, ...]]:
    """Read a whole number of at most 64 bits; `12.000` could mean twelve thousand and is not read."""
    if _POINT_OF_THOUSANDS_OR_DECIMALS.fullmatch(western_digits(visible(text))):
        return None, ()
    number, rules = read_number(text)
    if number is None or abs(number) > LARGEST_INTEGER or number != number.to_integral_value():
        return None, ()
    return int(number), rules


def has_two_readings(text: str) -> bool:
    """Whether a mark in a number could divide thousands as well as decimals: `12.000` and `12,000`."""
    plain = western_digits(visible(text))
    return bool(_POINT_OF_THOUSANDS_OR_DECIMALS.fullmatch(plain) or _COMMA_OF_THOUSANDS_OR_DECIMALS.fullmatch(plain))


def read_by_mark(text: str, decimal_mark: str) -> Decimal:
    """Read a number that has two readings, where it is known which mark divides decimals."""
    plain = western_digits(visible(text))
    thousands = "," if decimal_mark == "." else "."
    return Decimal(plain.replace(thousands, "").replace(decimal_mark, "."))


def integer_of(cell: Cell) -> tuple[int | None, tuple[str, ...]]:
    """The whole number that a cell holds, as a number or as text, and the rules that repaired its spelling."""
    if isinstance(cell, int):
        return (cell, ()) if abs(cell) <= LARGEST_INTEGER else (None, ())
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) <= LARGEST_INTEGER
        return (int(cell), ()) if whole else (None, ())
    return read_integer(cell) if isinstance(cell, str) else (None, ())


def fraction_of(cell: Cell) -> tuple[float | None, tuple[str, ...]]:
    """The finite number that a cell holds, as a number or as text, and the rules that repaired its spelling."""
    if isinstance(cell, (int, float)):
        return (float(cell), ()) if math.isfinite(cell) else (None, ())
    if not isinstance(cell, str):
        return None, ()
    number, rules = read_number(cell)
    if number is None or not math.isfinite(float(number)):
        return None, ()
    return float(number), rules


def fraction_without_doubt(cell: Cell) -> tuple[float | None, tuple[str, ...]]:
    """A number as people type it: what could be thousands or decimals is not read."""
    return (None, ()) if isinstance(cell, str) and has_two_readings(cell) else fraction_of(cell)
