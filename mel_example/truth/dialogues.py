"""OUT-05: events on national-local cooperation that both levels attended; and who attended which event."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mel_example.register_records import Event
from mel_example.truth.presence import person_details, presences
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped, share
from mel_example.truth.windows import windows
from mel_example.world import World

_THEME, _CITIES = "T2", 2
_CITY_OFFICIALS = ("mayor", "local_official")


@dataclass(frozen=True)
class Attendee:
    """Somebody who attended an event, with the cities that the lists name, and the function last told on any list."""

    person: int
    cities: tuple[str, ...]
    stakeholder_type: str | None

    @property
    def is_city_official(self) -> bool:
        """A mayor or somebody who works for a city."""
        return self.stakeholder_type in _CITY_OFFICIALS


def attendees(world: World) -> dict[str, list[Attendee]]:
    """Who attended each event, by event code; one entry for each session attended."""
    details = person_details(world)
    found: dict[str, list[Attendee]] = {}
    for row in presences(world):
        if row.has_attended:
            attendee = Attendee(row.person, row.cities, details[row.person].stakeholder_type)
            found.setdefault(row.event_code, []).append(attendee)
    return found


def dialogue_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-05 by period and scope, in total and by country."""
    tagged = [event for event in world.events if event.status == "delivered" and _THEME in event.themes]
    present = attendees(world)
    listed = {row.event_code for row in world.attendance}
    for window in windows():
        ended = [event for event in tagged if window.contains(event.end_on)]
        for scope in scopes(world, window.start, window.end):
            own = events_of(world, scope, ended)
            coverage = share(sum(event.event_code in listed for event in own), len(own))
            both = [event for event in own if _has_both_levels(present.get(event.event_code, ()))]
            cell = ("OUT-05", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), len(both), coverage)
            for country, events in grouped(both, _country).items():
                yield count_value(Cell(*cell, "country_code", country), len(events), coverage)


def _has_both_levels(present: Iterable[Attendee]) -> bool:
    cities = {city for each in present if each.is_city_official for city in each.cities}
    has_national = any(each.stakeholder_type == "national_government" for each in present)
    return has_national and len(cities) >= _CITIES


def _country(event: Event) -> Iterable[str]:
    return [event.country_code]
