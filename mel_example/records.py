"""What is declared about the files' defects: where each stands, and what it makes impossible to know.

Shapes only. `defects.py` fills them in, `truth/` reads them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from mel_example.answers import EventFeedback, TrainingTest
from mel_example.hub_records import Change, HelpRequest
from mel_example.register_records import Membership
from mel_example.world import ActivityRow, AttendanceRow, HubReport, SurveyAnswer, World

Sent = TypeVar("Sent", TrainingTest, EventFeedback)


@dataclass(frozen=True, order=True)
class PlantedDefect:
    """One defect as the pipeline must find it; `source_row` is the row that a spreadsheet shows."""

    source: str
    source_file: str
    source_sheet: str
    source_row: int
    rule_id: str
    treatment: str


@dataclass
class Losses:
    """Facts of the world that nobody can read from the broken files any more."""

    items: set[tuple[str, int]] = field(default_factory=set)
    """Survey items set aside: submission and place of the item, from 0."""
    lost_answers: set[str] = field(default_factory=set)
    """Survey submissions that do not count: set aside, excluded, or refused after all."""
    changed_answers: dict[str, SurveyAnswer] = field(default_factory=dict)
    """What a submission says now, where it was answered in another way than the world knows."""
    added_answers: list[SurveyAnswer] = field(default_factory=list)
    """Second answers of cities that had answered already."""
    places: set[AttendanceRow] = field(default_factory=set)
    """Attendance rows whose city cannot be told."""
    nobodies: set[AttendanceRow] = field(default_factory=set)
    """Attendance rows set aside, because nobody can tell who it was."""
    rooms: list[AttendanceRow] = field(default_factory=list)
    """Rooms that joined as if they were one person: they count, though the world knows no such person."""
    activities: set[ActivityRow] = field(default_factory=set)
    """Activities of hub reports set aside."""
    changes: set[Change] = field(default_factory=set)
    """Reports of changes set aside."""
    requests: set[HelpRequest] = field(default_factory=set)
    """Rows about requests set aside."""
    first_sent: dict[tuple[str, str], date] = field(default_factory=dict)
    """Days on which earlier versions of reports were sent, by hub and quarter."""
    populations: set[str] = field(default_factory=set)
    """Cities whose population in the register cannot be."""
    acceptances: set[str] = field(default_factory=set)
    """Cities that accepted the principles on a day that the register does not say."""
    training_tests: dict[str, TrainingTest | None] = field(default_factory=dict)
    """What is left of questionnaires before and after trainings, by submission; None where nothing is."""
    event_feedback: dict[str, EventFeedback | None] = field(default_factory=dict)
    """What is left of questionnaires after events, by submission; None where nothing is."""


def surviving_world(world: World, losses: Losses) -> World:
    """The world as a correct pipeline can still know it."""
    return replace(
        world,
        cities=tuple(replace(c, population=None) if c.city_code in losses.populations else c for c in world.cities),
        memberships=tuple(_known_membership(member, losses) for member in world.memberships),
        answers=_known_answers(world, losses),
        attendance=_known_attendance(world, losses),
        reports=tuple(_known_report(report, losses) for report in world.reports),
        training_tests=_what_is_left(world.training_tests, losses.training_tests),
        follow_ups=_what_is_left(world.follow_ups, losses.training_tests),
        event_feedback=_what_is_left(world.event_feedback, losses.event_feedback),
    )


def _what_is_left(sent: Iterable[Sent], left: Mapping[str, Sent | None]) -> tuple[Sent, ...]:
    kept = (left.get(each.submission_uuid, each) for each in sent)
    return tuple(each for each in kept if each is not None)


def _known_membership(member: Membership, losses: Losses) -> Membership:
    if member.city_code not in losses.acceptances:
        return member
    return replace(member, principles_accepted_on=None, is_acceptance_undated=True)


def _known_attendance(world: World, losses: Losses) -> tuple[AttendanceRow, ...]:
    named = (row for row in world.attendance if row not in losses.nobodies)
    placed = (replace(row, city_code=None) if row in losses.places else row for row in named)
    return (*placed, *losses.rooms)


def _known_answers(world: World, losses: Losses) -> tuple[SurveyAnswer, ...]:
    told = (losses.changed_answers.get(answer.submission_uuid, answer) for answer in world.answers)
    return tuple(
        _without_items(answer, losses)
        for answer in (*told, *losses.added_answers)
        if answer.submission_uuid not in losses.lost_answers
    )


def _without_items(answer: SurveyAnswer, losses: Losses) -> SurveyAnswer:
    items = tuple(
        None if (answer.submission_uuid, place) in losses.items else item for place, item in enumerate(answer.items)
    )
    return replace(answer, items=items)


def _known_report(report: HubReport, losses: Losses) -> HubReport:
    return replace(
        report,
        rows=tuple(row for row in report.rows if row not in losses.activities),
        changes=tuple(change for change in report.changes if change not in losses.changes),
        requests=tuple(request for request in report.requests if request not in losses.requests),
        first_sent_on=losses.first_sent.get((report.hub_code, report.period)),
    )
