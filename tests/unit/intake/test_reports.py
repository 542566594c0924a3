"""Hub reports: a cover, a table on a named sheet, and nothing from the other sheets."""

from datetime import date
from typing import Any

import pytest

FIELDS = [
    {"name": "hub_code", "type": "code", "cover": ["hub_code"], "required": True},
    {"name": "submitted_on", "type": "date", "cover": ["submitted_on"], "required": True},
    {"name": "activity_ref", "type": "code", "headers": ["activity_ref", "Référence", "المرجع"], "required": True},
    {"name": "women", "type": "integer", "headers": ["women", "Femmes", "النساء"]},
    {"name": "title_raw", "type": "text", "headers": ["title", "Titre", "العنوان"]},
]
COVERS = {"en": "Cover", "fr": "Couverture", "ar": "الغلاف"}
SHEETS = {"en": "Activities", "fr": "Activités", "ar": "الأنشطة"}
HEADERS = {
    "en": ["activity_ref", "title", "women", "Notes"],
    "fr": ["Référence", "Titre", "Femmes", "Notes"],
    "ar": ["المرجع", "العنوان", "النساء", "ملاحظات"],
}
TOTALS = {"en": "TOTAL", "fr": "Total", "ar": "المجموع"}


@pytest.fixture
def report(declare: Any) -> Any:
    return declare(
        source="hub_activities",
        kind="hub_report",
        files=["hub_reports/**/*.xlsx"],
        format="workbook",
        sheet=list(SHEETS.values()),
        cover_sheet=list(COVERS.values()),
        later_by="submitted_on",
        fields=FIELDS,
        key=["hub_code", "activity_ref"],
        privacy={"restricted": ["title_raw"]},
    )


def cover(submitted: Any = "2024-04-05") -> list[list[Any]]:
    return [["Quarterly report"], ["hub_code", "MENA"], ["submitted_on", submitted], ["prepared_by", "Officer"]]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_report_in_each_language(bench: Any, report: Any, language: str) -> None:
    rows = [["A heading"], [None], HEADERS[language], ["A-1", "Meeting", "١٢", "x"], [TOTALS[language], None, 12]]
    bench.workbook(
        "hub_reports/2024Q1/MENA.xlsx",
        **{COVERS[language]: cover(), "Narrative": [["secret story"]], SHEETS[language]: rows, "_meta": [["v", 2]]},
    )
    bench.stage(report)
    [row] = bench.rows(report)
    assert (row["hub_code"], row["submitted_on"], row["women"]) == ("MENA", date(2024, 4, 5), 12)
    assert (row["_source_sheet"], row["_source_row"]) == (SHEETS[language], 4)
    notes = bench.notes(report)
    assert [(dropped.source_row, dropped.rule_id) for dropped in notes.dropped] == [(5, "HR16")]
    assert [repair.rule_id for repair in notes.repairs] == ["SV23"]
    assert b"secret story" not in bench.everything_on_disk(bench.folders.root / "staging")


def test_the_cover_dates_a_file_that_came_without_a_note(bench: Any, report: Any) -> None:
    sheets = {"Cover": cover(date(2024, 4, 5)), "Activities": [HEADERS["en"], ["A-1", "Meeting", 3]]}
    bench.workbook("hub_reports/a.xlsx", **sheets)
    bench.workbook("hub_reports/b.xlsx", **sheets, Extra=[["other"]])
    bench.write("hub_reports/b.xlsx.meta.yml", "received_on: 2024-04-09\nreceived_from: hub MENA\nsynthetic: true\n")
    first, second = bench.stage(report).files
    assert (first.received_on, first.is_synthetic, first.received_from) == (date(2024, 4, 5), False, None)
    assert (second.received_on, second.is_synthetic, second.received_from) == (date(2024, 4, 9), True, "hub MENA")


def test_a_missing_sheet_is_told_with_what_was_found_and_expected(bench: Any, report: Any) -> None:
    bench.workbook("hub_reports/a.xlsx", Cover=cover(), Feuil1=[["x"]])
    bench.stage(report)
    message = bench.notes(report).problem.message()
    assert message.startswith("hub_reports/a.xlsx lacks a sheet: found Cover, Feuil1, expected one of Activities,")
    assert bench.rows(report) == []
    assert "hub_code" in bench.columns(report)


def test_empty_cover_values_are_told_all_at_once(bench: Any, report: Any) -> None:
    bench.workbook("hub_reports/a.xlsx", Cover=[["hub_code"]], Activities=[HEADERS["en"], ["A-1", "M", 1]])
    bench.stage(report)
    assert bench.notes(report).problem.params["missing"] == ["hub_code", "submitted_on"]


def test_a_missing_column_is_told_with_the_nearest_name(bench: Any, report: Any) -> None:
    bench.workbook("hub_reports/a.xlsx", Cover=cover(), Activities=[["activity_rf", "title", "women"], ["A-1", "M", 1]])
    bench.stage(report)
    problem = bench.notes(report).problem
    assert problem.code == "missing_header"
    assert problem.message().startswith(
        "hub_reports/a.xlsx lacks required columns: expected activity_ref; found 3 columns, "
        "the nearest names are activity_rf."
    )


def test_a_sheet_with_a_formula_error_or_without_a_result_is_refused(bench: Any, report: Any) -> None:
    bench.workbook(
        "hub_reports/a.xlsx", Cover=cover(), Activities=[HEADERS["en"], ["A-1", "M", "#REF!"], ["A-2", "M", "=1+1"]]
    )
    bench.stage(report)
    problem = bench.notes(report).problem
    assert problem.code == "error_cells"
    assert problem.params["found"] == ["C2", "C3"]
