"""When a spelling stands for an entry, when it could be two, and what a person's decision does."""

import pytest

from mel_pipeline.quality.names.affixes import Affixes
from mel_pipeline.quality.names.countries import country_code
from mel_pipeline.quality.names.register import Entry, build_register

KARAK, TRIPOLI_LBN, TRIPOLI_LBY = Entry("C-1", "JOR"), Entry("C-2", "LBN"), Entry("C-3", "LBY")
REGISTER = build_register(
    names=[
        ("Karak", KARAK),
        ("الكرك", KARAK),
        ("Tripoli", TRIPOLI_LBN),
        ("Tripoli", TRIPOLI_LBY),
        ("طرابلس", TRIPOLI_LBN),
    ],
    aliases=[("Al-Karak", KARAK), ("Trablous", TRIPOLI_LBN), ("Trablous", TRIPOLI_LBY)],
)


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("KARAK", None, ("C-1", "name")),
        ("الكَرَك", None, ("C-1", "name")),
        ("al karak", None, ("C-1", "alias")),
        ("alkarak", None, ("C-1", "alias")),
        ("City of Karak", None, ("C-1", "name")),
        ("بلدية الكرك", None, ("C-1", "name")),
        ("Municipality of the City of Karak", None, ("C-1", "name")),
        ("Karak", "Jordanie", ("C-1", "name")),
        ("Tripoli", None, (None, "ambiguous")),
        ("Ville de Tripoli", None, (None, "ambiguous")),
        ("Tripoli", "LBY", ("C-3", "name")),
        ("Trablous", None, (None, "ambiguous")),
        ("Trablous", "LBN", ("C-2", "alias")),
        ("Karak", "LBN", (None, "unknown")),
        ("Karac", None, (None, "unknown")),
        ("City of", None, (None, "unknown")),
        (" - ", None, (None, "blank")),
        (None, "JOR", (None, "blank")),
    ],
)
def test_a_name_is_known_or_stays_open_but_is_never_guessed(
    name: str | None, within: str | None, expected: tuple[str | None, str]
) -> None:
    assert REGISTER.resolve(name, within) == expected


def test_an_approved_alias_decides_what_a_name_alone_cannot() -> None:
    register = build_register([("Tripoli", TRIPOLI_LBN), ("Tripoli", TRIPOLI_LBY)], [("Tripoli", TRIPOLI_LBN)])
    assert register.resolve("Tripoli") == ("C-2", "alias")
    assert register.resolve("Tripoli", "LBY") == ("C-3", "name")


def test_a_refused_spelling_stays_open_even_where_nothing_else_is_left() -> None:
    names = [("Tripoli", TRIPOLI_LBN), ("Tripoli", TRIPOLI_LBY), ("Karak", KARAK)]
    register = build_register(names, [], [("Tripoli", "C-2"), ("Karak", "C-1")])
    assert register.resolve("Tripoli") == (None, "ambiguous")
    assert register.resolve("Tripoli", "LBN") == (None, "unknown")
    assert register.resolve("Karak") == (None, "unknown")


def test_words_that_tell_places_apart_are_not_dropped() -> None:
    register = build_register([("Manchester", KARAK), ("Halle", TRIPOLI_LBN), ("Orange", TRIPOLI_LBY)], [])
    for name in ("Greater Manchester", "Halle (Saale)", "Orange County", "North Halle", "Manchester (London)"):
        assert register.resolve(name) == (None, "unknown")


def test_a_name_as_written_goes_before_what_is_left_without_its_words() -> None:
    register = build_register([("Kansas City", KARAK), ("Kansas", TRIPOLI_LBN)], [])
    assert register.resolve("Kansas City") == ("C-1", "name")
    assert register.resolve("City of Kansas") == ("C-2", "name")


@pytest.mark.parametrize("spelling", ["Høje-Taastrup", "Hoje-Taastrup", "HOEJE-TAASTRUP KOMMUNE"])
def test_letters_may_be_written_out(spelling: str) -> None:
    register = build_register([("Høje-Taastrup", KARAK)], [])
    assert register.resolve(spelling) == ("C-1", "name")


def test_names_that_meet_when_written_out_stay_open() -> None:
    register = build_register([("Böre", KARAK), ("Boere", TRIPOLI_LBN)], [])
    assert register.resolve("Boere") == (None, "ambiguous")
    assert register.resolve("Böre") == ("C-1", "name")


def test_declared_words_take_the_place_of_the_usual_ones() -> None:
    own = Affixes.of(["Hub of"], [])
    register = build_register([("Karak", KARAK)], [], affixes=own)
    assert register.resolve("Hub of Karak") == ("C-1", "name")
    assert register.resolve("City of Karak") == (None, "unknown")
    assert register.resolve("Karak City") == (None, "unknown")


def test_a_region_is_not_taken_for_the_country_that_is_written_alike() -> None:
    aurora_co = Entry("C-1", "USA", frozenset({"co", "colorado", "usa", "USA"}))
    aurora_il = Entry("C-2", "USA", frozenset({"il", "illinois", "usa", "USA"}))
    register = build_register([("Aurora", aurora_co), ("Aurora", aurora_il)], [])
    assert register.resolve("Aurora, CO") == ("C-1", "name")
    assert register.resolve("Aurora CO") == ("C-1", "name")
    assert register.resolve("City of Aurora (Illinois)") == ("C-2", "name")
    assert register.resolve("Aurora, USA") == (None, "ambiguous")
    assert register.resolve("Aurora, Colombia") == (None, "unknown")


@pytest.mark.parametrize("name", ["Lebanon", "LBN", "lb", "Liban", "لبنان", "Líbano"])
def test_a_country_is_known_by_any_of_its_names(name: str) -> None:
    assert country_code(name) == "LBN"


@pytest.mark.parametrize("name", ["", "Tripoli", "Utopia"])
def test_other_words_are_no_country(name: str) -> None:
    assert country_code(name) is None
