"""OUT-02: people who completed a training, counted once within each period."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mel_example.truth.activities import delivered_trainings
from mel_example.truth.presence import PersonDetails, Presence, person_details, presences
from mel_example.truth.scopes import events_of, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, share
from mel_example.truth.windows import windows
from mel_example.world import World

_COMPLETED_SHARE = 0.75


@dataclass(frozen=True)
class Completion:
    """A person who was there for at least three quarters of a training, in one mode."""

    event_code: str
    person: int
    mode: str


def completions(world: World) -> list[Completion]:
    """Everybody who completed a delivered training; minutes are weighed against all of its sessions."""
    planned: dict[str, int] = {}
    for session in world.sessions:
        planned[session.event_code] = planned.get(session.event_code, 0) + session.planned_minutes
    trainings = {event.event_code for event in delivered_trainings(world)}
    attended: dict[tuple[str, int], list[Presence]] = {}
    for presence in presences(world):
        if presence.event_code in trainings:
            attended.setdefault((presence.event_code, presence.person), []).append(presence)
    return [
        Completion(event_code, person, mode)
        for (event_code, person), own in attended.items()
        if sum(presence.minutes for presence in own) >= _COMPLETED_SHARE * planned[event_code]
        for mode in sorted({presence.mode for presence in own})
    ]


def training_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-02 by period and scope, in total and by sex, function, country, mode, age band, and sex with mode."""
    details = person_details(world)
    countries = {city.city_code: city.country_code for city in world.cities}
    dimensions = _dimensions(details, countries)
    completed = completions(world)
    listed = {row.event_code for row in world.attendance}
    for window in windows():
        trainings = [event for event in delivered_trainings(world) if window.contains(event.end_on)]
        for scope in scopes(world, window.start, window.end):
            codes = {event.event_code for event in events_of(world, scope, trainings)}
            own = [completion for completion in completed if completion.event_code in codes]
            coverage = share(len(codes & listed), len(codes))
            cell = ("OUT-02", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), _people(own), coverage)
            for dimension, category_of in dimensions.items():
                for category in sorted({category_of(completion) for completion in own}):
                    matching = [completion for completion in own if category_of(completion) == category]
                    yield count_value(Cell(*cell, dimension, category), _people(matching), coverage)


def _people(completed: Iterable[Completion]) -> int:
    return len({completion.person for completion in completed})


def _dimensions(details: dict[int, PersonDetails], countries: dict[str, str]) -> dict[str, Callable[[Completion], str]]:
    def country(completion: Completion) -> str:
        return countries.get(details[completion.person].city_code or "", "unknown")

    return {
        "sex": lambda completion: details[completion.person].sex or "unknown",
        "stakeholder_type": lambda completion: details[completion.person].stakeholder_type or "unknown",
        "country_code": country,
        "mode": lambda completion: completion.mode,
        "age_band": lambda completion: details[completion.person].age_band,
        "sex*mode": lambda completion: f"{details[completion.person].sex or 'unknown'}*{completion.mode}",
    }
