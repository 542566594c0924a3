"""How long people were at a session, and what the lists say about them: city, sex, age, function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from mel_example.register_records import Session
from mel_example.world import AttendanceRow, World

Detail = TypeVar("Detail")
_AGE_BANDS = ((18, "under_18"), (30, "18_29"), (45, "30_44"), (60, "45_59"))


@dataclass(frozen=True)
class Presence:
    """One person at one session, from all rows about it.

    `mode` is `hybrid` for somebody who signed on paper and was online too. `minutes` are those credited: planned
    minutes for a signature, the time connected, at most the planned minutes, online. `cities` are those that the
    rows name and that could be told; `has_place` tells whether a row names anything.
    """

    event_code: str
    session_no: int
    session_on: date
    person: int
    mode: str
    planned_minutes: int
    minutes: float
    is_signed: bool
    cities: tuple[str, ...]
    has_place: bool

    @property
    def has_attended(self) -> bool:
        """Signed on paper; online, 20 minutes or half of the session, whichever is longer."""
        was_online_long_enough = self.minutes >= max(20, self.planned_minutes / 2)
        return self.is_signed or (self.mode == "online" and was_online_long_enough)


def presences(world: World) -> list[Presence]:
    """Every person at every session of which a list has arrived."""
    sessions = {(row.event_code, row.session_no): row for row in world.sessions}
    rows: dict[tuple[str, int, int], list[AttendanceRow]] = {}
    for row in world.attendance:
        rows.setdefault((row.event_code, row.session_no, row.person), []).append(row)
    return [_presence(sessions[key[:2]], stays) for key, stays in rows.items()]


def _presence(session: Session, rows: list[AttendanceRow]) -> Presence:
    first = rows[0]
    is_signed = any(row.is_signed for row in rows)
    connected = minutes_connected([(row.join_at, row.leave_at) for row in rows if row.join_at and row.leave_at])
    was_online = any(row.mode == "online" for row in rows)
    return Presence(
        event_code=session.event_code,
        session_no=session.session_no,
        session_on=session.session_on,
        person=first.person,
        mode="hybrid" if was_online and is_signed else "online" if was_online else "in_person",
        planned_minutes=session.planned_minutes,
        minutes=session.planned_minutes if is_signed else min(session.planned_minutes, connected),
        is_signed=is_signed,
        cities=tuple(sorted({row.city_code for row in rows if row.city_code})),
        has_place=any(row.organisation for row in rows),
    )


def minutes_connected(stays: Iterable[tuple[datetime, datetime]]) -> float:
    """Minutes of the union of some stays; time spent twice at once counts once."""
    total = timedelta()
    until = datetime.min
    for join_at, leave_at in sorted(stays):
        total += max(timedelta(), leave_at - max(join_at, until))
        until = max(until, leave_at)
    return total / timedelta(minutes=1)


@dataclass(frozen=True)
class PersonDetails:
    """What is known about a person: for each detail the latest record that says something."""

    city_code: str | None
    sex: str | None
    age: int | None
    stakeholder_type: str | None

    @property
    def age_band(self) -> str:
        """The person's age band, or `unknown`."""
        if self.age is None:
            return "unknown"
        return next((band for limit, band in _AGE_BANDS if self.age < limit), "60_plus")


def person_details(world: World) -> dict[int, PersonDetails]:
    """Details of everybody on a list, by person; later sessions win, then later event codes."""
    held_on = {(row.event_code, row.session_no): row.session_on for row in world.sessions}
    rows: dict[int, list[AttendanceRow]] = {}
    for row in world.attendance:
        rows.setdefault(row.person, []).append(row)
    details = {}
    for person, own in rows.items():
        own.sort(key=lambda row: (held_on[row.event_code, row.session_no], row.event_code), reverse=True)
        details[person] = PersonDetails(
            city_code=_latest(own, lambda row: row.city_code),
            sex=_latest(own, lambda row: row.sex),
            age=_latest(own, lambda row: row.age),
            stakeholder_type=_latest(own, lambda row: row.stakeholder_type),
        )
    return details


def _latest(rows: Iterable[AttendanceRow], detail: Callable[[AttendanceRow], Detail | None]) -> Detail | None:
    return next((detail(row) for row in rows if detail(row) is not None), None)
