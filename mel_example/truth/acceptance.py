"""MEM-01 and MEM-02: members that meet all three mandatory expectations, and those that accepted the principles.

Acceptance without a known day counts as not met and is told apart, as category `unknown`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from mel_example.register_records import Membership
from mel_example.truth.members import (
    cities_with_contact,
    eligible_events,
    lists_received,
    member_dimensions,
    member_shares,
    members_of,
    members_on,
)
from mel_example.truth.presence import presences
from mel_example.truth.scopes import scopes
from mel_example.truth.values import IndicatorValue, share
from mel_example.truth.windows import windows
from mel_example.world import World


def acceptance_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-02 by period and scope, on its last day, in total and by kind of member."""
    for window in windows():
        accepted = cities_that_accepted(world, window.end)
        dimensions = with_acceptance(world, window.end)
        for scope in scopes(world, window.start, window.end):
            cell = ("MEM-02", window.period_type, window.code, scope.scope_type, scope.scope_code)
            members = members_of(world, scope, members_on(world, window.end), window.end)
            coverage = share(len(members), len(members))
            yield from member_shares(world, cell, members, accepted, coverage, dimensions)


def mandatory_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-01 by part of the year since 1 January and scope: principles, contact and an event, in one member."""
    events = eligible_events(world)
    codes = {event.event_code for event in events}
    attended = [row for row in presences(world) if row.event_code in codes and row.has_attended]
    for window in filter(lambda each: each.is_within_a_year, windows()):
        took_part = {city for row in attended if window.contains(row.session_on) for city in row.cities}
        met = took_part & cities_that_accepted(world, window.end) & cities_with_contact(world, window.end)
        due = [member for member in members_on(world, window.end) if member.joined_on <= window.start]
        dimensions = with_acceptance(world, window.end)
        for scope in scopes(world, window.start, window.end):
            cell = ("MEM-01", window.period_type, window.code, scope.scope_type, scope.scope_code)
            members = members_of(world, scope, due, window.end)
            coverage = lists_received(world, scope, events, window)
            yield from member_shares(world, cell, members, met, coverage, dimensions)


def cities_that_accepted(world: World, day: date) -> set[str]:
    """Members on a day that had accepted the principles by then."""
    return {member.city_code for member in members_on(world, day) if acceptance(member, day) == "accepted"}


def acceptance(member: Membership, day: date) -> str:
    """What is known about a member's acceptance on a day."""
    if member.is_acceptance_undated:
        return "unknown"
    accepted_on = member.principles_accepted_on
    return "accepted" if accepted_on and accepted_on <= day else "not_accepted"


def with_acceptance(world: World, day: date) -> dict[str, Callable[[Membership], Iterable[str]]]:
    """The ways to divide members, and what is known of their acceptance on a day."""
    return member_dimensions(world) | {"acceptance": lambda member: [acceptance(member, day)]}
