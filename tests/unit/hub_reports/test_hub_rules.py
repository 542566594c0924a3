"""The rules of the hubs' sheets on hand-made rows: what is set aside, repaired, flagged, and what is left alone."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

LATER = {"period": "2024Q2", "submitted_on": date(2024, 7, 9)}
APRIL = {"start_date": date(2024, 4, 20), "end_date": date(2024, 4, 21)}


def test_a_sound_report_is_left_alone(reports, activity) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity(), activity("A-2", "EV-2024-002")])
    assert len(reports.judge("hub_activities")) == 2
    assert reports.everything_found("hub_activities") == set()


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"start_date": date(2023, 12, 20)}, {("warnings", "HR08", 2), ("warnings", "HR24", 2)}),
        ({"end_date": date(2024, 4, 11)}, {("quarantine", "HR09", 2)}),
        ({"women": 11}, {("quarantine", "HR10", 2)}),
        ({"women": 5}, {("repairs", "HR10-GAP", 2), ("warnings", "HR10-GAP", 2)}),
        ({"youth_29": 21}, {("quarantine", "HR11", 2)}),
        ({"event_code": "EV-2030-001"}, {("quarantine", "HR19", 2)}),
        ({"grant_codes": "G9"}, {("warnings", "HR24", 2)}),
        ({"grant_codes": "G1;G0"}, {("warnings", "HR24", 2)}),
        ({"grant_codes": "GX"}, {("warnings", "HR25", 2)}),
        ({"end_date": date(2024, 1, 1)}, {("quarantine", "HR-DATES", 2)}),
        ({"grant_codes": None, "women": None, "participants_total": None, "youth_29": None}, set()),
    ],
    ids=lambda part: str(sorted(part)) if isinstance(part, set) else str(part),
)
def test_what_an_activity_may_not_say(reports, activity, cells, found) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity(**cells)])
    reports.judge("hub_activities")
    assert reports.everything_found("hub_activities") == found


def test_a_gap_in_the_sum_is_unknown(reports, activity) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity(women=5)])
    (row,) = reports.judge("hub_activities")
    assert (row["women"], row["men"], row["other_unknown"], row["participants_total"]) == (5, 10, 5, 20)


def test_days_of_one_event_are_one_activity(reports, activity) -> None:
    days = [
        activity("A-1", participants_total=18, women=8, men=10, other_unknown=0),
        activity("A-2"),
        activity("A-3", "EV-2024-002"),
    ]
    reports.write("2024Q1/a.xlsx", Activities=days)
    assert [row["activity_ref"] for row in reports.judge("hub_activities")] == ["A-2", "A-3"]
    assert reports.everything_found("hub_activities") == {("repairs", "HR21", 2)}


def test_rows_of_the_quarter_before_are_set_aside(reports, activity) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity()])
    reports.write("2024Q2/b.xlsx", LATER, Activities=[activity(), activity("B-1", "EV-2024-002", **APRIL)])
    assert {row["activity_ref"] for row in reports.judge("hub_activities")} == {"A-1", "B-1"}
    assert reports.found("hub_activities", "quarantine") == [("HR07", 2)]


def _quarter(activity, prefix: str, days, numbers) -> list[list[object]]:
    return [
        activity(
            f"{prefix}-{place}",
            f"EV-2024-00{place}",
            participants_total=total,
            women=total // 2,
            men=total - total // 2,
            other_unknown=0,
            **days,
        )
        for place, total in enumerate(numbers, start=1)
    ]


def test_a_report_copied_with_new_references_is_set_aside(reports, activity) -> None:
    reports.write("2024Q1/a.xlsx", Activities=_quarter(activity, "A", {}, [20, 31, 17]))
    copied = _quarter(activity, "B", APRIL, [20, 31, 17])
    copied[2][5:8] = [19, 9, 10]
    reports.write("2024Q2/b.xlsx", LATER, Activities=copied)
    assert len(reports.judge("hub_activities")) == 4
    assert reports.found("hub_activities", "quarantine") == [("HR07-SIMILAR", 2), ("HR07-SIMILAR", 3)]


def test_one_similar_row_or_a_gap_of_a_quarter_makes_no_copy(reports, activity) -> None:
    reports.write("2024Q1/a.xlsx", Activities=_quarter(activity, "A", {}, [20, 31, 17]))
    alike = _quarter(activity, "B", APRIL, [20, 12, 40])
    reports.write("2024Q2/b.xlsx", LATER, Activities=alike)
    october = {"start_date": date(2024, 10, 5), "end_date": date(2024, 10, 6)}
    reports.write(
        "2024Q4/c.xlsx",
        {"period": "2024Q4", "submitted_on": date(2025, 1, 9)},
        Activities=_quarter(activity, "C", october, [20, 12, 40]),
    )
    assert len(reports.judge("hub_activities")) == 9
    assert reports.found("hub_activities", "quarantine") == []


@pytest.mark.parametrize(("day", "is_late"), [(date(2024, 4, 15), False), (date(2024, 4, 16), True)])
def test_a_report_is_late_after_fifteen_days(reports, day, is_late: bool) -> None:
    reports.write("2024Q1/a.xlsx", {"submitted_on": day})
    assert len(reports.judge("hub_reports")) == 1
    assert reports.found("hub_reports", "warnings") == ([("HR06", 1)] if is_late else [])


@pytest.mark.parametrize("source", ["hub_reports", "hub_activities"])
@pytest.mark.parametrize(
    ("cover", "name", "rule_id"),
    [
        ({"hub_code": "OLD"}, "2024Q1/a.xlsx", "HR40"),
        ({"hub_code": "XXX"}, "2024Q1/a.xlsx", "HR40"),
        ({"hub_code": "WAF"}, "2024Q1/a.xlsx", "HR40"),
        ({}, "2024Q1/MENA_2024Q2.xlsx", "HR04"),
        ({"period": "spring"}, "2024Q1/a.xlsx", "HR04"),
    ],
    ids=str,
)
def test_a_file_of_another_hub_or_period_is_blocked(reports, activity, source, cover, name, rule_id) -> None:
    reports.write(name, cover, Activities=[activity(), activity("A-2", "EV-2024-002")])
    reports.write("2024Q2/sound.xlsx", LATER, Activities=[activity("B-1", "EV-2024-003", **APRIL)])
    accepted = reports.judge(source)
    assert [row["_source_file"] for row in accepted] == ["hub_reports/2024Q2/sound.xlsx"]
    assert {found for found, _ in reports.found(source, "quarantine")} >= {rule_id}


def test_requests_answered_before_they_came(reports) -> None:
    first, second = date(2024, 2, 1), date(2024, 2, 5)
    rows = [
        ["HD-1", "Karak", first, second, "action plan", "solved"],
        ["HD-2", "Karak", second, first, "action plan", "solved"],
        ["HD-3", "Kerak", second, second, "communication", "referred"],
        ["HD-4", "Nowhere at all", second, None, "other", "open"],
        ["HD-5", "Irbid", second, None, "other", "solved"],
    ]
    reports.write("2024Q1/a.xlsx", HelpDesk=rows)
    assert [row["city_code"] for row in reports.judge("hub_helpdesk")] == ["C1", "C1", None, "C2"]
    assert reports.everything_found("hub_helpdesk") == {
        ("quarantine", "HR28", 3),
        ("warnings", "HR18", 5),
        ("warnings", "HR-RESULT", 6),
    }


def test_changes_without_city_day_or_actor_are_no_outcomes(reports, change) -> None:
    rows = [change(), change("CH-2", city=None), change("CH-3", on=None), change("CH-4", who=None)]
    reports.write("2024Q1/a.xlsx", Changes=rows)
    (row,) = reports.judge("hub_changes")
    assert (row["city_code"], row["change_category"], row["priority"]) == ("C1", "peer_learning", ["SP1", "SP2"])
    assert reports.everything_found("hub_changes") == {("quarantine", "HR30", number) for number in (3, 4, 5)}


def test_falls_and_jumps_of_a_change_are_flagged_and_kept(reports, change) -> None:
    days = [date(2024, 1, 5), date(2024, 1, 25), date(2024, 2, 15), date(2024, 3, 5), date(2024, 3, 20)]
    rows = [change("CH-1", day, stage) for day, stage in zip(days, (1, 3, 2, 2, 5), strict=True)]
    reports.write("2024Q1/a.xlsx", Changes=[*rows, change("CH-2", days[0], 5)])
    assert len(reports.judge("hub_changes")) == 6
    assert reports.everything_found("hub_changes") == {("warnings", "HR31", 4), ("warnings", "HR31", 6)}


@pytest.mark.parametrize(("cells", "rule_id"), [
    ({"stage": 7}, "HR-STAGE"), ({"evidence_level": 4}, "HR-EVIDENCE"), ({"contribution": 0}, "HR-CONTRIBUTION"),
])  # fmt: skip
def test_grades_off_the_scale_are_answers_set_aside(reports, change, cells, rule_id: str) -> None:
    reports.write("2024Q1/a.xlsx", Changes=[change(**cells)])
    (row,) = reports.judge("hub_changes")
    assert row[next(iter(cells))] is None
    assert reports.found("hub_changes", "quarantine") == [(rule_id, 2)]


def test_a_draft_is_not_adopted(reports) -> None:
    day = date(2024, 2, 1)
    rows = [
        ["D-1", "regional", "global", day, 1, "x", "draft", "yes"],
        ["D-2", "un", "global", day, 1, "x", "adopted", "yes"],
        ["D-3", "un", "global", day, 1, "x", "proposed", "no"],
    ]
    reports.write("2024Q1/a.xlsx", Advocacy=rows)
    assert [row["is_adopted"] for row in reports.judge("hub_advocacy")] == [False, True, False]
    assert reports.everything_found("hub_advocacy") == {("repairs", "HR35", 2)}


@pytest.mark.parametrize(("functions", "says", "is_flagged"), [
    (["national_government", None], "no", True),
    (["national_government", None], "yes", False),
    (["mayor", "youth"], "yes", True),
    (["mayor", "youth"], "no", False),
    (["mayor", None], "yes", False),
    (["mayor", "youth"], None, False),
])  # fmt: skip
def test_what_lists_say_of_national_government_is_set_against_the_hub(
    reports, activity, functions: list[str | None], says: str | None, is_flagged: bool
) -> None:
    seats = [
        {
            "event_code": "EV-2024-001",
            "person_key": f"p{place}",
            "stakeholder_type": function,
            "_record_key": str(place),
        }
        for place, function in enumerate(functions)
    ]
    pq.write_table(pa.Table.from_pylist(seats), reports.folders.accepted_rows("event_attendance"))
    people = {"participants_total": 2, "women": 1, "men": 1, "other_unknown": 0, "youth_29": 0}
    reports.write("2024Q1/a.xlsx", Activities=[activity(national_gov_present=says, **people)])
    assert len(reports.judge("hub_activities")) == 1
    assert reports.found("hub_activities", "warnings") == ([("HR-NATIONAL", 2)] if is_flagged else [])


def test_support_needs_its_currency_and_its_order(reports) -> None:
    first, last = date(2024, 2, 1), date(2024, 3, 1)
    rows = [
        ["S-1", "Karak", "study visit", None, first, last, "done", "x", 900, "EUR"],
        ["S-2", "Karak", "study visit", None, first, last, "done", "x", 900, "€ or $"],
        ["S-3", "Karak", "study visit", None, last, first, "done", "x", 900, "EUR"],
    ]
    reports.write("2024Q1/a.xlsx", Support=rows)
    assert [row["support_value"] for row in reports.judge("hub_support")] == [900, None]
    assert reports.found("hub_support", "quarantine") == [("HR-DATES", 4), ("HR26", 3)]


def test_own_totals_needs_and_resources_are_read_with_their_days(reports) -> None:
    too_late = date(2024, 5, 1)
    reports.write(
        "2024Q1/a.xlsx",
        Needs=[["N-1", "إربد", "SP 3", "T1;T2", "high", too_late]],
        Resources=[["R-1", "x", "en;fr", "T1", date(2024, 2, 1), "Karak"]],
        SelfTotals=[["ACT-05", 4], ["trainings", -1]],
    )
    (need,), (resource,), totals = map(reports.judge, ("hub_needs", "hub_resources", "hub_self_totals"))
    assert (need["city_code"], need["priority"], need["theme"]) == ("C2", ["SP3"], ["T1", "T2"])
    assert reports.everything_found("hub_needs") == {("warnings", "HR08", 2), ("repairs", "HR22", 2)}
    assert (resource["languages"], resource["city_code"]) == (["en", "fr"], "C1")
    assert [row["self_total"] for row in totals] == [4, None]
    assert ("warnings", "HR-INDICATOR", 3) in reports.everything_found("hub_self_totals")


def test_no_mart_reads_the_hubs_own_totals(reports) -> None:
    assert not [name for name, sql in reports.programme.mart_sql.items() if "hub_self_totals" in sql]
