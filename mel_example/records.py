"""What is declared about the files' defects: where each stands, and what it makes impossible to know.

Shapes only. `defects.py` fills them in, `truth/` reads them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from mel_example.answers import EventFeedback, TrainingTest
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
    places: set[AttendanceRow] = field(default_factory=set)
    """Attendance rows whose city cannot be told."""
    nobodies: set[AttendanceRow] = field(default_factory=set)
    """Attendance rows set aside, because nobody can tell who it was."""
    rooms: list[AttendanceRow] = field(default_factory=list)
    """Rooms that joined as if they were one person: they count, though the world knows no such person."""
    activities: set[ActivityRow] = field(default_factory=set)
    """Activities of hub reports set aside."""
    training_tests: dict[str, TrainingTest | None] = field(default_factory=dict)
    """What is left of questionnaires before and after trainings, by submission; None where nothing is."""
    event_feedback: dict[str, EventFeedback | None] = field(default_factory=dict)
    """What is left of questionnaires after events, by submission; None where nothing is."""


def surviving_world(world: World, losses: Losses) -> World:
    """The world as a correct pipeline can still know it."""
    return replace(
        world,
        answers=tuple(_without_items(answer, losses) for answer in world.answers),
        attendance=_known_attendance(world, losses),
        reports=tuple(_without_activities(report, losses) for report in world.reports),
        training_tests=_what_is_left(world.training_tests, losses.training_tests),
        event_feedback=_what_is_left(world.event_feedback, losses.event_feedback),
    )


def _what_is_left(sent: Iterable[Sent], left: Mapping[str, Sent | None]) -> tuple[Sent, ...]:
    kept = (left.get(each.submission_uuid, each) for each in sent)
    return tuple(each for each in kept if each is not None)


def _known_attendance(world: World, losses: Losses) -> tuple[AttendanceRow, ...]:
    named = (row for row in world.attendance if row not in losses.nobodies)
    placed = (replace(row, city_code=None) if row in losses.places else row for row in named)
    return (*placed, *losses.rooms)


def _without_items(answer: SurveyAnswer, losses: Losses) -> SurveyAnswer:
    items = tuple(
        None if (answer.submission_uuid, place) in losses.items else item for place, item in enumerate(answer.items)
    )
    return replace(answer, items=items)


def _without_activities(report: HubReport, losses: Losses) -> HubReport:
    return replace(report, rows=tuple(row for row in report.rows if row not in losses.activities))
