"""OUT-06 on worlds that can be counted by hand."""

from typing import Any

from mel_example.truth.young_people import young_people_values


def world(tiny: Any, *people: tuple[int, str, int | None, str | None], line: str = "youth") -> Any:
    """Two events, one after the other, which everybody attended; people by number, function, age and sex."""
    return tiny.world(
        events=(tiny.event("E1", activity_line=line), tiny.event("E2", activity_line=line)),
        sessions=(tiny.session("E1"), tiny.session("E2")),
        attendance=tuple(
            tiny.signed(event, number, "A", stakeholder_type=function, age=age, sex=sex)
            for event in ("E1", "E2")
            for number, function, age, sex in people
        ),
    )


OFFICIAL = (1, "mayor", 50, "male")


def test_each_young_person_counts_once_where_an_official_was_there(tiny, look_up) -> None:
    people = (
        OFFICIAL,
        (2, "youth", 29, "female"),
        (3, "youth", 30, "male"),
        (4, "youth", None, None),
        (5, "youth", 17, None),
    )
    told = look_up(young_people_values(world(tiny, *people)))
    assert (told("2024Q1-ytd").value, told("2024Q1-ytd").coverage) == (2, 1)
    assert told("2024Q1-ytd", category="sex/female").value == 1
    assert told("2024Q1-ytd", category="sex/unknown").value == 1
    assert not told.has("2024Q1-ytd", "all/all", "sex/male")
    assert told("2024Q1-ytd", "hub/SOUTH").value == 0


def test_without_an_official_or_on_another_line_nobody_counts(tiny, look_up) -> None:
    young = (2, "youth", 20, "female")
    assert look_up(young_people_values(world(tiny, young)))("2024Q1-ytd").value == 0
    elsewhere = look_up(young_people_values(world(tiny, OFFICIAL, young, line="forum")))("2024Q1-ytd")
    assert (elsewhere.value, elsewhere.coverage) == (0, None)
