"""OCM-03 on worlds that can be counted by hand, and what defects take away from it."""

from datetime import date

import pytest

from mel_example.records import Losses, surviving_world
from mel_example.truth.capacity import capacity_index, capacity_values

ALL_FOURS = (4, 4, 4, 4, 4, 4, 2, 4, 4, 4, 4, 4)
"""Every item at level 4; the seventh is worded the other way round."""


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (ALL_FOURS, 75),
        ((1,) * 6 + (5,) + (1,) * 5, 0),
        ((5,) * 6 + (1,) + (5,) * 5, 100),
        ((4,) * 6 + (-98, -99, None, -98) + (4, 4), 75),
        ((4,) * 6 + (-98, -99, None, -98) + (4, -99), None),
        ((4, 4, 4, 4, 4, 4, -98, 4, 55, 7, 0, 4), 75),
    ],
)
def test_index_of_a_city(items, expected) -> None:
    assert capacity_index(items) == expected


def test_value_is_the_mean_of_member_cities_with_enough_items(tiny, look_up) -> None:
    few = (4,) * 5 + (-98,) * 7
    world = tiny.world(
        memberships=(tiny.membership("A"), tiny.membership("B"), tiny.membership("C", date(2024, 12, 1))),
        answers=(
            tiny.answer("A", ALL_FOURS, "fr"),
            tiny.answer("B", few),
            tiny.answer("C", ALL_FOURS),  # not yet a member in October
        ),
    )

    value = look_up(capacity_values(world))

    assert (value("2024").value, value("2024").numerator, value("2024").n) == (75, 75, 1)
    assert value("2024").coverage == pytest.approx(2 / 3)
    assert value("2024", category="language/fr").value == 75
    assert not value.has("2024", "all/all", "language/en")
    assert value("2024", "hub/SOUTH").value is None


def test_a_city_belongs_to_a_grant_on_the_day_of_its_answer(tiny, look_up) -> None:
    world = tiny.world(answers=(tiny.answer("A", ALL_FOURS),))  # the grant ended in September

    value = look_up(capacity_values(world))

    assert value("2024", "grant/G1").n == 0
    assert value("2024", "hub/NORTH").n == 1


def test_an_item_set_aside_is_left_out_of_the_mean(tiny, look_up) -> None:
    items = (1, *ALL_FOURS[1:])
    world = tiny.world(answers=(tiny.answer("A", items),))

    before = look_up(capacity_values(world))("2024").value
    after = look_up(capacity_values(surviving_world(world, Losses(items={("A", 0)}))))("2024").value

    assert before == pytest.approx(68.75)
    assert after == 75


def test_losses_take_the_city_from_a_row_and_the_activity_from_a_report(tiny) -> None:
    row = tiny.signed("E1", 1, "A")
    report = tiny.report("NORTH", {"E1": ("G1",), "E2": ()})
    world = tiny.world(attendance=(row, tiny.signed("E1", 2, "B")), reports=(report,))

    left = surviving_world(world, Losses(places={row}, activities={report.rows[0]}))

    assert [row.city_code for row in left.attendance] == [None, "B"]
    assert [row.event_code for row in left.reports[0].rows] == ["E2"]
