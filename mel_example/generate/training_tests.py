"""Draws the questionnaires before and after trainings: who answers which, what they know, how confident they are."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from string import ascii_uppercase

from mel_example.answers import AnswerKey, TrainingTest
from mel_example.generate.submissions import sent
from mel_example.register_records import Event
from mel_example.world import AttendanceRow, Person

_KNOWLEDGE_QUESTIONS, _CONFIDENCE_QUESTIONS, _SATISFACTION_QUESTIONS = 6, 5, 4
_ANSWERS_BEFORE = 0.62
_ANSWERS_AFTER = {True: 0.66, False: 0.30}
"""Share that answers after the training, of those who answered before and of the others."""
_NEW_FORM_ON = date(2025, 1, 1)
_VERSIONS = ("v2024-1", "v2025-1")
_RIGHT = {"v2024-1": "bacbda", "v2025-1": "bacdda"}
"""Right options by version: the fourth question's options changed their order."""
_OPTIONS = "abcd"
_GAINS = {2024: 0.135, 2025: 0.125, 2026: 0.15}
"""What a training adds on average, as a share of the scale."""
_AGE_BANDS = ((30, "18_29"), (45, "30_44"), (60, "45_59"))


def answer_keys() -> tuple[AnswerKey, ...]:
    """The right options of both versions of the questionnaire."""
    return tuple(
        AnswerKey(version, f"k_{number:02d}", option)
        for version in _VERSIONS
        for number, option in enumerate(_RIGHT[version], start=1)
    )


def draw_training_tests(
    events: Sequence[Event],
    people: Sequence[Person],
    attendance: Iterable[AttendanceRow],
    rng: random.Random,
) -> tuple[TrainingTest, ...]:
    """Questionnaires of the people who came to each delivered training, in the order of trainings."""
    by_number = {person.number: person for person in people}
    guests: dict[str, dict[int, None]] = {}
    for row in attendance:
        guests.setdefault(row.event_code, {})[row.person] = None
    tests: list[TrainingTest] = []
    for event in events:
        if event.activity_line == "training" and event.status == "delivered":
            tests += _tests_of(event, [by_number[number] for number in guests.get(event.event_code, {})], rng)
    return tuple(replace(test, submission_number=20_000 + number) for number, test in enumerate(tests, start=1))


def _tests_of(event: Event, guests: Sequence[Person], rng: random.Random) -> Iterator[TrainingTest]:
    for person, key in zip(guests, _participant_keys(rng), strict=False):
        level, gain = rng.uniform(0.2, 0.65), rng.gauss(_GAINS[event.end_on.year], 0.1)
        answers_before = rng.random() < _ANSWERS_BEFORE
        if answers_before:
            yield _test(event, person, key, "pre", level, rng)
        if rng.random() < _ANSWERS_AFTER[answers_before]:
            yield _test(event, person, key, "post", level + gain, rng)


def _participant_keys(rng: random.Random) -> Iterator[str]:
    """Codes of which any two differ in at least two places, so that a slip of the pen never meets another's code."""
    taken: set[tuple[int, str]] = set()
    while True:
        letters = "".join(rng.choices(ascii_uppercase, k=2))
        key = f"{letters}{rng.randint(1, 28):02d}{rng.randint(0, 99):02d}"
        without_one = {(place, key[:place] + key[place + 1 :]) for place in range(len(key))}
        if taken.isdisjoint(without_one):
            taken |= without_one
            yield key


def _test(event: Event, person: Person, key: str, wave: str, level: float, rng: random.Random) -> TrainingTest:
    day, hours = _when(event, wave, rng)
    version = version_on(day)
    knowledge = tuple(_option(right, level, rng) for right in _RIGHT[version])
    confidence = _ratings(_CONFIDENCE_QUESTIONS, level, rng)
    has_happened = wave == "post"
    return TrainingTest(
        **sent(person.city_code, day, hours, (6, 16), rng),
        submission_number=0,
        form_version=version,
        event_code=event.event_code,
        wave=wave,
        participant_key=key,
        sex=person.sex,
        age_band=_age_band(person.age),
        role=person.stakeholder_type if rng.random() < 0.96 else None,
        knowledge=knowledge,
        confidence=confidence,
        looking_back=_ratings(_CONFIDENCE_QUESTIONS, level - 0.15, rng) if has_happened else (),
        satisfaction=_ratings(_SATISFACTION_QUESTIONS, 0.8, rng) if has_happened else (),
    )


def version_on(day: date) -> str:
    """The version of the questionnaire that is in use on a day."""
    return _VERSIONS[day >= _NEW_FORM_ON]


def _when(event: Event, wave: str, rng: random.Random) -> tuple[date, tuple[int, int]]:
    """The day of the answer and its hours: early on the first day or before, late on the last day or after."""
    if wave == "pre":
        days = rng.choice((0, 0, 1, 2, 4))
        return event.start_on - timedelta(days=days), (7, 8) if days == 0 else (8, 20)
    days = rng.choice((0, 0, 0, 1, 2, 5))
    return event.end_on + timedelta(days=days), (17, 20) if days == 0 else (8, 20)


def _option(right: str, level: float, rng: random.Random) -> str | None:
    drawn = rng.random()
    if drawn < 0.02:
        return None
    if drawn < 0.02 + 0.98 * min(max(level, 0.0), 1.0):
        return right
    return rng.choice(["dont_know", *(option for option in _OPTIONS if option != right)])


def _ratings(count: int, level: float, rng: random.Random) -> tuple[int | None, ...]:
    """Answers from 1 to 5 around a level from 0 to 1, not all the same; a few are missing."""
    while True:
        ratings = tuple(_rating(level, rng) for _ in range(count))
        if len({rating for rating in ratings if rating in range(1, 6)}) > 1:
            return ratings


def _rating(level: float, rng: random.Random) -> int | None:
    if rng.random() < 0.02:
        return rng.choice((None, -98))
    return min(5, max(1, round(rng.gauss(1 + 4 * level, 0.7))))


def _age_band(age: int | None) -> str | None:
    return None if age is None else next((band for limit, band in _AGE_BANDS if age < limit), "60_plus")
