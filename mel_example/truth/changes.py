"""OCM-04: changes in cities that were adopted for the first time, shown and contributed to."""

from collections.abc import Callable, Iterable, Iterator

from mel_example.hub_records import Change
from mel_example.truth.reports import reports_received
from mel_example.truth.scopes import Scope, has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped
from mel_example.truth.windows import windows
from mel_example.world import World

_ADOPTED, _SHOWN, _CONTRIBUTED = 3, 2, 2
_DIMENSIONS: dict[str, Callable[[Change], Iterable[str]]] = {
    "change_category": lambda change: [change.category],
    "stage": lambda change: [str(change.stage)],
    "priority": lambda change: change.priorities,
    "evidence_level": lambda change: [str(change.evidence_level)],
}


def change_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-04 by period and scope, in total and by kind, stage, priority and evidence at the first crossing."""
    crossed = first_crossings(world)
    for window in windows():
        for scope in scopes(world, window.start, window.end):
            own = [
                change
                for change in crossed
                if window.contains(change.changed_on) and _belongs(world, scope, change)
            ]  # fmt: skip
            coverage = reports_received(world, scope, window)
            cell = ("OCM-04", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), len(own), coverage)
            for dimension, categories in _DIMENSIONS.items():
                for category, changes in grouped(own, categories).items():
                    yield count_value(Cell(*cell, dimension, category), len(changes), coverage)


def first_crossings(world: World) -> list[Change]:
    """The earliest report of each change that says that it was adopted, shows it, and names a clear contribution."""
    told = sorted((change for report in world.reports for change in report.changes), key=lambda each: each.changed_on)
    earliest: dict[str, Change] = {}
    for change in told:
        is_shown = change.evidence_level >= _SHOWN and change.contribution >= _CONTRIBUTED
        if change.stage >= _ADOPTED and is_shown:
            earliest.setdefault(change.change_ref, change)
    return list(earliest.values())


def _belongs(world: World, scope: Scope, change: Change) -> bool:
    """To the hub that reports it; to a grant by the city and the day."""
    if scope.grant is None:
        return change.hub_code in scope.hubs
    return has_city(world, scope, change.city_code, change.changed_on)
