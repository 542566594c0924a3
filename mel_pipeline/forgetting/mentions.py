"""A quick look whether words stand in a file at all, whatever their case and accents; where belongs to `plan.py`."""

import html
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from mel_pipeline.intake.content import UTF16_MARKS
from mel_pipeline.intake.encodings import ARABIC, LATIN
from mel_pipeline.intake.grids import Cell, Grid, Lines, read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.words import fold


def may_mention(path: Path, words: Collection[str]) -> bool:
    """Whether one of some folded words stands in a text file or in a part of a workbook."""
    return bool(words) and any(word in text for text in _texts(path) for word in words)


def _texts(path: Path) -> Iterator[str]:
    """The folded texts of a file; one that cannot be opened says nothing."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith((".xml", ".vml")):
                        yield _folded(html.unescape(archive.read(name).decode("utf-8", "replace")))
            return
        cells = _cells(path)
        if cells is not None:
            yield from cells
            return
        content = path.read_bytes()
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return
    if content.startswith(UTF16_MARKS):
        yield _folded(content.decode("utf-16", "replace"))
        return
    try:
        yield _folded(content.decode("utf-8"))
    except UnicodeDecodeError:
        yield from (_folded(content.decode(encoding, "replace")) for encoding in ("utf-8", LATIN, ARABIC))


def _cells(path: Path) -> list[str] | None:
    """Folded cells of a file that does not show them in its bytes: compressed, or written in JSON."""
    try:
        grids = read_grids(path)
    except Refused:
        return None
    if grids.is_text:
        return None
    return [_folded(str(cell)) for grid in grids.sheets for cell in _distinct(grid) if cell is not None]


def _distinct(grid: Grid) -> Iterator[Cell]:
    if isinstance(grid.lines, Lines):
        yield from (cell for column in grid.lines.columns for cell in column.distinct)
    else:
        yield from (cell for line in grid.lines for cell in line.cells)


def _folded(text: str) -> str:
    return text.casefold() if text.isascii() else fold(text)
