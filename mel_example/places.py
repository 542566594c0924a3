"""The places of the example: real cities and countries, their names, and the four hubs that serve them.

Only what does not depend on the seed belongs here; the figures stand in CSV files
(populations rounded, from public census figures). Who is a member is drawn in `generate/members.py`.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from mel_example.data import data_rows
from mel_example.world import City, CityAlias, Country, Grant, Hub, HubCountry

HUBS = (
    Hub(
        "ESA",
        "East and Southern Africa",
        "Afrique orientale et australe",
        "شرق وجنوب أفريقيا",
        date(2022, 10, 1),
        None,
        "Africa/Nairobi",
        180,
    ),
    Hub(
        "MENA",
        "Middle East and North Africa",
        "Moyen-Orient et Afrique du Nord",
        "الشرق الأوسط وشمال أفريقيا",
        date(2021, 3, 1),
        None,
        "Asia/Amman",
        180,
    ),
    Hub("SAS", "South Asia", "Asie du Sud", "جنوب آسيا", date(2023, 4, 1), None, "Asia/Dhaka", 360),
    Hub(
        "WB",
        "Western Balkans",
        "Balkans occidentaux",
        "غرب البلقان",
        date(2021, 9, 1),
        None,
        "Europe/Belgrade",
        60,
    ),
)

GRANTS = (
    Grant("EU-STRIVE-2023", ("ESA", "MENA"), date(2023, 1, 1), date(2025, 12, 31)),
    Grant("DK-2024", ("MENA", "WB"), date(2024, 1, 1), date(2026, 12, 31)),
    Grant("US-STATE-2023", ("WB", "SAS"), date(2023, 7, 1), date(2025, 3, 31)),
)

SAME_NAME = ("SCN-C-0016", "SCN-C-0028")
"""The two cities that share their name: people add the country, so that the cell can be understood."""

_MOVED = ("SOM", "MENA", date(2023, 7, 1))
"""A country that changed hub before the example year: country, former hub, first day in the present hub."""


@cache
def cities() -> tuple[City, ...]:
    """All cities of the register, members or not, by code."""
    return tuple(
        City(
            city_code=row["city_code"],
            name_en=row["name_en"],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            country_code=row["country_code"],
            admin_type=row["admin_type"],
            population=int(row["population"]),
            population_year=int(row["population_year"]),
            income_group=row["income_group"],
        )
        for row in data_rows("cities.csv")
    )


@cache
def city_aliases() -> tuple[CityAlias, ...]:
    """Other spellings of city names, approved and refused."""
    return tuple(
        CityAlias(
            alias=row["alias"],
            city_code=row["city_code"],
            language=row["language"],
            is_valid=row["valid"] == "yes",
            approved_by_role=row["approved_by_role"],
            approved_on=date.fromisoformat(row["approved_on"]),
        )
        for row in data_rows("city_aliases.csv")
    )


@cache
def countries() -> tuple[Country, ...]:
    """All countries of the register, in the order of their hubs."""
    return tuple(Country(**row) for row in data_rows("countries.csv"))


def hub_countries() -> tuple[HubCountry, ...]:
    """Which hub serves each country and since when; one country has moved between hubs."""
    active_from = {hub.hub_code: hub.active_from for hub in HUBS}
    moved_country, former_hub, moved_on = _MOVED
    spells = []
    for country in countries():
        since = active_from[country.hub_code]
        if country.country_code == moved_country:
            spells.append(HubCountry(former_hub, moved_country, active_from[former_hub], date(2023, 6, 30)))
            since = moved_on
        spells.append(HubCountry(country.hub_code, country.country_code, since, None))
    return tuple(spells)


def spellings(city: City) -> tuple[str, ...]:
    """How people write a city so that it can be resolved: registered names and approved aliases."""
    aliases = [alias.alias for alias in city_aliases() if alias.is_valid and alias.city_code == city.city_code]
    registered = [] if city.city_code in SAME_NAME else [city.name_en, city.name_fr, city.name_ar]
    return tuple(dict.fromkeys([*registered, *aliases]))


def without_brackets(spellings_of_city: Iterable[str]) -> tuple[str, ...]:
    """The spellings that can follow a name in Zoom, which writes a guest's former name in brackets."""
    return tuple(spelling for spelling in spellings_of_city if "(" not in spelling)
