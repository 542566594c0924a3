"""The decisions of one source on their way through its judgement: before repairs, and after the rules.

Only the order of steps belongs here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.privacy import load_key
from mel_pipeline.intake.xlsform import Form
from mel_pipeline.quality.case import Case
from mel_pipeline.quality.decisions.applying import Answered, Desk, apply_decisions, note_removed_besides
from mel_pipeline.quality.decisions.ledger import write_answers
from mel_pipeline.quality.decisions.names_and_persons import (
    approve_names,
    code_column_of,
    merge_persons,
    settle_names,
)
from mel_pipeline.quality.decisions.reading import Decision, read_logs
from mel_pipeline.quality.decisions.releases import note_releases, settle_releases
from mel_pipeline.quality.decisions.routing import decisions_for

ABOUT_RECORDS = ("change_response", "blank_response", "remove_survey", "no_action", "release")


@dataclass(frozen=True)
class Decided:
    """What was decided about a source; releases and names are settled once the rules have spoken."""

    answers: Sequence[Answered]
    names: Sequence[Answered]

    def settle(self, case: Case) -> None:
        """Find out what the rules made of releases and approved names, and write every answer down."""
        settle_releases(case, self.answers)
        settle_names(case, self.names)
        note_removed_besides(self.answers)
        write_answers(case, [*self.answers, *self.names])


def decide(case: Case, sources: Mapping[str, Source], form: Form | None, missing_codes: Mapping[str, str]) -> Decided:
    """Apply what people decided about the rows of a source, as the files in `data/raw/corrections` say now."""
    decisions = decisions_for(case.source, sources, read_logs(case.folders))
    desk = Desk(case, load_key(case.folders), form, missing_codes)
    if decisions:
        apply_decisions(desk, _of_kind(decisions, *ABOUT_RECORDS))
    note_releases(case, desk.answers)
    names: list[Answered] = []
    approved = _of_kind(decisions, "approve_alias")
    code_column = code_column_of(case.source, dict(sources)) if approved else None
    if code_column:
        names = approve_names(case, desk.key, code_column, approved)
    merged = merge_persons(case, _of_kind(decisions, "merge_persons"))
    return Decided([*desk.answers, *merged], names)


def _of_kind(decisions: Sequence[Decision], *kinds: str) -> list[Decision]:
    return [each for each in decisions if each.change_type in kinds]
