"""Draws who came to which session, how long they stayed online, and who signed on paper.

Rows are those of a clean list: nobody stays beyond the session, everybody can be placed.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from mel_example.generate.events import MOST_EVENTS
from mel_example.places import cities as all_cities
from mel_example.places import countries, without_brackets
from mel_example.quarters import quarter_of
from mel_example.register_records import Event, Session
from mel_example.world import AttendanceRow, Person

_BLANK_CELL = 0.03
_WAYS = {"hybrid": (*("in_person",) * 5, *("online",) * 4, "both")}
"""How people take part in an event that is held both ways, each as often as it stands here."""
_PREFERS_NEWCOMERS = 0.9


def draw_attendance(
    events: Sequence[Event],
    sessions: Sequence[Session],
    people: Sequence[Person],
    waves: Mapping[str, int],
    scale: float,
    rng: random.Random,
) -> tuple[AttendanceRow, ...]:
    """Rows of every delivered event, in the order of event, session and list.

    A training takes mostly people who have not been trained in the year; a forum is open to all hubs.
    """
    hub_of = _hub_of_city()
    trained_in: dict[int, set[int]] = {}
    at_each = max(1.0, scale / MOST_EVENTS)
    rows: list[AttendanceRow] = []
    for event in events:
        if event.status != "delivered":
            continue
        wave = quarter_of(event.end_on).place
        pool = [
            person
            for person in people
            if waves[person.city_code] <= wave
            and (event.activity_line == "forum" or hub_of[person.city_code] == event.hub_code)
        ]
        trained = trained_in.setdefault(event.end_on.year, set())
        guests = _guests(event, pool, trained, at_each, rng)
        own_sessions = [session for session in sessions if session.event_code == event.event_code]
        for session in own_sessions:
            rows += _session_rows(event, session, guests, rng)
    return tuple(rows)


def _hub_of_city() -> dict[str, str]:
    hub_of = {country.country_code: country.hub_code for country in countries()}
    return {city.city_code: hub_of[city.country_code] for city in all_cities()}


def _guests(event: Event, pool: list[Person], trained: set[int], at_each: float, rng: random.Random) -> list[Person]:
    if event.activity_line != "training":
        return rng.sample(pool, min(len(pool), round(at_each * rng.randint(12, 24))))
    newcomers = [person for person in pool if person.number not in trained]
    others = [person for person in pool if person.number in trained]
    size = round(at_each * rng.randint(26, 33))
    from_newcomers = min(len(newcomers), round(size * _PREFERS_NEWCOMERS))
    guests = rng.sample(newcomers, from_newcomers)
    guests += rng.sample(others, min(len(others), size - from_newcomers))
    trained.update(person.number for person in guests)
    rng.shuffle(guests)
    return guests


def _session_rows(
    event: Event, session: Session, guests: Sequence[Person], rng: random.Random
) -> Iterator[AttendanceRow]:
    for person in guests:
        if session.session_no > 1 and rng.random() < 0.07:
            continue
        way = rng.choice(_WAYS.get(event.mode, (event.mode,)))
        if way != "online":
            yield _paper_row(session, person, rng)
        if way != "in_person":
            yield from _online_rows(session, person, rng)


def _paper_row(session: Session, person: Person, rng: random.Random) -> AttendanceRow:
    """A line of a sign-in sheet; a few people forget a cell, a few are listed and did not sign."""

    def cell_is_filled() -> bool:
        return rng.random() >= _BLANK_CELL

    return AttendanceRow(
        event_code=session.event_code,
        session_no=session.session_no,
        person=person.number,
        mode="in_person",
        organisation=rng.choice(person.organisations),
        city_code=person.city_code,
        sex=person.sex if cell_is_filled() else None,
        age=person.age if cell_is_filled() else None,
        stakeholder_type=person.stakeholder_type if cell_is_filled() else None,
        is_signed=rng.random() >= 0.06,
    )


def _online_rows(session: Session, person: Person, rng: random.Random) -> Iterator[AttendanceRow]:
    """One stay, or two with a pause between them, within the session."""
    opened = datetime.combine(session.session_on, session.starts_at)
    organisation = rng.choice(without_brackets(person.organisations))
    for first_minute, last_minute in _stays(session.planned_minutes, rng):
        yield AttendanceRow(
            event_code=session.event_code,
            session_no=session.session_no,
            person=person.number,
            mode="online",
            organisation=organisation,
            city_code=person.city_code,
            join_at=opened + timedelta(minutes=first_minute),
            leave_at=opened + timedelta(minutes=last_minute),
        )


def _stays(planned: int, rng: random.Random) -> list[tuple[int, int]]:
    """Minutes of arrival and departure, counted from the opening of the session."""
    drawn = rng.random()
    if drawn < 0.35:
        return [(0, planned)]
    if drawn < 0.72:
        return [(rng.randint(0, 6), planned - rng.randint(0, planned // 12))]
    if drawn < 0.86:
        leaves = rng.randint(planned // 3, planned // 2)
        return [(0, leaves), (leaves + rng.randint(2, 8), planned)]
    if drawn < 0.95:
        return [(rng.randint(0, 10), rng.randint(2 * planned // 5, 4 * planned // 5))]
    return [(rng.randint(0, 10), rng.randint(12, 18))]
