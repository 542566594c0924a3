"""Draws the register of contacts: most cities have a valid one, some an old, a bounced or no contact."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from mel_example.names import shuffled_names
from mel_example.places import countries
from mel_example.quarters import YEAR_START
from mel_example.world import City, Contact, Membership

_FATES = {"steady": 76, "renewed": 9, "bounced": 5, "stale": 6, "none": 4}
"""What becomes of a city's contact in the example year, with the weight of each case."""


def draw_contacts(memberships: Sequence[Membership], cities: Sequence[City], rng: random.Random) -> tuple[Contact, ...]:
    """All contacts of cities that are or were members, each with an e-mail of its own."""
    hub_of = {country.country_code: country.hub_code for country in countries()}
    hub_of_city = {city.city_code: hub_of[city.country_code] for city in cities}
    names = {hub_code: iter(shuffled_names(hub_code, rng)) for hub_code in sorted(set(hub_of.values()))}
    spells = [(member, spell) for member in memberships for spell in _spells(member, rng)]
    return tuple(
        Contact(
            contact_ref=f"CT-{number:04d}",
            city_code=member.city_code,
            name=next(names[hub_of_city[member.city_code]]),
            email=f"contact{number:04d}@example.org",
            valid_from=valid_from,
            valid_to=valid_to,
            confirmed_on=confirmed_on,
            is_bounced=is_bounced,
        )
        for number, (member, (valid_from, valid_to, confirmed_on, is_bounced)) in enumerate(spells, start=1)
    )


_Spell = tuple[date, date | None, date | None, bool]
"""First day, last day, day of the last confirmation, and whether mail comes back."""


def _spells(member: Membership, rng: random.Random) -> list[_Spell]:
    start = member.joined_on + timedelta(days=rng.randint(0, 30))
    if member.left_on or member.joined_on > YEAR_START:
        return [(start, member.left_on, start + timedelta(days=3), False)]
    fate = rng.choices(list(_FATES), weights=list(_FATES.values()))[0]
    recent = max(start, date(2023, 8, 15)) + timedelta(days=rng.randint(0, 150))
    if fate == "none":
        return []
    if fate == "stale":
        return [(start, None, _old_confirmation(start, rng), False)]
    if fate == "renewed":
        handover = date(2024, 3, 1) + timedelta(days=rng.randint(0, 250))
        successor: _Spell = (handover + timedelta(days=1), None, handover + timedelta(days=15), False)
        return [(start, handover, _old_confirmation(start, rng), False), successor]
    return [(start, None, recent, fate == "bounced")]


def _old_confirmation(start: date, rng: random.Random) -> date | None:
    """A day of 2021 or 2022, or never where the contact is younger."""
    old = date(2021, 1, 1) + timedelta(days=rng.randint(0, 600))
    return old if old >= start else None
