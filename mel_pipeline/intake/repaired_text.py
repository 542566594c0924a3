"""Notes on text that was put right while it was read: whole files in another encoding, cells read wrongly before.

How it is put right belongs to `encodings.py` and `mojibake.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.reading import Reading
from mel_pipeline.intake.mojibake import Mended
from mel_pipeline.intake.rows import TypedRows
from mel_pipeline.intake.staged import Repair

WRONG_ENCODING = "SV28"
"""Rule identifier of files and cells in another encoding for sources that declare none in `rule_ids`."""


def noted(
    source: Source, encoding: str | None, mended: Sequence[Mended], reading: Reading, rows: TypedRows
) -> tuple[Reading, TypedRows]:
    """Add what was put right to the notes of the file and of its rows; cells that are not kept are not told about."""
    of_file = []
    if encoding is not None:
        of_file = [Repair(WRONG_ENCODING, "", 1, None, None, encoding, "UTF-8")]
    of_cells = list(_of_cells(source, mended, reading, rows)) if mended else []
    elsewhere = [repair for repair in of_cells if repair.record_key is None]
    in_rows = [repair for repair in of_cells if repair.record_key is not None]
    told = replace(reading, repairs=[*reading.repairs, *of_file, *elsewhere])
    return told, replace(rows, repairs=[*rows.repairs, *in_rows])


def _of_cells(source: Source, mended: Sequence[Mended], reading: Reading, rows: TypedRows) -> Iterator[Repair]:
    """A repair of a row tells its field; one of a header or of a file without known columns tells only the row."""
    where = zip(rows.sheets, rows.row_numbers.tolist(), strict=True)
    row_at = {(sheet or "", number): row for row, (sheet, number) in enumerate(where)}
    names = {(table.sheet, place): name for table in reading.tables for name, place in table.places.items()}
    has_places = {table.sheet for table in reading.tables if table.places}
    for cell in mended:
        row = row_at.get((cell.sheet, cell.row))
        name = names.get((cell.sheet, cell.place))
        if row is None or (cell.sheet not in has_places):
            key = rows.key(row) if row is not None else None
            yield Repair(WRONG_ENCODING, cell.sheet, cell.row, key, None, None, None)
        elif name is not None:
            before, after = (cell.before, cell.after) if _may_be_told(source, name) else (None, None)
            yield Repair(WRONG_ENCODING, cell.sheet, cell.row, rows.key(row), name, before, after)


def _may_be_told(source: Source, name: str) -> bool:
    """Whether a cell of the column stands for no person: texts are not repeated, save those of a register."""
    field = source.field(name)
    resolved = {how.from_field for how in source.resolve.values()}
    return (
        field is not None
        and field.name not in source.privacy.redacted
        and (field.type in ("code", "category", "codes") or field.name in resolved)
    )
