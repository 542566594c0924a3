"""Draws the questionnaires after events: who of the people there answers, and how useful the event was to them."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from mel_example.answers import EventFeedback
from mel_example.form import EVENT_FEEDBACK
from mel_example.generate.submissions import language_of_city, sent
from mel_example.names import BEST_PARTS, IMPROVEMENTS
from mel_example.register_records import Event
from mel_example.world import AttendanceRow, Person

_ASKED_SHARE = 0.95
"""Share of events after which somebody sent the link to the questionnaire."""
_ANSWERING_SHARE = (0.3, 0.6)
_USEFUL = {2024: 0.85, 2025: 0.84, 2026: 0.88}
"""Share of people to whom an event was useful or very useful, by its year."""
_DRAWN_APART = 0.06
"""How far the events of a year lie from each other in that."""
_STATES_ROLE, _STATES_SEX, _ANSWERS_SEX = 0.95, 0.93, 0.97


def draw_event_feedback(
    events: Sequence[Event],
    people: Sequence[Person],
    attendance: Iterable[AttendanceRow],
    rng: random.Random,
) -> tuple[EventFeedback, ...]:
    """Questionnaires of the people who came to each delivered event, in the order of events."""
    by_number = {person.number: person for person in people}
    guests: dict[str, dict[int, None]] = {}
    for row in attendance:
        guests.setdefault(row.event_code, {})[row.person] = None
    answers: list[EventFeedback] = []
    for event in events:
        if event.status == "delivered" and rng.random() < _ASKED_SHARE:
            answers += _answers_about(event, [by_number[number] for number in guests.get(event.event_code, {})], rng)
    return tuple(replace(answer, submission_number=50_000 + number) for number, answer in enumerate(answers, start=1))


def _answers_about(event: Event, guests: Sequence[Person], rng: random.Random) -> Iterator[EventFeedback]:
    answering = rng.uniform(*_ANSWERING_SHARE)
    useful = _USEFUL[event.end_on.year] + rng.uniform(-_DRAWN_APART, _DRAWN_APART)
    for person in guests:
        if rng.random() < answering:
            yield _answer(event, person, useful, rng)


def _answer(event: Event, person: Person, useful: float, rng: random.Random) -> EventFeedback:
    days = rng.choice((0, 0, 0, 1, 1, 2, 4, 7))
    hours = (17, 20) if days == 0 else (8, 20)
    language = language_of_city(person.city_code)
    return EventFeedback(
        **sent(person.city_code, event.end_on + timedelta(days=days), hours, (2, 7), rng),
        submission_number=0,
        form_version=EVENT_FEEDBACK.version,
        event_code=event.event_code,
        day=(event.end_on - event.start_on).days + 1,
        sex=_sex(person, rng.random()),
        role=person.stakeholder_type if rng.random() < _STATES_ROLE else None,
        useful=_rating(useful, rng),
        relevant=_rating(useful - 0.05, rng),
        learned_new=_rating(useful - 0.1, rng),
        intends_to_use=_rating(useful - 0.15, rng),
        nps=rng.randint(7, 10) if rng.random() < useful - 0.1 else rng.randint(0, 6),
        has_made_contact=rng.random() < 0.55,
        best_part=rng.choice(BEST_PARTS[language]) if rng.random() < 0.4 else None,
        improve=rng.choice(IMPROVEMENTS[language]) if rng.random() < 0.3 else None,
    )


def _sex(person: Person, chance: float) -> str | None:
    """What somebody answers when asked for the sex; some would rather not say, and some skip the question."""
    if chance < _STATES_SEX:
        return person.sex
    return "prefer_not_to_say" if chance < _ANSWERS_SEX else None


def _rating(share_of_best: float, rng: random.Random) -> int | None:
    """4 or 5 with the given probability; a few answers are missing."""
    if rng.random() < 0.03:
        return rng.choice((None, -98))
    return rng.choice((4, 4, 5)) if rng.random() < share_of_best else rng.choice((1, 2, 3, 3))
