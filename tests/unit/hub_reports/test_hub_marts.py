"""Whether reports came in time and were accepted, and how changes are told, worked out by hand."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

HUBS = [
    ("MENA", date(2021, 3, 1), date(2021, 3, 1)),
    ("ESA", date(2024, 5, 1), date(2024, 5, 1)),
    ("WAF", date(2024, 1, 1), None),
]


@pytest.fixture
def calendar(reports) -> Any:
    keys = {"_record_keys": ["hub"]}
    columns = ("hub_code", "active_from", "launched_on")
    reports.table(
        "dim_hub",
        [dict(zip(columns, hub, strict=True), active_to=None, **keys) for hub in HUBS],
        pa.schema(
            [
                ("hub_code", pa.string()),
                ("active_from", pa.date32()),
                ("active_to", pa.date32()),
                ("launched_on", pa.date32()),
                ("_record_keys", pa.list_(pa.string())),
            ]
        ),
    )
    quarters = [("2024Q1", date(2024, 1, 1), date(2024, 3, 31)), ("2024Q2", date(2024, 4, 1), date(2024, 6, 30))]
    reports.table(
        "dim_period",
        [
            {"period_type": "quarter", "period": code, "period_start": start, "period_end": end, "is_closed": True}
            for code, start, end in quarters
        ],
    )
    return reports


def told(reports, period: str = "2024Q1", hub: str = "MENA") -> dict[str, Any]:
    reports.judge("hub_reports")
    return next(row for row in reports.mart("fct_hub_report") if (row["hub_code"], row["period"]) == (hub, period))


def verdict(row: dict[str, Any]) -> tuple[bool, bool, bool]:
    return row["is_received"], row["is_on_time"], row["is_accepted"]


def test_a_report_without_a_single_activity_is_received_and_accepted(calendar) -> None:
    calendar.write("2024Q1/MENA_2024Q1.xlsx")
    assert verdict(told(calendar)) == (True, True, True)
    assert verdict(told(calendar, "2024Q2")) == (False, False, False)


def test_the_fifteenth_day_is_in_time_and_the_sixteenth_is_not(calendar) -> None:
    calendar.write("2024Q1/MENA_2024Q1.xlsx", {"submitted_on": date(2024, 4, 15)})
    calendar.write("2024Q2/MENA_2024Q2.xlsx", {"period": "2024Q2", "submitted_on": date(2024, 7, 16)})
    assert verdict(told(calendar)) == (True, True, True)
    assert verdict(told(calendar, "2024Q2")) == (True, False, True)


def test_a_corrected_report_is_as_early_as_its_first_version(calendar) -> None:
    calendar.write("2024Q1/MENA_2024Q1.xlsx", {"template_version": "1.0"})
    row = told(calendar)
    assert (*verdict(row), row["n_submissions"]) == (True, True, False, 1)
    calendar.write("2024Q1/MENA_2024Q1_rev2.xlsx", {"submitted_on": date(2024, 4, 28)})
    row = told(calendar)
    assert (*verdict(row), row["n_submissions"], row["first_sent_on"]) == (True, True, True, 2, date(2024, 4, 10))


def test_only_the_first_two_versions_can_be_accepted(calendar) -> None:
    for number, (day, version) in enumerate([(8, "1.0"), (9, "1.0"), (10, "2.1")], start=1):
        cover = {"submitted_on": date(2024, 4, day), "template_version": version}
        calendar.write(f"2024Q1/MENA_2024Q1_rev{number}.xlsx", cover)
    assert verdict(told(calendar)) == (True, True, False)


def test_hubs_owe_reports_while_they_are_active_and_count_once_launched(calendar) -> None:
    calendar.write("2024Q1/MENA_2024Q1.xlsx")
    calendar.judge("hub_reports")
    due = {(row["hub_code"], row["period"]): row["is_launched"] for row in calendar.mart("fct_hub_report")}
    assert due == {
        ("MENA", "2024Q1"): True,
        ("MENA", "2024Q2"): True,
        ("ESA", "2024Q2"): True,
        ("WAF", "2024Q1"): False,
        ("WAF", "2024Q2"): False,
    }


def test_a_change_keeps_every_report_and_knows_when_it_fell(reports, change) -> None:
    city = {"city_code": "C1", "country_code": "JOR", "_record_keys": ["city"]}
    reports.table("dim_city", [city])
    fallen = change("CH-1", date(2024, 3, 5), 2, city="Atlantis")
    reports.write("2024Q1/a.xlsx", Changes=[change("CH-1", date(2024, 1, 5), 4), fallen])
    reports.judge("hub_changes")
    first, second = sorted(reports.mart("fct_change"), key=lambda row: row["changed_on"])
    assert (first["change_key"], first["city_code"], first["country_code"]) == ("MENA:CH-1", "C1", "JOR")
    assert (first["stage_before"], first["is_regress"]) == (None, False)
    assert (second["stage"], second["stage_before"], second["is_regress"]) == (2, 4, True)
    assert second["city_code"] is None
    assert not {"statement", "actor", "city_raw"} & set(first)


def test_a_text_keeps_every_report_and_its_level_and_no_title(reports) -> None:
    day, later = date(2024, 2, 1), date(2024, 3, 1)
    rows = [
        ["T-1", "un", "global", day, 0, "A text", "proposed", "no", "yes", None],
        ["T-2", "regional", "regional", later, 4, "A text", "adopted", "yes", "yes", "yes"],
        ["F-1", "national", "national", day, 2, None, None, None, None, None],
    ]
    reports.write("2024Q1/a.xlsx", Advocacy=rows)
    reports.judge("hub_advocacy")
    told = {row["text_key"]: row for row in reports.mart("fct_advocacy")}
    columns = ("forum_level", "text_level", "text_stage", "is_city_reference_quoted", "is_verified", "leaders_speaking")
    assert {key: tuple(row[column] for column in columns) for key, row in told.items()} == {
        "MENA:T-1": ("multilateral", "multilateral", 1, True, False, 0),
        "MENA:T-2": ("regional", "regional", 2, True, True, 4),
        "MENA:F-1": ("national", None, None, False, False, 2),
    }
    assert not any("A text" in row.values() for row in told.values())
