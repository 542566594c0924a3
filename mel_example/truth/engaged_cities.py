"""OUT-01: cities, members or not, from which somebody took part in an event."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.truth.members import members_on
from mel_example.truth.presence import Presence, presences
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped, share
from mel_example.truth.windows import windows
from mel_example.world import World


@dataclass(frozen=True)
class Engagement:
    """A city on one day of one event, and the way in which somebody of it took part."""

    event_code: str
    session_on: date
    city_code: str
    mode: str


def engaged_city_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-01 by period and scope, in total and by membership, country and mode."""
    delivered = [event for event in world.events if event.status == "delivered"]
    attended = [row for row in presences(world) if row.has_attended]
    dimensions = _dimensions(world)
    for window in windows():
        within = [row for row in attended if window.contains(row.session_on)]
        for scope in scopes(world, window.start, window.end):
            codes = {event.event_code for event in events_of(world, scope, delivered)}
            own = [row for row in within if row.event_code in codes]
            engaged, coverage = list(_engagements(own)), _resolved(own)
            cell = ("OUT-01", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), _cities(engaged), coverage)
            for dimension, categories in dimensions.items():
                for category, group in grouped(engaged, categories).items():
                    yield count_value(Cell(*cell, dimension, category), _cities(group), coverage)


def _engagements(rows: Iterable[Presence]) -> Iterator[Engagement]:
    for row in rows:
        for city in row.cities:
            yield Engagement(row.event_code, row.session_on, city, row.mode)


def _resolved(rows: Iterable[Presence]) -> float | None:
    """Share of the people who said where they come from whose place is a known city, by session."""
    placed = [row for row in rows if row.has_place]
    return share(sum(bool(row.cities) for row in placed), len(placed))


def _cities(engaged: Iterable[Engagement]) -> int:
    return len({engagement.city_code for engagement in engaged})


def _dimensions(world: World) -> dict[str, Callable[[Engagement], Iterable[str]]]:
    members: dict[date, set[str]] = {}

    def status(engagement: Engagement) -> Iterable[str]:
        day = engagement.session_on
        if day not in members:
            members[day] = {member.city_code for member in members_on(world, day)}
        return ["member" if engagement.city_code in members[day] else "non_member"]

    return {
        "member_status": status,
        "country_code": lambda engagement: [world.country_of[engagement.city_code]],
        "mode": lambda engagement: [engagement.mode],
    }
