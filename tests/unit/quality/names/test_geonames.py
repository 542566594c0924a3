"""A register of cities that starts from GeoNames: stable codes, and no name that could be two cities."""

from collections import Counter
from datetime import date

from mel_pipeline.quality.names.geonames import aliases, cities
from mel_pipeline.quality.names.keys import normalise
from mel_pipeline.quality.names.register import Entry, build_register

APPROVED_ON = date(2026, 1, 31)


def test_cities_have_the_code_that_geonames_never_gives_again() -> None:
    found = {row["name_en"]: row for row in cities(["JOR", "KEN"])}
    assert found["Amman"]["city_code"] == "GN-250441"
    assert found["Nairobi"]["country_code"] == "KEN"
    assert {row["country_code"] for row in found.values()} == {"JOR", "KEN"}


def test_states_and_provinces_are_written_as_people_write_them() -> None:
    found = {(row["name_en"], row["region_code"]): row["region"] for row in cities(["USA", "CAN"])}
    assert found["Portland", "OR"] == "Oregon"
    assert found["London", "ON"] == "Ontario"


def test_other_names_are_approved_aliases_of_one_city_each() -> None:
    rows = aliases(["JOR"], 15000, None, APPROVED_ON)
    owners = {row["alias"]: row["city_code"] for row in rows}
    assert owners["عمان"] == "GN-250441"
    assert max(Counter(normalise(row["alias"]) for row in rows).values()) == 1
    names = {normalise(row["name_en"]) for row in cities(["JOR"])}
    assert not names & {normalise(alias) for alias in owners}
    assert {(row["valid"], row["approved_by_role"], row["approved_on"]) for row in rows} == {
        ("yes", "geonames", "2026-01-31")
    }


def test_small_places_come_in_only_where_no_larger_city_bears_their_name() -> None:
    large = {row["city_code"] for row in cities(["USA"])}
    both = cities(["USA"], 15000, 1000)
    added = [row for row in both if row["city_code"] not in large]
    assert large < {row["city_code"] for row in both}
    assert not {row["name_en"] for row in added} & {row["name_en"] for row in both if row["city_code"] in large}


def test_the_same_names_in_a_country_stay_ambiguous() -> None:
    rows = cities(["USA"])
    entries = {row["city_code"]: Entry(row["city_code"], row["country_code"]) for row in rows}
    others = [(row["alias"], entries[row["city_code"]]) for row in aliases(["USA"], 15000, None, APPROVED_ON)]
    register = build_register([(row["name_en"], entries[row["city_code"]]) for row in rows], others)
    for name in ("Portland", "City of Portland", "Springfield"):
        assert register.resolve(name, "USA") == (None, "ambiguous")
