"""The records of a text file, cut into cells column by column, block after block.

Which separator a file has, and what its bytes are, is told by others. Records are cut exactly as Python's own `csv`
cuts them: Arrow does it where a block is written so plainly that both must agree, `csv` itself elsewhere.
"""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv

from mel_pipeline.intake.cells import Cell, blank_values
from mel_pipeline.intake.coded import Coded, Flags, Rows
from mel_pipeline.intake.problems import Refused

BLOCK_BYTES = 1 << 23
"""Less than the longest cell, so that no cell of a block can be longer."""

HEAD_RECORDS = 45
"""So many lines at the top are always cut by `csv`: titles and header rows are of other widths than the records."""

LONGEST_CELL = 10_000_000
MAX_COLUMNS = 16_384
"""As many as a sheet of Excel has."""

FEW_RECORDS = 1000
"""So few records do not tell whether the cells of a column repeat."""

# Cutting makes and drops thousands of small pieces; Arrow's usual allocator on Linux keeps a third of them. It is not
# in every build of Arrow, and nothing but memory depends on it.
with suppress(NotImplementedError):
    pa.set_memory_pool(pa.jemalloc_memory_pool())

_QUOTE = ord('"')
_TEXTS = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Line:
    """One row that holds something, and its number as a spreadsheet shows it (first row = 1)."""

    number: int
    cells: list[Cell]


class Lines(Sequence[Line]):
    """Many lines, held as columns; each line is made when it is asked for.

    Attributes:
        numbers: numbers of the lines.
        widths: how many cells each line has; beyond them its columns hold None.
    """

    def __init__(self, numbers: Rows, columns: list[Coded], widths: Rows) -> None:
        self.numbers = numbers
        self.columns = columns
        self.widths = widths

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        cells = [column[place] for column in self.columns[: self.widths[place]]]
        return Line(int(self.numbers[place]), cells)

    def __iter__(self) -> Iterator[Line]:
        return (self[place] for place in range(len(self)))

    def select(self, rows: slice | Flags) -> "Lines":
        """Some of the lines."""
        selected = Lines(self.numbers[rows], [column.take(rows) for column in self.columns], self.widths[rows])
        if "said" in self.__dict__:
            selected.__dict__["said"] = self.said[rows]
        return selected

    def column(self, position: int) -> Coded:
        """The cells at one position."""
        return self.columns[position] if position < len(self.columns) else Coded.constant(None, len(self))

    @cached_property
    def said(self) -> Flags:
        """Which lines say something."""
        said = np.zeros(len(self), np.bool_)
        for column in self.columns:
            silent = np.flatnonzero(~said)
            if not len(silent):
                break
            said[silent] = ~blank_values(column)[column.places[silent]]
        return said


@dataclass(frozen=True)
class _Cut:
    """Some records after each other; those without any cell have the width 0."""

    columns: list[Coded]
    widths: Rows


def read_lines(stream: BinaryIO, separator: str, is_padded: bool = False) -> Lines:
    """Cut a stream of UTF-8 into records; a record with line breaks inside its quotes counts once.

    Args:
        stream: the text.
        separator: between cells.
        is_padded: whether spaces stand between separators and quotes, so that columns look aligned.

    Raises:
        Refused: with code `broken_quotes`, where a quoted cell is not closed as it should be, or `too_many_columns`.
    """
    if is_padded:
        return _filled(_together([_by_csv(stream.read(), separator, 0, is_padded)]))
    cuts: list[_Cut] = []
    for block, is_plain in _blocks(stream, separator):
        before = sum(len(cut.widths) for cut in cuts)
        width = int(cuts[-1].widths[-1]) if cuts and len(cuts[-1].widths) else 0
        cut = _by_arrow(block, separator, width, cuts[-1]) if is_plain and before else None
        cuts.append(cut or _by_csv(block, separator, before))
    return _filled(_together(cuts))


def _blocks(stream: BinaryIO, separator: str) -> Iterator[tuple[bytes, bool]]:
    """Blocks of whole records, and whether each is plainly quoted; the first one is the head of the file.

    From the first block on whose quotes do not stand where they should, all is one block.
    """
    rest, is_head, is_last = b"", True, False
    while not is_last:
        more = stream.read(BLOCK_BYTES)
        is_last = not more
        rest += more
        # Empty lines at the end are no records, and nothing comes after them.
        whole = rest.rstrip(b"\r\n") + b"\n" if is_last and rest else rest
        end = len(whole) if is_last else _end_of_records(whole)
        if not end:
            continue
        block, rest = whole[:end], whole[end:]
        if not _is_plain(block, separator):
            yield block + rest + stream.read(), False
            return
        if is_head:
            cut = _end_of_head(block)
            yield block[:cut], True
            block, is_head = block[cut:], False
        if block:
            yield block, True


def _end_of_records(block: bytes) -> int:
    """Where the last whole record ends; 0 where none does. A line feed within quotes ends none."""
    end = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, end)
    while quotes % 2:
        line = block.rfind(b"\n", 0, end - 1) + 1
        quotes -= block.count(b'"', line, end)
        end = line
    return end


def _end_of_head(block: bytes) -> int:
    """Where the first records end."""
    end = quotes = 0
    for _ in range(HEAD_RECORDS):
        is_open = True
        while is_open:
            found = block.find(b"\n", end) + 1
            if not found:
                return len(block)
            quotes += block.count(b'"', end, found)
            end, is_open = found, quotes % 2 == 1
    return end


def _is_plain(block: bytes, separator: str) -> bool:
    """Whether each quote opens a cell, closes it or stands for itself by being doubled, and every cell is closed.

    Quotes are taken in turns to open and to close; a doubled one closes and opens again.
    """
    if b'"' not in block:
        return True
    quotes = np.flatnonzero(np.frombuffer(block, np.uint8) == _QUOTE)
    codes = np.frombuffer(b"\n" + block + b"\n", np.uint8)
    borders = np.zeros(256, np.bool_)
    borders[[*b'\n\r"', ord(separator)]] = True
    before, after = codes[quotes[::2]], codes[quotes[1::2] + 2]
    return len(quotes) % 2 == 0 and bool(borders[before].all() and borders[after].all())


def _by_arrow(block: bytes, separator: str, width: int, before: _Cut) -> _Cut | None:
    """Records that all have one width; None where they have not.

    Columns that hardly repeated a cell in the records before are taken as they are.
    """
    if width < 2 or len(block) > LONGEST_CELL:
        return None
    names = [str(place) for place in range(width)]
    many = len(before.widths) > FEW_RECORDS
    kinds = [pa.string() if many and 2 * each.n_distinct > len(each) else _TEXTS for each in before.columns[:width]]
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(block),
            read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=len(block) + 1),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=separator,
                quote_char='"' if b'"' in block else False,
                newlines_in_values=b'"' in block,
                ignore_empty_lines=False,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict(zip(names, kinds, strict=True)), null_values=[], check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = [Coded.joined([_coded(chunk) for chunk in column.chunks]) for column in table.columns]
    return _Cut(columns, np.full(table.num_rows, width))


def _coded(chunk: pa.Array) -> Coded:
    if isinstance(chunk, pa.DictionaryArray):
        return Coded(chunk.indices.to_numpy(), chunk.dictionary)
    return Coded(np.arange(len(chunk), dtype=np.int32), chunk)


def _by_csv(block: bytes, separator: str, before: int, is_padded: bool = False) -> _Cut:
    csv.field_size_limit(min(LONGEST_CELL, sys.maxsize))
    records: list[list[str]] = []
    try:
        text = io.StringIO(block.decode("utf-8"), newline="")
        records.extend(csv.reader(text, delimiter=separator, skipinitialspace=is_padded, strict=True))
    except csv.Error:
        raise Refused("broken_quotes", row=before + len(records) + 1) from None
    widths = np.array([len(record) for record in records], np.int64)
    if widths.max(initial=0) > MAX_COLUMNS:
        row = before + int(np.argmax(widths > MAX_COLUMNS)) + 1
        raise Refused("too_many_columns", row=row, found=int(widths.max()), expected=MAX_COLUMNS)
    places = range(int(widths.max(initial=0)))
    columns = [Coded.of([record[at] if at < len(record) else None for record in records]) for at in places]
    return _Cut(columns, widths)


def _together(cuts: list[_Cut]) -> Lines:
    """All records; each column is taken out of the cuts, so that it is never held twice for long."""
    width = max((len(cut.columns) for cut in cuts), default=0)
    widths = np.concatenate([np.zeros(0, np.int64), *(cut.widths for cut in cuts)])
    columns = [Coded.joined([_taken(cut, at) for cut in cuts]) for at in range(width)]
    return Lines(np.arange(1, len(widths) + 1), columns, widths)


def _taken(cut: _Cut, at: int) -> Coded:
    if at >= len(cut.columns):
        return Coded.constant(None, len(cut.widths))
    column, cut.columns[at] = cut.columns[at], Coded.of([])
    return column


def _filled(lines: Lines) -> Lines:
    """Lines with anything but spaces: the others are numbered, but are no lines."""
    doubtful = np.flatnonzero(~lines.said)
    empty = [place for place in doubtful if not any(str(cell or "").strip() for cell in lines[place].cells)]
    if not empty:
        return lines
    kept = np.ones(len(lines), np.bool_)
    kept[empty] = False
    return lines.select(kept)
