"""OCM-02: trainees who apply what they learned, asked six months after the training, by half-year of that day."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.quarters import months_before
from mel_example.register_records import Event
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, percentage_value, share
from mel_example.truth.windows import HALF_YEARLY, windows
from mel_example.world import World

_MONTHS_LATER = 6


@dataclass(frozen=True)
class Trainee:
    """Somebody who was asked six months after a training, or who answered then; None where nothing was said."""

    event: Event
    is_asked: bool
    has_answered: bool
    has_applied: bool | None
    role: str | None


def asked_on(event: Event) -> date:
    """The day on which people are asked what they applied."""
    return months_before(event.end_on, -_MONTHS_LATER)


def trainees(world: World) -> list[Trainee]:
    """Everybody who answered before or after a delivered training, or six months later."""
    events = {event.event_code: event for event in world.events if event.status == "delivered"}
    valid = {each.submission_uuid for each in world.application_examples if each.verdict == "valid"}
    roles: dict[tuple[str, str], dict[str, str | None]] = {}
    for test in world.training_tests:
        roles.setdefault((test.event_code, test.participant_key), {})[test.wave] = test.role
    answers = {(each.event_code, each.participant_key): each for each in world.follow_ups}
    found = []
    for event_code, key in dict.fromkeys((*roles, *answers)):
        if event_code not in events:
            continue
        told, answer = roles.get((event_code, key), {}), answers.get((event_code, key))
        role = answer.role if answer and answer.role else told.get("post") or told.get("pre")
        has_applied = None
        if answer and answer.applied:
            has_applied = answer.applied in ("yes", "partly") and answer.submission_uuid in valid
        found.append(Trainee(events[event_code], bool(told), answer is not None, has_applied, role))
    return found


def application_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-02 by half-year and scope, in total and by theme and mode of the training and by role."""
    everybody = trainees(world)
    for window in windows(HALF_YEARLY):
        due = [event for event in world.events if window.contains(asked_on(event))]
        for scope in scopes(world, window.start, window.end):
            codes = {event.event_code for event in events_of(world, scope, due)}
            own = [person for person in everybody if person.event.event_code in codes]
            asked = [person for person in own if person.is_asked]
            coverage = share(sum(person.has_answered for person in asked), len(asked))
            told = [person for person in own if person.has_applied is not None]
            cell = ("OCM-02", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield _percentage(Cell(*cell), told, coverage)
            for dimension, categories in _DIMENSIONS.items():
                for category, rows in grouped(told, categories).items():
                    yield _percentage(Cell(*cell, dimension, category), rows, coverage)


def _percentage(cell: Cell, people: list[Trainee], coverage: float | None) -> IndicatorValue:
    return percentage_value(cell, sum(bool(person.has_applied) for person in people), len(people), coverage)


_DIMENSIONS: dict[str, Callable[[Trainee], Iterable[str]]] = {
    "theme": lambda person: person.event.themes,
    "mode": lambda person: [person.event.mode],
    "role": lambda person: [person.role or "unknown"],
}
