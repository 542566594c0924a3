"""Draws who is a member and since when, and from which quarter a city's people take part.

Contacts belong to `contacts.py`, people to `people.py`.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from mel_example.places import SAME_NAME, countries
from mel_example.quarters import FIRST_DAY, QUARTERS
from mel_example.register_records import City, Membership

_NEVER_MEMBERS = 12
_LEFT_ON = (date(2023, 9, 30), date(2024, 5, 31), date(2025, 3, 31), date(2025, 11, 30), date(2026, 4, 30))
_JOINED_LATER = (
    date(2024, 2, 14),
    date(2024, 5, 22),
    date(2024, 8, 29),
    date(2024, 11, 5),
    date(2025, 1, 20),
    date(2025, 4, 8),
    date(2025, 9, 16),
    date(2026, 1, 27),
    date(2026, 3, 12),
    date(2026, 7, 2),
)
_REACHED_BY_QUARTER = (0.26, 0.46, 0.62, 0.78)
"""Share of the members whose people have started to take part by the end of each quarter of a year."""


def draw_memberships(cities: Sequence[City], rng: random.Random) -> tuple[Membership, ...]:
    """One spell of membership per city that has been a member; a few cities are in the register only."""
    drawn = [city for city in cities if city.city_code not in SAME_NAME]
    rng.shuffle(drawn)
    left_from = _NEVER_MEMBERS
    new_from = left_from + len(_LEFT_ON)
    left_on = dict(zip((city.city_code for city in drawn[left_from:]), _LEFT_ON, strict=False))
    joined_later = dict(zip((city.city_code for city in drawn[new_from:]), _JOINED_LATER, strict=False))
    never = {city.city_code for city in drawn[:_NEVER_MEMBERS]}
    return tuple(
        _membership(city, joined_later.get(city.city_code), left_on.get(city.city_code), rng)
        for city in cities
        if city.city_code not in never
    )


def _membership(city: City, joined_on: date | None, left_on: date | None, rng: random.Random) -> Membership:
    last_year = 2021 if left_on else 2023
    joined = joined_on or date(rng.randint(2015, last_year), rng.randint(1, 12), rng.randint(1, 28))
    accepted = joined + timedelta(days=rng.randint(0, 60)) if rng.random() < 0.93 else None
    return Membership(city.city_code, joined, left_on, accepted, rng.choice(("high", "medium", "medium", "low")))


def draw_waves(cities: Sequence[City], memberships: Sequence[Membership], rng: random.Random) -> dict[str, int]:
    """By city code, the quarter of each year (0 to 3) from which its people take part; other cities stay at home.

    Cities that share their name start in the first quarter, so that their name turns up in lists.
    A few cities that are not members yet, or never were, send people too.
    """
    member_by_city = {member.city_code: member for member in memberships}
    hub_of = {country.country_code: country.hub_code for country in countries()}
    waves: dict[str, int] = {}
    for hub_code in sorted(set(hub_of.values())):
        codes = [city.city_code for city in cities if hub_of[city.country_code] == hub_code]
        rng.shuffle(codes)
        waves |= _waves_of_hub(codes, member_by_city)
    for member in memberships:
        if member.joined_on > FIRST_DAY:
            waves[member.city_code] = next(quarter.place for quarter in QUARTERS if member.joined_on <= quarter.end)
    guests = sorted(city.city_code for city in cities if city.city_code not in member_by_city)
    return waves | dict.fromkeys(guests[:8], 1)


def _waves_of_hub(codes: list[str], member_by_city: dict[str, Membership]) -> dict[str, int]:
    due = [
        code
        for code in codes
        if code in member_by_city
        and member_by_city[code].left_on is None
        and member_by_city[code].joined_on <= FIRST_DAY
    ]
    due.sort(key=lambda code: code not in SAME_NAME)
    waves = {}
    for place, code in enumerate(due):
        reached = [wave for wave, share in enumerate(_REACHED_BY_QUARTER) if place < round(share * len(due))]
        if reached:
            waves[code] = reached[0]
    return waves
