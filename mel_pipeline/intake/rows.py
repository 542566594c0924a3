"""One reading becomes typed rows: columns in the staged layout, keys of the records, and notes on every cell.

Nothing is opened or written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded, Rows
from mel_pipeline.intake.formats.reading import Reading, Table
from mel_pipeline.intake.layout import choice_codes, choice_column, estimate_column, has_reason, reason_column
from mel_pipeline.intake.persons import hash_persons
from mel_pipeline.intake.privacy import HashKey, record_keys
from mel_pipeline.intake.staged import Repair, Unreadable
from mel_pipeline.intake.typing import TypedColumn, type_column
from mel_pipeline.intake.value_texts import as_text, as_texts
from mel_pipeline.intake.xlsform import Form


@dataclass(frozen=True)
class TypedRows:
    """Rows of one file.

    Attributes:
        columns: values by column, restricted ones included; those of `privacy.drop` are gone.
        sheets: sheet of each row.
        row_numbers: number of each row as a spreadsheet shows it.
        record_keys: texts.
    """

    columns: dict[str, Coded]
    sheets: Coded
    row_numbers: Rows
    record_keys: pa.Array
    repairs: list[Repair]
    unreadable: list[Unreadable]

    def where(self, row: int) -> tuple[str, int]:
        """Sheet and number of a row."""
        return self.sheets[row], int(self.row_numbers[row])

    def key(self, row: int) -> str:
        """Key of a record."""
        key: str = self.record_keys[row].as_py()
        return key


def type_rows(
    reading: Reading,
    source: Source,
    form: Form | None,
    key: HashKey,
    missing_codes: Mapping[str, str],
    from_file_name: Mapping[str, str],
) -> TypedRows:
    """Type all tables of a reading, hash persons, and key the records.

    Args:
        reading: what the reader found.
        source: the declaration.
        form: the survey form, if any.
        key: secret for the hashes.
        missing_codes: numbers that mean a missing answer (surveys only).
        from_file_name: fields that the file's name tells; a column or the reader itself goes before.
    """
    rows = _empty_rows(reading)
    codes = missing_codes if source.kind == "survey" else {}
    for field in source.fields:
        for name, column_field in _columns_of(field, form).items():
            cells = Coded.joined([_cells(table, name, from_file_name) for table in reading.tables])
            typed = type_column(cells, column_field, codes, by_one_tool=source.kind == "survey")
            rows.columns[name] = typed.values
            if has_reason(source, field):
                rows.columns[reason_column(name)] = typed.reasons
            if field.estimates:
                rows.columns[estimate_column(name)] = typed.estimates
            _note(rows, typed, name)
        if field.type == "choices":
            _note_unsplit(rows, reading, field)
    _hash_persons(rows, source, key)
    return _keyed(_without_dropped(rows, source), rows, source, key)


def _empty_rows(reading: Reading) -> TypedRows:
    numbers = [np.asarray(table.row_numbers, np.int64) for table in reading.tables]
    sheets = [Coded.constant(table.sheet, len(table.row_numbers)) for table in reading.tables]
    row_numbers = np.concatenate([np.zeros(0, np.int64), *numbers])
    return TypedRows({}, Coded.joined(sheets), row_numbers, pa.nulls(len(row_numbers), pa.string()), [], [])


def _columns_of(field: SourceField, form: Form | None) -> dict[str, SourceField]:
    if field.type != "choices":
        return {field.name: field}
    return {choice_column(field.name, code): field for code in choice_codes(field, form)}


def _cells(table: Table, name: str, from_file_name: Mapping[str, str]) -> Coded:
    """The cells of a column, which leaves the table: nobody needs it again, and it may be large."""
    if name in table.columns:
        return Coded.of(table.columns.pop(name))
    constant: Cell = table.given.get(name)
    if constant is None:
        constant = from_file_name.get(name)
    return Coded.constant(constant, len(table.row_numbers))


def _note(rows: TypedRows, typed: TypedColumn, name: str) -> None:
    """Write down repaired and unreadable cells; the record's key is filled in when it is known."""
    for cell in typed.repaired:
        where = rows.where(cell.position)
        rows.repairs.append(Repair(cell.rule_id, *where, str(cell.position), name, cell.before, cell.after))
    for position, value in typed.unreadable:
        rows.unreadable.append(Unreadable(*rows.where(position), str(position), name, value))


def _note_unsplit(rows: TypedRows, reading: Reading, field: SourceField) -> None:
    """Multiple choices that the reader could not take apart, left by it under the field's own name."""
    start = 0
    for table in reading.tables:
        unsplit = Coded.of(table.columns.get(field.name, []))
        said = unsplit.flagged(lambda cell: cell is not None)
        for row in unsplit.rows_with(said).tolist():
            position = start + row
            text = as_text(unsplit[row])
            rows.unreadable.append(Unreadable(*rows.where(position), str(position), field.name, text))
        start += len(table.row_numbers)


def _hash_persons(rows: TypedRows, source: Source, key: HashKey) -> None:
    """Add the hashed columns; a name that had to be tidied to tell the person is noted, without the name."""
    hashed, retold = hash_persons(rows.columns, source, key, len(rows.row_numbers))
    rows.columns.update(hashed)
    for field, positions in retold.items():
        rule = source.privacy.person_names[field]
        rows.repairs.extend(Repair(rule, *rows.where(row), str(row), field, None, None) for row in positions)


def _texts(rows: TypedRows, column: str) -> Coded:
    values = rows.columns.get(column)
    return as_texts(values) if values is not None else Coded.constant("", len(rows.row_numbers))


def _without_dropped(rows: TypedRows, source: Source) -> dict[str, Coded]:
    return {name: values for name, values in rows.columns.items() if name not in source.privacy.drop}


def _keyed(columns: dict[str, Coded], rows: TypedRows, source: Source, key: HashKey) -> TypedRows:
    """Key the records, and put the keys into the notes in place of positions."""
    keys = record_keys(key, source.source, [_texts(rows, name) for name in source.key], len(rows.row_numbers))
    keyed = replace(rows, columns=columns, record_keys=keys)
    dropped = source.privacy.drop
    return replace(
        keyed,
        repairs=[
            replace(repair, record_key=keyed.key(int(repair.record_key or 0)))
            for repair in rows.repairs
            if repair.field not in dropped
        ],
        unreadable=[
            replace(cell, record_key=keyed.key(int(cell.record_key or 0)))
            for cell in rows.unreadable
            if cell.field not in dropped
        ],
    )
