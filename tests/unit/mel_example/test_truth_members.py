"""MEM-03 and MEM-04 on worlds that can be counted by hand."""

from datetime import date

import pytest

from mel_example.quarters import months_before
from mel_example.register_records import HubCountry
from mel_example.truth.members import (
    contact_values,
    member_since_band,
    participation_values,
    population_band,
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 3, 31), date(2022, 9, 30)),
        (date(2024, 6, 30), date(2022, 12, 30)),
        (date(2024, 12, 31), date(2023, 6, 30)),
    ],
)
def test_eighteen_months_before_a_quarter_ends(day: date, expected: date) -> None:
    assert months_before(day, 18) == expected


@pytest.mark.parametrize(
    ("population", "band"),
    [
        (99_999, "under_100k"),
        (100_000, "100k_to_500k"),
        (500_000, "500k_to_2m"),
        (2_000_000, "over_2m"),
    ],
)
def test_the_lower_bound_belongs_to_the_population_band(population: int, band: str) -> None:
    assert population_band(population) == band


def test_bands_of_the_year_joined() -> None:
    bands = [member_since_band(date(year, 12, 31)) for year in (2017, 2018, 2021, 2022, 2023, 2024)]

    assert bands == ["before_2018", "2018_2021", "2018_2021", "2022_2023", "2022_2023", "2024_on"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 100),
        ({"confirmed_on": date(2022, 9, 30)}, 100),
        ({"confirmed_on": date(2022, 9, 29)}, 0),
        ({"confirmed_on": date(2024, 4, 1)}, 0),
        ({"confirmed_on": None}, 0),
        ({"valid_to": date(2024, 3, 31)}, 100),
        ({"valid_to": date(2024, 3, 30)}, 0),
        ({"valid_from": date(2024, 4, 1)}, 0),
        ({"is_bounced": True}, 0),
    ],
)
def test_a_contact_is_valid_on_the_last_day_of_the_quarter(tiny, look_up, changes, expected) -> None:
    world = tiny.world(memberships=(tiny.membership("A"),), contacts=(tiny.contact("A", **changes),))

    assert look_up(contact_values(world))("2024Q1").value == expected


def test_two_contacts_of_a_city_count_once(tiny, look_up) -> None:
    world = tiny.world(contacts=(tiny.contact("A"), tiny.contact("A", contact_ref="CT-2")))

    value = look_up(contact_values(world))("2024Q1")

    assert (value.numerator, value.denominator, value.n) == (1, 3, 3)
    assert value.value == pytest.approx(100 / 3)


def test_a_city_that_leaves_on_the_last_day_is_no_member_any_more(tiny, look_up) -> None:
    world = tiny.world(
        memberships=(
            tiny.membership("A"),
            tiny.membership("B", left_on=date(2024, 6, 30)),
            tiny.membership("C", joined_on=date(2024, 6, 30)),
        )
    )

    value = look_up(contact_values(world))

    assert value("2024Q1").denominator == 2
    assert value("2024Q2").denominator == 2
    assert value("2024Q2", category="member_since_band/2024_on").denominator == 1


def test_a_share_of_no_members_is_not_said(tiny, look_up) -> None:
    value = look_up(contact_values(tiny.world(memberships=())))("2024Q1")

    assert (value.value, value.numerator, value.denominator, value.n) == (None, 0, 0, 0)


def test_cities_belong_to_the_hub_that_serves_their_country_then(tiny, look_up) -> None:
    world = tiny.world(
        hub_countries=(
            HubCountry("SOUTH", "NNN", date(2020, 1, 1), date(2024, 4, 30)),
            HubCountry("NORTH", "NNN", date(2024, 5, 1), None),
            HubCountry("SOUTH", "SSS", date(2020, 1, 1), None),
        )
    )

    value = look_up(contact_values(world))

    assert value("2024Q1", "hub/SOUTH").denominator == 3
    assert value("2024Q1", "hub/NORTH").denominator == 0
    assert value("2024Q2", "hub/NORTH").denominator == 2
    assert value("2024Q2", "grant/G1").denominator == 2


def test_members_of_part_of_the_year_are_not_due(tiny, look_up) -> None:
    world = tiny.world(
        memberships=(
            tiny.membership("A", joined_on=date(2024, 1, 1)),
            tiny.membership("B", joined_on=date(2024, 1, 2)),
            tiny.membership("C"),
        ),
        events=(tiny.event("E1"),),
        sessions=(tiny.session("E1"),),
        attendance=(tiny.signed("E1", 1, "A"), tiny.signed("E1", 2, "B")),
    )

    value = look_up(participation_values(world))("2024Q1-ytd")

    assert (value.value, value.numerator, value.denominator) == (50, 1, 2)


def test_somebody_took_part_who_signed_or_stayed_half_of_the_session(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"), tiny.event("E2", mode="online", modality="M1"), tiny.event("E3")),
        sessions=(
            tiny.session("E1"),
            tiny.session("E2", minutes=90),
            tiny.session("E3"),
        ),
        attendance=(
            tiny.signed("E1", 1, "A", is_signed=False),
            tiny.online("E2", 2, "B", 0, 45),
            tiny.online("E2", 3, "C", 0, 44),
        ),
    )

    value = look_up(participation_values(world))

    assert (value("2024Q1-ytd").numerator, value("2024Q1-ytd").denominator) == (1, 3)
    assert value("2024Q1-ytd", category="mode/online").numerator == 1
    assert value("2024Q1-ytd", category="mode/online").denominator == 3
    assert value("2024Q1-ytd", category="modality/M1").numerator == 1
    assert not value.has("2024Q1-ytd", "all/all", "mode/in_person")
    assert value("2024Q1-ytd").coverage == pytest.approx(2 / 3)


def test_twenty_minutes_are_the_least_in_a_short_session(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1", mode="online"),),
        sessions=(tiny.session("E1", minutes=30),),
        attendance=(tiny.online("E1", 1, "A", 0, 19), tiny.online("E1", 2, "B", 0, 20)),
    )

    assert look_up(participation_values(world))("2024Q1-ytd").numerator == 1


def test_events_of_partners_count_only_where_marked(tiny, look_up) -> None:
    world = tiny.world(
        events=(
            tiny.event("E1", organiser="partner", is_eligible_for_me3=False),
            tiny.event("E2", organiser="partner", is_eligible_for_me3=True),
        ),
        sessions=(tiny.session("E1"), tiny.session("E2")),
        attendance=(tiny.signed("E1", 1, "A"), tiny.signed("E2", 2, "B")),
    )

    value = look_up(participation_values(world))("2024Q1-ytd")

    assert value.numerator == 1
    assert value.coverage == 1


def test_a_row_whose_city_cannot_be_told_counts_for_no_city(tiny, look_up) -> None:
    world = tiny.world(
        events=(tiny.event("E1"),),
        sessions=(tiny.session("E1"),),
        attendance=(tiny.signed("E1", 1, None),),
    )

    value = look_up(participation_values(world))("2024Q1-ytd")

    assert value.numerator == 0
    assert value.coverage == 1
