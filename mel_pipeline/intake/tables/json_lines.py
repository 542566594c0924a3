"""Reader for JSON lines: one object on each line; objects inside are flattened with slashes, lists stay JSON."""

import json
import re
from array import array
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

import numpy as np

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.tables.columns import NamedColumns, refuse_too_many
from mel_pipeline.intake.text_lines import MAX_COLUMNS

_BEGINS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\"\]\d-]|$))", re.MULTILINE)
DEEPEST = 20


def is_json(start: str) -> bool:
    """Whether a text begins as JSON does, and as no table with separators does."""
    return _BEGINS.match(start) is not None


def read_json_lines(stream: BinaryIO) -> NamedColumns:
    """Read a stream of UTF-8, line after line; a JSON document that is no list of records is refused."""
    columns: dict[str, _Column] = {}
    n_rows = 0
    for number, record in _records(stream):
        for name, value in _flat(record, number):
            columns.setdefault(name, _Column()).put(n_rows, value)
        n_rows += 1
        if n_rows % 10_000 == 0 or len(columns) > MAX_COLUMNS:
            refuse_too_many(n_rows, len(columns))
    return NamedColumns(list(columns), [column.whole(n_rows) for column in columns.values()])


class _Column:
    """A column that grows: different values once, and which row holds which."""

    def __init__(self) -> None:
        self.places = array("i")
        self.known: dict[Any, int] = {None: 0}
        self.distinct: list[Cell] = [None]

    def put(self, row: int, value: Cell) -> None:
        self._fill(row)
        key = value if value is None or isinstance(value, str) else (type(value), value)
        place = self.known.setdefault(key, len(self.known))
        if place == len(self.distinct):
            self.distinct.append(value)
        self.places.append(place)

    def _fill(self, n_rows: int) -> None:
        """Rows that do not name the column hold nothing there."""
        self.places.extend([0] * (n_rows - len(self.places)))

    def whole(self, n_rows: int) -> Coded:
        self._fill(n_rows)
        return Coded(np.frombuffer(self.places, np.int32), self.distinct)


def _records(stream: BinaryIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and object of each line that is not empty."""
    for number, line in enumerate(iter(stream.readline, b""), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line, object_pairs_hook=_object, parse_constant=_no_number)
        except (ValueError, RecursionError):
            if number == 1:
                raise Refused("not_a_table", found="json_document") from None
            raise Refused("broken_record", row=number) from None
        if not isinstance(found, dict) or (number == 1 and _holds_records(found) and not _goes_on(stream)):
            raise Refused("not_a_table", found="json_document")
        yield number, found


def _holds_records(found: dict[str, Any]) -> bool:
    """Whether an object holds lists of objects: alone in its file it is an answer of a server or a definition."""
    return any(isinstance(value, list) and value and isinstance(value[0], dict) for value in found.values())


def _goes_on(stream: BinaryIO) -> bool:
    """Whether more lines follow; the stream stays where it is."""
    place = stream.tell()
    more = bool(stream.read(1 << 16).strip())
    stream.seek(place)
    return more


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _no_number(_constant: str) -> NoReturn:
    raise ValueError("JSON knows no such number")


def _flat(record: dict[str, Any], number: int, before: str = "", depth: int = 0) -> Iterator[tuple[str, Cell]]:
    if depth > DEEPEST:
        raise Refused("broken_record", row=number)
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, number, f"{before}{name}/", depth + 1)
        elif isinstance(value, list):
            yield f"{before}{name}", json.dumps(value, ensure_ascii=False) if value else None
        else:
            yield f"{before}{name}", value
