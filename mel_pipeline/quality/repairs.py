"""Applies repair rules: cells that break them are replaced by the rule's own expression, or the row is dropped.

Repairs by readers happen at intake and are only taken over (`reading_notes.py`).
"""

from collections.abc import Sequence

import duckdb

from mel_pipeline.database import literal, quote
from mel_pipeline.declarations.expressions import ExpressionError, read_expression
from mel_pipeline.declarations.models import Rule
from mel_pipeline.quality.case import JUDGED, Case
from mel_pipeline.quality.evaluation import Failing, Outcome, evaluate
from mel_pipeline.quality.gather import drop_rows
from mel_pipeline.quality.treatments import write_findings


def repair(case: Case, rules: Sequence[Rule]) -> list[Outcome]:
    """Evaluate repair rules together, then fix or drop what broke them, in the order of the rules.

    All are judged on the rows as they came; where two rules fix one cell, the later rule starts from what the
    earlier one left. A row that an earlier rule dropped is gone for the later ones.
    """
    outcomes = evaluate(case, rules)
    for outcome in outcomes:
        for failing in outcome.failing:
            if outcome.rule.drop:
                drop_rows(case, outcome.rule.id, failing.rows, failing.field)
            elif _fix(case, outcome, failing) and outcome.rule.also_warn:
                write_findings(case, "_warnings", outcome.rule, failing.field, failing.rows, "warn")
    return outcomes


def _fix(case: Case, outcome: Outcome, failing: Failing) -> bool:
    """Replace the cells and write what they were; a fix that cannot be computed leaves the rule without verdict."""
    field, fix = failing.field or "", outcome.rule.fix or ""
    try:
        read_expression(fix)
        case.connection.execute(
            "create or replace temp table fixed as"
            f" select _row, {quote(field)}::varchar as before, cast(({fix}) as {case.columns()[field]}) as after"
            f" from {JUDGED} where _row in ({failing.rows})"
        )
    except ExpressionError as fault:
        outcome.problem = f"`fix` is not one expression: {fault}. Rewrite it."
    except duckdb.Error as error:
        outcome.problem = f"`fix` cannot be computed ({type(error).__name__}). Check its columns and types."
    else:
        case.connection.execute(
            f"update {JUDGED} set {quote(field)} = fixed.after from fixed where {JUDGED}._row = fixed._row"
        )
        _write_repairs(case, outcome.rule, field)
    return outcome.problem is None


def _write_repairs(case: Case, rule: Rule, field: str) -> None:
    case.connection.execute(
        f"insert into _repairs by name select {literal(rule.id)} as rule_id, 'repair' as treatment,"
        f" {literal(case.source.source)} as source, _source_file as source_file, _source_sheet as source_sheet,"
        f" _source_row as source_row, _record_key as record_key, {literal(field)} as field, before,"
        f" after::varchar as after, {field in case.restricted_fields} as is_restricted"
        f" from fixed join {JUDGED} using (_row)"
    )
