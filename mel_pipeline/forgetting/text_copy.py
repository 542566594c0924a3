"""A redacted copy of a text file: in its own encoding, separator and line ends, every other byte as it was."""

import csv
import io
from pathlib import Path

from mel_pipeline.forgetting.plan import Changes
from mel_pipeline.intake.content import UTF8_MARK, open_text
from mel_pipeline.intake.grids import SEPARATORS, Grids

_ENCODINGS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (UTF8_MARK, "utf-8"))


def redacted_text(path: Path, grids: Grids, changes: Changes) -> bytes:
    """The content of a text file after some changes; a row that goes keeps its line and its separators.

    Args:
        path: the file.
        grids: the same file as intake cut it into cells.
        changes: of the rows of its only sheet.
    """
    with open_text(path, grids.encoding) as text:
        lines = list(io.StringIO(text.stream.read().decode("utf-8"), newline=""))
        plain = text.encoding or "utf-8"
    separator, records = _as_intake(lines, grids)
    for number, (start, end, cells) in enumerate(records, start=1):
        if ("", number) in changes:
            ending = lines[end - 1][len(lines[end - 1].rstrip("\r\n")) :]
            new = _record(cells, changes["", number], separator)
            lines[start:end] = [new + ending, *[""] * (end - start - 1)]
    mark, encoding = next(((m, e) for m, e in _ENCODINGS if path.read_bytes().startswith(m)), (b"", plain))
    return mark + "".join(lines).encode(encoding)


def _record(cells: list[str], change: dict[int, str] | None, separator: str) -> str:
    if change is None:
        return separator * (len(cells) - 1)
    buffer = io.StringIO()
    kept = [change.get(place, cell) for place, cell in enumerate(cells)]
    csv.writer(buffer, delimiter=separator, lineterminator="").writerow(kept)
    return buffer.getvalue()


def _as_intake(lines: list[str], grids: Grids) -> tuple[str, list[tuple[int, int, list[str]]]]:
    """The separator under which the text falls into the cells that intake saw, and its records by their lines."""
    seen = [(line.number, line.cells) for grid in grids.sheets for line in grid.lines]
    for separator in SEPARATORS:
        try:
            records = _records(lines, separator)
        except csv.Error:
            continue
        said = [(number, cells) for number, (_, _, cells) in enumerate(records, 1) if any(c.strip() for c in cells)]
        if said == seen:
            return separator, records
    raise ValueError("the file does not fall into the cells that were read")


def _records(lines: list[str], separator: str) -> list[tuple[int, int, list[str]]]:
    """First line, line behind the last one, and cells of each record; line breaks may stand inside quotes."""
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    records, start = [], 0
    for cells in reader:
        records.append((start, reader.line_num, cells))
        start = reader.line_num
    return records
