"""IMP-02, IMP-02B and IMP-03 on answers that can be counted by hand."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from mel_example.truth.incidents import incident_values, together
from mel_example.world import SurveyAnswer


def told(tiny: Any, city: str, reported: int, significant: int, in_time: int, year: int = 2024) -> SurveyAnswer:
    figures = {
        "inc/inc_reported": str(reported),
        "inc/significant": str(significant),
        "inc/first72h": str(in_time),
        "inc/inc_source": "police",
        "inc/inc_method_changed": "no",
    }
    at = datetime(year, 10, 10, 9)
    answer = tiny.answer(city, ())
    return replace(
        answer, submission_uuid=f"{city} {year}", started_at=at, ended_at=at, submitted_at=at, others=figures
    )


def seven_cities(tiny: Any, answers: list[SurveyAnswer]) -> Any:
    """Cities of 50,000 inhabitants each: five of Africa, two of Asia."""
    regions = dict.fromkeys("ABCDE", "africa") | dict.fromkeys("FG", "asia")
    cities = tuple(replace(tiny.city(code), region=region) for code, region in regions.items())
    return tiny.world(
        cities=cities, memberships=tuple(tiny.membership(code) for code in regions), answers=tuple(answers)
    )


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 5, "b": 6}, {"a": "a", "b": "b"}),
        ({"a": 2, "b": 8, "c": 9}, {"a": "other", "b": "other", "c": "c"}),
        ({"a": 2, "b": 3, "c": 9}, {"a": "other", "b": "other", "c": "c"}),
    ],
)
def test_the_smallest_parts_stand_together(sizes, expected) -> None:
    assert together(name for name, size in sizes.items() for _ in range(size)) == expected


def test_sums_medians_and_changes_of_the_cities_that_give_figures(tiny, look_up) -> None:
    world = seven_cities(
        tiny,
        [
            *(told(tiny, city, number, 2, 1) for number, city in enumerate("ABCDE", start=1)),
            tiny.answer("F", ()),
            *(told(tiny, city, 2 * number, 4, 1, 2025) for number, city in enumerate("ABCDEF", start=1)),
        ],
    )
    values = list(incident_values(world))

    value = look_up(each for each in values if each.cell.indicator_code == "IMP-03")
    assert (value("2024").value, value("2024").n, value("2024").coverage) == (50, 5, 5 / 6)
    assert value("2024", category="region/africa").n == 5
    assert value("2025", category="region/other").n == 6
    assert value("2025").value == 25

    value = look_up(each for each in values if each.cell.indicator_code == "IMP-02")
    assert (value("2024").value, value("2024").numerator) == (6, None)
    assert value("2025").value == 14

    value = look_up(each for each in values if each.cell.indicator_code == "IMP-02B")
    assert (value("2024").value, value("2025").value, value("2025").n) == (None, 6, 5)


def test_fewer_than_five_cities_tell_nothing(tiny, look_up) -> None:
    world = seven_cities(tiny, [told(tiny, city, 1, 1, 1) for city in "ABCD"])
    values = list(incident_values(world))
    assert {(each.value, each.n) for each in values} == {(None, 0)}
