"""ACT-02: requests to the help desks answered within ten working days of the hub."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mel_example.hub_records import HelpRequest
from mel_example.truth.members import population_band
from mel_example.truth.reports import reports_received
from mel_example.truth.scopes import Scope, has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, percentage_value
from mel_example.truth.windows import windows
from mel_example.world import World

_WORKING_DAYS = 10
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class DueRequest:
    """A request as it stands in the hub's latest report, and the day on which its answer is due."""

    hub_code: str
    request: HelpRequest
    due_on: date

    @property
    def is_in_time(self) -> bool:
        """Whether it was answered on that day or before."""
        return self.request.answered_on is not None and self.request.answered_on <= self.due_on


def request_values(world: World) -> Iterator[IndicatorValue]:
    """ACT-02 by period in which answers are due and scope, in total, by topic and by size of the city."""
    populations = {city.city_code: city.population for city in world.cities}
    dimensions = {
        "topic": lambda each: [each.request.topic],
        "population_band": lambda each: [population_band(populations[each.request.city_code])],
    }
    requests = due_requests(world)
    for window in windows():
        due = [each for each in requests if window.contains(each.due_on)]
        for scope in scopes(world, window.start, window.end):
            own = [each for each in due if _belongs(world, scope, each)]
            coverage = reports_received(world, scope, window)
            cell = ("ACT-02", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield _rate(Cell(*cell), own, coverage)
            for dimension, categories in dimensions.items():
                for category, rows in grouped(own, categories).items():
                    yield _rate(Cell(*cell, dimension, category), rows, coverage)


def due_requests(world: World) -> list[DueRequest]:
    """Every request once, as told last; a hub may tell of it in several reports."""
    weekends = {hub.hub_code: hub.weekend_days for hub in world.hubs}
    reports = sorted(world.reports, key=lambda report: report.period)
    latest = {(report.hub_code, each.request_ref): each for report in reports for each in report.requests}
    return [
        DueRequest(hub_code, each, tenth_working_day(each.received_on, weekends[hub_code]))
        for (hub_code, _), each in latest.items()
    ]


def tenth_working_day(received_on: date, weekend_days: Iterable[str]) -> date:
    """The tenth day after another that does not fall on a weekend."""
    resting = set(weekend_days)
    day, worked = received_on, 0
    while worked < _WORKING_DAYS:
        day += timedelta(days=1)
        worked += _WEEK[day.weekday()] not in resting
    return day


def _belongs(world: World, scope: Scope, each: DueRequest) -> bool:
    """To the hub that was asked; to a grant by the city and the day on which the answer is due."""
    if scope.grant is None:
        return each.hub_code in scope.hubs
    return has_city(world, scope, each.request.city_code, each.due_on)


def _rate(cell: Cell, requests: list[DueRequest], coverage: float | None) -> IndicatorValue:
    return percentage_value(cell, sum(each.is_in_time for each in requests), len(requests), coverage)
