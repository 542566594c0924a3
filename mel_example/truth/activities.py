"""ACT-05: trainings delivered in a period."""

from collections.abc import Callable, Iterable, Iterator

from mel_example.register_records import Event
from mel_example.truth.reports import reports_received
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped
from mel_example.truth.windows import windows
from mel_example.world import World

_DIMENSIONS: dict[str, Callable[[Event], Iterable[str]]] = {
    "modality": lambda event: [event.modality],
    "theme": lambda event: event.themes,
    "priority": lambda event: event.priorities,
    "mode": lambda event: [event.mode],
}


def delivered_trainings(world: World) -> list[Event]:
    """All trainings that took place."""
    return [event for event in world.events if event.status == "delivered" and event.activity_line == "training"]


def activity_values(world: World) -> Iterator[IndicatorValue]:
    """ACT-05 by period and scope, in total and by modality, theme, priority and mode."""
    for window in windows():
        trainings = [event for event in delivered_trainings(world) if window.contains(event.end_on)]
        for scope in scopes(world, window.start, window.end):
            cell = ("ACT-05", window.period_type, window.code, scope.scope_type, scope.scope_code)
            own = events_of(world, scope, trainings)
            coverage = reports_received(world, scope, window)
            yield count_value(Cell(*cell), len(own), coverage)
            for dimension, categories in _DIMENSIONS.items():
                for category, events in grouped(own, categories).items():
                    yield count_value(Cell(*cell, dimension, category), len(events), coverage)
