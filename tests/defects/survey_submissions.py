"""Defects of whole submissions: repeated, by two people, tests, refused, on hold, in no time, at a wrong time."""

from typing import Any

import pandas as pd

from mel_example.form import MEMBER_ANNUAL, questions
from mel_example.raw_files.kobo import header_of
from mel_example.raw_files.sheets import RawRow, RawSheet
from tests.defects.declared import Defect
from tests.defects.survey_cases import Outcome, annual, read, write

EXCHANGES = "mem/exchange"
STORY = "open/change_story"


def _sent_twice(sheet: RawSheet) -> None:
    again = RawRow(dict(sheet.rows[0].cells))
    again.cells["_submission_time"] = "2025-11-20T10:00:00"
    write(again, EXCHANGES, "9")
    sheet.rows.append(again)


def _the_latest_is_kept(found: Outcome) -> None:
    assert found.column("_source_row") == [3, 4]
    assert found.column("exchange")[1] == 9
    assert found.only("repairs", "SV05")["source_row"] == 2
    found.assert_account(read=3, accepted=2, dropped=1)


def _two_people_of_a_city(sheet: RawSheet) -> None:
    contact, other = sheet.rows
    assert read(contact, "intro/respondent_role") == "Point of contact"
    write(contact, "cap/cap_01", "Strongly agree")
    for path in ("intro/country", "intro/city"):
        write(other, path, read(contact, path))
    write(other, "intro/respondent_role", "Officer")
    write(other, "cap/cap_01", "Strongly disagree")
    other.cells["_submission_time"] = "2025-11-28T10:00:00"


def _the_point_of_contact_counts(found: Outcome) -> None:
    assert found.column("cap_01") == [5, 1]
    warning = found.only("warnings", "SV06")
    assert (warning["source_row"], warning["field"], warning["value"]) == (3, "respondent_role", "officer")
    assert "the answer of its point of contact counts, else the latest" in warning["reason"]
    city = found.column("city_code")[0]
    counted = found.seen.table("fct_member_survey", city_code=city, wave=2025)
    assert counted["cap_01"].tolist() == [5]
    assert counted["respondent_role"].tolist() == ["poc"]
    found.assert_account(read=2, accepted=2)


def _clicked_twice(sheet: RawSheet) -> None:
    copy = RawRow(dict(sheet.rows[0].cells))
    sent = pd.Timestamp(str(copy.cells["_submission_time"])) + pd.Timedelta(seconds=4)
    copy.cells |= {"_uuid": "sv07-copy", "_submission_time": sent.isoformat()}
    sheet.rows.append(copy)


def _the_copy_is_dropped(found: Outcome) -> None:
    assert found.column("submission_uuid") == ["sv07-2", "sv07-3"]
    assert found.only("repairs", "SV07")["source_row"] == 4
    assert found.said("SV07") == "The same answers were sent a second time within a minute; the copy is left out"
    found.assert_account(read=3, accepted=2, dropped=1)


def _always_the_same(sheet: RawSheet) -> None:
    for question in questions(MEMBER_ANNUAL):
        if question.path.startswith(("cap/", "nlc/", "yth/yth_0", "inf/", "res/")):
            sheet.rows[0].cells[header_of(question, "en")] = "Neither agree nor disagree"
    begun = pd.Timestamp(str(sheet.rows[0].cells["start"]))
    sheet.rows[0].cells["end"] = (begun + pd.Timedelta(minutes=14)).isoformat(timespec="milliseconds")


def _the_row_is_kept_and_flagged(found: Outcome) -> None:
    row = found.values[0]
    assert {row[f"cap_{number:02d}"] for number in range(1, 13)} == {3}
    warning = found.only("warnings", "SV14")
    assert (warning["source_row"], warning["field"]) == (2, "submission_uuid")
    assert warning["reason"].startswith("Every statement got the same answer, and quickly")
    found.assert_account(read=2, accepted=2)


def _in_forty_seconds(sheet: RawSheet) -> None:
    begun = pd.Timestamp(str(sheet.rows[0].cells["start"]))
    sheet.rows[0].cells["end"] = (begun + pd.Timedelta(seconds=40)).isoformat(timespec="milliseconds")


def _too_quick_is_flagged(found: Outcome) -> None:
    row = found.values[0]
    assert (row["ended_at"] - row["started_at"]).total_seconds() == 40
    warning = found.only("warnings", "SV15")
    assert (warning["source_row"], warning["field"]) == (2, "ended_at")
    assert "less than a third of the usual time of the wave" in warning["reason"]
    found.assert_account(read=2, accepted=2)


def _wrong_clocks(sheet: RawSheet) -> None:
    backwards, unset = sheet.rows
    backwards.cells["start"], backwards.cells["end"] = backwards.cells["end"], backwards.cells["start"]
    unset.cells |= {
        "start": "1970-01-01T00:03:00.000+00:00",
        "end": "1970-01-01T00:31:00.000+00:00",
        "today": "1970-01-01",
        "_submission_time": "2025-10-25T06:01:08",
    }


def _the_time_of_sending_counts(found: Outcome) -> None:
    warnings = found.listed("warnings", "SV16")
    assert [each["source_row"] for each in warnings] == [2, 3]
    assert warnings[0]["reason"].endswith("the time of sending counts")
    assert str(found.column("answered_on")[1])[:10] == "2025-10-25"
    repair = found.only("repairs", "SV16-DAY")
    assert (repair["source_row"], repair["field"], repair["before"], repair["after"]) == (
        3,
        "answered_on",
        "1970-01-01",
        "2025-10-25",
    )
    found.assert_account(read=2, accepted=2)


def _tests(sheet: RawSheet) -> None:
    write(sheet.rows[0], STORY, "Test")
    write(sheet.rows[1], "intro/city_other", "تجربة")


def _tests_are_dropped(found: Outcome) -> None:
    assert found.column("submission_uuid") == ["sv20-4"]
    repairs = found.listed("repairs", "SV20")
    assert [each["source_row"] for each in repairs] == [2, 3]
    assert found.said("SV20") == "A test of the questionnaire, not an answer"
    found.assert_account(read=3, accepted=1, dropped=2)


def _refused_and_answered(sheet: RawSheet) -> None:
    write(sheet.rows[0], "consent", "No")


def _nothing_but_the_refusal_is_kept(found: Outcome) -> None:
    """The catalogue blocks publication and purges the answers.

    Better: they are purged the moment the file is read, so that nothing is left which a page could show, and a block
    would only keep back everybody else's answers.
    """
    refused = found.values[0]
    assert (refused["consent"], refused["submission_uuid"], refused["form_version"]) == ("no", "sv21-2", "v2024-1")
    left = {name for name, value in refused.items() if value is not None and not name.startswith("_")}
    assert left <= {"submission_uuid", "submitted_at", "answered_on", "form_version", "consent", "language"}
    repair = found.only("repairs", "SV21")
    assert (repair["source_row"], repair["field"], repair["before"]) == (2, "consent", None)
    kept_apart = _restricted(found, 0)
    assert {name for name, value in kept_apart.items() if not pd.isna(value)} == {"_record_key"}
    found.assert_account(read=2, accepted=2)


def _personal_data_in_texts(sheet: RawSheet) -> None:
    name = read(sheet.rows[0], "mem/poc_name")
    assert name
    write(sheet.rows[0], STORY, f"Call {name} on +44 20 7946 0958 or write to jo.archer@example.org.")


def _marks_take_its_place(found: Outcome) -> None:
    assert _restricted(found, 0)["change_story"] == "Call [name] on [phone] or write to [e-mail]."
    assert "change_story" not in found.values[0]
    assert {each["source_row"] for each in found.listed("repairs", "SV22")} == {2}
    assert {each["before"] for each in found.listed("repairs", "SV22")} == {None}
    for kind in ("e-mail addresses", "telephone numbers", "names of people"):
        assert f"field change_story: what looks like {kind} (cells: 1) was replaced by a mark" in found.message
    found.assert_account(read=2, accepted=2)


def _restricted(found: Outcome, place: int) -> dict[str, Any]:
    """What is kept apart of an accepted row, for officers only."""
    folder = found.seen.folders.restricted / "staging" / found.source
    rows = pd.concat(pd.read_parquet(path) for path in sorted(folder.glob("*.parquet")))
    (row,) = rows[rows["_record_key"] == found.values[place]["_record_key"]].to_dict("records")
    return row


def _not_approved(sheet: RawSheet) -> None:
    sheet.rows[0].cells["_validation_status"] = "On Hold"
    sheet.rows[1].cells["_validation_status"] = "Not Approved"


def _they_are_excluded(found: Outcome) -> None:
    assert found.column("submission_uuid") == ["sv39-4"]
    repairs = found.listed("repairs", "SV39")
    assert [each["source_row"] for each in repairs] == [2, 3]
    assert found.said("SV39") == "The submission is on hold or was not approved in the survey tool"
    found.assert_account(read=3, accepted=1, dropped=2)


SURVEY_SUBMISSIONS: tuple[Defect, ...] = (
    annual("SV05", 17).defect(_sent_twice, _the_latest_is_kept),
    annual("SV06", 19).defect(_two_people_of_a_city, _the_point_of_contact_counts),
    annual("SV07", 21).defect(_clicked_twice, _the_copy_is_dropped),
    annual("SV14", 23).defect(_always_the_same, _the_row_is_kept_and_flagged),
    annual("SV15", 25).defect(_in_forty_seconds, _too_quick_is_flagged),
    annual("SV16", 27).defect(_wrong_clocks, _the_time_of_sending_counts),
    annual("SV20", 32, count=3).defect(_tests, _tests_are_dropped),
    annual("SV21", 30).defect(_refused_and_answered, _nothing_but_the_refusal_is_kept),
    annual("SV22", 35).defect(_personal_data_in_texts, _marks_take_its_place),
    annual("SV39", 37, count=3).defect(_not_approved, _they_are_excluded),
)
