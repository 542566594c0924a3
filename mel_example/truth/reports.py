"""ACT-04: hub reports received on time and accepted; and which share of the reports due came at all."""

from collections.abc import Iterator
from datetime import timedelta

from mel_example.quarters import QUARTERS, Quarter
from mel_example.truth.scopes import Scope, scopes
from mel_example.truth.values import Cell, IndicatorValue, percentage_value, share
from mel_example.world import HubReport, World

_DAYS = 15


def report_values(world: World) -> Iterator[IndicatorValue]:
    """ACT-04 by quarter and scope; a hub that was never launched owes nothing here."""
    for quarter in QUARTERS:
        launched = {hub.hub_code for hub in world.hubs if hub.launched_on and hub.launched_on <= quarter.end}
        good = {report.hub_code for report in _reports(world, quarter) if _is_on_time(report, quarter)}
        for scope in scopes(world, quarter.start, quarter.end):
            due = _due(world, scope, quarter) & launched
            cell = Cell("ACT-04", "quarter", quarter.code, scope.scope_type, scope.scope_code)
            yield percentage_value(cell, len(due & good), len(due), share(len(due), len(due)))


def reports_received(world: World, scope: Scope, quarter: Quarter) -> float | None:
    """Share of the reports due for a quarter that came, with activities or without; each active hub owes one."""
    due = _due(world, scope, quarter)
    received = {report.hub_code for report in _reports(world, quarter)}
    return share(len(due & received), len(due))


def _reports(world: World, quarter: Quarter) -> list[HubReport]:
    return [report for report in world.reports if report.period == quarter.code]


def _due(world: World, scope: Scope, quarter: Quarter) -> set[str]:
    """Hubs of a scope that are active in a quarter."""
    active = {
        hub.hub_code
        for hub in world.hubs
        if hub.active_from <= quarter.end and (hub.active_to or quarter.end) >= quarter.start
    }
    return active.intersection(scope.hubs)


def _is_on_time(report: HubReport, quarter: Quarter) -> bool:
    return (report.first_sent_on or report.submitted_on) <= quarter.end + timedelta(days=_DAYS)
