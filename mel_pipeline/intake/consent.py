"""Refused consent: of such a row nothing is kept but the refusal itself, from the moment the file is read.

Only emptying belongs here; that refusals are counted and not judged belongs to `quality/refusals.py`.
"""

from dataclasses import replace

import numpy as np

from mel_pipeline.declarations.models import Consent, Source
from mel_pipeline.intake.coded import Rows
from mel_pipeline.intake.rows import TypedRows
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.value_texts import Value, as_text
from mel_pipeline.intake.words import fold

_NOBODY: Rows = np.zeros(0, np.int64)

REFUSED = "REFUSED"
"""Rule identifier of answers emptied after a refusal, for sources that declare none in `rule_ids`."""

_ABOUT_THE_DEVICE = frozenset({"start", "end", "today", "deviceid", "phonenumber", "username", "audit"})
"""Questions that nobody answers: their values go too, but do not show that somebody answered after refusing."""


def keep_refusals_only(source: Source, rows: TypedRows) -> TypedRows:
    """Empty the rows in which consent is refused, and forget what was noted about their cells.

    Args:
        source: the declaration; without `consent` nothing is done.
        rows: the typed rows; their columns are changed in place. Keys of records stay as they were.
    """
    refusing = _refusing(source.consent, source, rows) if source.consent else _NOBODY
    if not source.consent or not len(refusing):
        return rows
    _spell_alike(source.consent, source, rows, refusing)
    kept, silent = kept_columns(source), _silent_columns(source)
    answered = np.zeros(len(refusing), np.bool_)
    for name, values in rows.columns.items():
        if name not in kept:
            if name not in silent:
                answered |= [_says_something(value) for value in values.take(refusing)]
            rows.columns[name] = values.with_value(refusing, None)
    emptied = {rows.where(row) for row in refusing.tolist()}
    notes = [_note(source, rows, row) for row in refusing[answered].tolist()]
    return replace(
        rows,
        repairs=[each for each in rows.repairs if (each.source_sheet, each.source_row) not in emptied] + notes,
        unreadable=[each for each in rows.unreadable if (each.source_sheet, each.source_row) not in emptied],
    )


def kept_columns(source: Source) -> set[str]:
    """Columns that a refusal leaves: the refusal, what the row is told apart and dated by, and `keep`."""
    if source.consent is None:
        return set()
    told = {field.name for field in source.fields if field.from_file_name or field.from_reader}
    known = [source.consent.field, *source.consent.keep, *source.key, *source.supersedes_by]
    single = [source.later_by, source.latest_by, source.revision_by, source.due.period if source.due else None]
    free_text = {field.name for field in source.fields if field.type == "text"}
    about_persons = {*source.privacy.hash, *source.privacy.restricted, *free_text}
    return {*told, *known, *(name for name in single if name)} - about_persons


def _refusing(consent: Consent, source: Source, rows: TypedRows) -> Rows:
    """The rows that refuse."""
    field = source.field(consent.field)
    values = rows.columns.get(consent.field)
    if values is None:
        return _NOBODY
    if field is not None and field.type == "flag":
        return values.rows_with(values.flagged(lambda value: value is False))
    refusals = {fold(answer) for answer in consent.refused}
    return values.rows_with(values.flagged(lambda value: fold(as_text(value)) in refusals))


def _spell_alike(consent: Consent, source: Source, rows: TypedRows, refusing: Rows) -> None:
    """Write every refusal as the first of its declared spellings, so that others need to know only that one."""
    field = source.field(consent.field)
    if field is not None and field.type != "flag":
        rows.columns[consent.field] = rows.columns[consent.field].with_value(refusing, consent.refused[0])


def _silent_columns(source: Source) -> set[str]:
    """Columns whose values nobody gave: of the device, of the export, and hashes."""
    device = {
        field.name
        for field in source.fields
        if field.question and (field.question in _ABOUT_THE_DEVICE or field.question.startswith("_"))
    }
    return device | set(source.privacy.hash)


def _says_something(value: Value) -> bool:
    return value is not None and value not in ("", 0, False)


def _note(source: Source, rows: TypedRows, row: int) -> Repair:
    rule = source.rule_ids.refused or REFUSED
    field = source.consent.field if source.consent else None
    return Repair(rule, *rows.where(row), rows.key(row), field, None, None)
