"""ACT-04: hub reports received on time and accepted; and which share of the reports due came at all."""

from collections.abc import Iterator
from datetime import timedelta

from mel_example.quarters import Quarter
from mel_example.truth.scopes import Scope, scopes
from mel_example.truth.values import Cell, IndicatorValue, percentage_value, share
from mel_example.truth.windows import Window, windows
from mel_example.world import HubReport, World

_DAYS = 15


Due = tuple[str, str]
"""The hub that owes a report, and the quarter it is about."""


def report_values(world: World) -> Iterator[IndicatorValue]:
    """ACT-04 by period and scope; a hub that was never launched owes nothing here."""
    for window in windows():
        good = {due for quarter in window.quarters for due in _on_time(world, quarter)}
        for scope in scopes(world, window.start, window.end):
            due = {each for each in _due(world, scope, window) if _is_launched(world, each, window)}
            cell = Cell("ACT-04", window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield percentage_value(cell, len(due & good), len(due), share(len(due), len(due)))


def reports_received(world: World, scope: Scope, window: Window) -> float | None:
    """Share of the reports due in a period that came, with activities or without; an active hub owes one a quarter."""
    due = _due(world, scope, window)
    received = {(report.hub_code, report.period) for report in world.reports}
    return share(len(due & received), len(due))


def _due(world: World, scope: Scope, window: Window) -> set[Due]:
    """What the hubs of a scope owe that are active in a quarter; to a grant, for quarters that end within it."""
    return {
        (hub.hub_code, quarter.code)
        for quarter in window.quarters
        if scope.grant is None or scope.grant.starts_on <= quarter.end <= scope.grant.ends_on
        for hub in world.hubs
        if hub.hub_code in scope.hubs
        and hub.active_from <= quarter.end
        and (hub.active_to or quarter.end) >= quarter.start
    }


def _is_launched(world: World, due: Due, window: Window) -> bool:
    ends = next(quarter.end for quarter in window.quarters if quarter.code == due[1])
    return any(hub.hub_code == due[0] and hub.launched_on and hub.launched_on <= ends for hub in world.hubs)


def _on_time(world: World, quarter: Quarter) -> set[Due]:
    reports = [report for report in world.reports if report.period == quarter.code]
    return {(report.hub_code, report.period) for report in reports if _is_on_time(report, quarter)}


def _is_on_time(report: HubReport, quarter: Quarter) -> bool:
    return (report.first_sent_on or report.submitted_on) <= quarter.end + timedelta(days=_DAYS)
