"""Lines of a table: a total and the parts it is divided into.

Only the arithmetic structure belongs here: an outsider can subtract the shown parts of a line from its total.
What follows from that is decided in `protect.py`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mel_pipeline.disclosure.cells import UNDIVIDED, WHOLE, Cell, CellKey


@dataclass(frozen=True)
class Line:
    """A total and its parts; `total` is None where the product has no such cell."""

    total: CellKey | None
    parts: tuple[CellKey, ...]


def lines_of(cells: Iterable[Cell], dividing_scopes: Iterable[str]) -> list[Line]:
    """Find every line of the linked set of all tables.

    Args:
        cells: all cells of all products, each key once.
        dividing_scopes: scope types that divide the whole, such as hubs. Grants overlap and do not.
    """
    by_key = {cell.key: cell for cell in cells}
    dividing = set(dividing_scopes)
    parts: dict[CellKey, list[CellKey]] = defaultdict(list)
    for key, cell in by_key.items():
        if cell.dimension != UNDIVIDED:
            parts[replace(cell, category=UNDIVIDED).key].append(key)
        if cell.scope_type in dividing:
            parts[_over(cell)].append(key)
    return [_line(total, members, by_key) for total, members in sorted(parts.items())]


def _over(cell: Cell) -> CellKey:
    """The cell of the whole of which a scope's cell is a part; the scope type tells two divisions apart."""
    return replace(cell, scope_type=f"{WHOLE[0]}/{cell.scope_type}", scope_code=WHOLE[1]).key


def _line(total: CellKey, parts: list[CellKey], by_key: dict[CellKey, Cell]) -> Line:
    indicator, period_type, period, scope_type, scope_code, dimension, category = total
    whole = scope_type.split("/")[0]
    if category == UNDIVIDED:
        dimension = UNDIVIDED
    key = (indicator, period_type, period, whole, scope_code, dimension, category)
    return Line(total=key if key in by_key else None, parts=tuple(sorted(parts)))
