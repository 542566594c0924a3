"""OUT-08: the share of people to whom an event was useful, by period of the event."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, percentage_value, share
from mel_example.truth.windows import windows
from mel_example.world import World

_SCALE = range(1, 6)
_USEFUL = (4, 5)


@dataclass(frozen=True)
class Opinion:
    """What somebody said about the use of an event, and what is known of both."""

    event_code: str
    event_type: str
    language: str
    sex: str | None
    role: str | None
    useful: int


def opinions(world: World) -> list[Opinion]:
    """Everybody who said how useful a delivered event was; "don't know" says nothing about it."""
    types = {event.event_code: event.event_type for event in world.events if event.status == "delivered"}
    return [
        Opinion(each.event_code, types[each.event_code], each.language, each.sex, each.role, each.useful)
        for each in world.event_feedback
        if each.event_code in types and each.useful is not None and each.useful in _SCALE
    ]


def usefulness_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-08 by period and scope, in total and by type of event, language, sex, role, and sex with language."""
    heard_of = {each.event_code for each in world.event_feedback}
    everybody = opinions(world)
    for window in windows():
        held = [event for event in world.events if event.status == "delivered" and window.contains(event.end_on)]
        for scope in scopes(world, window.start, window.end):
            codes = {event.event_code for event in events_of(world, scope, held)}
            own = [opinion for opinion in everybody if opinion.event_code in codes]
            coverage = share(len(codes & heard_of), len(codes))
            cell = ("OUT-08", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield _share_useful(Cell(*cell), own, coverage)
            for dimension, categories in _DIMENSIONS.items():
                for category, rows in grouped(own, categories).items():
                    yield _share_useful(Cell(*cell, dimension, category), rows, coverage)


def _share_useful(cell: Cell, opinions: list[Opinion], coverage: float | None) -> IndicatorValue:
    useful = sum(opinion.useful in _USEFUL for opinion in opinions)
    return percentage_value(cell, useful, len(opinions), coverage)


_DIMENSIONS: dict[str, Callable[[Opinion], Iterable[str]]] = {
    "event_type": lambda opinion: [opinion.event_type],
    "language": lambda opinion: [opinion.language],
    "sex": lambda opinion: [opinion.sex or "unknown"],
    "role": lambda opinion: [opinion.role or "unknown"],
    "sex*language": lambda opinion: [f"{opinion.sex or 'unknown'}*{opinion.language}"],
}
