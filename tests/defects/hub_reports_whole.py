"""Defects of whole reports: sent twice, late, in Arabic, by a hub that is not active, with rows that are no records."""

from datetime import date, timedelta

from mel_example.raw_files.report_sheets import ACTIVITIES, COVER
from mel_example.raw_files.sheets import HubReportBook, RawRow
from tests.defects.declared import Defect
from tests.defects.hub_report_files import path_of, put, quarter, report, sheet
from tests.defects.seen import Seen

TWICE, REVISED = path_of("ESA", "2024Q1"), path_of("ESA", "2024Q1", "_rev2")
LATE = path_of("ESA", "2024Q2")
TOTAL = path_of("ESA", "2026Q2")
ARABIC = path_of("MENA", "2024Q2")
INACTIVE = path_of("WAF", "2024Q1")


def _later_numbers(book: HubReportBook) -> None:
    put(ACTIVITIES, participants_total=33, women=14, men=19, other_unknown=0)(book)
    put(COVER, submitted_on=date(2024, 4, 12))(book)


def _the_latest_counts(seen: Seen) -> None:
    assert seen.accepted("hub_activities", TWICE).empty
    (kept,) = seen.accepted("hub_activities", REVISED).to_dict("records")
    assert (kept["participants_total"], kept["women"], kept["men"]) == (33, 14, 19)
    (dropped,) = seen.findings("repairs", "HR05", TWICE).query("source == 'hub_activities'").to_dict("records")
    assert dropped["source_row"] == 2
    account = seen.file(TWICE, "hub_activities")
    assert (account["n_rows"], account["n_dropped"], account["file_status"]) == (1, 1, "superseded")
    assert account["message"] == "Later files replace all of its rows."
    # History is kept: both covers say when a version was sent.
    assert len(seen.accepted("hub_reports", TWICE)) == len(seen.accepted("hub_reports", REVISED)) == 1


def _late_is_told(seen: Seen) -> None:
    sent_on = quarter("2024Q2").end + timedelta(days=20)
    assert seen.accepted("hub_reports", LATE)["submitted_on"].astype(str).tolist() == [str(sent_on)]
    (late,) = seen.findings("warnings", "HR06", LATE).to_dict("records")
    assert (late["field"], late["value"]) == ("submitted_on", str(sent_on))
    assert late["reason"] == "The report was sent more than 15 days after the end of the quarter"
    (told,) = seen.table("fct_hub_report", hub_code="ESA", period="2024Q2").to_dict("records")
    assert told["is_received"]
    assert not told["is_on_time"]
    # One that never came is not there, instead of a report without activities.
    (missing,) = seen.table("fct_hub_report", hub_code="SEA", period="2026Q3").to_dict("records")
    assert not missing["is_received"]
    assert missing["n_submissions"] == 0
    # So ACT-04 falls: of the launched hubs that were due in the quarter only those count that came in time.
    value = seen.table("indicator_values", indicator_code="ACT-04", scope_type="hub", scope_code="ESA", period="2024Q2")
    assert value.query("dimension == 'total'")["value"].tolist() == [0.0]


def _add_total(book: HubReportBook) -> None:
    table = sheet(book, ACTIVITIES)
    total = {"activity_ref": "TOTAL", "participants_total": 39, "women": 12, "men": 18}
    table.rows.append(RawRow(total))


def _the_total_is_no_activity(seen: Seen) -> None:
    (kept,) = seen.accepted("hub_activities", TOTAL).to_dict("records")
    assert (kept["_source_row"], kept["participants_total"]) == (2, 39)
    (dropped,) = seen.findings("repairs", "HR16", TOTAL).to_dict("records")
    assert (dropped["source_sheet"], dropped["source_row"]) == ("Activities", 3)
    account = seen.file(TOTAL, "hub_activities")
    assert (account["n_rows"], account["n_accepted"], account["n_dropped"]) == (2, 1, 1)


def _arabic_habits(book: HubReportBook) -> None:
    put(ACTIVITIES, participants_total="٣١", women="١٢", end_on="١٤٤٦-٠١-٠٥")(book)
    for table in book.sheets:
        table.headers.reverse()


def _digits_are_read_and_another_calendar_is_not(seen: Seen) -> None:
    (kept,) = seen.accepted("hub_activities", ARABIC).to_dict("records")
    assert (kept["participants_total"], kept["women"], kept["men"]) == (31, 12, 18)
    assert kept["end_on"] is None
    assert kept["end_on_missing_reason"] == "quarantined"
    digits = seen.findings("repairs", "HR39", ARABIC)
    assert digits[["field", "before", "after"]].values.tolist() == [
        ["participants_total", "٣١", "31"],
        ["women", "١٢", "12"],
    ]
    (calendar,) = seen.findings("quarantine", "HR39", ARABIC).to_dict("records")
    assert (calendar["level"], calendar["field"], calendar["value"]) == ("answer", "end_on", "١٤٤٦-٠١-٠٥")
    assert "calendar" in calendar["reason"]


def _nothing_of_the_file_counts(seen: Seen) -> None:
    for source in ("hub_reports", "hub_activities", "hub_changes", "hub_narratives"):
        assert seen.accepted(source, INACTIVE).empty
        account = seen.file(INACTIVE, source)
        assert (account["n_accepted"], account["n_quarantined"]) == (0, account["n_rows"])
        assert account["file_status"] == "quarantined"
    (cover,) = seen.findings("quarantine", "HR40", INACTIVE).query("source == 'hub_reports'").to_dict("records")
    assert (cover["level"], cover["field"], cover["value"]) == ("file", "hub_code", "WAF")
    assert cover["reason"] == "The hub is not in the register or was not active in the period"
    assert "HR40" in seen.output
    assert INACTIVE in seen.output


WHOLE: tuple[Defect, ...] = (
    Defect(
        "HR05",
        broken={TWICE: report("ESA", "2024Q1"), REVISED: report("ESA", "2024Q1", _later_numbers)},
        clean={REVISED: report("ESA", "2024Q1", _later_numbers)},
        check=_the_latest_counts,
    ),
    Defect(
        "HR06",
        broken={LATE: report("ESA", "2024Q2", put(COVER, submitted_on=quarter("2024Q2").end + timedelta(days=20)))},
        clean={LATE: report("ESA", "2024Q2")},
        check=_late_is_told,
    ),
    Defect(
        "HR16",
        broken={TOTAL: report("ESA", "2026Q2", _add_total)},
        clean={TOTAL: report("ESA", "2026Q2")},
        check=_the_total_is_no_activity,
    ),
    Defect(
        "HR39",
        broken={ARABIC: report("MENA", "2024Q2", _arabic_habits, language="ar")},
        clean={ARABIC: report("MENA", "2024Q2", language="ar")},
        check=_digits_are_read_and_another_calendar_is_not,
    ),
    Defect(
        "HR40",
        broken={INACTIVE: report("WAF", "2024Q1")},
        clean={path_of("WAF", "2025Q3"): report("WAF", "2025Q3")},
        check=_nothing_of_the_file_counts,
    ),
)
