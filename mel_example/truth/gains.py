"""OCM-01: what people gained from trainings, by pairs of questionnaires."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mel_example.answers import TrainingTest
from mel_example.register_records import Event
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, mean_value, share
from mel_example.truth.windows import windows
from mel_example.world import World

_MINIMUM_ITEMS = 8


@dataclass(frozen=True)
class Participant:
    """Somebody who answered before a training, after it, or both; None where there is no usable score."""

    event: Event
    before: float | None
    after: float | None
    has_answered_before: bool
    language: str
    sex: str | None
    role: str | None

    @property
    def gain(self) -> float | None:
        """After minus before; None without both."""
        return None if self.before is None or self.after is None else self.after - self.before


def score(test: TrainingTest, right: dict[tuple[str, str], str]) -> float | None:
    """0 to 100 from six knowledge and five confidence items; None with fewer than eight usable ones."""
    points = [
        100.0 * (option == right[test.form_version, f"k_{number:02d}"])
        for number, option in enumerate(test.knowledge, start=1)
        if option is not None
    ]
    points += [25.0 * (answer - 1) for answer in test.confidence if answer is not None and 1 <= answer <= 5]
    return sum(points) / len(points) if len(points) >= _MINIMUM_ITEMS else None


def participants(world: World) -> list[Participant]:
    """Everybody who answered about a delivered training; what people say after it goes before what they said."""
    right = {(key.form_version, key.question): key.correct_option for key in world.answer_keys}
    events = {event.event_code: event for event in world.events if event.status == "delivered"}
    sheets: dict[tuple[str, str], dict[str, TrainingTest]] = {}
    for test in world.training_tests:
        if test.event_code in events:
            sheets.setdefault((test.event_code, test.participant_key), {})[test.wave] = test
    return [_participant(events[code], waves, right) for (code, _), waves in sheets.items()]


def _participant(event: Event, waves: dict[str, TrainingTest], right: dict[tuple[str, str], str]) -> Participant:
    scores = {wave: score(test, right) for wave, test in waves.items()}
    latest_first = [waves[wave] for wave in ("post", "pre") if wave in waves]
    return Participant(
        event=event,
        before=scores.get("pre"),
        after=scores.get("post"),
        has_answered_before="pre" in waves,
        language=latest_first[0].language,
        sex=next((test.sex for test in latest_first if test.sex), None),
        role=next((test.role for test in latest_first if test.role), None),
    )


def gain_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-01 by period and scope, in total and by theme, language, sex, role and mode of the training."""
    everybody = participants(world)
    for window in windows():
        held = [event for event in world.events if window.contains(event.end_on)]
        for scope in scopes(world, window.start, window.end):
            codes = {event.event_code for event in events_of(world, scope, held)}
            own = [person for person in everybody if person.event.event_code in codes]
            paired = [person for person in own if person.gain is not None]
            asked = sum(person.has_answered_before for person in own)
            coverage = share(sum(person.has_answered_before for person in paired), asked)
            cell = ("OCM-01", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield mean_value(Cell(*cell), _gains(paired), coverage)
            for dimension, categories in _DIMENSIONS.items():
                for category, rows in grouped(paired, categories).items():
                    yield mean_value(Cell(*cell, dimension, category), _gains(rows), coverage)


def _gains(people: Iterable[Participant]) -> list[float]:
    return [person.gain for person in people if person.gain is not None]


_DIMENSIONS: dict[str, Callable[[Participant], Iterable[str]]] = {
    "theme": lambda person: person.event.themes,
    "language": lambda person: [person.language],
    "sex": lambda person: [person.sex or "unknown"],
    "role": lambda person: [person.role or "unknown"],
    "mode": lambda person: [person.event.mode],
}
