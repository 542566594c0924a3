"""Draws the invented people: a city, a name, a sex, an age, a function, and for most an e-mail."""

import random
from collections.abc import Mapping, Sequence

from mel_example.names import shuffled_names
from mel_example.places import LAUNCHED_HUBS, countries, spellings, without_brackets
from mel_example.register_records import City
from mel_example.world import Person

PEOPLE_PER_CITY = 7
FEWEST_PEOPLE = 30
"""Of a hub, however small the world."""
_SEXES = {"female": 44, "male": 47, "another": 2, None: 7}
_STAKEHOLDERS = {
    "mayor": 6,
    "local_official": 44,
    "civil_society": 20,
    "youth": 14,
    "national_government": 9,
    "other": 7,
}
_WITH_EMAIL = 0.94


def draw_people(
    cities: Sequence[City], waves: Mapping[str, int], scale: float, rng: random.Random
) -> tuple[Person, ...]:
    """People of the cities that take part; earlier waves of cities have more people to send."""
    hub_of = {country.country_code: country.hub_code for country in countries()}
    people: list[Person] = []
    taken: set[str] = set()
    for hub in LAUNCHED_HUBS:
        homes = [city for city in cities if city.city_code in waves and hub_of[city.country_code] == hub.hub_code]
        weights = [5 - waves[city.city_code] for city in homes]
        free_names = (name for name in shuffled_names(hub.hub_code, rng) if name not in taken)
        for _ in range(max(FEWEST_PEOPLE, round(PEOPLE_PER_CITY * len(homes) * scale))):
            home = rng.choices(homes, weights=weights)[0]
            people.append(_person(len(people) + 1, next(free_names), home, rng))
        taken |= {person.name for person in people}
    return tuple(people)


def _person(number: int, name: str, home: City, rng: random.Random) -> Person:
    has_email = rng.random() < _WITH_EMAIL
    names_of_city = spellings(home)
    stakeholder_type = rng.choices(list(_STAKEHOLDERS), weights=list(_STAKEHOLDERS.values()))[0]
    return Person(
        number=number,
        name=name,
        email=f"person{number:04d}@example.org" if has_email else None,
        city_code=home.city_code,
        organisations=names_of_city if has_email else (rng.choice(without_brackets(names_of_city)),),
        sex=rng.choices(list(_SEXES), weights=list(_SEXES.values()))[0],
        age=_age(stakeholder_type, rng),
        stakeholder_type=stakeholder_type,
    )


def _age(stakeholder_type: str, rng: random.Random) -> int | None:
    """Adults only: a list of minors is a fault of its own, which this example does not show."""
    if rng.random() < 0.06:
        return None
    return rng.randint(18, 29) if stakeholder_type == "youth" else rng.randint(24, 71)
