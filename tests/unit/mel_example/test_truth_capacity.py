"""OCM-03 and IMP-01 on worlds that can be counted by hand, and what defects take away from them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mel_example.records import Losses, surviving_world
from mel_example.truth.capacity import (
    capacity_index,
    capacity_values,
    resilience_index,
    resilience_values,
)
from mel_example.truth.member_answers import city_answers

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


@pytest.mark.parametrize(
    ("items", "expected"),
    [((5,) * 8, 100), ((1, 2, 3, 4, 5, 3, -98, -99), 50), ((5,) * 5 + (-98, None, 9), None)],
)
def test_resilience_of_a_city_asks_for_six_answers(items, expected) -> None:
    assert resilience_index(items) == expected


def test_resilience_is_the_mean_of_the_cities_with_an_index(tiny, look_up) -> None:
    answers = (
        replace(tiny.answer("A", ALL_FOURS), resilience=(5,) * 8),
        replace(tiny.answer("B", ALL_FOURS), resilience=(3,) * 8),
        replace(tiny.answer("C", ALL_FOURS), resilience=(1,) * 5 + (-98,) * 3),
    )

    value = look_up(resilience_values(tiny.world(answers=answers)))

    assert (value("2024").value, value("2024").n, value("2024").coverage) == (75, 2, 1)
    assert value("2024", "hub/SOUTH").value is None


def test_of_two_answers_of_a_city_the_contact_counts_else_the_latest(tiny) -> None:
    contact = tiny.answer("A", ALL_FOURS)
    first, second = (
        replace(tiny.answer("B", ALL_FOURS), submission_uuid=name, respondent_role="officer") for name in "12"
    )
    day = timedelta(days=1)
    answers = (
        contact,
        replace(contact, submission_uuid="later", respondent_role="other", submitted_at=contact.submitted_at + day),
        replace(second, submitted_at=first.submitted_at + day),
        first,
    )

    assert {answer.submission_uuid for answer in city_answers(tiny.world(answers=answers))} == {"A", "2"}


def test_answers_that_are_lost_changed_or_added_are_known_as_they_stand_in_the_files(tiny) -> None:
    world = tiny.world(answers=tuple(tiny.answer(code, ALL_FOURS) for code in "ABC"))
    changed = replace(world.answers[1], items=(1,) * 12)
    added = replace(world.answers[2], submission_uuid="again")

    left = surviving_world(world, Losses(lost_answers={"A"}, changed_answers={"B": changed}, added_answers=[added]))

    assert [answer.submission_uuid for answer in left.answers] == ["B", "C", "again"]
    assert left.answers[0].items == (1,) * 12
