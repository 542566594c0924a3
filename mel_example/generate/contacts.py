"""Draws the register of contacts: most cities have a valid one, some an old, a bounced or no contact."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from mel_example.names import shuffled_names
from mel_example.places import countries
from mel_example.quarters import YEARS
from mel_example.register_records import City, Contact, Membership

_FATES = {"renewed": 86, "found_later": 6, "bounced": 3, "stale": 3, "none": 2}
"""What becomes of a city's contacts over the years, with the weight of each case."""
_RENEWED_UNTIL = {"bounced": 2024}
"""The last year in which the contact of such a city answers."""


def draw_contacts(memberships: Sequence[Membership], cities: Sequence[City], rng: random.Random) -> tuple[Contact, ...]:
    """All contacts of cities that are or were members, each with an e-mail of its own."""
    hub_of = {country.country_code: country.hub_code for country in countries()}
    hub_of_city = {city.city_code: hub_of[city.country_code] for city in cities}
    names = {hub_code: shuffled_names(hub_code, rng) for hub_code in sorted(set(hub_of.values()))}
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
    """A spell a year while the contact is kept up, or one old spell that nobody has confirmed."""
    fate = rng.choices(list(_FATES), weights=list(_FATES.values()))[0]
    if fate == "none":
        return []
    if fate == "stale":
        return [(member.joined_on, member.left_on, None, False)]
    first_year = 2025 if fate == "found_later" else YEARS[0]
    return [
        _yearly_spell(member, year, year > _RENEWED_UNTIL.get(fate, year), rng)
        for year in YEARS
        if year >= first_year and member.joined_on < date(year, 12, 1) and not _has_left(member, date(year, 1, 31))
    ]


def _has_left(member: Membership, day: date) -> bool:
    return member.left_on is not None and member.left_on <= day


def _yearly_spell(member: Membership, year: int, is_bounced: bool, rng: random.Random) -> _Spell:
    """From the new year, or the day of joining, to the end of the year; the last year's stays open."""
    start = max(date(year, 1, 1), member.joined_on)
    end = None if year == YEARS[-1] else date(year, 12, 31)
    if member.left_on and member.left_on < date(year, 12, 31):
        end = member.left_on
    return start, end, start + timedelta(days=rng.randint(0, 28)), is_bounced
