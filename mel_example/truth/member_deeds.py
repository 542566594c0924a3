"""MEM-06 to MEM-09: members that share resources, contribute to tools, exchange with others, or are supported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.register_records import Event, Membership
from mel_example.truth.member_answers import city_answers
from mel_example.truth.members import Ways, lists_received, member_shares, members_of, members_on, shares_by_way
from mel_example.truth.presence import presences
from mel_example.truth.reports import reports_received
from mel_example.truth.resources import first_editions
from mel_example.truth.scopes import Scope, hub_of_country, scopes
from mel_example.truth.support import latest_support
from mel_example.truth.values import IndicatorValue
from mel_example.truth.windows import Window, windows
from mel_example.world import World

_EXCHANGES = ("exchange", "peer_learning", "study_visit")


@dataclass(frozen=True)
class Deed:
    """Something that a city did, or that was done for it, on a day; `kind` is what it is divided by."""

    city_code: str
    on: date
    kind: str = ""


def sharing_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-06 by part of the year and scope, in total, by kind of member and by theme of the resource."""
    deeds = [Deed(each.city_code, each.published_on, each.theme) for each in first_editions(world)]
    for window, scope, members in _due(world):
        coverage = reports_received(world, scope, window)
        yield from _shares(world, "MEM-06", window, scope, members, deeds, coverage, "theme")


def contribution_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-07 by part of the year and scope, in total and by kind of member."""
    published = [Deed(each.city_code, each.published_on) for each in first_editions(world)]
    named = [
        Deed(answer.city_code, answer.answered_on)
        for answer in city_answers(world)
        if set(answer.others.get("mem/contrib_tools", ())) - {"none"}
    ]
    for window, scope, members in _due(world):
        coverage = reports_received(world, scope, window)
        yield from _shares(world, "MEM-07", window, scope, members, [*published, *named], coverage)


def exchange_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-08 by part of the year and scope, in total and by kind of member."""
    events = delivered_exchanges(world)
    codes = {event.event_code for event in events}
    deeds = [
        Deed(city, row.session_on)
        for row in presences(world)
        if row.event_code in codes and row.has_attended
        for city in row.cities
    ]
    for window, scope, members in _due(world):
        coverage = lists_received(world, scope, events, window)
        yield from _shares(world, "MEM-08", window, scope, members, deeds, coverage)


def deep_dive_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-09 by part of the year and scope, among members of priority hubs: in total, by country and kind."""
    deeds = [Deed(each.city_code, each.start_on, each.support_type) for each in latest_support(world).values()]
    for window in _parts_of_years():
        hubs = {each.hub_code for each in world.hub_priorities if each.year == window.end.year}
        first = [
            member
            for member in members_on(world, window.end)
            if hub_of_country(world, world.country_of[member.city_code], window.end) in hubs
        ]
        for scope in scopes(world, window.start, window.end):
            members, coverage = members_of(world, scope, first, window.end), reports_received(world, scope, window)
            told = _shares(world, "MEM-09", window, scope, members, deeds, coverage, "support_type")
            yield from (each for each in told if each.cell.dimension in ("total", "country_code", "support_type"))


def delivered_exchanges(world: World) -> list[Event]:
    """Events that took place and in which cities learn from each other."""
    return [event for event in world.events if event.status == "delivered" and event.event_type in _EXCHANGES]


def _parts_of_years() -> Iterator[Window]:
    return (window for window in windows() if window.is_within_a_year)


def _due(world: World) -> Iterator[tuple[Window, Scope, list[Membership]]]:
    """Every part of a year and scope, with the members of the whole of it."""
    for window in _parts_of_years():
        due = [member for member in members_on(world, window.end) if member.joined_on <= window.start]
        for scope in scopes(world, window.start, window.end):
            yield window, scope, members_of(world, scope, due, window.end)


def _shares(
    world: World,
    code: str,
    window: Window,
    scope: Scope,
    members: list[Membership],
    deeds: Iterable[Deed],
    coverage: float | None,
    divided_by: str | None = None,
) -> Iterator[IndicatorValue]:
    """The share of members with at least one deed in a period, by kind of member and by kind of deed."""
    cell = (code, window.period_type, window.code, scope.scope_type, scope.scope_code)
    done = [deed for deed in deeds if window.contains(deed.on)]
    yield from member_shares(world, cell, members, {deed.city_code for deed in done}, coverage)
    if divided_by is not None:
        ways: Ways = {}
        for deed in done:
            ways.setdefault((divided_by, deed.kind), set()).add(deed.city_code)
        yield from shares_by_way(cell, members, ways, coverage)
