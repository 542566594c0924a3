"""What is suggested for a name that is not known, and what never is."""

import pytest

from mel_pipeline.quality.names.register import Entry, build_register
from mel_pipeline.quality.names.suggestions import Suggester, Suggestion

KUMANOVO, LONDON, LONDON_ON = Entry("C-1", "MKD"), Entry("C-2", "GBR", prominence=9), Entry("C-0", "CAN", prominence=1)
NAMES = [("Kumanovo", KUMANOVO), ("London", LONDON), ("London", LONDON_ON)]
REFUSED = [("Kumanowo", "C-1")]
SUGGESTER = Suggester(build_register(NAMES, [], REFUSED), NAMES)


def test_a_misspelled_name_is_suggested_in_any_script() -> None:
    for spelling in ("Kumanova", "Куманова", "Municipality of Kumanova"):
        assert SUGGESTER.suggest(spelling, None)[0] == Suggestion("C-1", "Kumanovo", 0.95)
        assert SUGGESTER.rows(spelling, None)[0][-1] is True


def test_of_same_names_the_more_prominent_comes_first_and_none_is_clear() -> None:
    assert [each.code for each in SUGGESTER.suggest("London", None)] == ["C-2", "C-0"]
    assert [row[-1] for row in SUGGESTER.rows("London", None)] == [False, False]


SALEM_OR, SALEM_MA = (
    Entry(code, "USA", frozenset({code.lower(), "USA"}), size) for code, size in (("OR", 9), ("MA", 1))
)
SALEMS = [("Salem", SALEM_OR), ("Salem", SALEM_MA)]


@pytest.mark.parametrize(
    ("spelling", "hints", "first"),
    [
        ("Salem", [], "OR"),
        ("Salem", ["City of Salem, MA"], "MA"),
        ("Salem", ["Salem Council", "Salem MA"], "MA"),
        ("Salem", ["Salem (OR)", "Salem (MA)"], "OR"),
        ("Salem", ["Salem, MA, USA"], "MA"),
        ("Salem", ["Salem, USA"], "OR"),
        ("Salen, MA", [], "MA"),
    ],
)
def test_of_same_names_the_one_that_is_stated_comes_first(spelling: str, hints: list[str], first: str) -> None:
    suggester = Suggester(build_register(SALEMS, []), SALEMS)
    assert suggester.suggest(spelling, "USA", hints)[0].code == first
    assert [row[-1] for row in suggester.rows(spelling, "USA", hints)] == [False, False]


def test_a_hint_does_not_lead_past_a_name_that_is_more_like() -> None:
    names = [*SALEMS, ("Salemburg", Entry("NC", "USA", frozenset({"nc"})))]
    assert Suggester(build_register(names, []), names).suggest("Salem", "USA", ["Salem, NC"])[0].code == "OR"


def test_a_name_that_stands_in_the_spelling_is_suggested() -> None:
    assert SUGGESTER.suggest("Transport for Greater London", None)[0].code == "C-2"


def test_only_entries_of_the_same_country_are_suggested() -> None:
    assert [each.code for each in SUGGESTER.suggest("Londn", "Canada")] == ["C-0"]
    assert SUGGESTER.suggest("Londn", "MKD") == []


def test_what_somebody_refused_is_not_suggested_again() -> None:
    assert SUGGESTER.suggest("Kumanowo", None) == []
    assert SUGGESTER.suggest("Kumanowa", None)[0].code == "C-1"


@pytest.mark.parametrize("spelling", ["Kumanova", "Londan", "Greater London"])
def test_a_suggestion_is_never_an_answer(spelling: str) -> None:
    assert build_register(NAMES, []).resolve(spelling) == (None, "unknown")
