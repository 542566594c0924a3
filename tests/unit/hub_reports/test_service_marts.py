"""How requests, support and resources are told once, whatever the number of reports, worked out by hand."""

from datetime import date
from typing import Any

import pytest

SECOND = {"period": "2024Q2", "submitted_on": date(2024, 7, 10)}


@pytest.fixture
def registers(reports) -> Any:
    keys = {"_record_keys": ["key"]}
    reports.table("dim_city", [{"city_code": "C1", "country_code": "JOR", "population_band": "under_100k", **keys}])
    reports.table("dim_hub", [{"hub_code": "MENA", "weekend_days": ["fri", "sat"], **keys}])
    return reports


def request(ref: str, received: date, answered: date | None = None, city: str = "Karak") -> list[Any]:
    return [ref, city, received, answered, "communication", "solved" if answered else "open"]


def told(reports, mart: str, key: str) -> dict[Any, dict[str, Any]]:
    return {row[key]: row for row in reports.mart(mart)}


def test_answers_are_due_on_the_tenth_working_day_of_the_hub(registers) -> None:
    registers.write(
        "2024Q1/MENA_2024Q1.xlsx",
        HelpDesk=[
            request("D1", date(2024, 1, 4), date(2024, 1, 18)),
            request("D2", date(2024, 1, 4), date(2024, 1, 19), city="Atlantis"),
            request("D3", date(2024, 1, 5)),
        ],
    )
    registers.judge("hub_helpdesk")
    rows = told(registers, "fct_helpdesk_request", "request_ref")
    assert {ref: (row["due_on"], row["is_answered_in_time"]) for ref, row in rows.items()} == {
        "D1": (date(2024, 1, 18), True),
        "D2": (date(2024, 1, 18), False),
        "D3": (date(2024, 1, 18), False),
    }
    assert (rows["D1"]["population_band"], rows["D2"]["city_code"]) == ("under_100k", None)


def test_a_request_told_again_counts_as_its_latest_report_tells_it(registers) -> None:
    registers.write("2024Q1/MENA_2024Q1.xlsx", HelpDesk=[request("D1", date(2024, 3, 28))])
    registers.write("2024Q2/MENA_2024Q2.xlsx", SECOND, HelpDesk=[request("D1", date(2024, 3, 28), date(2024, 4, 2))])
    registers.judge("hub_helpdesk")
    (row,) = registers.mart("fct_helpdesk_request")
    assert (row["period"], row["due_on"], row["is_answered_in_time"]) == ("2024Q2", date(2024, 4, 11), True)


def test_languages_of_a_resource_add_up_over_its_editions(registers) -> None:
    first = ["R1", "Guide", "en;other", "T1", date(2024, 2, 1), "Karak"]
    later = ["R1", "Guide", "ar", "T1", date(2024, 5, 1), "Karak"]
    registers.write("2024Q2/MENA_2024Q2.xlsx", SECOND, Resources=[later])
    registers.write("2024Q1/MENA_2024Q1.xlsx", Resources=[first, ["R2", "Guide", None, None, date(2024, 2, 2), None]])
    registers.judge("hub_resources")
    rows = sorted(registers.mart("fct_resource"), key=lambda row: (row["resource_key"], row["published_on"]))
    assert [(row["n_languages"], row["language_set"], row["is_first_edition"]) for row in rows] == [
        (1, "en", True),
        (2, "ar_en", False),
        (0, None, True),
    ]
    assert [(row["city_code"], row["country_code"]) for row in rows] == [("C1", "JOR"), ("C1", "JOR"), (None, None)]


def test_support_has_given_something_once_a_report_names_it_and_its_words_stay_out(registers) -> None:
    begun = ["S1", "Karak", "small grant", "N1", date(2024, 2, 1), None, "ongoing", None, 100, "EUR"]
    done = [*begun[:5], date(2024, 5, 1), "done", "Letter to Sara Haddad", 100, "EUR"]
    other = ["S2", "Karak", "study visit", None, date(2024, 2, 1), None, "ongoing", None, 100, "EUR"]
    need = ["N1", "Karak", "SP2;SP3", "T1", "high", date(2024, 1, 5)]
    registers.write("2024Q1/MENA_2024Q1.xlsx", Support=[begun, other], Needs=[need])
    registers.judge("hub_needs")
    accepted = registers.judge("hub_support")
    rows = told(registers, "fct_support", "support_ref")
    assert {ref: row["has_deliverable"] for ref, row in rows.items()} == {"S1": False, "S2": False}
    assert (rows["S1"]["priority"], rows["S2"]["priority"]) == (["SP2", "SP3"], None)
    registers.write("2024Q2/MENA_2024Q2.xlsx", SECOND, Support=[done])
    registers.judge("hub_needs")
    accepted = registers.judge("hub_support")
    rows = told(registers, "fct_support", "support_ref")
    assert (rows["S1"]["period"], rows["S1"]["has_deliverable"], rows["S1"]["end_on"]) == (
        "2024Q2",
        True,
        date(2024, 5, 1),
    )
    assert "Haddad" not in str(accepted)
    assert "deliverable" not in accepted[0]
