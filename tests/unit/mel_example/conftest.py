"""A small world to count by hand, and one full example written once for all tests."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from mel_example import write_example
from mel_example.register_records import City, Contact, Event, Grant, Hub, HubCountry, Membership, Session
from mel_example.truth.values import Cell, IndicatorValue
from mel_example.world import ActivityRow, AttendanceRow, HubReport, SurveyAnswer, World

YEARS_AGO = date(2016, 5, 1)


@dataclass(frozen=True)
class Example:
    """Where the example of seed 7 was written."""

    raw: Path
    truth: Path


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    directory = tmp_path_factory.mktemp("example")
    write_example(directory)
    return Example(directory / "raw", directory / "truth")


class TinyWorld:
    """Two hubs, North and South, with one country each, and a grant that pays for North."""

    def city(self, code: str, country: str = "NNN", population: int = 50_000) -> City:
        return City(code, code, code, code, country, "municipality", population, 2020, "low")

    def membership(self, city: str, joined_on: date = YEARS_AGO, left_on: date | None = None) -> Membership:
        return Membership(city, joined_on, left_on, None, "high")

    def contact(self, city: str, **changes: Any) -> Contact:
        values: dict[str, Any] = {
            "contact_ref": f"CT-{city}",
            "name": "Invented Name",
            "email": f"{city}@example.org",
            "valid_from": YEARS_AGO,
            "valid_to": None,
            "confirmed_on": date(2024, 1, 15),
            "is_bounced": False,
        }
        return Contact(city_code=city, **(values | changes))

    def event(self, code: str, on: date = date(2024, 2, 1), days: int = 1, **changes: Any) -> Event:
        values: dict[str, Any] = {
            "activity_line": "training",
            "event_type": "workshop",
            "modality": "M2",
            "themes": ("T1",),
            "priorities": ("SP1",),
            "time_zone": "UTC",
            "mode": "in_person",
            "hub_code": "NORTH",
            "country_code": "NNN",
            "organiser": "network",
            "audience": "open",
            "is_eligible_for_me3": True,
            "status": "delivered",
        }
        end = date(on.year, on.month, on.day + days - 1)
        return Event(code, code, code, code, start_on=on, end_on=end, **(values | changes))

    def session(self, event: str, number: int = 1, on: date = date(2024, 2, 1), minutes: int = 100) -> Session:
        return Session(event, number, on, time(9), time(12), minutes)

    def signed(self, event: str, person: int, city: str | None, session: int = 1, **changes: Any) -> AttendanceRow:
        return AttendanceRow(
            event,
            session,
            person,
            "in_person",
            **({"organisation": city or "", "city_code": city, "is_signed": True} | changes),
        )

    def online(
        self, event: str, person: int, city: str | None, first: int, last: int, session: int = 1
    ) -> AttendanceRow:
        """A stay from one minute after nine o'clock to another."""
        join_at, leave_at = (datetime(2024, 2, 1, 9 + minute // 60, minute % 60) for minute in (first, last))
        return AttendanceRow(event, session, person, "online", city or "", city, join_at=join_at, leave_at=leave_at)

    def report(self, hub: str, events: dict[str, tuple[str, ...]], period: str = "2024Q1") -> HubReport:
        """A report that names, by event, the grants that paid for it."""
        on = date(2024, 2, 1)
        rows = tuple(
            ActivityRow(f"{hub}-{event}", event, event, on, on, 10, 5, 5, 0, 2, (), False, grants)
            for event, grants in events.items()
        )
        return HubReport(hub, period, date(2024, 4, 9), "en", rows)

    def answer(self, city: str, items: tuple[int | None, ...], language: str = "en") -> SurveyAnswer:
        started = datetime(2024, 10, 10, 9)
        return SurveyAnswer(
            city, 1, language, city, "NNN", started, started, 0, started, "poc", None, None, (), 3, items, None
        )

    def world(self, **parts: Any) -> World:
        since = date(2020, 1, 1)
        empty: dict[str, Any] = {
            "cities": (self.city("A"), self.city("B"), self.city("C", country="SSS")),
            "aliases": (),
            "memberships": tuple(self.membership(code) for code in ("A", "B", "C")),
            "contacts": (),
            "hubs": tuple(
                Hub(code, code, code, code, since, None, since, "en", "UTC", 0) for code in ("NORTH", "SOUTH")
            ),
            "hub_countries": (
                HubCountry("NORTH", "NNN", since, None),
                HubCountry("SOUTH", "SSS", since, None),
            ),
            "grants": (Grant("G1", ("NORTH",), date(2024, 1, 1), date(2024, 9, 30)),),
            "events": (),
            "sessions": (),
            "people": (),
            "attendance": (),
            "reports": (),
            "answers": (),
        }
        return World(**(empty | parts))


@pytest.fixture
def tiny() -> TinyWorld:
    return TinyWorld()


class Values:
    """True values, to look one up by scope, period and category."""

    def __init__(self, values: Any) -> None:
        self._by_cell: dict[Cell, IndicatorValue] = {value.cell: value for value in values}

    def __call__(self, period: str, scope: str = "all/all", category: str = "total/total") -> IndicatorValue:
        return next(value for cell, value in self._by_cell.items() if self._matches(cell, period, scope, category))

    def has(self, period: str, scope: str, category: str) -> bool:
        return any(self._matches(cell, period, scope, category) for cell in self._by_cell)

    def _matches(self, cell: Cell, period: str, scope: str, category: str) -> bool:
        return (cell.period, f"{cell.scope_type}/{cell.scope_code}", f"{cell.dimension}/{cell.category}") == (
            period,
            scope,
            category,
        )


@pytest.fixture
def look_up() -> type[Values]:
    return Values
