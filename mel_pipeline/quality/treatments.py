"""What happens to the rows that break a rule: quarantine, warning or block, at the level of row, answer or file.

Repairs have their own module, because they come before names are resolved.
"""

from collections.abc import Sequence

from mel_pipeline.database import literal, quote
from mel_pipeline.declarations.models import Rule
from mel_pipeline.intake.layout import reason_column
from mel_pipeline.quality.case import JUDGED, Case
from mel_pipeline.quality.evaluation import Failing, Outcome, reason_of

SET_ASIDE = "_set_aside"
"""Numbers of the rows that are kept out of the accepted rows."""

QUARANTINED = "quarantined"
"""What the companion column of an answer set aside says."""


def treat(case: Case, outcomes: Sequence[Outcome]) -> None:
    """Apply the treatment of each rule to its failing rows; every rule sees the rows as they were judged."""
    for outcome in outcomes:
        for failing in outcome.failing:
            _list_rows(case, outcome.rule, failing)
    for outcome in outcomes:
        for failing in outcome.failing:
            if _effect(outcome.rule) == "answer" and failing.field:
                set_answer_aside(case, failing.field, failing.rows)


def _effect(rule: Rule) -> str:
    """What a failing row loses: nothing, an answer, itself, its whole file, or its whole source.

    A block without `blocks` keeps out what its `level` names. Blocks of an indicator or a publication
    leave the rows here: whoever computes those reads the verdict from `quality_results`.
    """
    if rule.treatment == "warn" or rule.blocks in ("indicator", "publication"):
        return "nothing"
    return rule.blocks or rule.level


def _list_rows(case: Case, rule: Rule, failing: Failing) -> None:
    effect = _effect(rule)
    rows = _rows_concerned(effect, failing.rows)
    _write_findings(case, "_warnings" if effect == "nothing" else "_quarantine", rule, failing.field, rows)
    if effect in ("row", "file", "source"):
        case.connection.execute(f"insert into {SET_ASIDE} {rows}")


def _rows_concerned(effect: str, rows: str) -> str:
    """SQL of the rows that go with some failing rows: those of their files, or of the whole source."""
    if effect == "file":
        files = f"select _source_file from {JUDGED} where _row in ({rows})"
        return f"select _row from {JUDGED} where _source_file in ({files})"
    return f"select _row from {JUDGED} where exists ({rows})" if effect == "source" else rows


def _write_findings(case: Case, table: str, rule: Rule, field: str | None, rows: str) -> None:
    value = f"{quote(field)}::varchar" if field else "null"
    level = rule.blocks if rule.blocks in ("file", "source") else rule.level
    case.connection.execute(
        f"insert into {table} by name select {literal(case.source.source)} as source,"
        " _source_file as source_file, _source_sheet as source_sheet, _source_row as source_row,"
        f" _record_key as record_key, {literal(level)} as level, {literal(rule.id)} as rule_id,"
        f" {literal(rule.treatment)} as treatment, {literal(field)} as field, {value} as value,"
        f" {field in case.restricted_fields} as is_restricted, {literal(reason_of(rule))} as reason"
        f" from {JUDGED} where _row in ({rows})"
    )


def set_answer_aside(case: Case, field: str, rows: str) -> None:
    """Empty one field of some rows and say so in its companion column."""
    companion = reason_column(field)
    add_companion(case, field)
    case.connection.execute(
        f"update {JUDGED} set {quote(field)} = null, {quote(companion)} = {literal(QUARANTINED)} where _row in ({rows})"
    )


def add_companion(case: Case, field: str) -> None:
    """Add the column that says why an answer is missing, where the source has none yet."""
    case.connection.execute(f"alter table {JUDGED} add column if not exists {quote(reason_column(field))} varchar")
