"""One reading becomes typed rows: columns in the staged layout, keys of the records, and notes on every cell.

Nothing is opened or written here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.formats.reading import Reading, Table
from mel_pipeline.intake.grids import Cell
from mel_pipeline.intake.layout import choice_codes, choice_column, estimate_column, has_reason, reason_column
from mel_pipeline.intake.privacy import HashKey, person_hash, record_keys
from mel_pipeline.intake.staged import Repair, Unreadable
from mel_pipeline.intake.typing import TypedColumn, Value, as_text, type_column
from mel_pipeline.intake.words import fold
from mel_pipeline.intake.xlsform import Form


@dataclass(frozen=True)
class TypedRows:
    """Rows of one file.

    Attributes:
        columns: values by column, restricted ones included; those of `privacy.drop` are gone.
        sheets: sheet of each row.
        row_numbers: number of each row as a spreadsheet shows it.
    """

    columns: dict[str, list[Value]]
    sheets: list[str]
    row_numbers: list[int]
    record_keys: list[str]
    repairs: list[Repair]
    unreadable: list[Unreadable]


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
    rows = TypedRows({}, [], [], [], [], [])
    for table in reading.tables:
        rows.sheets.extend([table.sheet] * len(table.row_numbers))
        rows.row_numbers.extend(table.row_numbers)
    codes = missing_codes if source.kind == "survey" else {}
    for field in source.fields:
        for name, column_field in _columns_of(field, form).items():
            cells = [cell for table in reading.tables for cell in _cells(table, name, from_file_name)]
            typed = type_column(cells, column_field, codes)
            rows.columns[name] = typed.values
            if has_reason(source, field):
                rows.columns[reason_column(name)] = list(typed.reasons)
            if field.estimates:
                rows.columns[estimate_column(name)] = list(typed.estimates)
            _note(rows, typed, name)
        if field.type == "choices":
            _note_unsplit(rows, reading, field)
    _hash_persons(rows, source, key)
    return _keyed(_without_dropped(rows, source), rows, source, key)


def _columns_of(field: SourceField, form: Form | None) -> dict[str, SourceField]:
    if field.type != "choices":
        return {field.name: field}
    return {choice_column(field.name, code): field for code in choice_codes(field, form)}


def _cells(table: Table, name: str, from_file_name: Mapping[str, str]) -> list[Cell]:
    if name in table.columns:
        return table.columns[name]
    constant: Cell = table.given.get(name)
    if constant is None:
        constant = from_file_name.get(name)
    return [constant] * len(table.row_numbers)


def _note(rows: TypedRows, typed: TypedColumn, name: str) -> None:
    """Write down repaired and unreadable cells; the record's key is filled in when it is known."""
    for cell in typed.repaired:
        where = rows.sheets[cell.position], rows.row_numbers[cell.position]
        rows.repairs.append(Repair(cell.rule_id, *where, str(cell.position), name, cell.before, cell.after))
    for position, value in typed.unreadable:
        where = rows.sheets[position], rows.row_numbers[position]
        rows.unreadable.append(Unreadable(*where, str(position), name, value))


def _note_unsplit(rows: TypedRows, reading: Reading, field: SourceField) -> None:
    """Multiple choices that the reader could not take apart, left by it under the field's own name."""
    position = 0
    for table in reading.tables:
        unsplit = table.columns.get(field.name, [])
        for offset, cell in enumerate(unsplit):
            if cell is not None:
                where = table.sheet, table.row_numbers[offset]
                rows.unreadable.append(Unreadable(*where, str(position + offset), field.name, as_text(cell)))
        position += len(table.row_numbers)


def _hash_persons(rows: TypedRows, source: Source, key: HashKey) -> None:
    for name, alternatives in source.privacy.hash.items():
        people: list[Value] = []
        for position in range(len(rows.row_numbers)):
            inputs = [
                [(part, _personal_text_at(rows, source, part, position)) for part in parts] for parts in alternatives
            ]
            people.append(person_hash(key, inputs))
        rows.columns[name] = people


def _personal_text_at(rows: TypedRows, source: Source, column: str, position: int) -> str:
    """What a row says in a field; nothing where it stands for several people, such as an office's mailbox."""
    text = _text_at(rows, column, position)
    return "" if stands_for_several(source, column, text) else text


def stands_for_several(source: Source, column: str, text: str) -> bool:
    """Whether a text is that of several people, such as the address of an office's mailbox."""
    return any(re.search(pattern, fold(text)) for pattern in source.privacy.shared.get(column, ()))


def _text_at(rows: TypedRows, column: str, position: int) -> str:
    values = rows.columns.get(column)
    return as_text(values[position]) if values else ""


def _without_dropped(rows: TypedRows, source: Source) -> dict[str, list[Value]]:
    return {name: values for name, values in rows.columns.items() if name not in source.privacy.drop}


def _keyed(columns: dict[str, list[Value]], rows: TypedRows, source: Source, key: HashKey) -> TypedRows:
    """Key the records, and put the keys into the notes in place of positions."""
    count = len(rows.row_numbers)
    values = [[_text_at(rows, name, position) for name in source.key] for position in range(count)]
    keys = record_keys(key, source.source, values)
    stored = [repair for repair in rows.repairs if repair.field not in source.privacy.drop]
    return replace(
        rows,
        columns=columns,
        record_keys=keys,
        repairs=[replace(repair, record_key=keys[int(repair.record_key or 0)]) for repair in stored],
        unreadable=[
            replace(cell, record_key=keys[int(cell.record_key or 0)])
            for cell in rows.unreadable
            if cell.field not in source.privacy.drop
        ],
    )
