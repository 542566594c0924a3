"""Draws the register of events and their sessions. Who came belongs to `attendance.py`."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from mel_example.places import HUBS, countries
from mel_example.quarters import QUARTERS, Quarter, quarter_of
from mel_example.world import Event, Session

_TRAININGS = (4, 5, 6, 7)
_OTHERS = (5, 6, 5, 6)
_OTHER_LINES = ("convening", "national_local", "convening", "youth", "forum")
_TYPES = {
    "training": "workshop",
    "convening": "exchange",
    "national_local": "national_local",
    "youth": "dialogue",
    "forum": "forum",
}
_TITLES = {
    "training": ("Training: {topic}", "Formation : {topic}", "تدريب: {topic}"),
    "convening": ("City exchange: {topic}", "Échange entre villes : {topic}", "تبادل بين المدن: {topic}"),
    "national_local": (
        "National-local dialogue: {topic}",
        "Dialogue national-local : {topic}",
        "حوار وطني محلي: {topic}",
    ),
    "youth": ("Youth dialogue: {topic}", "Dialogue des jeunes : {topic}", "حوار الشباب: {topic}"),
    "forum": ("Regional forum: {topic}", "Forum régional : {topic}", "منتدى إقليمي: {topic}"),
}
_TOPICS = (
    ("first steps in prevention", "premiers pas de la prévention", "الخطوات الأولى في الوقاية"),
    ("working with schools", "travailler avec les écoles", "العمل مع المدارس"),
    ("local networks", "réseaux locaux", "الشبكات المحلية"),
    ("responding in the first hours", "réagir dans les premières heures", "الاستجابة في الساعات الأولى"),
    ("safe public spaces", "espaces publics sûrs", "أماكن عامة آمنة"),
    ("listening to residents", "écouter les habitants", "الاستماع إلى السكان"),
)
UNREGISTERED_EVENT = "EV-2024-099"
"""A code that no event of the register bears: a list that names it cannot be placed (AT24)."""


def draw_events(scale: float, rng: random.Random) -> tuple[Event, ...]:
    """All events by code: delivered ones in every quarter and hub, then those that did not take place."""
    drafts = []
    n_trainings = n_others = 0
    for number, quarter in enumerate(QUARTERS):
        for _ in range(max(2, round(_TRAININGS[number] * scale))):
            drafts.append(_draft("training", n_trainings, quarter, rng))
            n_trainings += 1
        for _ in range(max(len(HUBS), round(_OTHERS[number] * scale))):
            line = _OTHER_LINES[n_others % len(_OTHER_LINES)]
            drafts.append(_draft(line, n_others + 1, quarter, rng))
            n_others += 1
    drafts.sort(key=lambda event: (event.start_on, event.hub_code, event.activity_line))
    codes = [code for code in _codes(len(drafts) + 1) if code != UNREGISTERED_EVENT]
    delivered = [replace(event, event_code=code) for code, event in zip(codes, drafts, strict=False)]
    return (*delivered, *_not_delivered(codes[len(drafts)], rng))


def _codes(count: int) -> list[str]:
    return [f"EV-2024-{number:03d}" for number in range(1, count + 2)]


def _not_delivered(next_code: str, rng: random.Random) -> list[Event]:
    """One cancelled event of the year and two that are planned for the next."""
    cancelled = replace(_draft("training", 2, QUARTERS[3], rng), event_code=next_code, status="cancelled")
    planned = []
    for number, line in enumerate(("training", "convening"), start=1):
        start = date(2025, 3, 3 + 7 * number)
        event = _draft(line, number, QUARTERS[3], rng)
        planned.append(
            replace(
                event,
                event_code=f"EV-2025-{number:03d}",
                status="planned",
                start_on=start,
                end_on=start + (event.end_on - event.start_on),
            )
        )
    return [cancelled, *planned]


def _draft(line: str, number: int, quarter: Quarter, rng: random.Random) -> Event:
    """A delivered event without its code; hubs take turns, so that none stays without events."""
    hub = HUBS[number % len(HUBS)]
    days = (quarter.end - quarter.start).days
    start = quarter.start + timedelta(days=rng.randint(6, days - 8))
    end = start + timedelta(days=rng.choices((0, 1), weights=(2, 8) if line == "training" else (6, 4))[0])
    is_network = rng.random() < 0.82
    titles = [title.format(topic=topic) for title, topic in zip(_TITLES[line], rng.choice(_TOPICS), strict=True)]
    return Event(
        event_code="",
        title_en=titles[0],
        title_fr=titles[1],
        title_ar=titles[2],
        activity_line=line,
        event_type=_TYPES[line],
        modality="M2" if line == "training" else "M1",
        themes=_one_or_two("T", rng),
        priorities=_one_or_two("SP", rng),
        start_on=start,
        end_on=end,
        time_zone=hub.time_zone,
        mode=rng.choice(("online", "in_person")),
        hub_code=hub.hub_code,
        country_code=rng.choice([row.country_code for row in countries() if row.hub_code == hub.hub_code]),
        organiser="network" if is_network else "partner",
        audience=rng.choice(("member", "open")),
        is_eligible_for_me3=is_network or rng.random() < 0.5,
        status="delivered",
    )


def _one_or_two(prefix: str, rng: random.Random) -> tuple[str, ...]:
    numbers = rng.sample(range(1, 6), rng.choice((1, 1, 2)))
    return tuple(f"{prefix}{number}" for number in sorted(numbers))


def draw_sessions(events: Sequence[Event], rng: random.Random) -> tuple[Session, ...]:
    """One session a day for each event; all sessions of an event are equally long."""
    sessions = []
    for event in events:
        minutes = rng.choice((90, 120, 150, 180, 240) if event.mode == "online" else (300, 360))
        starts_at = time(rng.choice((9, 10)))
        ends_at = (datetime.combine(event.start_on, starts_at) + timedelta(minutes=minutes)).time()
        for day in range((event.end_on - event.start_on).days + 1):
            on = event.start_on + timedelta(days=day)
            sessions.append(Session(event.event_code, day + 1, on, starts_at, ends_at, minutes))
    return tuple(sessions)


def lists_not_arrived(events: Sequence[Event]) -> tuple[str, ...]:
    """Codes of the two delivered events whose attendance list has not arrived."""
    delivered = [event for event in events if event.status == "delivered"]
    convenings = [
        event for event in delivered if event.activity_line == "convening" and quarter_of(event.end_on) == QUARTERS[1]
    ]
    trainings = [
        event for event in delivered if event.activity_line == "training" and quarter_of(event.end_on) == QUARTERS[2]
    ]
    return convenings[0].event_code, trainings[-1].event_code
