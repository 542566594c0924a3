"""How names as people write them find their entry in a register, and when they must not."""

from typing import Any

import pytest

CITIES = {"city_code": "code", "name": "code", "country_code": "code"}
ALIASES = {"alias": "code", "city_code": "code", "is_valid": "flag"}


@pytest.fixture
def registers(bench: Any) -> Any:
    bench.declare("cities", CITIES)
    bench.write("cities.csv", ",".join(CITIES), "C-1,Karak,JOR", "C-2,Tripoli,LBN", "C-3,Tripoli,LBY")
    bench.declare("aliases", ALIASES, key=["alias", "city_code"])
    bench.write("aliases.csv", ",".join(ALIASES), "Al-Karak,C-1,yes", "Krk,C-1,no")
    bench.judge("cities")
    bench.judge("aliases")
    return bench


def test_each_row_gets_a_code_and_how_it_was_found(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "aliases": "aliases"}}
    registers.declare("people", {"person": "code", "place": "code"}, resolve=resolve)
    rows = ("p1,karak", "p2,Al Karak", "p3,Krk", "p4,Tripoli", "p5,", "p6,C-3")
    registers.write("people.csv", "person,place", *rows)
    registers.judge("people")
    found = [(row["person"], row["city_code"], row["city_code_match"]) for row in registers.accepted("people")]
    assert found == [
        ("p1", "C-1", "name"),
        ("p2", "C-1", "alias"),
        ("p3", None, "unknown"),
        ("p4", None, "ambiguous"),
        ("p5", None, "blank"),
        ("p6", "C-3", "name"),
    ]


def test_the_country_of_the_row_tells_same_names_apart(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "within": "country_code"}}
    registers.declare("people", {"person": "code", "place": "code", "country_code": "code"}, resolve=resolve)
    registers.write("people.csv", "person,place,country_code", "p1,Tripoli,LBY", "p2,Tripoli,", "p3,Karak,LBN")
    registers.judge("people")
    found = [(row["city_code"], row["city_code_match"]) for row in registers.accepted("people")]
    assert found == [("C-3", "name"), (None, "ambiguous"), (None, "unknown")]


def test_what_stays_open_is_written_down_with_what_it_may_have_meant(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "aliases": "aliases"}}
    registers.declare("people", {"person": "code", "place": "code"}, resolve=resolve)
    rows = ("p1,Karac", "p2,Karac", "p3,Tripoli", "p4,Krk", "p5,Xyzzy", "p6,Karak", "p7,")
    registers.write("people.csv", "person,place", *rows)
    registers.judge("people")
    found = registers.open_names("people")
    assert [tuple(row.values()) for row in found] == [
        ("city_code", "Karac", None, "unknown", 2, 1, "C-1", "Karak", 0.92, False),
        ("city_code", "Krk", None, "unknown", 1, 1, None, None, None, None),
        ("city_code", "Tripoli", None, "ambiguous", 1, 1, "C-2", "Tripoli", 1.0, False),
        ("city_code", "Tripoli", None, "ambiguous", 1, 2, "C-3", "Tripoli", 1.0, False),
        ("city_code", "Xyzzy", None, "unknown", 1, 1, None, None, None, None),
    ]


def test_other_fields_say_which_entry_is_suggested_first_and_give_no_code(registers: Any) -> None:
    usual = {"from": "place", "register": "cities", "names": ["name"], "qualifiers": ["country_code"]}
    registers.declare(
        "people",
        {"person": "code", "place": "code", "office": "text", "address": "text"},
        resolve={"city_code": {**usual, "hints": ["office", "address"]}},
    )
    rows = ("p1;Tripoli;;Street 1", "p2;Tripoli;City of Tripoli (Libya);Street 2", "p3;Karac;;")
    registers.write("people.csv", "person;place;office;address", *rows)
    registers.judge("people")
    assert [(row["spelling"], row["n_rows"], row["code"]) for row in registers.open_names("people")] == [
        ("Karac", 1, "C-1"),
        ("Tripoli", 2, "C-3"),
        ("Tripoli", 2, "C-2"),
    ]
    assert [row["city_code"] for row in registers.accepted("people")] == [None] * 3


def test_entries_of_one_name_are_told_apart_where_they_are_suggested(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "shown": ["country_code"]}}
    registers.declare("people", {"person": "code", "place": "code"}, resolve=resolve)
    registers.write("people.csv", "person,place", "p1,Tripoli", "p2,Xyzzy")
    registers.judge("people")
    assert [(row["code"], row["name"]) for row in registers.open_names("people")] == [
        ("C-2", "Tripoli (LBN)"),
        ("C-3", "Tripoli (LBY)"),
        (None, None),
    ]


def test_a_spelling_that_states_its_country_is_told_apart(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "qualifiers": ["country_code"]}}
    registers.declare("people", {"person": "code", "place": "code"}, resolve=resolve)
    registers.write("people.csv", "person;place", "p1;Tripoli (Liban)", "p2;طرابلس, Libya", "p3;Tripoli, Libya")
    registers.judge("people")
    assert [row["city_code"] for row in registers.accepted("people")] == ["C-2", None, "C-3"]


def test_the_words_that_offices_add_are_the_registers_own_where_declared(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "prefixes": ["Emirate of"]}}
    registers.declare("people", {"person": "code", "place": "code"}, resolve=resolve)
    registers.write("people.csv", "person,place", "p1,Emirate of Karak", "p2,City of Karak", "p3,Karak Municipality")
    registers.judge("people")
    assert [row["city_code"] for row in registers.accepted("people")] == ["C-1", None, "C-1"]
