"""The parts of the programme that a value can be about: all of it, a hub, or a grant.

Here it is decided which hub serves a city and which events and cities belong to a grant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mel_example.register_records import Event, Grant
from mel_example.world import World


@dataclass(frozen=True)
class Scope:
    """`all`/`all`, a hub or a grant, with the hubs that report for it."""

    scope_type: str
    scope_code: str
    hubs: tuple[str, ...]
    grant: Grant | None = None


def scopes(world: World, start: date, end: date) -> list[Scope]:
    """All scopes that are active on some day between two dates; a hub that was not launched has no values."""
    hubs = [hub for hub in world.hubs if hub.active_from <= end and (hub.active_to or end) >= start]
    launched = [hub.hub_code for hub in hubs if hub.launched_on and hub.launched_on <= end]
    grants = [grant for grant in world.grants if grant.starts_on <= end and grant.ends_on >= start]
    codes = tuple(hub.hub_code for hub in hubs)
    return [
        Scope("all", "all", codes),
        *(Scope("hub", code, (code,)) for code in launched),
        *(Scope("grant", grant.grant_code, grant.hubs, grant) for grant in grants),
    ]


def hub_of_country(world: World, country_code: str, on: date) -> str | None:
    """The hub that serves a country on a day."""
    for spell in world.hub_countries:
        if spell.country_code == country_code and spell.valid_from <= on <= (spell.valid_to or on):
            return spell.hub_code
    return None


def has_city(world: World, scope: Scope, city_code: str, on: date) -> bool:
    """Whether a city belongs to a scope on a day; to a grant by its hub and the grant's dates."""
    if scope.scope_type == "all":
        return True
    if scope.grant and not scope.grant.starts_on <= on <= scope.grant.ends_on:
        return False
    country = world.country_of[city_code]
    if scope.grant and scope.grant.countries and country not in scope.grant.countries:
        return False
    return hub_of_country(world, country, on) in scope.hubs


def has_event(world: World, scope: Scope, event: Event) -> bool:
    """Whether an event belongs to a scope; to a grant when a report names it and the grant covers it."""
    if scope.grant is None:
        return event.hub_code in scope.hubs
    grant = scope.grant
    if grant.countries and event.country_code not in grant.countries:
        return False
    if grant.themes and not set(grant.themes).intersection(event.themes):
        return False
    is_covered = event.hub_code in grant.hubs and grant.starts_on <= event.start_on and event.end_on <= grant.ends_on
    return is_covered and grant.grant_code in world.grants_named.get(event.event_code, ())


def events_of(world: World, scope: Scope, events: Iterable[Event]) -> list[Event]:
    """The events of a scope among some events."""
    return [event for event in events if has_event(world, scope, event)]
