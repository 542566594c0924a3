"""MEM-01 and MEM-02 on worlds that can be counted by hand."""

from dataclasses import replace
from datetime import date

from mel_example.records import Losses, surviving_world
from mel_example.register_records import Membership
from mel_example.truth.acceptance import acceptance_values, mandatory_values


def accepting(member: Membership, on: date | None) -> Membership:
    return replace(member, principles_accepted_on=on)


def test_acceptance_counts_from_its_day_on(tiny, look_up) -> None:
    world = tiny.world(
        memberships=(
            accepting(tiny.membership("A"), date(2024, 3, 31)),
            accepting(tiny.membership("B"), date(2024, 4, 1)),
            tiny.membership("C"),
        )
    )
    told = look_up(acceptance_values(world))
    assert (told("2024Q1").numerator, told("2024Q1").denominator) == (1, 3)
    assert (told("2024Q2").numerator, told("2024Q2").coverage) == (2, 1)
    assert told("2024Q2", "hub/NORTH").value == 100
    assert told("2024Q1", category="acceptance/not_accepted").denominator == 2


def test_acceptance_without_a_day_is_not_met_and_stands_apart(tiny, look_up) -> None:
    world = tiny.world(memberships=(accepting(tiny.membership("A"), date(2020, 1, 1)), tiny.membership("B")))
    told = look_up(acceptance_values(surviving_world(world, Losses(acceptances={"A"}))))
    assert (told("2024Q1").numerator, told("2024Q1").denominator) == (0, 2)
    unknown = told("2024Q1", category="acceptance/unknown")
    assert (unknown.numerator, unknown.denominator) == (0, 1)
    assert not told.has("2024Q1", "all/all", "acceptance/accepted")


def test_who_has_left_is_no_longer_counted(tiny, look_up) -> None:
    left = accepting(tiny.membership("A", left_on=date(2024, 5, 1)), date(2020, 1, 1))
    told = look_up(acceptance_values(tiny.world(memberships=(left, tiny.membership("B")))))
    assert (told("2024Q1").numerator, told("2024Q2").numerator) == (1, 0)
    assert told("2024Q2").denominator == 1


def test_all_three_have_to_be_met_by_one_member(tiny, look_up) -> None:
    cities = ("A", "B", "C")
    world = tiny.world(
        memberships=tuple(accepting(tiny.membership(code), date(2020, 1, 1)) for code in cities),
        contacts=(tiny.contact("A"), tiny.contact("C")),
        events=(
            tiny.event("E1"),
            tiny.event("E2", on=date(2024, 5, 2), organiser="partner", is_eligible_for_me3=False),
        ),
        sessions=(tiny.session("E1"), tiny.session("E2", on=date(2024, 5, 2))),
        attendance=(tiny.signed("E1", 1, "A"), tiny.signed("E1", 2, "B"), tiny.signed("E2", 3, "C")),
    )
    told = look_up(mandatory_values(world))
    assert (told("2024Q1-ytd").numerator, told("2024Q1-ytd").denominator) == (1, 3)
    assert told("2024Q4-ytd").numerator == 1
    assert told("2024Q4-ytd", "hub/SOUTH").value == 0
    undated = look_up(mandatory_values(surviving_world(world, Losses(acceptances={"A"}))))
    assert undated("2024Q1-ytd").numerator == 0
    assert undated("2024Q1-ytd", category="acceptance/unknown").denominator == 1


def test_a_first_part_year_is_exempt(tiny, look_up) -> None:
    world = tiny.world(memberships=(tiny.membership("A", joined_on=date(2024, 1, 2)), tiny.membership("B")))
    told = look_up(mandatory_values(world))
    assert told("2024Q4-ytd").denominator == 1
    assert told("2025Q1-ytd").denominator == 2
