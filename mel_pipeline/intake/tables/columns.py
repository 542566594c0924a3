"""A table that comes in named columns, as lines below a header: the shape in which all readers hand on their cells.

Nothing here knows a kind of file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.text_lines import MAX_COLUMNS, Lines

MAX_CELLS = 200_000_000
"""A small compressed file may claim to hold any number of rows."""

Labels = Mapping[int, Mapping[Cell, str]]
"""Labels of coded values, by the place of their column."""


@dataclass(frozen=True)
class NamedColumns:
    """The columns of a file.

    Attributes:
        titles: what a person calls each column, where the file says so beside its name.
        labels: what coded values stand for.
    """

    names: Sequence[str]
    columns: Sequence[Coded]
    titles: Sequence[str] = ()
    labels: Labels = field(default_factory=dict)

    def lines(self, names: Sequence[str]) -> Lines:
        """Lines with the names in line 0: the first record is number 1, as such files count."""
        count = len(self.columns[0]) if self.columns else 0
        headed = [Coded.joined([Coded.of([name]), column]) for name, column in zip(names, self.columns, strict=True)]
        return Lines(np.arange(count + 1), headed, np.full(count + 1, len(headed)))


def headed_anew(lines: Lines, names: Sequence[str]) -> Lines:
    """The same lines below other names; nothing is copied."""
    columns = [
        Coded(column.places, [name], *column.pieces[1:]) for name, column in zip(names, lines.columns, strict=True)
    ]
    return Lines(lines.numbers, columns, lines.widths)


def refuse_too_many(rows: int, columns: int) -> None:
    """Refuse a table that cannot be held in memory, or has more columns than any table of people."""
    if columns > MAX_COLUMNS:
        raise Refused("too_many_columns", row=rows, found=columns, expected=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        raise Refused("oversized_table", found=f"{rows} × {columns}", expected=MAX_CELLS)
