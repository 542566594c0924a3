"""Decides which cells of a raw file go: whole rows of the person, and single cells elsewhere that name them.

Nothing is read or written here; how a file is changed belongs to the copies.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from mel_pipeline.forgetting.people import Found, Place
from mel_pipeline.intake.grids import Cell, Grid, Line
from mel_pipeline.intake.words import fold

Changes = Mapping[Place, dict[int, str] | None]
"""What becomes of each row that changes: None where all of it goes, else the new text of cells by their place."""

_ADDRESS = re.compile(r"[\w.+'’-]+@[\w-]+(?:\.[\w-]+)+")
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Traces:
    """The words of a person, ready to be looked for in cells."""

    found: Found
    addresses: re.Pattern[str] | None
    names: re.Pattern[str] | None


def traces_of(found: Found) -> Traces:
    """Prepare the words of a person; there are none where a single record is erased."""
    return Traces(found, _any_of(found.addresses, r"[\w.+-]"), _any_of(found.names, r"\w"))


def _any_of(words: Collection[str], letter: str) -> re.Pattern[str] | None:
    """A pattern of whole words; an address ends also before the point of a sentence."""
    if not words:
        return None
    return re.compile(rf"(?<!{letter})(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-]|\.\w)")


def plan_data(sheets: Iterable[Grid], erased: Collection[Place], records: Collection[Place], traces: Traces) -> Changes:
    """Plan a file of data.

    Args:
        sheets: what the file holds.
        erased: rows of the person.
        records: rows that are records, of whomever.
        traces: the words of the person.
    """
    changes: dict[Place, dict[int, str] | None] = {}
    for grid in sheets:
        for line in grid.lines:
            place = grid.sheet, line.number
            if place in erased or (place not in records and _is_about(line, traces)):
                changes[place] = None
            elif cells := _named_cells(line, traces):
                changes[place] = cells
    return changes


def plan_decisions(sheets: Iterable[Grid], traces: Traces) -> Changes:
    """Plan a log of decisions or a filled workbook: every row that is about the person or their records goes."""
    changes: dict[Place, dict[int, str] | None] = {}
    for grid in sheets:
        for line in grid.lines:
            said = {str(cell).strip() for cell in line.cells if cell is not None}
            is_of_another = any(_KEY.fullmatch(text) for text in said)
            if said & traces.found.identifiers or (not is_of_another and _is_about(line, traces)):
                changes[grid.sheet, line.number] = None
            elif cells := _named_cells(line, traces):
                changes[grid.sheet, line.number] = cells
    return changes


def _is_about(line: Line, traces: Traces) -> bool:
    """Whether a row names the person and nobody else's address: people can have the same name."""
    texts = [fold(cell) for cell in line.cells if isinstance(cell, str)]
    if not any(_mentions(text, traces.addresses) or _mentions(text, traces.names) for text in texts):
        return False
    others = {address for text in texts for address in _ADDRESS.findall(text)} - traces.found.addresses
    return not others or any(_mentions(text, traces.addresses) for text in texts)


def _named_cells(line: Line, traces: Traces) -> dict[int, str]:
    """Cells of somebody else's row that hold the person's address, and their name beside it."""
    cells = {
        place: _without(str(cell), traces)
        for place, cell in enumerate(line.cells)
        if isinstance(cell, str) and _mentions(fold(cell), traces.addresses)
    }
    if cells:
        cells |= {place: "" for place, cell in enumerate(line.cells) if _is_name(cell, traces)}
    return cells


def _is_name(cell: Cell, traces: Traces) -> bool:
    return isinstance(cell, str) and fold(cell) in traces.found.names


def _without(text: str, traces: Traces) -> str:
    """A text without the person's addresses; where folding moves letters, nothing of it is left."""
    folded = text.casefold()
    if len(folded) != len(text) or traces.addresses is None:
        return ""
    kept, end = [], 0
    for match in traces.addresses.finditer(folded):
        kept.append(text[end : match.start()])
        end = match.end()
    return "".join([*kept, text[end:]]).strip() if end else ""


def _mentions(text: str, words: re.Pattern[str] | None) -> bool:
    return words is not None and words.search(text) is not None
