"""Reads a sample with a source that declares every column by its header, to count what comes of it."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.choose import choose_format, read_as
from mel_pipeline.intake.formats.reading import Reading
from mel_pipeline.intake.grids import Grid, Line, is_blank, read_grids
from mel_pipeline.intake.mojibake import mend, refuse_lost_letters
from mel_pipeline.intake.words import fold_header, visible

_MARK = re.compile("^X\\.U\\.FEFF\\.")


@dataclass(frozen=True)
class Read:
    """What a sample holds."""

    format: str
    reading: Reading

    @property
    def size(self) -> tuple[int, int]:
        """Records and columns, those included that no field could be declared for."""
        table = self.reading.tables[0]
        return len(table.row_numbers), len(table.columns) + len(table.undeclared)

    def column(self, name: str) -> list[Any]:
        """The cells of a column by its header."""
        return list(self.reading.tables[0].columns[name])


def read_sample(path: Path, sheet: str | None = None, header_row: int = 1, file_format: str = "auto") -> Read:
    """Read a sample; fields are named as its columns.

    Args:
        path: of the sample.
        sheet: of a workbook; the first one otherwise.
        header_row: which of the first lines names the columns.
        file_format: as a source declares it.
    """
    grids, _ = mend(read_grids(path))
    grid = next(each for each in grids.sheets if sheet in (None, each.sheet))
    source = declared(grid.lines[header_row - 1], file_format, sheet)
    if source.format == "auto" and sheet is not None:
        source = source.model_copy(update={"format": "workbook"})
    chosen = choose_format(grids, source)
    reading = read_as(chosen, grids, source, None, {})
    refuse_lost_letters(reading)
    assert reading.lost_rows is None
    return Read(chosen, reading)


def declared(header: Line, file_format: str, sheet: str | None) -> Source:
    """One field for each column with a name of its own; a header that two columns bear tells none of them."""
    titles = [_MARK.sub("", visible(str(cell))) for cell in header.cells if not is_blank(cell)]
    count = Counter(map(fold_header, titles))
    fields = [
        {"name": title, "type": "code", "headers": [title], "question": title}
        for title in titles
        if count[fold_header(title)] == 1
    ]
    return Source.model_validate(
        {
            "source": "sample",
            "kind": "survey",
            "title": {"en": "Sample"},
            "files": ["*"],
            "format": file_format,
            "sheet": [sheet] if sheet else [],
            "fields": fields,
            "key": [fields[0]["name"]],
        }
    )


def extent(grid: Grid, with_header: bool = False) -> tuple[int, int]:
    """Rows and columns between the first and the last cell that is filled, as people count a sheet."""
    first = min(at for line in grid.lines for at, cell in enumerate(line.cells) if cell is not None)
    last = max(len(line.cells) for line in grid.lines)
    return grid.lines[-1].number - grid.lines[0].number + with_header, last - first
