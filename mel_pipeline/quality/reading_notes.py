"""Turns the notes that intake left about cells into findings: repairs by readers and unreadable cells.

Only the translation belongs here; which cells are readable is intake's affair.
"""

import re
from collections.abc import Iterable

import pyarrow as pa

from mel_pipeline.database import literal, quote
from mel_pipeline.declarations.models import RuleIds, Source
from mel_pipeline.intake.formats.form_versions import RECODED, RENAMED
from mel_pipeline.intake.formats.templates import LOCAL_MARKS, MERGED_CELLS, RENAMED_SHEET
from mel_pipeline.intake.number_cells import EASTERN_DIGITS, has_two_readings
from mel_pipeline.intake.period_cells import PERIOD_IN_WORDS
from mel_pipeline.intake.personal_data import holds_contact
from mel_pipeline.intake.repaired_text import WRONG_ENCODING
from mel_pipeline.intake.staged import Unreadable
from mel_pipeline.intake.typing import MIXED_SEPARATORS
from mel_pipeline.intake.words import western_digits
from mel_pipeline.quality.case import JUDGED, Case, FileRecord
from mel_pipeline.quality.treatments import set_answer_aside

UNREADABLE = "UNREADABLE"
"""Rule identifier of unreadable cells for sources that declare none in `rule_ids`."""

_REASONS = {
    "unreadable": "The cell does not hold what its column asks for",
    "unknown_code": "The words are none of those that the column knows",
    "ambiguous_number": "The number could mean thousands or decimals: write it without a mark for thousands",
    "other_calendar": "The day is of another calendar, which nobody declared; write it in the common calendar",
}
"""Why a cell was set aside, by what `rule_ids` call it."""

_YEAR_OF_ANOTHER_CALENDAR = re.compile(r"(?<!\d)1[345]\d\d(?!\d)")

_CELL = pa.schema(
    {
        "source_file": pa.string(),
        "source_sheet": pa.string(),
        "source_row": pa.int64(),
        "rule_id": pa.string(),
        "treatment": pa.string(),
        "record_key": pa.string(),
        "field": pa.string(),
        "before": pa.string(),
        "after": pa.string(),
        "is_restricted": pa.bool_(),
    }
)


def take_over_repairs(case: Case) -> None:
    """Copy what readers repaired and dropped into `repairs`; a copy of a file tells nothing again."""
    entries = [entry for record in _told(case) for entry in _repairs(case, record)]
    _load(case, "_noted", entries)
    case.connection.execute(
        f"insert into _repairs by name select *, {literal(case.source.source)} as source from _noted"
    )


def set_unreadable_cells_aside(case: Case) -> None:
    """Quarantine cells that are not of their field's type, for rows that no later row has replaced."""
    _load(case, "_noted", [entry for record in _told(case) for entry in _unreadable(case, record)])
    case.connection.execute(
        "create or replace temp table unreadable as select judged._row, judged._record_key, noted.*"
        f" from _noted as noted join {JUDGED} as judged on judged._source_file = noted.source_file"
        " and coalesce(judged._source_sheet, '') = coalesce(noted.source_sheet, '')"
        " and judged._source_row = noted.source_row"
    )
    case.connection.execute(
        f"insert into _quarantine by name select {literal(case.source.source)} as source, source_file, source_sheet,"
        " source_row, _record_key as record_key, 'answer' as level, rule_id, 'quarantine' as treatment, field,"
        " before as value, is_restricted, after as reason from unreadable"
    )
    for (field,) in case.connection.execute("select distinct field from unreadable order by 1").fetchall():
        if field in case.columns():
            set_answer_aside(case, field, f"select _row from unreadable where field = {literal(field)}")


def _told(case: Case) -> Iterable[FileRecord]:
    return (record for record in case.files if record.staged.copy_of is None)


def _repairs(case: Case, record: FileRecord) -> list[dict[str, object]]:
    shared: dict[str, object] = {"source_file": record.staged.source_file, "treatment": "repair"}
    own = case.source.rule_ids
    ids = {
        EASTERN_DIGITS: own.eastern_digits,
        MIXED_SEPARATORS: own.mixed_separators,
        RENAMED: own.renamed,
        RECODED: own.recoded,
        PERIOD_IN_WORDS: own.period_in_words,
        RENAMED_SHEET: own.renamed_sheet,
        MERGED_CELLS: own.merged_cells,
        LOCAL_MARKS: own.local_number,
        WRONG_ENCODING: own.wrong_encoding,
    }
    repaired: list[dict[str, object]] = [
        {
            **shared,
            "source_sheet": note.source_sheet,
            "source_row": note.source_row,
            "rule_id": ids.get(note.rule_id) or note.rule_id,
            "record_key": note.record_key,
            "field": note.field,
            "before": note.before,
            "after": note.after,
            "is_restricted": note.field in case.restricted_fields,
        }
        for note in record.notes.repairs
    ]
    dropped: list[dict[str, object]] = [
        {
            **shared,
            "source_sheet": note.source_sheet,
            "source_row": note.source_row,
            "rule_id": note.rule_id,
            "is_restricted": False,
        }
        for note in record.notes.dropped
    ]
    return [*repaired, *dropped]


def _unreadable(case: Case, record: FileRecord) -> list[dict[str, object]]:
    """One entry for each cell; why it was set aside stands in the column `after`."""
    return [
        {
            "source_file": record.staged.source_file,
            "source_sheet": note.source_sheet,
            "source_row": note.source_row,
            "rule_id": _rule_id(case.source.rule_ids, kind),
            "record_key": note.record_key,
            "field": note.field,
            "before": note.value,
            "after": _REASONS[kind],
            "is_restricted": note.field in case.restricted_fields or not _is_plain(note.value),
        }
        for note in record.notes.unreadable
        for kind in [_kind(case.source, note)]
    ]


def _rule_id(ids: RuleIds, kind: str) -> str:
    own: str | None = getattr(ids, kind)
    return own or ids.unreadable or UNREADABLE


def _kind(source: Source, note: Unreadable) -> str:
    """What is wrong with a cell, as `rule_ids` call it; only what the source names is told apart."""
    field = source.field(note.field)
    if field is None:
        return "unreadable"
    if source.rule_ids.unknown_code and field.type in ("category", "codes"):
        return "unknown_code"
    if source.rule_ids.ambiguous_number and field.local_marks and has_two_readings(note.value):
        return "ambiguous_number"
    is_day = field.type in ("date", "datetime")
    if source.rule_ids.other_calendar and is_day and _YEAR_OF_ANOTHER_CALENDAR.search(western_digits(note.value)):
        return "other_calendar"
    return "unreadable"


def _is_plain(value: str) -> bool:
    """Whether what stands in a wrong place is a number or sign that tells of nobody; words may be anybody's name."""
    return not any(character.isalpha() for character in value) and not holds_contact(value)


def _load(case: Case, table: str, entries: list[dict[str, object]]) -> None:
    case.connection.register("_entries", pa.Table.from_pylist(entries, schema=_CELL))
    case.connection.execute(f"create or replace temp table {quote(table)} as from _entries")
    case.connection.unregister("_entries")
