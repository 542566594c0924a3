"""Defects of the template: old versions, renamed sheets, other columns, merged and hidden cells, broken formulas."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd

from mel_example.raw_files.report_sheets import ACTIVITIES, COVER, SUPPORT, SheetKind
from mel_example.raw_files.sheets import HubReportBook
from tests.defects.declared import Defect
from tests.defects.hub_report_files import BookChange, add, all_of, edited, path_of, put, report, sheet
from tests.defects.hub_reports_activities import another
from tests.defects.seen import Seen

MAPPED, UNKNOWN = path_of("WB", "2024Q2"), path_of("WB", "2024Q3")
RENAMED, LACKING = path_of("WB", "2024Q4"), path_of("WB", "2025Q1")
EXTRA = path_of("WB", "2025Q2")
IN_WORDS, CONFLICT = path_of("WB", "2025Q3"), path_of("WB", "2025Q4")
MERGED, FORMULAS, HIDDEN = path_of("WB", "2026Q1"), path_of("WB", "2026Q2"), path_of("WB", "2026Q3")
FRENCH, ENGLISH, ARABIC = path_of("SEA", "2025Q2"), path_of("NAM", "2024Q4"), path_of("MENA", "2024Q3")
PDF, WORD = "hub_reports/2024Q3/SEA_2024Q3.pdf", "hub_reports/2024Q4/SEA_2024Q4.xlsx"


def renamed(kind: SheetKind, name: str) -> BookChange:
    """A sheet under another name."""

    def change(book: HubReportBook) -> None:
        sheet(book, kind).name = name

    return change


def without(kind: SheetKind) -> BookChange:
    """A report without one of its sheets."""

    def change(book: HubReportBook) -> None:
        book.sheets.remove(sheet(book, kind))

    return change


def _of_version_1(book: HubReportBook) -> None:
    """The oldest template that can be read called the total by another name."""
    put(COVER, template_version="v1.3")(book)
    table = sheet(book, ACTIVITIES)
    table.headers[table.headers.index("participants_total")] = "participants"
    for row in table.rows:
        row.cells["participants"] = row.cells.pop("participants_total")


def _versions(seen: Seen) -> None:
    (kept,) = seen.accepted("hub_activities", MAPPED).to_dict("records")
    assert (kept["template_version"], kept["participants_total"]) == ("2.0", 31)
    repaired = seen.findings("repairs", "HR01", MAPPED).query("source == 'hub_activities'")
    assert repaired[["field", "before", "after"]].values.tolist() == [["template_version", "v1.3", "2.0"]]
    # Another version may mean something else by the same columns: nothing of it counts, but the report came.
    for source in ("hub_activities", "hub_changes", "hub_support"):
        assert seen.accepted(source, UNKNOWN).empty
    (aside,) = seen.findings("quarantine", "HR01", UNKNOWN).query("source == 'hub_activities'").to_dict("records")
    assert (aside["level"], aside["treatment"]) == ("file", "block")
    assert aside["reason"] == "The version of the template is not known: nothing of the report counts"
    (cover,) = seen.accepted("hub_reports", UNKNOWN).to_dict("records")
    assert pd.isna(cover["template_version"])
    (told,) = seen.table("fct_hub_report", hub_code="WB", period="2024Q3").to_dict("records")
    assert told["is_received"]
    assert not told["is_accepted"]
    assert UNKNOWN in seen.output


def _sheets(seen: Seen) -> None:
    assert seen.accepted("hub_activities", RENAMED)["activity_ref"].tolist() == ["WB-24Q4-01"]
    (found,) = seen.findings("repairs", "HR02", RENAMED).query("source == 'hub_activities'").to_dict("records")
    assert (found["before"], found["after"]) == ("Activities (2)", "Activities")
    # Without the required sheet no source reads the file.
    assert seen.accepted("hub_changes", LACKING).empty
    account = seen.file(LACKING, "hub_changes")
    assert (account["n_rows"], account["file_status"]) == (0, "unreadable")
    assert f"{LACKING} lacks a sheet" in account["message"]
    (blocked,) = seen.findings("quarantine", "HR02", LACKING).query("source == 'hub_changes'").to_dict("records")
    assert (blocked["level"], blocked["treatment"], blocked["reason"]) == ("file", "block", account["message"])
    assert f"{LACKING} lacks a sheet" in " ".join(seen.output.split())


def _with_notes(book: HubReportBook) -> None:
    table = sheet(book, ACTIVITIES)
    table.headers.insert(1, "Notes")
    table.rows[0].cells["Notes"] = "to be checked"


def _moved(book: HubReportBook) -> None:
    sheet(book, ACTIVITIES).headers.sort()


def _the_extra_column_is_ignored(seen: Seen) -> None:
    (kept,) = seen.accepted("hub_activities", EXTRA).to_dict("records")
    assert (kept["participants_total"], kept["women"], kept["men"]) == (35, 12, 18)
    assert "to be checked" not in [str(value) for value in kept.values()]
    (found,) = seen.findings("warnings", "HR03", EXTRA).to_dict("records")
    assert (found["source_sheet"], found["level"]) == ("Activities", "file")
    assert "columns that the template does not have were not read: found B." in found["reason"]
    assert seen.file(EXTRA, "hub_activities")["message"] == found["reason"]


def _periods(seen: Seen) -> None:
    assert seen.accepted("hub_activities", IN_WORDS)["period"].tolist() == ["2025Q3"]
    (repaired,) = seen.findings("repairs", "HR04", IN_WORDS).query("source == 'hub_activities'").to_dict("records")
    assert (repaired["before"], repaired["after"]) == ("juillet-septembre 2025", "2025Q3")
    for source in ("hub_reports", "hub_activities"):
        assert seen.accepted(source, CONFLICT).empty
        assert seen.file(CONFLICT, source)["file_status"] == "quarantined"
    (aside,) = seen.findings("quarantine", "HR04", CONFLICT).query("source == 'hub_reports'").to_dict("records")
    assert (aside["level"], aside["field"], aside["value"]) == ("file", "period", "2025Q1")
    assert aside["reason"] == "The period on the cover is not a quarter, or not that of the file's name"
    assert CONFLICT in seen.output


def _merge_cities(workbook: openpyxl.Workbook) -> None:
    table = workbook["Activities"]
    column = [cell.value for cell in table[1]].index("cities") + 1
    table.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)


def _merged_cells_are_filled(seen: Seen) -> None:
    rows = seen.accepted("hub_activities", MERGED)
    assert [list(each) for each in rows["cities"]] == [["Karak", "Irbid"], ["Karak", "Irbid"]]
    (found,) = seen.findings("repairs", "HR13", MERGED).to_dict("records")
    assert (found["source_row"], found["field"], found["after"]) == (3, "cities", "Karak;Irbid")


def _break_formulas(workbook: openpyxl.Workbook) -> None:
    activities, support = workbook["Activities"], workbook["Support"]
    activities.cell(2, [cell.value for cell in activities[1]].index("participants_total") + 1).value = "=SUM(G2:H2)"
    support.cell(2, [cell.value for cell in support[1]].index("value") + 1).value = "#REF!"


def _the_sheet_is_blocked(seen: Seen) -> None:
    for source, name, cell in (("hub_activities", "Activities", "F2"), ("hub_support", "Support", "I2")):
        assert seen.accepted(source, FORMULAS).empty
        (found,) = seen.findings("quarantine", "HR14", FORMULAS).query(f"source == '{source}'").to_dict("records")
        assert (found["level"], found["treatment"], found["source_sheet"]) == ("file", "block", name)
        assert f"sheet {name}: nothing was read from it" in found["reason"]
        assert f"found {cell}." in found["reason"]
    # The other sheets are read.
    assert len(seen.accepted("hub_changes", FORMULAS)) == 1
    assert len(seen.accepted("hub_reports", FORMULAS)) == 1
    assert "nothing was read from it, because formulas have no value" in " ".join(seen.output.split())


def _hide(workbook: openpyxl.Workbook) -> None:
    table = workbook["Activities"]
    table.row_dimensions[3].hidden = True
    table.column_dimensions["G"].hidden = True
    table.auto_filter.ref = "A1:S3"


def _hidden_cells_are_read(seen: Seen) -> None:
    rows = seen.accepted("hub_activities", HIDDEN)
    assert rows["activity_ref"].tolist() == ["WB-26Q3-01", "WB-26Q3-02"]
    assert rows["women"].tolist() == [12, 12]
    (found,) = seen.findings("warnings", "HR15", HIDDEN).to_dict("records")
    assert "hidden rows (3) and columns (G) were read like the others" in found["reason"]
    assert (found["source_sheet"], found["level"]) == ("Activities", "file")


def _numbers_by_language(seen: Seen) -> None:
    assert seen.accepted("hub_support", FRENCH)["support_value"].tolist() == [12000.0, 12.5]
    assert seen.accepted("hub_support", ENGLISH)["support_value"].tolist() == [12000.0]
    assert seen.findings("repairs", "HR27", FRENCH)[["before", "after"]].values.tolist() == [["12.000", "12000.0"]]
    assert seen.findings("repairs", "HR27", ENGLISH)[["before", "after"]].values.tolist() == [["12,000", "12000.0"]]
    (kept,) = seen.accepted("hub_support", ARABIC).to_dict("records")
    assert pd.isna(kept["support_value"])
    assert kept["support_value_missing_reason"] == "quarantined"
    (aside,) = seen.findings("quarantine", "HR27", ARABIC).to_dict("records")
    assert (aside["level"], aside["field"], aside["value"]) == ("answer", "support_value", "12.000")
    assert aside["reason"].startswith("The number could mean thousands or decimals")


def _word_document(target: Path) -> None:
    parts = io.BytesIO()
    with zipfile.ZipFile(parts, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    target.write_bytes(parts.getvalue())


def _told_plainly(seen: Seen) -> None:
    for path, kind in ((PDF, "a PDF document"), (WORD, "a Word document")):
        account = seen.file(path, "hub_reports")
        assert (account["n_rows"], account["file_status"]) == (0, "unreadable")
        assert f"{path} is not a table: found {kind}" in account["message"]
        (found,) = seen.findings("quarantine", "HR38", path).to_dict("records")
        assert (found["level"], found["treatment"], found["reason"]) == ("file", "block", account["message"])
        assert f"{path} is not a table: found {kind}" in " ".join(seen.output.split())
        assert seen.accepted("hub_reports", path).empty


TEMPLATES: tuple[Defect, ...] = (
    Defect(
        "HR01",
        broken={
            MAPPED: report("WB", "2024Q2", _of_version_1),
            UNKNOWN: report("WB", "2024Q3", put(COVER, template_version="0.9")),
        },
        clean={MAPPED: report("WB", "2024Q2"), UNKNOWN: report("WB", "2024Q3")},
        check=_versions,
    ),
    Defect(
        "HR02",
        broken={
            RENAMED: report("WB", "2024Q4", renamed(ACTIVITIES, "Activities (2)")),
            LACKING: report("WB", "2025Q1", without(ACTIVITIES)),
        },
        clean={RENAMED: report("WB", "2024Q4"), LACKING: report("WB", "2025Q1")},
        check=_sheets,
    ),
    Defect(
        "HR03",
        broken={EXTRA: report("WB", "2025Q2", all_of(_moved, _with_notes))},
        clean={EXTRA: report("WB", "2025Q2", _moved)},
        check=_the_extra_column_is_ignored,
    ),
    Defect(
        "HR04",
        broken={
            IN_WORDS: report("WB", "2025Q3", put(COVER, period="juillet-septembre 2025")),
            CONFLICT: report("WB", "2025Q4", put(COVER, period="2025Q1")),
        },
        clean={IN_WORDS: report("WB", "2025Q3"), CONFLICT: report("WB", "2025Q4")},
        check=_periods,
    ),
    Defect(
        "HR13",
        broken={MERGED: edited(report("WB", "2026Q1", another("WB", "2026Q1")), _merge_cities)},
        clean={MERGED: report("WB", "2026Q1", another("WB", "2026Q1"))},
        check=_merged_cells_are_filled,
    ),
    Defect(
        "HR14",
        broken={FORMULAS: edited(report("WB", "2026Q2"), _break_formulas)},
        clean={FORMULAS: report("WB", "2026Q2")},
        check=_the_sheet_is_blocked,
    ),
    Defect(
        "HR15",
        broken={HIDDEN: edited(report("WB", "2026Q3", another("WB", "2026Q3")), _hide)},
        clean={HIDDEN: report("WB", "2026Q3", another("WB", "2026Q3"))},
        check=_hidden_cells_are_read,
    ),
    Defect(
        "HR27",
        broken={
            FRENCH: report(
                "SEA",
                "2025Q2",
                put(SUPPORT, support_value="12.000"),
                add(SUPPORT, support_ref="SU-SEA-25Q2-02", support_value="12,5"),
                language="fr",
            ),
            ENGLISH: report("NAM", "2024Q4", put(SUPPORT, support_value="12,000")),
            ARABIC: report("MENA", "2024Q3", put(SUPPORT, support_value="12.000"), language="ar"),
        },
        clean={
            FRENCH: report("SEA", "2025Q2", language="fr"),
            ENGLISH: report("NAM", "2024Q4"),
            ARABIC: report("MENA", "2024Q3", language="ar"),
        },
        check=_numbers_by_language,
    ),
    Defect(
        "HR38",
        broken={PDF: b"%PDF-1.7\n%scanned report\n", WORD: _word_document},
        clean={path_of("SEA", "2024Q3"): report("SEA", "2024Q3"), WORD: report("SEA", "2024Q4")},
        check=_told_plainly,
    ),
)
