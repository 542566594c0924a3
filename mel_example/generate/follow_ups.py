"""Draws the questionnaires six months after trainings, and what an officer found of the examples given in them."""

import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from mel_example.answers import ApplicationExample, TrainingTest
from mel_example.generate.training_tests import version_on
from mel_example.quarters import AS_OF, months_before
from mel_example.register_records import Event

WAVE = "followup6m"
_MONTHS_LATER = 6
_ANSWERS = 0.45
_APPLIED = {2024: (0.42, 0.34), 2025: (0.46, 0.34), 2026: (0.50, 0.32)}
"""Shares that applied what they learned, and applied it in part, by the year of the answer."""
_LEAVES_OPEN, _GIVES_AN_EXAMPLE, _IS_VALID, _NAMES_A_BARRIER = 0.03, 0.92, 0.80, 0.35
_CODED_AFTER_DAYS = 10
_EXAMPLES = {
    "en": ("We met the schools and agreed on a contact list.", "I wrote a plan for the first day after an incident."),
    "fr": ("Nous avons réuni les écoles et fixé des contacts.", "J'ai rédigé un plan pour le lendemain d'un incident."),
    "ar": ("اجتمعنا بالمدارس واتفقنا على قائمة اتصال.", "كتبت خطة لليوم الأول بعد وقوع حادث."),
}
_BARRIERS = {
    "en": "No budget for it this year.",
    "fr": "Pas de budget cette année.",
    "ar": "لا توجد ميزانية لذلك هذا العام.",
}


def draw_follow_ups(
    events: Sequence[Event], tests: Iterable[TrainingTest], rng: random.Random
) -> tuple[TrainingTest, ...]:
    """Questionnaires of those who had answered before or after a training, half a year and some weeks later."""
    ended = {event.event_code: event.end_on for event in events}
    last_said = {(test.event_code, test.participant_key): test for test in tests}
    drawn: list[TrainingTest] = []
    for test in last_said.values():
        day = months_before(ended[test.event_code], -_MONTHS_LATER) + timedelta(days=rng.randint(1, 35))
        if rng.random() < _ANSWERS and day < AS_OF:
            drawn.append(_follow_up(test, day, 40_001 + len(drawn), rng))
    return tuple(drawn)


def _follow_up(test: TrainingTest, day: date, number: int, rng: random.Random) -> TrainingTest:
    started_at = datetime.combine(day, time(rng.randint(8, 18), rng.randint(0, 59), rng.randint(0, 59)))
    ended_at = started_at + timedelta(minutes=rng.randint(3, 9), seconds=rng.randint(0, 59))
    applied = _applied(day, rng)
    has_example = applied in ("yes", "partly") and rng.random() < _GIVES_AN_EXAMPLE
    return replace(
        test,
        submission_uuid=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        submission_number=number,
        form_version=version_on(day),
        started_at=started_at,
        ended_at=ended_at,
        submitted_at=ended_at - timedelta(minutes=test.utc_offset) + timedelta(seconds=rng.randint(5, 300)),
        wave=WAVE,
        knowledge=(),
        confidence=(),
        looking_back=(),
        satisfaction=(),
        applied=applied,
        applied_how=rng.choice(_EXAMPLES[test.language]) if has_example else None,
        applied_barrier=_BARRIERS[test.language] if rng.random() < _NAMES_A_BARRIER else None,
    )


def _applied(day: date, rng: random.Random) -> str | None:
    if rng.random() < _LEAVES_OPEN:
        return None
    wholly, partly = _APPLIED[day.year]
    return rng.choices(("yes", "partly", "no"), weights=(wholly, partly, 1 - wholly - partly))[0]


def code_examples(follow_ups: Iterable[TrainingTest], rng: random.Random) -> tuple[ApplicationExample, ...]:
    """What an officer found of every example, some days after it was sent."""
    return tuple(
        ApplicationExample(
            sent.submission_uuid,
            "valid" if rng.random() < _IS_VALID else "not_valid",
            min(sent.answered_on + timedelta(days=_CODED_AFTER_DAYS), AS_OF),
        )
        for sent in follow_ups
        if sent.applied_how
    )
