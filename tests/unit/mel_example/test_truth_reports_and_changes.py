"""ACT-04 and OCM-04 on worlds that can be counted by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mel_example.hub_records import Change
from mel_example.records import Losses, surviving_world
from mel_example.truth.activities import line_values
from mel_example.truth.changes import change_values
from mel_example.truth.reports import report_values
from mel_example.world import HubReport


def change(ref: str, on: date, stage: int, evidence: int = 2, contribution: int = 2, **other: Any) -> Change:
    usual: dict[str, Any] = {
        "hub_code": "NORTH",
        "city_code": "A",
        "category": "youth_engagement",
        "priorities": ("SP1", "SP2"),
        "actor": "council",
        "statement": "a plan",
        "evidence_document": None,
        "is_positive": True,
    }
    return Change(
        change_ref=ref,
        changed_on=on,
        stage=stage,
        evidence_level=evidence,
        contribution=contribution,
        **(usual | other),
    )


def report(hub: str, period: str = "2024Q1", sent_on: date = date(2024, 4, 9), *changes: Change) -> HubReport:
    return HubReport(hub, period, sent_on, "en", (), changes=changes)


@pytest.mark.parametrize(("day", "value"), [(14, 50), (15, 50), (16, 0)])
def test_reports_count_until_the_fifteenth_day(tiny, look_up, day: int, value: int) -> None:
    told = look_up(report_values(tiny.world(reports=(report("NORTH", sent_on=date(2024, 4, day)),))))
    assert (told("2024Q1").value, told("2024Q1").numerator, told("2024Q1").denominator) == (value, value / 50, 2)
    assert told("2024Q1", "hub/NORTH").value == 2 * value
    assert told("2024Q1", "hub/SOUTH").value == 0
    assert told("2024Q1", "grant/G1").denominator == 1
    assert told("2024Q2").numerator == 0


def test_the_first_version_tells_when_a_report_came(tiny, look_up) -> None:
    world = tiny.world(reports=(report("NORTH", sent_on=date(2024, 4, 20)),))
    assert look_up(report_values(world))("2024Q1").numerator == 0
    losses = Losses(first_sent={("NORTH", "2024Q1"): date(2024, 4, 9)})
    assert look_up(report_values(surviving_world(world, losses)))("2024Q1").numerator == 1


def test_a_hub_that_was_never_launched_owes_nothing_here_but_lowers_the_coverage_of_others(tiny, look_up) -> None:
    world = tiny.world(reports=(report("NORTH"),))
    hubs = (world.hubs[0], replace(world.hubs[1], launched_on=None))
    world = replace(world, hubs=hubs)
    assert look_up(report_values(world))("2024Q1").value == 100
    assert look_up(line_values(world, "ACT-05"))("2024Q1").coverage == 0.5


def test_a_change_counts_once_when_it_first_crosses(tiny, look_up) -> None:
    rows = (
        change("C1", date(2024, 1, 5), 3, evidence=1),
        change("C1", date(2024, 4, 5), 3),
        change("C1", date(2024, 7, 5), 2),
        change("C1", date(2024, 10, 5), 5),
        change("C2", date(2024, 4, 5), 4, contribution=1),
    )
    told = look_up(change_values(tiny.world(reports=(report("NORTH", "2024Q1", date(2024, 4, 9), *rows),))))
    assert [told(f"2024Q{quarter}").value for quarter in (1, 2, 3, 4)] == [0, 1, 0, 0]
    assert told("2024Q2", category="stage/3").value == 1
    assert told("2024Q2", category="priority/SP1").value == told("2024Q2", category="priority/SP2").value == 1
    assert told("2024Q2", category="change_category/youth_engagement").value == 1
    assert not told.has("2024Q4", "all/all", "stage/5")
    assert told("2024Q2", "hub/NORTH").value == 1
    assert told("2024Q2", "hub/SOUTH").value == 0


def test_a_grant_has_the_changes_of_its_cities_on_its_days(tiny, look_up) -> None:
    rows = (
        change("C1", date(2024, 9, 30), 3),
        change("C2", date(2024, 2, 1), 3, city_code="C"),
        change("C3", date(2024, 11, 1), 3),
    )
    told = look_up(change_values(tiny.world(reports=(report("NORTH", "2024Q1", date(2024, 4, 9), *rows),))))
    assert told("2024Q1").value == 1
    assert told("2024Q1", "grant/G1").value == 0
    assert told("2024Q3", "grant/G1").value == 1
    assert not told.has("2024Q4", "grant/G1", "total/total")


def test_a_report_set_aside_moves_the_crossing(tiny, look_up) -> None:
    first, later = change("C1", date(2024, 1, 5), 3), change("C1", date(2024, 4, 5), 4)
    world = tiny.world(reports=(report("NORTH", "2024Q1", date(2024, 4, 9), first, later),))
    told = look_up(change_values(surviving_world(world, Losses(changes={first}))))
    assert [told(f"2024Q{quarter}").value for quarter in (1, 2)] == [0, 1]
    assert told("2024Q2", category="stage/4").value == 1
