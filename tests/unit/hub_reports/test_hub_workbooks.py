"""What is read of a hub's workbook: the cover alone, empty sheets, estimates, lists, digits; and what stays apart."""

from datetime import date

import openpyxl
import pytest

from mel_example import write_example
from tests.unit.hub_reports.conftest import SHEETS


def test_a_hub_without_activities_still_reports(reports) -> None:
    reports.write("2024Q1/MENA_2024Q1.xlsx")
    (cover,) = reports.judge("hub_reports")
    assert (cover["hub_code"], cover["period"], cover["submitted_on"]) == ("MENA", "2024Q1", date(2024, 4, 10))
    assert (cover["_source_sheet"], cover["_source_row"]) == ("Cover", 1)


@pytest.mark.parametrize("source", SHEETS)
def test_an_empty_sheet_is_no_fault(reports, source: str) -> None:
    reports.write("2024Q1/MENA_2024Q1.xlsx")
    assert reports.judge(source) == []
    assert [notes.problem for notes in reports.notes(source)] == [None]
    assert reports.everything_found(source) == set()
    assert reports.status(source) == {"MENA_2024Q1.xlsx": "empty"}


@pytest.mark.parametrize("source", ["hub_reports", *SHEETS])
def test_without_the_activities_sheet_the_whole_workbook_is_refused(reports, source: str) -> None:
    path = reports.write("2024Q1/MENA_2024Q1.xlsx", HelpDesk=[["HD-1", "Karak", date(2024, 2, 1)]])
    book = openpyxl.load_workbook(path)
    del book["Activities"]
    book.save(path)
    assert reports.judge(source) == []
    assert "expected one of Activities" in reports.notes(source)[0].problem.message()


@pytest.mark.parametrize(("written", "least"), [("~40", 40), ("40+", 40), ("environ 40", 40), ("≈ ٤٠", 40)])
def test_estimates_are_lower_bounds_and_flagged(reports, activity, written: str, least: int) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity(participants_total=written, women=20, men=19)])
    (row,) = reports.judge("hub_activities")
    assert (row["participants_total"], row["participants_total_is_estimate"]) == (least, True)
    assert row["women_is_estimate"] is False
    assert reports.found("hub_activities", "warnings") == [("HR12", 2)]


@pytest.mark.parametrize("written", ["about forty", "40 or 50", "+", "~"])
def test_what_is_no_estimate_is_not_guessed(reports, activity, written: str) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity(participants_total=written, youth_29=None)])
    (row,) = reports.judge("hub_activities")
    assert row["participants_total"] is None
    assert ("UNREADABLE", 2) in reports.found("hub_activities", "quarantine")


def test_lists_with_mixed_separators_are_split_and_noted(reports, activity) -> None:
    rows = [activity(cities="Karak، Irbid; الزرقاء\nAmman"), activity("A-2", "EV-2024-002", cities="Karak;Irbid")]
    reports.write("2024Q1/a.xlsx", Activities=rows)
    mixed, plain = reports.judge("hub_activities")
    assert mixed["cities"] == ["Karak", "Irbid", "الزرقاء", "Amman"]
    assert plain["cities"] == ["Karak", "Irbid"]
    assert reports.found("hub_activities", "repairs") == [("HR17", 2)]


def test_codes_in_the_hubs_own_words(reports, activity) -> None:
    rows = [
        activity(mode="webinaire", priorities="SP 2;SP1"),
        activity("A-2", "EV-2024-002", priorities="SP1;prevention"),
    ]
    reports.write("2024Q1/a.xlsx", Activities=rows)
    first, second = reports.judge("hub_activities")
    assert (first["mode"], first["priority"]) == ("online", ["SP2", "SP1"])
    assert second["priority"] is None
    assert reports.found("hub_activities", "repairs") == [("HR22", 2), ("HR22", 2)]
    assert reports.found("hub_activities", "quarantine") == [("HR22", 3)]


def test_arabic_digits_bear_the_id_of_reports(reports, activity) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity(women="٩")])
    (row,) = reports.judge("hub_activities")
    assert row["women"] == 9
    assert reports.found("hub_activities", "repairs") == [("HR39", 2)]


def test_a_total_row_is_no_activity(reports, activity) -> None:
    reports.write("2024Q1/a.xlsx", Activities=[activity(), ["TOTAL", None, None, None, None, 20]])
    assert len(reports.judge("hub_activities")) == 1
    assert reports.found("hub_activities", "repairs") == [("HR16", 3)]


def test_free_text_stays_apart(reports, change) -> None:
    reports.write(
        "2024Q1/a.xlsx",
        {"prepared_by": "Somebody Known"},
        Narrative=[["challenges", "A secret quarrel"]],
        Changes=[change()],
        Support=[["S-1", "Karak", "study visit", None, date(2024, 2, 1), None, "ongoing", "Secret plan", 5, "EUR"]],
        Advocacy=[["D-1", "regional", "global", date(2024, 2, 1), 1, "Secret text", "draft", "no"]],
        Resources=[["R-1", "Secret guide", "en", "T1", date(2024, 2, 1), "Karak"]],
    )
    apart = {
        "hub_reports": "prepared_by",
        "hub_narratives": "narrative",
        "hub_changes": "statement",
        "hub_support": "deliverable",
        "hub_advocacy": "text_title",
        "hub_resources": "resource_title",
    }
    for source, field in apart.items():
        (row,) = reports.judge(source)
        assert field not in row
        assert "actor" not in row


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory):
    directory = tmp_path_factory.mktemp("books")
    write_example(directory, seed=5, scale=0.1)
    paths = sorted((directory / "raw" / "hub_reports").rglob("*.xlsx"))
    return {path.name: openpyxl.load_workbook(path) for path in paths}


def test_the_examples_workbooks_have_ten_sheets_in_the_hubs_language(books) -> None:
    assert {len(book.sheetnames) for book in books.values()} == {11}
    assert books["ESA_2024Q1.xlsx"].sheetnames[:3] == ["Cover", "Narrative", "Activities"]
    arabic = next(book for book in books.values() if "الغلاف" in book.sheetnames)
    shown = [sheet for sheet in arabic.worksheets if sheet.sheet_state == "visible"]
    assert all(sheet.sheet_view.rightToLeft for sheet in shown)
    assert not any(sheet.sheet_view.rightToLeft for sheet in books["ESA_2024Q1.xlsx"].worksheets)


def test_every_launched_hub_reports_each_quarter_but_three(books) -> None:
    told = {tuple(name.removesuffix(".xlsx").split("_")[:2]) for name in books}
    assert len(told) == 7 * 11 - 3
    assert not told & {("WB", "2024Q3"), ("NAM", "2025Q2"), ("SAS", "2025Q3")}
