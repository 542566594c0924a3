"""Looks through the columns of one file for personal data, before anything is written.

Text that the source declares `redacted` is kept with marks in place of what was found; other text, and columns that
the source does not declare, are only counted, so that an officer is told where to look without being told what stands
there. A code that holds an address is no code, and is set aside. How a text is searched belongs to `personal_data.py`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.coded import Coded, Flags
from mel_pipeline.intake.formats.reading import Reading, Table, Undeclared
from mel_pipeline.intake.personal_data import (
    Found,
    Kind,
    addresses,
    apart,
    find,
    find_known,
    is_full_name,
    marked,
    region_of,
    suspects,
    with_at,
)
from mel_pipeline.intake.problems import Problem
from mel_pipeline.intake.rows import TypedRows
from mel_pipeline.intake.sensitive import take_sensitive_out
from mel_pipeline.intake.sheet_scans import column_letters
from mel_pipeline.intake.staged import Repair, Unreadable
from mel_pipeline.intake.words import fold

REDACTED = "REDACTED"
"""Rule identifier of redactions for sources that declare none in `rule_ids`."""

KINDS: tuple[Kind, ...] = ("email", "phone", "name")
_HEADERS: dict[Kind, re.Pattern[str]] = {
    "phone": re.compile(
        r"(?:.* )?(?:phone|telephone|tel|mobile|cell|gsm|whatsapp|portable|هاتف|الهاتف|جوال|الجوال|موبايل|واتساب)"
        r"(?: (?:number|no|numero|المحمول))?\.?"
    ),
    "email": re.compile(r"(?:.* )?(?:e-?mail|courriel|البريد|البريد الالكتروني)(?: address| adresse)?"),
    "name": re.compile(
        r"(?:full |first |last |family |given |middle )?name|surname|nom(?: et prenoms?| complet| de famille)?|prenoms?"
        r"|(?:ال)?اسم(?: الكامل| الاول| العائلة| الام)?|participant name|nom du participant"
    ),
}  # fmt: skip
"""Folded headers of columns that hold persons by their name, whatever the cells look like."""


@dataclass
class _Scan:
    """What was found so far in one file."""

    rows: TypedRows
    remarks: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


def scan(source: Source, reading: Reading, rows: TypedRows) -> tuple[TypedRows, list[Problem]]:
    """Redact what is declared so, set addresses in codes aside, and count what else looks like a person's.

    Args:
        source: the declaration.
        reading: what the reader found, for the columns that the source does not declare.
        rows: the typed rows; their columns are changed in place.

    Returns:
        The rows with repairs and unreadable cells added, and remarks for the officer.
    """
    done = _Scan(rows)
    names = _names_beside(source, rows)
    for declared in source.fields:
        if declared.name in rows.columns and declared.name not in source.key:
            if declared.name in source.privacy.redacted:
                _redact(done, source, declared.name, names)
            elif declared.type == "text":
                _count_kept(done, source, declared.name)
            elif declared.type == "code" and declared.name not in source.privacy.restricted:
                _refuse_addresses(done, declared.name)
    for table in reading.tables:
        for column in table.undeclared:
            _count_undeclared(done, source, table, column)
    repaired = replace(rows, repairs=rows.repairs + done.repairs, unreadable=rows.unreadable + done.unreadable)
    repaired, sensitive = take_sensitive_out(source, repaired)
    return repaired, [*done.remarks, *sensitive]


def _names_beside(source: Source, rows: TypedRows) -> list[Coded]:
    """Columns that hold persons' names: what persons are hashed from, and other texts kept apart as they are."""
    hashed = {name for inputs in source.privacy.hash.values() for together in inputs for name in together[:1]}
    told = (hashed | set(source.privacy.restricted)) - set(source.privacy.redacted)
    texts = [each.name for each in source.fields if each.type == "text" and each.name in told]
    return [rows.columns[name] for name in texts if name in rows.columns]


def _redact(done: _Scan, source: Source, name: str, names: list[Coded]) -> None:
    values = done.rows.columns[name]
    flags = _flags(values, partial(suspects, with_names=True))
    found = dict(_found(source, done.rows, values, flags, with_names=True))
    for row, known in _known_names(values, names):
        found[row] = [*known, *apart(found.get(row, []), known)]
    if not found:
        return
    kinds: Counter[Kind] = Counter()
    rows = sorted(found)
    texts = []
    for row in rows:
        texts.append(marked(str(values[row]), found[row]))
        done.repairs.append(_repair(done.rows, source, name, row))
        kinds.update({one.kind for one in found[row]})
    done.rows.columns[name] = values.with_values(np.array(rows), texts)
    done.remarks += [_remark("redacted_personal_data", kinds[kind], kind, field=name) for kind in KINDS if kinds[kind]]


def _known_names(values: Coded, names: list[Coded]) -> Iterator[tuple[int, list[Found]]]:
    """Rows whose text repeats the full name that stands elsewhere in the row."""
    for column in names:
        for row, (text, name) in enumerate(zip(values, column, strict=True)):
            if text and name and str(name).casefold() in str(text).casefold() and is_full_name(str(name)):
                found = find_known(str(text), [str(name)])
                if found:
                    yield row, found


def _repair(rows: TypedRows, source: Source, name: str, row: int) -> Repair:
    return Repair(source.rule_ids.redacted or REDACTED, *rows.where(row), rows.key(row), name, None, None)


def _count_kept(done: _Scan, source: Source, name: str) -> None:
    """Count what stands in a text where it does not belong: a column of addresses may hold addresses."""
    values = done.rows.columns[name]
    kinds = _kinds(source, done.rows, values)
    filled = _filled(values) if kinds else 0
    done.remarks += [
        _remark("kept_personal_data", kinds[kind], kind, field=name) for kind in KINDS if 0 < 2 * kinds[kind] < filled
    ]


def _refuse_addresses(done: _Scan, name: str) -> None:
    """An e-mail address in a field of codes would travel to the marts; the cell is emptied and set aside."""
    values, rows = done.rows.columns[name], done.rows
    holding = []
    for row in values.rows_with(_flags(values, with_at)).tolist():
        text = str(values[row])
        if any(each.kind == "email" for each in find(text)):
            holding.append(row)
            done.unreadable.append(Unreadable(*rows.where(row), rows.key(row), name, text))
    if holding:
        rows.columns[name] = values.with_value(np.array(holding), None)


def _count_undeclared(done: _Scan, source: Source, table: Table, column: Undeclared) -> None:
    cells = column.cells.map(lambda cell: cell if isinstance(cell, str) else _text(cell))
    kinds = _kinds(source, None, cells)
    announced = next((kind for kind, header in _HEADERS.items() if header.fullmatch(fold(column.header))), None)
    if announced:
        kinds[announced] = _filled(cells)
    letters = column_letters(column.place + 1)
    where = f"{table.sheet}!{letters}" if table.sheet else letters
    done.remarks += [
        _remark("unexpected_personal_data", kinds[kind], kind, column=where) for kind in KINDS if kinds[kind]
    ]


def _filled(values: Coded) -> int:
    """How many rows hold any text."""
    flags = _flags(values, lambda texts: pc.indices_nonzero(pc.not_equal(texts, "")).to_pylist())
    return int(values.counts[flags].sum())


def _kinds(source: Source, rows: TypedRows | None, values: Coded) -> Counter[Kind]:
    """How many cells hold something of each kind; cells that are one address are known without a search."""
    whole = _flags(values, addresses)
    kinds: Counter[Kind] = Counter()
    if n_addresses := int(values.counts[whole].sum()):
        kinds["email"] = n_addresses
    for _, found in _found(source, rows, values, _flags(values, suspects) & ~whole):
        kinds.update({each.kind for each in found})
    return kinds


def _found(
    source: Source, rows: TypedRows | None, values: Coded, flags: Flags, with_names: bool = False
) -> Iterator[tuple[int, list[Found]]]:
    """Those rows of flagged texts in which something is found; equal texts from one country are searched once."""
    suspicious = values.rows_with(flags)
    name = source.privacy.phones.country
    countries = rows.columns.get(name) if rows is not None and name else None
    known: dict[tuple[str, str | None], list[Found]] = {}
    for row in suspicious.tolist():
        text, country = str(values[row]), (countries[row] or None) if countries is not None else None
        if (text, country) not in known:
            known[text, country] = find(text, _regions(source, country and str(country)), with_names)
        if known[text, country]:
            yield row, known[text, country]


def _regions(source: Source, country: str | None) -> list[str]:
    own = region_of(country) if country else None
    return [*([own] if own else []), *source.privacy.phones.regions]


def _flags(values: Coded, places: Callable[[pa.Array], Iterable[int]]) -> Flags:
    """Flags for the different values at the places that are told of some texts, piece by piece: they may be large."""
    marks = [np.zeros(0, np.bool_)]
    for piece in values.pieces:
        texts = Coded(values.places[:0], piece)
        marks.append(texts.flags(places(texts.values(pa.string()))))
    return np.concatenate(marks)


def _text(cell: object) -> str | None:
    return None if cell is None or not str(cell).strip() else str(cell)


def _remark(code: str, found: int, kind: Kind, **where: str) -> Problem:
    return Problem(code, {**where, "found": found, "kind": f"{kind}_cells"})
