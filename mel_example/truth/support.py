"""OUT-03: cities that received support which gave something."""

from collections.abc import Callable, Iterable, Iterator

from mel_example.hub_records import SupportCase
from mel_example.truth.reports import reports_received
from mel_example.truth.scopes import Scope, has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, count_value, grouped
from mel_example.truth.windows import windows
from mel_example.world import World

HubReference = tuple[str, str]
"""The hub, and the reference that it gave."""


def support_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-03 by period and scope: different cities, in total, by kind of support and by priority of the need."""
    given = {key: each for key, each in latest_support(world).items() if each.deliverable}
    dimensions = _dimensions(world)
    for window in windows():
        begun = {key: each for key, each in given.items() if window.contains(each.start_on)}
        for scope in scopes(world, window.start, window.end):
            own = [(key, each) for key, each in begun.items() if _belongs(world, scope, key[0], each)]
            coverage = reports_received(world, scope, window)
            cell = ("OUT-03", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield count_value(Cell(*cell), _cities(own), coverage)
            for dimension, categories in dimensions.items():
                for category, rows in grouped(own, categories).items():
                    yield count_value(Cell(*cell, dimension, category), _cities(rows), coverage)


def latest_support(world: World) -> dict[HubReference, SupportCase]:
    """Each support as the hub's latest report tells it."""
    reports = sorted(world.reports, key=lambda report: report.period)
    return {(report.hub_code, each.support_ref): each for report in reports for each in report.support}


def _dimensions(world: World) -> dict[str, Callable[[tuple[HubReference, SupportCase]], Iterable[str]]]:
    priorities = {need.need_ref: need.priority for report in world.reports for need in report.needs}
    return {
        "support_type": lambda row: [row[1].support_type],
        "priority": lambda row: [priorities.get(row[1].need_ref or "", "unknown")],
    }


def _cities(rows: Iterable[tuple[HubReference, SupportCase]]) -> int:
    return len({each.city_code for _, each in rows})


def _belongs(world: World, scope: Scope, hub_code: str, support: SupportCase) -> bool:
    """To the hub that gives it; to a grant by the city and the first day."""
    if scope.grant is None:
        return hub_code in scope.hubs
    return has_city(world, scope, support.city_code, support.start_on)
