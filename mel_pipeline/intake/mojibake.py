"""Cells that were written as UTF-8 and read as something else on their way: `Ã©` for é, `طھ` for ت.

A cell is put right where every letter of it fits; one that was cut or mixed cannot be, and its file is refused.
Whole files in another encoding belong to `encodings.py`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.coded import Coded, Piece
from mel_pipeline.intake.formats.reading import Reading
from mel_pipeline.intake.grids import Grid, Grids, Line, Lines
from mel_pipeline.intake.problems import Refused


def _letters(encoding: str) -> list[str]:
    """What each byte became; the few that the encoding leaves open stay themselves, as browsers read them."""
    found = (bytes([byte]).decode(encoding, "replace") for byte in range(256))
    return [chr(byte) if letter == "\ufffd" else letter for byte, letter in enumerate(found)]


_ENCODINGS = [_letters("cp1252"), _letters("cp1256")]
_BYTES = [{letter: byte for byte, letter in enumerate(letters)} for letters in _ENCODINGS]


def _any_of(letters: Sequence[str]) -> str:
    return f"[{''.join(letters)}]"


def _sequences(letters: list[str]) -> str:
    """Pattern of an accented Latin or an Arabic letter in two pieces, or of a typographic sign in three."""
    follows = _any_of(letters[0x80:0xC0])
    leads = _any_of([letters[byte] for byte in (0xC2, 0xC3, 0xC5, 0xD8, 0xD9, 0xDA, 0xDB)])
    return f"{leads}{follows}|{letters[0xE2]}{follows}{follows}"


_SUSPECT = re.compile("|".join(map(_sequences, _ENCODINGS)))
_WRITTEN = frozenset("«»’‘“”…–—·•،؛؟\u00a0°™")
"""Signs that people do write behind a letter: alone they say nothing."""

_PLAUSIBLE = re.compile("[\x00-\x7f\u00a0-\u00ffŒœŸ\u0600-\u06ff\u200b-\u200f\u2010-\u2026\u202a-\u202e€]*")
_LOST = re.compile(
    "\ufffd|Ã[©¨ª¢®¯´¹¼§±²³µ¶¸º¤¡‰‡ˆ„€]|â€[™œ“”¦˜]|"
    "(?:[ØÙ][§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾„…†‡ˆ‰Š]){2}|(?:[طظ][§¨©«¬®¯°±²³´µ¶·¸¹»¼½¾€ƒ„…†‡ˆ‰]){2}"
)


@dataclass(frozen=True)
class Mended:
    """A cell that was put right, and where it stands."""

    sheet: str
    row: int
    place: int
    before: str
    after: str


def mended_text(text: str, is_sure: bool = False) -> str | None:
    """What a cell said before it was read wrongly; None where it says what it should, or cannot be put right.

    Args:
        text: of the cell.
        is_sure: whether other cells of the file tell already that it was read wrongly.
    """
    for letters, known in zip(_ENCODINGS, _BYTES, strict=True):
        codes = [known.get(letter) for letter in text]
        if None in codes or not (is_sure or _is_told(text, letters)):
            continue
        try:
            plain = bytes(code for code in codes if code is not None).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _PLAUSIBLE.fullmatch(plain):
            return plain
    return None


def _is_told(text: str, letters: list[str]) -> bool:
    """Whether some pair of signs stands there that nobody writes."""
    follows = set(letters[0x80:0xC0])
    pairs = [pair for pair in pairwise(text) if pair[1] in follows]
    return any(pair[1] not in _WRITTEN or pair == ("Ã", "\u00a0") for pair in pairs)


def mend(grids: Grids) -> tuple[Grids, list[Mended]]:
    """Put the cells of all sheets right, headers too; one cell that tells what happened helps to read the others."""
    for is_sure in (False, True):
        found: list[Mended] = []
        sheets = [_mended(grid, found, is_sure) for grid in grids.sheets]
        if not found:
            return grids, []
    # A table that is offered under names and under titles is one table: its cells are told about once.
    return replace(grids, sheets=sheets), list(dict.fromkeys(found))


def _mended(grid: Grid, found: list[Mended], is_sure: bool) -> Grid:
    if isinstance(grid.lines, Lines):
        numbers, columns = grid.lines.numbers, []
        for place, column in enumerate(grid.lines.columns):
            right = _in_column(column, is_sure)
            for row in column.rows_with(column.flags(right)).tolist():
                before = int(column.places[row])
                found.append(Mended(grid.sheet, int(numbers[row]), place, *right[before]))
            columns.append(_changed(column, right))
        return replace(grid, lines=Lines(numbers, columns, grid.lines.widths))
    return replace(grid, lines=[_line(grid.sheet, line, found, is_sure) for line in grid.lines])


def _in_column(column: Coded, is_sure: bool) -> dict[int, tuple[str, str]]:
    """Different values to be put right, by their place: before and after."""
    right: dict[int, tuple[str, str]] = {}
    start = 0
    for piece in column.pieces:
        for at, text in _found(piece, _SUSPECT):
            after = mended_text(text, is_sure)
            if after is not None:
                right[start + at] = (text, after)
        start += len(piece)
    return right


def _changed(column: Coded, right: Mapping[int, tuple[str, str]]) -> Coded:
    if not right:
        return column
    return Coded(column.places, [right[at][1] if at in right else cell for at, cell in enumerate(column.distinct)])


def _found(piece: Piece, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Texts in which a pattern occurs that holds letters above 127 only."""
    if not isinstance(piece, pa.Array):
        for at, cell in enumerate(piece):
            if isinstance(cell, str) and not cell.isascii() and pattern.search(cell):
                yield at, cell
    elif pa.types.is_string(piece.type) and not _is_ascii(piece):
        flags = pc.fill_null(pc.match_substring_regex(piece, pattern.pattern), False)
        yield from ((at, piece[at].as_py()) for at in pc.indices_nonzero(flags).to_pylist())


def _is_ascii(piece: pa.Array) -> bool:
    """Whether no byte of some texts is above 127; most columns of a file are so, and need no search."""
    content = piece.buffers()[2]
    return content is None or int(np.frombuffer(content, np.uint8).max(initial=0)) < 128


def _line(sheet: str, line: Line, found: list[Mended], is_sure: bool) -> Line:
    cells = list(line.cells)
    for place, before in _found(line.cells, _SUSPECT):
        after = mended_text(before, is_sure)
        if after is not None:
            found.append(Mended(sheet, line.number, place, before, after))
            cells[place] = after
    return Line(line.number, cells)


def refuse_lost_letters(reading: Reading) -> None:
    """Refuse a file whose read columns hold letters that nobody can bring back.

    Raises:
        Refused: with code `lost_letters`, and the field and row of the first such cell.
    """
    for table in reading.tables:
        for name, cells in table.columns.items():
            column = Coded.of(cells)
            rows = column.rows_with(column.flags(_lost(column)))
            if len(rows):
                raise Refused("lost_letters", field=name, row=int(table.row_numbers[rows[0]]), found=len(rows))


def _lost(column: Coded) -> Iterator[int]:
    start = 0
    for piece in column.pieces:
        yield from (start + at for at, _ in _found(piece, _LOST))
        start += len(piece)
