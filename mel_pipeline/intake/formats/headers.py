"""Finding the header row of a table by its names, and the column of each declared field.

Survey questions are found in `kobo.py`, which knows the form.
"""

import difflib
from collections.abc import Iterable, Sequence

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.grids import Cell, Grid, Line
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.words import fold_header

ROWS_TO_SEARCH = 40
NEAREST = 0.6


def header_text(cell: Cell) -> str:
    """A header cell folded for comparison."""
    return "" if cell is None else fold_header(str(cell))


def table_fields(source: Source) -> list[SourceField]:
    """Declared fields that stand in a table's columns and may be stored."""
    dropped = {fold_header(name) for name in source.privacy.drop}
    return [field for field in source.fields if field.headers and fold_header(field.name) not in dropped]


def known_headers(fields: Iterable[SourceField]) -> set[str]:
    """All declared header names, folded."""
    return {fold_header(header) for field in fields for header in field.headers}


def header_line(grid: Grid, known: set[str], at_least: int = 1) -> Line | None:
    """The line among the first ones that holds the most declared names; None if none holds enough."""
    best: Line | None = None
    best_score = at_least - 1
    for line in grid.lines:
        if line.number > ROWS_TO_SEARCH:
            break
        score = len({header_text(cell) for cell in line.cells} & known)
        if score > best_score:
            best, best_score = line, score
    return best


def positions(header: Line, fields: Sequence[SourceField]) -> dict[str, int]:
    """Position of the column of each field that the header names; a name that two columns bear is refused."""
    texts = [header_text(cell) for cell in header.cells]
    found: dict[str, int] = {}
    for field in fields:
        names = [fold_header(header) for header in field.headers]
        name = next((name for name in names if name in texts), None)
        if name is None:
            continue
        if texts.count(name) > 1:
            columns = [str(position + 1) for position, text in enumerate(texts) if text == name]
            raise Refused("ambiguous_header", field=field.name, found=columns)
        found[field.name] = texts.index(name)
    return found


def require(fields: Sequence[SourceField], found: Iterable[str], header: Line) -> None:
    """Refuse a table that lacks required columns, all named at once.

    Only names close to a missing one are repeated: where the header row itself is missing, the first line
    holds people.
    """
    present = set(found)
    missing = [field for field in fields if field.required and field.name not in present]
    if not missing:
        return
    texts = [str(cell).strip() for cell in header.cells if cell is not None]
    nearest = {name for field in missing for name in _nearest(_names(field), texts)}
    raise Refused(
        "missing_header",
        missing=[_names(field)[0] for field in missing],
        found=len(texts),
        nearest=sorted(nearest),
    )


def _names(field: SourceField) -> list[str]:
    return [*field.headers, *([field.question] if field.question else [])]


def _nearest(names: list[str], texts: list[str]) -> list[str]:
    folded = {fold_header(text): text for text in texts}
    close = [difflib.get_close_matches(fold_header(name), folded, n=1, cutoff=NEAREST) for name in names]
    return [folded[match] for matches in close for match in matches]
