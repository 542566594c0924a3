"""MEM-06 to MEM-09 on worlds that can be counted by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mel_example.hub_records import Resource, SupportCase
from mel_example.register_records import HubPriority
from mel_example.truth.member_deeds import contribution_values, deep_dive_values, exchange_values, sharing_values
from mel_example.world import HubReport


def resource(ref: str, city: str, on: date, *languages: str, theme: str = "T1") -> Resource:
    return Resource(ref, "Guide", languages or ("en",), theme, on, city, "guide")


def support(ref: str, city: str, start_on: date, **other: Any) -> SupportCase:
    usual: dict[str, Any] = {
        "support_type": "small_grant",
        "need_ref": None,
        "end_on": None,
        "status": "ongoing",
        "deliverable": None,
        "support_value": 1000,
        "currency": "EUR",
    }
    return SupportCase(support_ref=ref, city_code=city, start_on=start_on, **(usual | other))


def report(hub: str, period: str = "2024Q1", **sheets: Any) -> HubReport:
    return HubReport(hub, period, date(2024, 4, 9), "en", (), **sheets)


def test_a_resource_counts_for_its_city_by_its_first_edition(tiny, look_up) -> None:
    first, translation = resource("R1", "A", date(2024, 5, 1)), resource("R1", "A", date(2025, 2, 1), "en", "fr")
    other = resource("R1", "C", date(2024, 5, 2), theme="T2")
    world = tiny.world(
        reports=(
            report("NORTH", "2025Q1", resources=(translation,)),
            report("NORTH", "2024Q2", resources=(first,)),
            report("SOUTH", "2024Q2", resources=(other,)),
        )
    )
    told = look_up(sharing_values(world))
    assert [told(f"2024Q{n}-ytd").numerator for n in (1, 2, 4)] == [0, 2, 2]
    assert told("2025Q1-ytd").numerator == 0
    theme = told("2024Q2-ytd", category="theme/T1")
    assert (theme.numerator, theme.denominator) == (1, 3)
    assert told("2024Q2-ytd", "hub/SOUTH").value == 100
    assert not told.has("2024Q2-ytd", "hub/SOUTH", "theme/T1")


def test_members_of_part_of_the_year_are_not_asked_for_anything(tiny, look_up) -> None:
    world = tiny.world(
        memberships=(tiny.membership("A"), tiny.membership("B", joined_on=date(2024, 1, 2))),
        reports=(report("NORTH", resources=(resource("R1", "B", date(2024, 2, 1)),)),),
    )
    value = look_up(sharing_values(world))("2024Q1-ytd")
    assert (value.numerator, value.denominator, value.coverage) == (0, 1, 0.5)


@pytest.mark.parametrize(("tools", "numerator"), [(("guidance",), 2), (("none",), 1), ((), 1)])
def test_tools_named_in_the_survey_and_resources_are_contributions(tiny, look_up, tools, numerator) -> None:
    answer = replace(tiny.answer("B", (3,) * 12), others={"mem/contrib_tools": tools})
    world = tiny.world(
        answers=(answer,), reports=(report("NORTH", resources=(resource("R1", "A", date(2024, 2, 1)),)),)
    )
    told = look_up(contribution_values(world))
    assert (told("2024Q3-ytd").numerator, told("2024Q4-ytd").numerator) == (1, numerator)


def test_exchanges_are_told_by_the_type_of_the_event_whoever_organises_it(tiny, look_up) -> None:
    world = tiny.world(
        events=(
            tiny.event("E1", event_type="exchange", organiser="partner", is_eligible_for_me3=False),
            tiny.event("E2", event_type="workshop"),
            tiny.event("E3", on=date(2024, 5, 2), event_type="study_visit"),
            tiny.event("E4", event_type="peer_learning", status="cancelled"),
        ),
        sessions=(tiny.session("E1"), tiny.session("E2"), tiny.session("E3", on=date(2024, 5, 2))),
        attendance=(tiny.signed("E1", 1, "A"), tiny.signed("E2", 2, "B"), tiny.signed("E3", 3, "C")),
    )
    told = look_up(exchange_values(world))
    assert [told(f"2024Q{n}-ytd").numerator for n in (1, 2)] == [1, 2]
    assert told("2024Q2-ytd").coverage == 1
    assert told("2024Q2-ytd", "hub/SOUTH").value == 100


def test_support_counts_among_members_of_the_hubs_of_the_year(tiny, look_up) -> None:
    begun = (support("S1", "A", date(2024, 2, 1)), support("S2", "C", date(2024, 3, 1), support_type="study_visit"))
    world = tiny.world(
        hub_priorities=(HubPriority(2024, "NORTH"), HubPriority(2025, "SOUTH")),
        reports=(report("NORTH", support=begun),),
    )
    told = look_up(deep_dive_values(world))
    assert (told("2024Q1-ytd").numerator, told("2024Q1-ytd").denominator) == (1, 2)
    assert told("2024Q1-ytd", category="support_type/small_grant").numerator == 1
    assert not told.has("2024Q1-ytd", "all/all", "support_type/study_visit")
    assert told("2024Q1-ytd", "hub/SOUTH").value is None
    assert (told("2025Q1-ytd").numerator, told("2025Q1-ytd").denominator) == (0, 1)
    assert not told.has("2024Q1-ytd", "all/all", "income_group/low")
