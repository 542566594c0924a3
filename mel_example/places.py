"""The places of the example: real cities and countries, their names, and the eight hubs that serve them.

Only what does not depend on the seed belongs here; the figures stand in CSV files
(populations rounded, from public census figures and from GeoNames). Who is a member is drawn in `generate/members.py`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from mel_example.data import data_rows
from mel_example.register_records import (
    City,
    CityAlias,
    Country,
    FormerCountryCode,
    Grant,
    Hub,
    HubCountry,
    HubPriority,
)

HUBS = (
    Hub(
        "ESA",
        "East and Southern Africa",
        "Afrique orientale et australe",
        "شرق وجنوب أفريقيا",
        date(2022, 10, 1),
        None,
        date(2022, 10, 1),
        "en",
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
        date(2021, 3, 1),
        "ar",
        "Asia/Amman",
        180,
        ("fri", "sat"),
    ),
    Hub(
        "SAS",
        "South Asia",
        "Asie du Sud",
        "جنوب آسيا",
        date(2023, 4, 1),
        None,
        date(2023, 4, 1),
        "en",
        "Asia/Dhaka",
        360,
    ),
    Hub(
        "WB",
        "Western Balkans",
        "Balkans occidentaux",
        "غرب البلقان",
        date(2021, 9, 1),
        None,
        date(2021, 9, 1),
        "en",
        "Europe/Belgrade",
        60,
    ),
    Hub(
        "NAM",
        "North America",
        "Amérique du Nord",
        "أمريكا الشمالية",
        date(2022, 1, 1),
        None,
        date(2022, 1, 1),
        "en",
        "America/New_York",
        -300,
    ),
    Hub(
        "SEA",
        "South-East Asia",
        "Asie du Sud-Est",
        "جنوب شرق آسيا",
        date(2023, 7, 1),
        None,
        date(2023, 7, 1),
        "en",
        "Asia/Jakarta",
        420,
    ),
    # Due from 2025 on, but it was never launched: the central team went on serving its countries.
    Hub(
        "WAF",
        "West Africa",
        "Afrique de l'Ouest",
        "غرب أفريقيا",
        date(2025, 1, 1),
        None,
        None,
        "fr",
        "Africa/Dakar",
        0,
    ),
    Hub(
        "GLOBAL",
        "Central team and other regions",
        "Équipe centrale et autres régions",
        "الفريق المركزي والمناطق الأخرى",
        date(2015, 9, 1),
        None,
        date(2015, 9, 1),
        "fr",
        "Europe/London",
        0,
    ),
)
LAUNCHED_HUBS = tuple(hub for hub in HUBS if hub.launched_on is not None)
"""Hubs that hold events and report."""

GRANTS = (
    Grant("EU-STRIVE-2023", ("ESA", "MENA"), date(2023, 1, 1), date(2025, 12, 31)),
    Grant("EU-STRIVE-2026", ("ESA", "SEA"), date(2026, 1, 1), date(2028, 12, 31)),
    Grant("DK-2024", ("MENA", "WB"), date(2024, 1, 1), date(2026, 12, 31)),
    Grant("US-STATE-2023", ("WB", "SAS"), date(2023, 7, 1), date(2025, 3, 31), planned_until=date(2026, 6, 30)),
    Grant("US-DHS-2023", ("NAM",), date(2023, 10, 1), date(2025, 3, 31), planned_until=date(2026, 9, 30)),
    Grant("AU-2024", ("SEA",), date(2024, 7, 1), date(2026, 6, 30)),
    Grant("CA-2026", ("NAM",), date(2026, 1, 1), date(2028, 3, 31)),
    Grant("NL-2024", ("ESA", "MENA"), date(2024, 1, 1), date(2026, 12, 31), countries=("KEN", "UGA", "TUN", "LBY")),
    Grant("NO-2024", ("WB", "GLOBAL"), date(2024, 4, 1), date(2027, 3, 31)),
    Grant("UK-2024", ("ESA", "GLOBAL"), date(2024, 4, 1), date(2026, 3, 31), themes=("T1", "T2", "T3")),
    Grant("UK-SAS-2025", ("SAS",), date(2026, 1, 1), date(2027, 3, 31)),
    Grant("IGFF-2024", ("NAM", "GLOBAL"), date(2024, 1, 1), date(2026, 12, 31), themes=("T4", "T5")),
    Grant("PPF-2024", ("NAM",), date(2024, 1, 1), date(2024, 12, 31), countries=("USA",)),
    Grant("MEM-INKIND-2024", ("GLOBAL",), date(2024, 1, 1), date(2026, 12, 31)),
)

HUB_PRIORITIES = tuple(
    HubPriority(year, hub_code)
    for year, hub_codes in ((2024, ("ESA", "MENA", "WB")), (2025, ("ESA", "MENA", "SAS")), (2026, ("MENA", "SEA")))
    for hub_code in hub_codes
)
"""Which hubs the network puts first in each year; the list follows the money."""

STOPPED_HUBS = ("NAM", "SAS")
"""Hubs whose work nearly stops when two grants end early in 2025, until others begin in 2026."""

SAME_NAME = (
    "SCN-C-0015",
    "SCN-C-0016",
    "SCN-C-0028",
    "SCN-C-0149",
    "SCN-C-0150",
    "SCN-C-0208",
    "SCN-C-0217",
    "SCN-C-0222",
)
"""Cities that share their name with another: people add the country, so that the cell can be understood."""

FORMER_COUNTRY_CODES = (
    FormerCountryCode("HVO", "BFA", "Upper Volta"),
    FormerCountryCode("DHY", "BEN", "Dahomey"),
    FormerCountryCode("RHO", "ZWE", "Southern Rhodesia"),
    FormerCountryCode("VDR", "VNM", "Viet-Nam, Democratic Republic of"),
)
"""Codes of ISO 3166-3, withdrawn when a country took another name."""

_MOVED = ("SOM", "MENA", date(2024, 7, 1))
"""A country that changed hub: country, former hub, first day in the present hub."""


@cache
def cities() -> tuple[City, ...]:
    """All cities of the register, members or not, by code."""
    region_of = {country.country_code: country.region for country in countries()}
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
            region=region_of[row["country_code"]],
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
            spells.append(HubCountry(former_hub, moved_country, active_from[former_hub], moved_on - timedelta(days=1)))
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
