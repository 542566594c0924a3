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

RELEASED = "_released"
"""Records that a person released (`record_key, rule_id, field`); without a field, all of the rule's are meant."""

FREED = "released"
"""Treatment under which a released row is listed among the warnings."""

QUARANTINED = "quarantined"
"""What the companion column of an answer set aside says."""


def treat(case: Case, outcomes: Sequence[Outcome]) -> None:
    """Apply the treatment of each rule to its failing rows; every rule sees the rows as they were judged."""
    concerned = [
        (outcome.rule, _without_released(case, outcome.rule, each)) for outcome in outcomes for each in outcome.failing
    ]
    for rule, failing in concerned:
        _list_rows(case, rule, failing)
    for rule, failing in concerned:
        if _effect(rule) == "answer" and failing.field:
            set_answer_aside(case, failing.field, failing.rows)


def _without_released(case: Case, rule: Rule, failing: Failing) -> Failing:
    """The failing rows that nobody released; those released are listed as warnings."""
    same_field = f"coalesce(freed.field, {literal(failing.field)}) is not distinct from {literal(failing.field)}"
    released = (
        f"select judged._row from {JUDGED} as judged join {RELEASED} as freed on judged._record_key = freed.record_key"
        f" where freed.rule_id = {literal(rule.id)} and {same_field} and judged._row in ({failing.rows})"
    )
    if _effect(rule) == "nothing" or not case.number(f"select count(*) from ({released})"):
        return failing
    write_findings(case, "_warnings", rule, failing.field, released, FREED)
    return Failing(failing.field, f"select _row from ({failing.rows}) where _row not in ({released})")


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
    write_findings(case, "_warnings" if effect == "nothing" else "_quarantine", rule, failing.field, rows)
    if effect in ("row", "file", "source"):
        case.connection.execute(f"insert into {SET_ASIDE} {rows}")


def _rows_concerned(effect: str, rows: str) -> str:
    """SQL of the rows that go with some failing rows: those of their files, or of the whole source."""
    if effect == "file":
        files = f"select _source_file from {JUDGED} where _row in ({rows})"
        return f"select _row from {JUDGED} where _source_file in ({files})"
    return f"select _row from {JUDGED} where exists ({rows})" if effect == "source" else rows


def write_findings(
    case: Case, table: str, rule: Rule, field: str | None, rows: str, treatment: str | None = None
) -> None:
    """Write one finding for each of some rows: what the rule says about it, and what stands in the field."""
    value = f"{quote(field)}::varchar" if field else "null"
    level = rule.blocks if rule.blocks in ("file", "source") else rule.level
    case.connection.execute(
        f"insert into {table} by name select {literal(case.source.source)} as source,"
        " _source_file as source_file, _source_sheet as source_sheet, _source_row as source_row,"
        f" _record_key as record_key, {literal(level)} as level, {literal(rule.id)} as rule_id,"
        f" {literal(treatment or rule.treatment)} as treatment, {literal(field)} as field, {value} as value,"
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
