"""Draws the register of events and their sessions. Who came belongs to `attendance.py`."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from mel_example.places import LAUNCHED_HUBS, STOPPED_HUBS, countries
from mel_example.quarters import QUARTERS, Quarter, quarter_of
from mel_example.register_records import Event, Session

_TRAININGS = (4, 5, 6, 8, 5, 6, 7, 8, 5, 7, 8)
_OTHERS = (11, 14, 13, 16, 11, 14, 13, 16, 12, 15, 14)
"""Events begun in each quarter, before some are called off in the hubs whose grants stop."""
_FEWEST_TRAININGS, _FEWEST_OTHERS = 2, 3
MOST_EVENTS = 4.0
"""The largest factor for numbers of events; a larger world has more people at each of them."""
_TURNS = (*LAUNCHED_HUBS, LAUNCHED_HUBS[-1])
"""Hubs hold events by turns; the central team serves most cities and has two turns."""
_STOPPED = {"2025Q1": 0.5, "2025Q2": 0.1, "2025Q3": 0.15, "2025Q4": 0.25, "2026Q1": 0.8}
"""Share of the planned events that take place in the hubs whose grants stop, by quarter; all of them otherwise."""
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
UNREGISTERED_EVENT = "EV-2024-999"
"""A code that no event of the register bears: a list that names it cannot be placed (AT24)."""


def draw_events(scale: float, rng: random.Random) -> tuple[Event, ...]:
    """All events by code: delivered ones in every quarter, then those that did not take place."""
    factor = min(scale, MOST_EVENTS)
    drafts = []
    n_trainings = n_others = 0
    for number, quarter in enumerate(QUARTERS):
        for _ in range(max(_FEWEST_TRAININGS, round(_TRAININGS[number] * factor))):
            drafts.append(_draft("training", n_trainings, quarter, rng))
            n_trainings += 1
        for _ in range(max(_FEWEST_OTHERS, round(_OTHERS[number] * factor))):
            line = _OTHER_LINES[n_others % len(_OTHER_LINES)]
            drafts.append(_draft(line, n_others + 1, quarter, rng))
            n_others += 1
    held = [event for event in drafts if rng.random() < _share_held(event)]
    held.sort(key=lambda event: (event.start_on, event.hub_code, event.activity_line))
    return (*_coded(held), *_not_delivered(len(held), rng))


def _share_held(event: Event) -> float:
    quarter = quarter_of(event.end_on)
    return _STOPPED.get(quarter.code, 1.0) if event.hub_code in STOPPED_HUBS else 1.0


def _coded(events: Sequence[Event]) -> Iterator[Event]:
    """Codes are counted within the year in which an event begins."""
    numbers: Counter[int] = Counter()
    for event in events:
        numbers[event.start_on.year] += 1
        yield replace(event, event_code=f"EV-{event.start_on.year}-{numbers[event.start_on.year]:03d}")


def _not_delivered(n_held: int, rng: random.Random) -> list[Event]:
    """One cancelled event of the first year and two that are planned for after the last quarter."""
    cancelled = replace(_draft("training", 2, QUARTERS[3], rng), event_code="EV-2024-998", status="cancelled")
    planned = []
    for number, line in enumerate(("training", "convening"), start=1):
        start = date(2026, 11, 2 + 7 * number)
        event = _draft(line, n_held + number, QUARTERS[-1], rng)
        end = start + (event.end_on - event.start_on)
        planned.append(
            replace(event, event_code=f"EV-2026-{990 + number}", status="planned", start_on=start, end_on=end)
        )
    return [cancelled, *planned]


def _draft(line: str, number: int, quarter: Quarter, rng: random.Random) -> Event:
    """A delivered event without its code; hubs take turns, so that none stays without events."""
    hub = _TURNS[number % len(_TURNS)]
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
        mode=rng.choices(("online", "in_person", "hybrid"), weights=(9, 9, 2))[0],
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
