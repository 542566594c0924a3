"""Refused consent: of such a row nothing is kept but the refusal itself, from the moment the file is read.

Only emptying belongs here; that refusals are counted and not judged belongs to `quality/refusals.py`.
"""

from dataclasses import replace

from mel_pipeline.declarations.models import Consent, Source
from mel_pipeline.intake.rows import TypedRows
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.typing import Value, as_text
from mel_pipeline.intake.words import fold

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
    refusing = _refusing(source.consent, source, rows) if source.consent else []
    if not source.consent or not refusing:
        return rows
    _spell_alike(source.consent, source, rows, refusing)
    kept, silent = kept_columns(source), _silent_columns(source)
    answered: set[int] = set()
    for name, values in rows.columns.items():
        if name not in kept:
            answered |= {place for place in refusing if name not in silent and _says_something(values[place])}
            for place in refusing:
                values[place] = None
    emptied = {(rows.sheets[place], rows.row_numbers[place]) for place in refusing}
    notes = [_note(source, rows, place) for place in sorted(answered)]
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


def _refusing(consent: Consent, source: Source, rows: TypedRows) -> list[int]:
    """Places of the rows that refuse."""
    field = source.field(consent.field)
    values = rows.columns.get(consent.field, [])
    if field is not None and field.type == "flag":
        return [place for place, value in enumerate(values) if value is False]
    refusals = {fold(answer) for answer in consent.refused}
    telling = {text for text in {as_text(value) for value in values} if fold(text) in refusals}
    return [place for place, value in enumerate(values) if as_text(value) in telling]


def _spell_alike(consent: Consent, source: Source, rows: TypedRows, refusing: list[int]) -> None:
    """Write every refusal as the first of its declared spellings, so that others need to know only that one."""
    field = source.field(consent.field)
    if field is not None and field.type != "flag":
        for place in refusing:
            rows.columns[consent.field][place] = consent.refused[0]


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


def _note(source: Source, rows: TypedRows, place: int) -> Repair:
    rule = source.rule_ids.refused or REFUSED
    where = rows.sheets[place], rows.row_numbers[place]
    field = source.consent.field if source.consent else None
    return Repair(rule, *where, rows.record_keys[place], field, None, None)
