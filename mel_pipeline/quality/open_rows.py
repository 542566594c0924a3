"""What waits for somebody's decision after a source was judged: rows and answers with a finding, and open names.

The values stand here as they came, also restricted ones: these files lie in the restricted folder, and only
review workbooks are made from them. How a workbook looks belongs to `publish`.
"""

from collections.abc import Iterable
from pathlib import Path

from mel_pipeline.database import literal, quote, write_parquet
from mel_pipeline.declarations.models import Settings
from mel_pipeline.folders import DataFolder
from mel_pipeline.quality.case import JUDGED, Case
from mel_pipeline.quality.decisions.applying import Answered
from mel_pipeline.quality.register import OPEN
from mel_pipeline.quality.treatments import FREED, SET_ASIDE


def open_findings(folders: DataFolder, source: str) -> Path:
    """Findings of a source that nobody has decided about, one row each, with the record they are about."""
    return folders.restricted / "open" / f"{source}.findings.parquet"


def open_names(folders: DataFolder, source: str) -> Path:
    """Spellings of a source that stand for no entry, with the number of rows that hold them."""
    return folders.restricted / "open" / f"{source}.names.parquet"


def scope_columns(settings: Settings) -> list[str]:
    """Columns by which rows belong to somebody who may be asked: scopes that are a column and no bridge."""
    return [column for column in settings.scopes.values() if isinstance(column, str)]


def write_open_rows(case: Case, settings: Settings, answers: Iterable[Answered]) -> None:
    """Write what waits for a decision; what somebody has looked at and left as it is waits no longer."""
    _note_looked_at(case, answers)
    scopes = _scopes(case, settings)
    write_parquet(
        case.connection, _findings(case, scopes), open_findings(case.folders, case.source.source), order_by="all"
    )
    write_parquet(case.connection, _names(case, scopes), open_names(case.folders, case.source.source), order_by="all")


def _note_looked_at(case: Case, answers: Iterable[Answered]) -> None:
    case.connection.execute(
        "create or replace temp table _looked_at (record_key varchar, rule_id varchar, field varchar)"
    )
    for answer in answers:
        if answer.decision.change_type == "no_action" and answer.outcome == "recorded":
            field = answer.column.name if answer.column else None
            row = ", ".join(literal(value) for value in (answer.record_key, answer.decision.rule_id, field))
            case.connection.execute(f"insert into _looked_at values ({row})")


def _scopes(case: Case, settings: Settings) -> str:
    """SQL of the scope columns of a judged row; null where the source does not tell."""
    present = case.columns()
    return ", ".join(
        (f"judged.{quote(column)}::varchar" if column in present else "null::varchar") + f" as {quote(column)}"
        for column in scope_columns(settings)
    )


def _findings(case: Case, scopes: str) -> str:
    """Findings with the field that a person can correct, and its value before any repair."""
    question, value = _correctable(case)
    return f"""
        with found as (
            select 'set_aside' as kind, * from _quarantine
            union all by name
            select 'to_look_at' as kind, * from _warnings where treatment <> {literal(FREED)}
        ),
        before as (
            select record_key, field, any_value("before") as came_as from _repairs
            where record_key is not null and field is not null and "before" is not null group by all
        ),
        waiting as (
            select * from found where not exists (
                select 1 from _looked_at as looked where looked.record_key = found.record_key
                and coalesce(looked.rule_id, found.rule_id) = found.rule_id
                and coalesce(looked.field, found.field) is not distinct from found.field
            )
        )
        select waiting.kind, waiting.source, waiting.source_file, waiting.source_sheet, waiting.source_row,
            waiting.record_key, waiting.level, waiting.rule_id, {question} as question,
            coalesce(before.came_as, {value}) as old_value, {_record(case)} as record, {scopes or "null as nobody"}
        from waiting
        left join before on before.record_key = waiting.record_key and before.field = {question}
        left join {JUDGED} as judged on judged._record_key = waiting.record_key
            and judged._source_file = waiting.source_file and judged._source_row = waiting.source_row
            and coalesce(judged._source_sheet, '') = coalesce(waiting.source_sheet, '')
    """


def _record(case: Case) -> str:
    """SQL of what a person calls the record: the values of its key, without hashes and what is empty."""
    plain = [name for name in case.source.key if name not in case.source.privacy.hash]
    told = ", ".join(f"{literal(name + ' ')} || judged.{quote(name)}::varchar" for name in plain)
    return f"concat_ws('; ', {told})" if told else "''"


def _correctable(case: Case) -> tuple[str, str]:
    """SQL of the field to correct and of its value: of a resolved name, the field that it was resolved from."""
    declared = {field.name for field in case.source.fields}
    present = case.columns()
    question = value = ""
    for target, resolve in case.source.resolve.items():
        if resolve.from_field in present:
            question += f" when field = {literal(target)} then {literal(resolve.from_field)}"
            value += f" when waiting.field = {literal(target)} then judged.{quote(resolve.from_field)}::varchar"
    shown = declared | {name for name in present if not name.startswith("_")}
    known = ", ".join(literal(name) for name in sorted(shown)) or "''"
    question = (
        f"case{question.replace('field =', 'waiting.field =')} when waiting.field in ({known}) then waiting.field end"
    )
    return question, f"case{value} else waiting.value end" if value else "waiting.value"


def _names(case: Case, scopes: str) -> str:
    """Spellings by target, place and scope; none for sources without names to resolve."""
    nobody = scopes or "null as nobody"
    parts = [
        "select null::varchar as source, null::varchar as target, null::varchar as spelling, null::varchar as within,"
        f" {nobody}, 0::bigint as n_rows, null::varchar as source_file from {JUDGED} as judged where false"
    ]
    opened = ", ".join(literal(match) for match in OPEN)
    for target, resolve in case.source.resolve.items():
        within = f"judged.{quote(resolve.within)}::varchar" if resolve.within else "null::varchar"
        # A rule may have set the spelling itself aside: then it stands in the quarantine.
        spelling = f"coalesce(judged.{quote(resolve.from_field)}::varchar, aside.value)"
        parts.append(
            f"select {literal(case.source.source)} as source, {literal(target)} as target, {spelling} as spelling,"
            f" {within} as within, {nobody}, count(*) as n_rows, min(judged._source_file) as source_file"
            f" from {JUDGED} as judged left join _quarantine as aside on aside.record_key = judged._record_key"
            f" and aside.level = 'answer' and aside.field = {literal(resolve.from_field)}"
            f" where judged.{quote(target + '_match')} in ({opened})"
            f" and judged._row not in (from {SET_ASIDE}) group by all"
        )
    return " union all by name ".join(parts)
