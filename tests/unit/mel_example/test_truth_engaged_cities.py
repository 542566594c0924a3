"""OUT-01 on worlds that can be counted by hand."""

from datetime import date

import pytest

from mel_example.truth.engaged_cities import engaged_city_values


def test_a_city_counts_once_however_many_people_and_events(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2", on=date(2024, 5, 1)), tiny.event("E3", status="cancelled")),
        sessions=(tiny.session("E1"), tiny.session("E2", on=date(2024, 5, 1)), tiny.session("E3")),
        attendance=(
            tiny.signed("E1", 1, "A"),
            tiny.signed("E1", 2, "A"),
            tiny.signed("E1", 3, "B", is_signed=False),
            tiny.signed("E2", 1, "A"),
            tiny.signed("E2", 4, "C"),
            tiny.signed("E3", 5, "B"),
        ),
    )

    value = look_up(engaged_city_values(world))

    assert [value(f"2024Q{number}-ytd").value for number in (1, 2, 3)] == [1, 2, 2]
    assert value("2025Q1-ytd").value == 0
    assert value("2024Q2-ytd", category="country_code/SSS").value == 1


def test_membership_is_told_for_each_day(tiny, look_up) -> None:
    world = tiny.world(
        memberships=(
            tiny.membership("A", joined_on=date(2024, 5, 1)),
            tiny.membership("B", left_on=date(2024, 2, 1)),
        ),
        events=(tiny.event("E1"), tiny.event("E2", on=date(2024, 5, 1))),
        sessions=(tiny.session("E1"), tiny.session("E2", on=date(2024, 5, 1))),
        attendance=(tiny.signed("E1", 1, "A"), tiny.signed("E1", 2, "B"), tiny.signed("E2", 1, "A")),
    )

    value = look_up(engaged_city_values(world))

    assert value("2024Q1-ytd", category="member_status/non_member").value == 2
    assert not value.has("2024Q1-ytd", "all/all", "member_status/member")
    # A was no member in February and is one in May: it stands in both categories, and once in the total.
    assert value("2024Q2-ytd", category="member_status/member").value == 1
    assert value("2024Q2-ytd", category="member_status/non_member").value == 2
    assert value("2024Q2-ytd").value == 2


def test_places_that_are_no_city_lower_the_coverage(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"),),
        sessions=(tiny.session("E1"),),
        attendance=(
            tiny.signed("E1", 1, "A"),
            tiny.signed("E1", 2, "B"),
            tiny.signed("E1", 3, None, organisation="Nowhere"),
            tiny.signed("E1", 4, None),
        ),
    )

    value = look_up(engaged_city_values(world))

    assert value("2024Q1-ytd").value == 2
    assert value("2024Q1-ytd").coverage == pytest.approx(2 / 3)
    assert value("2024Q1-ytd", "hub/SOUTH").coverage is None


def test_hub_and_grant_are_those_of_the_event(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2", hub_code="SOUTH", mode="online")),
        sessions=(tiny.session("E1"), tiny.session("E2")),
        attendance=(tiny.signed("E1", 1, "C"), tiny.online("E2", 2, "A", 0, 50)),
        reports=(tiny.report("NORTH", {"E1": ("G1",)}),),
    )

    value = look_up(engaged_city_values(world))

    assert value("2024Q1-ytd", "hub/NORTH", "country_code/SSS").value == 1
    assert value("2024Q1-ytd", "grant/G1").value == 1
    assert value("2024Q1-ytd", "hub/SOUTH", "mode/online").value == 1
