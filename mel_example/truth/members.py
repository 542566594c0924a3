"""MEM-03 and MEM-04: members with a valid contact, and members that took part in an event of the year."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from mel_example.quarters import months_before
from mel_example.register_records import Event, Membership
from mel_example.truth.presence import Presence, presences
from mel_example.truth.scopes import Scope, events_of, has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, percentage_value, share
from mel_example.truth.windows import Window, windows
from mel_example.world import World

_CONFIRMED_WITHIN_MONTHS = 18
_POPULATION_BANDS = ((100_000, "under_100k"), (500_000, "100k_to_500k"), (2_000_000, "500k_to_2m"))
_JOINED_BANDS = ((2018, "before_2018"), (2022, "2018_2021"), (2024, "2022_2023"))
Ways = dict[tuple[str, str], set[str]]
"""The cities that did something in a way, by dimension and category."""


def population_band(population: int | None) -> str:
    """The band of a city's population, where it is known; the lower bound belongs to the band."""
    if population is None:
        return "unknown"
    return next((band for limit, band in _POPULATION_BANDS if population < limit), "over_2m")


def member_since_band(joined_on: date) -> str:
    """The band of the year in which a member joined."""
    return next((band for limit, band in _JOINED_BANDS if joined_on.year < limit), "2024_on")


def members_on(world: World, day: date) -> list[Membership]:
    """Memberships that are open on a day; a city that leaves on the day is no member any more."""
    return [
        member
        for member in world.memberships
        if member.joined_on <= day and (member.left_on is None or member.left_on > day)
    ]


def member_dimensions(world: World) -> dict[str, Callable[[Membership], Iterable[str]]]:
    """The ways to divide members, each giving the categories of one."""
    cities = {city.city_code: city for city in world.cities}
    return {
        "country_code": lambda member: [cities[member.city_code].country_code],
        "population_band": lambda member: [population_band(cities[member.city_code].population)],
        "income_group": lambda member: [cities[member.city_code].income_group],
        "member_since_band": lambda member: [member_since_band(member.joined_on)],
    }


def contact_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-03 by period and scope, on its last day, in total and by country, size, income group and year joined."""
    for window in windows():
        reachable = cities_with_contact(world, window.end)
        for scope in scopes(world, window.start, window.end):
            cell = ("MEM-03", window.period_type, window.code, scope.scope_type, scope.scope_code)
            members = members_of(world, scope, members_on(world, window.end), window.end)
            yield from member_shares(world, cell, members, reachable, share(len(members), len(members)))


def cities_with_contact(world: World, day: date) -> set[str]:
    """Cities with a contact valid on a day, confirmed in the 18 months before, whose mail arrives."""
    confirmed_since = months_before(day, _CONFIRMED_WITHIN_MONTHS)
    return {
        contact.city_code
        for contact in world.contacts
        if contact.valid_from <= day
        and (contact.valid_to is None or contact.valid_to >= day)
        and contact.confirmed_on is not None
        and confirmed_since <= contact.confirmed_on <= day
        and not contact.is_bounced
    }


def participation_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-04 by part of the year since 1 January and scope, in total, by kind of member, and by way of taking part."""
    eligible = {event.event_code: event for event in eligible_events(world)}
    attended = [row for row in presences(world) if row.event_code in eligible and row.has_attended]
    for window in filter(lambda each: each.is_within_a_year, windows()):
        so_far = [row for row in attended if window.contains(row.session_on)]
        due = [member for member in members_on(world, window.end) if member.joined_on <= window.start]
        for scope in scopes(world, window.start, window.end):
            cell = ("MEM-04", window.period_type, window.code, scope.scope_type, scope.scope_code)
            members = members_of(world, scope, due, window.end)
            coverage = lists_received(world, scope, eligible.values(), window)
            cities = {city for row in so_far for city in row.cities}
            yield from member_shares(world, cell, members, cities, coverage)
            yield from shares_by_way(cell, members, ways_of(so_far, eligible), coverage)


def eligible_events(world: World) -> list[Event]:
    """Delivered events by which a member takes part: those of the network, and of partners where marked."""
    return [
        event
        for event in world.events
        if event.status == "delivered" and (event.organiser == "network" or event.is_eligible_for_me3)
    ]


def lists_received(world: World, scope: Scope, events: Iterable[Event], window: Window) -> float | None:
    """Share of the events held in a period of which an attendance list arrived."""
    listed = {row.event_code for row in world.attendance}
    held = [event for event in events if window.contains(event.end_on)]
    own = {event.event_code for event in events_of(world, scope, held)}
    return share(len(own & listed), len(own))


def members_of(world: World, scope: Scope, members: Iterable[Membership], day: date) -> list[Membership]:
    """Those of some members whose cities belong to a scope on a day."""
    return [member for member in members if has_city(world, scope, member.city_code, day)]


def member_shares(
    world: World,
    cell: tuple[str, str, str, str, str],
    members: list[Membership],
    counted: set[str],
    coverage: float | None,
    dimensions: dict[str, Callable[[Membership], Iterable[str]]] | None = None,
) -> Iterator[IndicatorValue]:
    """The share of members whose city is counted, in total and within each category of members."""
    yield _share_of(Cell(*cell), members, counted, coverage)
    for dimension, categories in (dimensions or member_dimensions(world)).items():
        for category, group in grouped(members, categories).items():
            yield _share_of(Cell(*cell, dimension, category), group, counted, coverage)


def ways_of(attended: Iterable[Presence], events: dict[str, Event]) -> Ways:
    """The cities of those who took part, by the mode and the modality in which they did."""
    ways: Ways = {}
    for row in attended:
        for way in (("mode", row.mode), ("modality", events[row.event_code].modality)):
            ways.setdefault(way, set()).update(row.cities)
    return ways


def shares_by_way(
    cell: tuple[str, str, str, str, str], members: list[Membership], ways: Ways, coverage: float | None
) -> Iterator[IndicatorValue]:
    """The share of all members that did something in a way that some member used."""
    for (dimension, category), cities in sorted(ways.items()):
        if cities.intersection(member.city_code for member in members):
            yield _share_of(Cell(*cell, dimension, category), members, cities, coverage)


def _share_of(cell: Cell, members: list[Membership], counted: set[str], coverage: float | None) -> IndicatorValue:
    matching = sum(member.city_code in counted for member in members)
    return percentage_value(cell, matching, len(members), coverage)
