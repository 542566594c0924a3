"""Rows and answers that count in spite of a rule, because somebody who knows said so.

Which rows a rule fails is decided elsewhere; here only whether a person released them.
"""

from collections.abc import Iterable

from mel_pipeline.database import literal
from mel_pipeline.quality.case import Case
from mel_pipeline.quality.decisions.applying import Answered
from mel_pipeline.quality.treatments import FREED, RELEASED


def note_releases(case: Case, answers: Iterable[Answered]) -> None:
    """Make the table of released records before rules are treated."""
    case.connection.execute(f"create or replace table {RELEASED} (record_key varchar, rule_id varchar, field varchar)")
    for answer in _releases(answers):
        field = answer.column.name if answer.column else answer.decision.question
        row = ", ".join(literal(value) for value in (answer.record_key, answer.decision.rule_id, field))
        case.connection.execute(f"insert into {RELEASED} values ({row})")


def settle_releases(case: Case, answers: Iterable[Answered]) -> None:
    """Say of each release whether the rule would have set the row aside."""
    for answer in _releases(answers):
        freed = case.number(
            f"select count(*) from _warnings where treatment = {literal(FREED)}"
            f" and record_key = {literal(answer.record_key)} and rule_id = {literal(answer.decision.rule_id)}"
        )
        answer.outcome = "released" if freed else "nothing_to_release"


def _releases(answers: Iterable[Answered]) -> list[Answered]:
    return [each for each in answers if each.decision.change_type == "release" and each.outcome != "unknown_record"]
