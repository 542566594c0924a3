"""OUT-06: young people at city-youth events that officials of a city attended, too."""

from collections.abc import Iterable, Iterator

from mel_example.truth.activities import delivered_events
from mel_example.truth.dialogues import Attendee, attendees
from mel_example.truth.presence import PersonDetails, person_details
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, share
from mel_example.truth.windows import windows
from mel_example.world import World

_OLDEST = 29


def young_people_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-06 by period and scope, in total and by sex."""
    details = person_details(world)
    with_officials = {code: rows for code, rows in attendees(world).items() if _has_city_official(rows)}
    listed = {row.event_code for row in world.attendance}
    for window in windows():
        ended = [event for event in delivered_events(world, "youth") if window.contains(event.end_on)]
        for scope in scopes(world, window.start, window.end):
            codes = {event.event_code for event in events_of(world, scope, ended)}
            coverage = share(len(codes & listed), len(codes))
            present = {each.person for code in codes for each in with_officials.get(code, ())}
            young = {person for person in present if _is_young(details[person])}
            cell = ("OUT-06", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), len(young), coverage)
            for sex in sorted({details[person].sex or "unknown" for person in young}):
                alike = [person for person in young if (details[person].sex or "unknown") == sex]
                yield count_value(Cell(*cell, "sex", sex), len(alike), coverage)


def _has_city_official(rows: Iterable[Attendee]) -> bool:
    return any(row.is_city_official for row in rows)


def _is_young(details: PersonDetails) -> bool:
    return details.age is not None and details.age <= _OLDEST
