"""Defects of registers: a correct reader still knows every city but those that two codes claim."""

import csv
from pathlib import Path

import pytest

from mel_example.places import FORMER_COUNTRY_CODES, cities


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def broken(example) -> dict[str, list[dict[str, str]]]:
    """The broken rows of the registers, by rule."""
    found: dict[str, list[dict[str, str]]] = {}
    for defect in rows_of(example.truth / "defects.csv"):
        if defect["rule_id"].startswith("RF"):
            row = rows_of(example.raw / defect["source_file"])[int(defect["source_row"]) - 2]
            found.setdefault(defect["rule_id"], []).append(row)
    return found


def test_a_population_is_of_nobody_or_of_more_than_any_city(broken) -> None:
    assert sorted(int(row["population"]) for row in broken["RF11"]) == [0, 1_400_000_000]


def test_former_codes_stand_for_the_country_of_the_city(broken) -> None:
    country_of = {city.city_code: city.country_code for city in cities()}
    present = {each.former_code: each.country_code for each in FORMER_COUNTRY_CODES}
    assert len(broken["RF12"]) == 2
    for row in broken["RF12"]:
        assert present[row["country_code"]] == country_of[row["city_code"]]


def test_one_place_bears_two_codes(broken) -> None:
    first, second = broken["RF04"]
    assert first["city_code"] != second["city_code"]
    assert {**first, "city_code": ""} == {**second, "city_code": ""}


def test_acceptance_without_a_date(broken) -> None:
    assert len(broken["RF06"]) == 3
    assert {(row["principles_accepted"], row["principles_accepted_on"]) for row in broken["RF06"]} == {("yes", "")}


def test_the_steering_committee_has_25_seats_of_lasting_members(example) -> None:
    seats = rows_of(example.raw / "registers" / "isc_members.csv")
    joined = {row["city_code"]: row["joined_on"] for row in rows_of(example.raw / "registers" / "memberships.csv")}
    for term in {row["valid_from"] for row in seats}:
        held = [row for row in seats if row["valid_from"] == term]
        assert len({row["city_code"] for row in held}) == len(held) == 25
        assert all(joined[row["city_code"]] <= term for row in held)
