"""OUT-05 on worlds that can be counted by hand."""

from typing import Any

from mel_example.truth.dialogues import dialogue_values


def dialogue(tiny: Any, functions: dict[int, tuple[str | None, str]], **event: Any) -> Any:
    """A world with one event, and people by function and city."""
    rows = (
        tiny.signed("E1", person, city, stakeholder_type=function) for person, (function, city) in functions.items()
    )
    return tiny.world(
        events=(tiny.event("E1", **({"themes": ("T1", "T2")} | event)),),
        sessions=(tiny.session("E1"),),
        attendance=tuple(rows),
    )


BOTH = {1: ("national_government", "A"), 2: ("mayor", "A"), 3: ("local_official", "B")}


def test_both_levels_make_a_dialogue(tiny, look_up) -> None:
    told = look_up(dialogue_values(dialogue(tiny, BOTH)))
    assert (told("2024Q1").value, told("2024Q1").coverage) == (1, 1)
    assert told("2024Q1", category="country_code/NNN").value == 1
    assert told("2024Q1", "hub/SOUTH").value == 0
    assert told("2024Q1", "hub/SOUTH").coverage is None


def test_one_city_or_no_national_government_make_none(tiny, look_up) -> None:
    for changed in ({3: ("local_official", "A")}, {1: ("civil_society", "C")}, {3: (None, "B")}):
        assert look_up(dialogue_values(dialogue(tiny, BOTH | changed)))("2024Q1").value == 0


def test_other_themes_and_events_that_were_not_held_make_none(tiny, look_up) -> None:
    for changed in ({"themes": ("T1",)}, {"status": "cancelled"}):
        told = look_up(dialogue_values(dialogue(tiny, BOTH, **changed)))
        assert (told("2024Q1").value, told("2024Q1").coverage) == (0, None)


def test_an_event_without_a_list_lowers_the_coverage(tiny, look_up) -> None:
    told = look_up(dialogue_values(dialogue(tiny, {})))
    assert (told("2024Q1").value, told("2024Q1").coverage) == (0, 0)
