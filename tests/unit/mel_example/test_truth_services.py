"""ACT-02, ACT-03 and OUT-03 on worlds that can be counted by hand."""

from datetime import date

import pytest

from mel_example.hub_records import HelpRequest, Need
from mel_example.records import Losses, surviving_world
from mel_example.truth.requests import request_values, tenth_working_day
from mel_example.truth.resources import publication_values
from mel_example.truth.support import support_values
from tests.unit.mel_example.test_truth_member_deeds import report, resource, support


def request(ref: str, received_on: date, answered_on: date | None = None, city: str = "A") -> HelpRequest:
    return HelpRequest(ref, city, received_on, answered_on, "communication", "solved" if answered_on else "open")


@pytest.mark.parametrize(
    ("received_on", "weekend", "due_on"),
    [
        (date(2024, 1, 1), ("sat", "sun"), date(2024, 1, 15)),
        (date(2024, 1, 5), ("sat", "sun"), date(2024, 1, 19)),
        (date(2024, 1, 6), ("sat", "sun"), date(2024, 1, 19)),
        (date(2024, 1, 4), ("fri", "sat"), date(2024, 1, 18)),
        (date(2024, 1, 5), ("fri", "sat"), date(2024, 1, 18)),
        (date(2024, 1, 1), ("sun",), date(2024, 1, 12)),
    ],
)
def test_ten_working_days_leave_out_the_weekend_of_the_hub(received_on, weekend, due_on) -> None:
    assert tenth_working_day(received_on, weekend) == due_on


def test_a_request_counts_on_its_tenth_working_day(tiny, look_up) -> None:
    rows = (
        request("D1", date(2024, 1, 1), date(2024, 1, 15)),
        request("D2", date(2024, 1, 1), date(2024, 1, 16), city="B"),
        request("D3", date(2024, 1, 1)),
        request("D4", date(2024, 3, 25), date(2024, 3, 26)),
    )
    told = look_up(request_values(tiny.world(reports=(report("NORTH", requests=rows),))))
    assert (told("2024Q1").numerator, told("2024Q1").denominator, told("2024Q1").coverage) == (1, 3, 0.5)
    assert (told("2024Q2").numerator, told("2024Q2").denominator) == (1, 1)
    assert told("2024").denominator == 4
    assert told("2024Q1", "hub/SOUTH").value is None
    assert told("2024Q1", "grant/G1").denominator == 3
    assert told("2024Q1", category="topic/communication").denominator == 3


def test_the_latest_report_says_what_became_of_a_request(tiny, look_up) -> None:
    still_open, answered = request("D1", date(2024, 1, 2)), request("D1", date(2024, 1, 2), date(2024, 1, 10))
    reports = (report("NORTH", "2024Q2", requests=(answered,)), report("NORTH", "2024Q1", requests=(still_open,)))
    world = tiny.world(reports=reports)
    assert look_up(request_values(world))("2024Q1").numerator == 1
    lost = surviving_world(world, Losses(requests={answered}))
    assert (look_up(request_values(lost))("2024Q1").numerator, len(lost.reports[0].requests)) == (0, 0)


def test_languages_add_up_and_a_resource_counts_once(tiny, look_up) -> None:
    rows = (
        resource("R1", "A", date(2024, 2, 1), "en"),
        resource("R1", "A", date(2024, 5, 1), "fr"),
        resource("R1", "A", date(2024, 8, 1), "ar", "en", "fr"),
        resource("R2", "A", date(2024, 2, 2), "ar", "en", theme="T3"),
        resource("R3", "A", date(2024, 2, 3), "ar"),
        resource("R3", "A", date(2024, 6, 3), "ar"),
    )
    told = look_up(publication_values(tiny.world(reports=(report("NORTH", resources=rows),))))
    assert [told(f"2024Q{n}").value for n in (1, 2, 3)] == [1, 1, 0]
    assert told("2024Q1", category="theme/T3").value == told("2024Q1", category="resource_type/guide").value == 1
    assert told("2024Q2", category="language_set/en_fr").value == 1
    assert told("2024").value == 2
    assert told("2024Q1", "grant/G1").value == 1
    assert told("2024Q1", "hub/SOUTH").value == 0


def test_cities_count_once_when_support_has_given_something(tiny, look_up) -> None:
    need = Need("N1", "A", "SP2", "T1", "high", date(2024, 1, 2))
    begun = (
        support("S1", "A", date(2024, 2, 1), deliverable="plan", need_ref="N1"),
        support("S2", "A", date(2024, 5, 1), deliverable="plan", support_type="study_visit"),
        support("S3", "C", date(2024, 2, 1)),
        support("S4", "B", date(2024, 2, 1)),
    )
    later = support("S4", "B", date(2024, 2, 1), deliverable="plan", status="done", end_on=date(2024, 6, 1))
    reports = (report("NORTH", support=begun, needs=(need,)), report("NORTH", "2024Q2", support=(later,)))
    told = look_up(support_values(tiny.world(reports=reports)))
    assert [told(period).value for period in ("2024Q1-ytd", "2024Q2-ytd", "2024Q2")] == [2, 2, 1]
    assert told("2024Q1-ytd", category="priority/SP2").value == 1
    assert told("2024Q1-ytd", category="priority/unknown").value == 1
    assert told("2024Q2-ytd", category="support_type/small_grant").value == 2
    assert told("2024Q2-ytd", "hub/SOUTH").value == 0
    assert told("2024Q2-ytd", "grant/G1").value == 2
