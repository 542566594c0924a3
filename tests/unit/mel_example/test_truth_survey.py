"""OUT-04 and OCM-05 to OCM-08 on answers that can be counted by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mel_example.register_records import SteeringMember
from mel_example.truth.survey_means import cooperation, cooperation_values, influence, influence_values
from mel_example.truth.survey_shares import (
    framework_values,
    has_framework,
    has_youth_mechanism,
    resource_use_values,
    uses_a_resource,
    youth_mechanism_values,
)

ITEMS = (4,) * 12
STAGE, MECHANISM, MEETINGS = "sys/framework_status", "yth/yth_mech", "yth/yth_meetings"


def items(prefix: str, *answers: int) -> dict[str, str]:
    return {f"{prefix}_{number:02d}": str(answer) for number, answer in enumerate(answers, start=1)}


def three_cities(tiny: Any, **changes: tuple[Any, Any, Any]) -> Any:
    """A world in which three member cities answer, each with its own of every change."""
    answers = [
        replace(tiny.answer(city, ITEMS, language), **{name: each[place] for name, each in changes.items()})
        for place, (city, language) in enumerate((("A", "en"), ("B", "fr"), ("C", "en")))
    ]
    return tiny.world(answers=tuple(answers))


@pytest.mark.parametrize(("used", "expected"), [(("guide",), True), (("none",), False), ((), None)])
def test_a_city_uses_a_resource_does_not_or_has_not_said(tiny, used, expected) -> None:
    assert uses_a_resource(replace(tiny.answer("A", ITEMS), resources_used=used)) is expected


@pytest.mark.parametrize(("stage", "expected"), [("5", True), ("4", True), ("3", False), ("0", False), ("", None)])
def test_a_framework_operates_from_its_adoption_on(tiny, stage, expected) -> None:
    assert has_framework(replace(tiny.answer("A", ITEMS), others={STAGE: stage})) is expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({MECHANISM: "yes", MEETINGS: "2"}, True),
        ({MECHANISM: "yes", MEETINGS: "1"}, False),
        ({MECHANISM: "yes", MEETINGS: ""}, None),
        ({MECHANISM: "no"}, False),
        ({}, None),
    ],
)
def test_a_council_of_young_people_has_to_meet_twice(tiny, told, expected) -> None:
    assert has_youth_mechanism(replace(tiny.answer("A", ITEMS), others=told)) is expected


def test_cities_that_left_the_question_open_stand_in_the_coverage_alone(tiny, look_up) -> None:
    resources = look_up(resource_use_values(three_cities(tiny, resources_used=(("guide",), ("none",), ()))))
    assert (resources("2024").value, resources("2024").n, resources("2024").coverage) == (50, 2, 1)
    assert resources("2024", category="language/fr").value == 0
    assert resources("2024", "hub/SOUTH").value is None

    stages = look_up(framework_values(three_cities(tiny, others=({STAGE: "4"}, {STAGE: "1"}, {STAGE: "5"}))))
    assert (stages("2024").numerator, stages("2024").denominator) == (2, 3)

    youth = look_up(youth_mechanism_values(three_cities(tiny, others=({MECHANISM: "no"}, {}, {}))))
    assert (youth("2024").value, youth("2024").n) == (0, 1)


def test_a_mean_asks_for_four_of_six_and_two_of_three_answers(tiny) -> None:
    answer = tiny.answer("A", ITEMS)
    assert cooperation(replace(answer, others=items("nlc/nlc", 1, 2, 3, 4, -98, -99))) == 2.5
    assert cooperation(replace(answer, others=items("nlc/nlc", 1, 2, 3, -98, -98, -99))) is None
    assert influence(replace(answer, others=items("inf/inf", 5, -98, 2))) == 3.5
    assert influence(replace(answer, others=items("inf/inf", 5, -98, -98))) is None


def test_the_mean_of_cities_is_told_by_language_and_by_seat(tiny, look_up) -> None:
    same = items("nlc/nlc", *(4,) * 6)
    world = three_cities(tiny, others=(same | items("inf/inf", 5, 5, 5), same | items("inf/inf", 2, 2, 2), {}))
    seats = (
        SteeringMember("A", date(2023, 1, 1), date(2024, 10, 10), "member"),
        SteeringMember("B", date(2024, 10, 11), None, "member"),
    )
    cooperating = look_up(cooperation_values(world))
    assert (cooperating("2024").value, cooperating("2024").n) == (4, 2)
    assert cooperating("2024", category="language/fr").n == 1

    value = look_up(influence_values(replace(world, steering_members=seats)))
    assert value("2024").value == 3.5
    assert (value("2024", category="isc_member/yes").value, value("2024", category="isc_member/no").value) == (5, 2)
