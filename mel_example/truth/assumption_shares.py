"""ASM-01, 03, 04, 05, 08 and 10: what shows whether assumptions of the theory of change hold."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from mel_example.register_records import Grant
from mel_example.truth.dialogues import attendees
from mel_example.truth.member_answers import city_answers
from mel_example.truth.reports import reports_received
from mel_example.truth.resources import editions_by_day
from mel_example.truth.responses import invited_members
from mel_example.truth.scopes import Scope, events_of, has_city, scopes
from mel_example.truth.support import latest_support
from mel_example.truth.values import Cell, IndicatorValue, percentage_value, share
from mel_example.truth.windows import YEARLY, Window, windows
from mel_example.world import World

_COOPERATION = "T2"
_IN_TIME = timedelta(days=30)
_Figures = tuple[int, int, int, float | None]
_Counted = Callable[[Scope, Window], _Figures]
"""Numerator, denominator, the units behind them, and coverage of a scope in a period."""


def assumption_values(world: World) -> Iterator[IndicatorValue]:
    """All of them by period and scope, undivided."""
    for code, counted in _of_quarters(world).items():
        yield from _values(world, code, windows(), counted)
    yield from _values(world, "ASM-08", windows(YEARLY), _answers_in_time(world))


def _values(world: World, code: str, told: list[Window], counted: _Counted) -> Iterator[IndicatorValue]:
    for window in told:
        for scope in scopes(world, window.start, window.end):
            if code == "ASM-03" and scope.grant:
                continue
            cell = Cell(code, window.period_type, window.code, scope.scope_type, scope.scope_code)
            numerator, denominator, n, coverage = counted(scope, window)
            yield replace(percentage_value(cell, numerator, denominator, coverage), n=n)


def _of_quarters(world: World) -> dict[str, _Counted]:
    return {
        "ASM-01": _local_people(world),
        "ASM-03": _active_grants(world),
        "ASM-04": _readable_resources(world),
        "ASM-05": _national_presence(world),
        "ASM-10": _needed_support(world),
    }


def _local_people(world: World) -> _Counted:
    present, listed = attendees(world), {row.event_code for row in world.attendance}
    delivered = [event for event in world.events if event.status == "delivered"]

    def counted(scope: Scope, window: Window) -> _Figures:
        own = [event.event_code for event in events_of(world, scope, delivered) if window.contains(event.end_on)]
        people = {(code, each.person): each.is_city_official for code in own for each in present.get(code, ())}
        return sum(people.values()), len(people), len(own), share(len(listed.intersection(own)), len(own))

    return counted


def _active_grants(world: World) -> _Counted:
    def counted(scope: Scope, window: Window) -> _Figures:
        hubs = [hub.hub_code for hub in world.hubs] if scope.scope_type == "all" else scope.hubs
        planned = [grant for grant in world.grants for hub in grant.hubs if hub in hubs and _runs(grant, window.end)]
        active = sum(grant.ends_on >= window.end for grant in planned)
        return active, len(planned), len(planned), share(len(planned), len(planned))

    return counted


def _runs(grant: Grant, day: date) -> bool:
    """Whether a grant was planned to run on a day."""
    return grant.starts_on <= day <= (grant.planned_until or grant.ends_on)


def _readable_resources(world: World) -> _Counted:
    languages = {hub.hub_code: hub.language for hub in world.hubs}
    seen, first = set(), []
    for edition in editions_by_day(world):
        if (edition.hub_code, edition.resource.resource_ref) not in seen:
            seen.add((edition.hub_code, edition.resource.resource_ref))
            first.append(edition)

    def counted(scope: Scope, window: Window) -> _Figures:
        own = [each for each in first if window.contains(each.published_on) and each.hub_code in scope.hubs]
        if scope.grant:
            own = [each for each in own if scope.grant.starts_on <= each.published_on <= scope.grant.ends_on]
        readable = sum(languages[each.hub_code] in each.languages for each in own)
        return readable, len(own), len(own), reports_received(world, scope, window)

    return counted


def _national_presence(world: World) -> _Counted:
    present, listed = attendees(world), {row.event_code for row in world.attendance}
    tagged = [event for event in world.events if event.status == "delivered" and _COOPERATION in event.themes]

    def counted(scope: Scope, window: Window) -> _Figures:
        own = [event.event_code for event in events_of(world, scope, tagged) if window.contains(event.end_on)]
        met = [any(each.stakeholder_type == "national_government" for each in present.get(code, ())) for code in own]
        return sum(met), len(own), len(own), share(len(listed.intersection(own)), len(own))

    return counted


def _answers_in_time(world: World) -> _Counted:
    invited = invited_members(world)
    answered_on = {(each.answered_on.year, each.city_code): each.answered_on for each in city_answers(world)}

    def counted(scope: Scope, window: Window) -> _Figures:
        asked = [each.invitation for each in invited if window.contains(each.invitation.invited_on)]
        own = [each for each in asked if has_city(world, scope, each.city_code, each.invited_on)]
        in_time = sum(
            answered_on.get((each.wave, each.city_code), date.max) <= each.invited_on + _IN_TIME for each in own
        )
        return in_time, len(own), len(own), share(len(own), len(own))

    return counted


def _needed_support(world: World) -> _Counted:
    needs = {(report.hub_code, need.need_ref) for report in world.reports for need in report.needs}
    support = latest_support(world)

    def counted(scope: Scope, window: Window) -> _Figures:
        begun = [(hub, each) for (hub, _), each in support.items() if window.contains(each.start_on)]
        own = [
            (hub, each)
            for hub, each in begun
            if (has_city(world, scope, each.city_code, each.start_on) if scope.grant else hub in scope.hubs)
        ]
        needed = sum((hub, each.need_ref) in needs for hub, each in own)
        return needed, len(own), len(own), reports_received(world, scope, window)

    return counted
