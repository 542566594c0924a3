"""Names of places: no two cities may be confused, except those that share their name on purpose."""

import itertools
import random
import unicodedata
from collections import defaultdict

from mel_example.generate.people import draw_people
from mel_example.places import SAME_NAME, cities, city_aliases, countries, hub_countries, spellings

ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ء": ""})


def folded(name: str) -> str:
    """The harshest comparison that a pipeline may make: letters and digits only, without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name)).casefold()
    letters = "".join(letter for letter in plain if letter.isalnum())
    return letters.translate(ARABIC_LETTERS)


def cities_by_spelling() -> dict[str, set[str]]:
    meant = defaultdict(set)
    for city in cities():
        for name in (city.name_en, city.name_fr, city.name_ar):
            meant[folded(name)].add(city.city_code)
    for alias in city_aliases():
        meant[folded(alias.alias)].add(alias.city_code)
    return meant


def test_only_declared_cities_share_a_name_each_with_one_other() -> None:
    shared = {spelling: codes for spelling, codes in cities_by_spelling().items() if len(codes) > 1}

    assert {"tripoli", "halle", "london", "londres", "victoria", folded("طرابلس")} <= set(shared)
    assert set.union(*shared.values()) == set(SAME_NAME)
    assert all(len(codes) == 2 for codes in shared.values())


def test_no_spelling_that_people_use_is_shared() -> None:
    meant = cities_by_spelling()

    for city in cities():
        assert spellings(city)
        for spelling in spellings(city):
            assert meant[folded(spelling)] == {city.city_code}, spelling


def test_refused_aliases_are_not_used() -> None:
    refused = {alias.alias for alias in city_aliases() if not alias.is_valid}

    assert refused
    assert refused.isdisjoint(spelling for city in cities() for spelling in spellings(city))


def test_every_city_has_names_in_three_scripts_and_a_hub() -> None:
    served = {spell.country_code for spell in hub_countries() if spell.valid_to is None}

    assert len(cities()) == 260
    assert len({city.country_code for city in cities()}) == 75
    for city in cities():
        assert city.name_en
        assert city.name_fr
        assert all("ARABIC" in unicodedata.name(letter) for letter in city.name_ar if letter != " "), city
        assert city.country_code in served


def test_a_country_is_served_by_one_hub_at_a_time() -> None:
    spells = defaultdict(list)
    for spell in hub_countries():
        spells[spell.country_code].append(spell)

    assert set(spells) == {country.country_code for country in countries()}
    for own in spells.values():
        own.sort(key=lambda spell: spell.valid_from)
        assert own[-1].valid_to is None
        for earlier, later in itertools.pairwise(own):
            assert earlier.valid_to < later.valid_from


def test_people_have_names_and_addresses_of_their_own_also_in_a_large_world() -> None:
    waves = {city.city_code: 0 for city in cities()}

    people = draw_people(cities(), waves, 8, random.Random(1))

    assert len(people) == 260 * 7 * 8
    assert len({person.name for person in people}) == len(people)
    addresses = [person.email for person in people if person.email]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("@example.org") for address in addresses)
    assert all(len(person.organisations) == 1 for person in people if person.email is None)
