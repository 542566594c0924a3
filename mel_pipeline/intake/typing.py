"""Cells become values of their declared types; what does not fit becomes null and is listed, never lost.

Numbers and dates are read in `number_cells.py` and `date_cells.py`. Whether a value is plausible is a rule,
and belongs to `quality`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.declarations.models import SourceField
from mel_pipeline.intake.cells import Cell, is_blank
from mel_pipeline.intake.coded import Coded, Piece
from mel_pipeline.intake.date_cells import read_date, read_datetime, read_time
from mel_pipeline.intake.date_order import day_comes_first
from mel_pipeline.intake.layout import ARROW_TYPES
from mel_pipeline.intake.number_cells import fraction_of, fraction_without_doubt, integer_of, without_estimate
from mel_pipeline.intake.period_cells import read_quarter
from mel_pipeline.intake.plain_cells import type_plain
from mel_pipeline.intake.sheet_scans import NOT_CALCULATED
from mel_pipeline.intake.value_texts import Value, as_text
from mel_pipeline.intake.words import INVISIBLE, fold, visible

INVISIBLE_IN_CODE = "SV30"
MIXED_SEPARATORS = "MIXED_SEPARATORS"
"""Rule identifier of lists with several kinds of separators for sources that declare none in `rule_ids`."""

YES = frozenset(
    {
        "yes",
        "y",
        "oui",
        "o",
        "نعم",
        "x",
        "✓",
        "✔",
        "☑",
        "signe",
        "signee",
        "signed",
        "تم",
        "1",
        "true",
        "vrai",
        "si",
    }
)
NO = frozenset({"no", "n", "non", "لا", "0", "false", "faux", "☐"})
WORKBOOK_ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", NOT_CALCULATED})
_LIST_JOINTS = re.compile(r"[,;،؛\n\r]+")


@dataclass(frozen=True)
class Typed:
    """One cell after typing.

    Attributes:
        rules: repairs that its spelling needed.
        reason: why a number is missing, where the cell holds a declared code for that.
        is_readable: false where the cell says something that is not of the type; `value` is then null.
        is_estimate: whether a number was written as an estimate, so that it is a lower bound.
    """

    value: Value
    rules: tuple[str, ...] = ()
    reason: str | None = None
    is_readable: bool = True
    is_estimate: bool = False


NOTHING = Typed(None)
UNREADABLE = Typed(None, is_readable=False)


@dataclass(frozen=True)
class RepairedCell:
    """A cell whose spelling was repaired, by its position in the column."""

    position: int
    rule_id: str
    before: str
    after: str


@dataclass(frozen=True)
class TypedColumn:
    """One column after typing; `unreadable` holds positions and what stood there."""

    values: Coded
    reasons: Coded
    estimates: Coded
    repaired: list[RepairedCell]
    unreadable: list[tuple[int, str]]


def type_column(
    cells: Sequence[Cell], declared: SourceField, missing_codes: Mapping[str, str], by_one_tool: bool = False
) -> TypedColumn:
    """Type a column; equal cells are read once, and those that are written plainly all at once.

    Args:
        cells: what stands in the file.
        declared: its field.
        missing_codes: numbers that mean a missing answer, with the reason they stand for.
        by_one_tool: whether all dates are written in one order, which some of them may prove for the others.
    """
    column = Coded.of(cells)
    are_dates = by_one_tool and declared.type in ("date", "datetime")
    read = _reader(declared, missing_codes, day_comes_first(column) if are_dates else None)
    pieces: list[Piece] = []
    found: dict[int, Typed] = {}
    start = 0
    for piece in column.pieces:
        values, typed = _type_piece(piece, declared, missing_codes, read)
        pieces.append(values)
        found |= {start + place: each for place, each in typed.items()}
        start += len(piece)
    reasons = {place: each.reason for place, each in found.items() if each.reason}
    estimates = {place: True for place, each in found.items() if each.is_estimate}
    done = TypedColumn(
        Coded(column.places, *pieces), _beside(column, reasons, None), _beside(column, estimates, False), [], []
    )
    noted = [place for place, each in found.items() if each.rules or not each.is_readable]
    for position in column.rows_with(column.flags(noted)).tolist():
        _note(done, position, column[position], found[int(column.places[position])])
    return done


def _type_piece(
    piece: Piece, field: SourceField, missing_codes: Mapping[str, str], read: Callable[[Cell], Typed]
) -> tuple[pa.Array, dict[int, Typed]]:
    """Values of some different cells, and what reading found out about those that were read one by one."""
    kind = ARROW_TYPES[field.type]
    plain = type_plain(piece, field.type, missing_codes) if isinstance(piece, pa.Array) else None
    if plain is None or isinstance(piece, list):
        typed = dict(enumerate(_typed(cell, read) for cell in Coded.listed(piece)))
        return pa.array([each.value for each in typed.values()], kind), typed
    others = pc.indices_nonzero(pc.invert(plain.is_plain))
    if not len(others):
        return plain.values, {}
    cells = piece.take(others).to_pylist()
    typed = {place: _typed(cell, read) for place, cell in zip(others.to_pylist(), cells, strict=True)}
    exact = pa.array([each.value for each in typed.values()], kind)
    return pc.replace_with_mask(plain.values, pc.invert(plain.is_plain), exact), typed


def _beside(column: Coded, found: Mapping[int, object], usual: object) -> Coded:
    """What goes with the values of a column: something of a few, the usual of all others."""
    if not found:
        return Coded.constant(usual, len(column))
    return Coded(column.places, [found.get(place, usual) for place in range(column.n_distinct)])


def _note(column: TypedColumn, position: int, cell: Cell, typed: Typed) -> None:
    """Write down what was repaired in a cell, or that it could not be read."""
    for rule in typed.rules:
        column.repaired.append(RepairedCell(position, rule, as_text(cell), as_text(typed.value)))
    if not typed.is_readable:
        column.unreadable.append((position, as_text(cell)))


def _typed(cell: Cell, read: Callable[[Cell], Typed]) -> Typed:
    if is_blank(cell):
        return NOTHING
    if isinstance(cell, str) and cell.strip() in WORKBOOK_ERRORS:
        return UNREADABLE
    return read(cell)


def _reader(declared: SourceField, missing_codes: Mapping[str, str], day_first: bool | None) -> Callable[[Cell], Typed]:
    """The function that reads one cell of a field."""
    if declared.type == "category":
        return partial(_category, spellings=_spellings(declared), repaired=_repaired_spellings(declared))
    if declared.type == "codes" and declared.values:
        return partial(_known_codes, spellings=_spellings(declared), repaired=_repaired_spellings(declared))
    if declared.type in ("integer", "number"):
        whole = declared.type == "integer"
        fraction = fraction_without_doubt if declared.local_marks else fraction_of
        exact = partial(_number, read=integer_of if whole else fraction, missing=missing_codes)
        return partial(_maybe_estimate, read=exact) if declared.estimates else exact
    plain: dict[str, Callable[[Cell], Typed]] = {
        "text": _text,
        "code": _code,
        "codes": _codes,
        "date": partial(_date, day_first=day_first),
        "datetime": partial(_datetime, day_first=day_first),
        "time": _time,
        "flag": _flag,
        "choices": _tick,
        "quarter": _quarter,
    }
    return plain[declared.type]


def _text(cell: Cell) -> Typed:
    return Typed(as_text(cell).strip())


def _code(cell: Cell) -> Typed:
    text = as_text(cell).strip()
    clean = visible(text)
    return Typed(clean or None, (INVISIBLE_IN_CODE,) if clean != text else ())


def _codes(cell: Cell) -> Typed:
    text = as_text(cell)
    clean = INVISIBLE.sub("", text)
    parts = [part.strip() for part in _LIST_JOINTS.split(clean)]
    rules = (INVISIBLE_IN_CODE,) if INVISIBLE.search(text) else ()
    if len({joint[0] for joint in _LIST_JOINTS.findall(clean.strip())}) > 1:
        rules = (*rules, MIXED_SEPARATORS)
    return Typed([part for part in parts if part] or None, rules)


def _known_codes(cell: Cell, spellings: dict[str, str], repaired: dict[str, Typed]) -> Typed:
    """A list of declared codes; one that holds anything else is not readable."""
    listed = _codes(cell)
    if not isinstance(listed.value, list):
        return listed
    parts = [_category(part, spellings, repaired) for part in listed.value]
    if not all(part.is_readable for part in parts):
        return UNREADABLE
    rules = dict.fromkeys([*listed.rules, *(rule for part in parts for rule in part.rules)])
    return Typed([str(part.value) for part in parts], tuple(rules))


def _spellings(declared: SourceField) -> dict[str, str]:
    spellings = {fold(spelling): code for code, spelled in declared.values.items() for spelling in spelled}
    return {fold(code): code for code in declared.values} | spellings


def _repaired_spellings(declared: SourceField) -> dict[str, Typed]:
    """Spellings that count, but as repairs: what people write instead of the template's own."""
    return {
        fold(spelling): Typed(code, (rule,))
        for rule, values in declared.repaired_values.items()
        for code, spelled in values.items()
        for spelling in spelled
    }


def _category(cell: Cell, spellings: dict[str, str], repaired: dict[str, Typed]) -> Typed:
    written = fold(as_text(cell)).rstrip(".")
    code = spellings.get(written)
    return repaired.get(written, UNREADABLE) if code is None else Typed(code)


def _number(
    cell: Cell, read: Callable[[Cell], tuple[int | float | None, tuple[str, ...]]], missing: Mapping[str, str]
) -> Typed:
    if isinstance(cell, bool):
        return UNREADABLE
    value, rules = read(cell)
    if value is None:
        return UNREADABLE
    reason = missing.get(str(int(value))) if value == int(value) else None
    return Typed(None if reason else value, () if reason else rules, reason)


def _maybe_estimate(cell: Cell, read: Callable[[Cell], Typed]) -> Typed:
    """A number that may be written as an estimate, which gives its lower bound."""
    bound = without_estimate(cell) if isinstance(cell, str) else None
    return read(cell) if bound is None else replace(read(bound), is_estimate=True)


def _quarter(cell: Cell) -> Typed:
    value, rules = read_quarter(as_text(cell))
    return UNREADABLE if value is None else Typed(value, rules)


def _date(cell: Cell, day_first: bool | None) -> Typed:
    value, rules = read_date(cell, day_first)
    return UNREADABLE if value is None else Typed(value, rules)


def _datetime(cell: Cell, day_first: bool | None) -> Typed:
    value, rules = read_datetime(cell, day_first)
    return UNREADABLE if value is None else Typed(value, rules)


def _time(cell: Cell) -> Typed:
    value = read_time(cell)
    return UNREADABLE if value is None else Typed(value)


def _flag(cell: Cell) -> Typed:
    if isinstance(cell, bool):
        return Typed(cell)
    text = fold(as_text(cell)).rstrip(".")
    text = text.removesuffix(".0")
    return Typed(True) if text in YES else Typed(False) if text in NO else UNREADABLE


def _tick(cell: Cell) -> Typed:
    return Typed(int(cell)) if isinstance(cell, int) and cell in (0, 1) else UNREADABLE
