"""ACT-01 and ACT-05 to ACT-08: events delivered in a period, by their main line."""

from collections.abc import Callable, Iterable, Iterator

from mel_example.register_records import Event
from mel_example.truth.reports import reports_received
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped
from mel_example.truth.windows import windows
from mel_example.world import World

_LINES = {
    "ACT-01": "convening",
    "ACT-05": "training",
    "ACT-06": "national_local",
    "ACT-07": "youth",
    "ACT-08": "forum",
}
"""The main line that each indicator counts."""
_DIMENSIONS: dict[str, Callable[[Event], Iterable[str]]] = {
    "modality": lambda event: [event.modality],
    "theme": lambda event: event.themes,
    "priority": lambda event: event.priorities,
    "mode": lambda event: [event.mode],
}


def delivered_events(world: World, line: str) -> list[Event]:
    """All events of a main line that took place."""
    return [event for event in world.events if event.status == "delivered" and event.activity_line == line]


def delivered_trainings(world: World) -> list[Event]:
    """All trainings that took place."""
    return delivered_events(world, "training")


def activity_values(world: World) -> Iterator[IndicatorValue]:
    """Delivered events by period and scope, in total and by modality, theme, priority and mode."""
    for code in _LINES:
        yield from line_values(world, code)


def line_values(world: World, code: str) -> Iterator[IndicatorValue]:
    """The values of one of these indicators."""
    delivered = delivered_events(world, _LINES[code])
    for window in windows():
        ended = [event for event in delivered if window.contains(event.end_on)]
        for scope in scopes(world, window.start, window.end):
            cell = (code, window.period_type, window.code, scope.scope_type, scope.scope_code)
            own = events_of(world, scope, ended)
            coverage = reports_received(world, scope, window)
            yield count_value(Cell(*cell), len(own), coverage)
            for dimension, categories in _DIMENSIONS.items():
                for category, events in grouped(own, categories).items():
                    yield count_value(Cell(*cell, dimension, category), len(events), coverage)
