"""Defects of single answers: off the scale, in words, in other digits, contradicting, with marks."""

from mel_example.form import TRAINING_PREPOST
from mel_example.raw_files.kobo import labels
from mel_example.raw_files.sheets import RawSheet
from tests.defects.declared import Defect
from tests.defects.survey_cases import Outcome, annual, read, training, write

SHARED_ITEMS, EXCHANGES = "mem/hub_shared_items", "mem/exchange"


def _labels_among_codes(sheet: RawSheet) -> None:
    first, last = sheet.rows
    first.cells["conf/c_01"] = labels(TRAINING_PREPOST, "confidence", "fr")["5"]
    last.cells["about/sex"] = labels(TRAINING_PREPOST, "sexes", "ar")["female"]


def _labels_are_read_as_codes(found: Outcome) -> None:
    first, last = found.values
    assert (first["c_01"], last["sex"]) == (5, "female")
    repairs = [(each["source_row"], each["field"], each["after"]) for each in found.listed("repairs", "SV01")]
    assert repairs == [(2, "c_01", "5"), (3, "sex", "female")]
    found.assert_account(read=2, accepted=2)


def _none_and_another(sheet: RawSheet) -> None:
    write(sheet.rows[0], "mem/res_used", "Mayor's guide None")
    sheet.rows[0].cells |= {
        "Resources used this year/Mayor's guide": "1",
        "Resources used this year/National-local toolkit": "0",
        "Resources used this year/Response kit": "0",
        "Resources used this year/None": "1",
    }


def _none_is_taken_out(found: Outcome) -> None:
    row = found.values[0]
    assert (row["res_used_mayor_guide"], row["res_used_none"]) == (1, 0)
    repair = found.only("repairs", "SV11")
    assert (repair["source_row"], repair["field"], repair["before"], repair["after"]) == (2, "res_used_none", "1", "0")
    warning = found.only("warnings", "SV11")
    assert warning["source_row"] == 2
    assert warning["reason"] == '"None" is ticked together with another choice; "none" is taken out'


def _a_code_for_missing(sheet: RawSheet) -> None:
    sheet.rows[0].cells["conf/c_02"] = "-99"
    sheet.rows[1].cells["conf/c_02"] = "-98"


def _it_is_a_reason_and_no_number(found: Outcome) -> None:
    assert found.column("c_02") == [None, None]
    assert found.column("c_02_missing_reason") == ["refused", "dont_know"]
    repair = found.only("repairs", "SV12")
    assert (repair["source_row"], repair["field"]) == (2, "c_02_missing_reason")
    assert found.said("SV12").endswith("it counts as not answered, not as a number")


def _off_the_scale(sheet: RawSheet) -> None:
    for row, value in zip(sheet.rows, ("7", "0", "55"), strict=True):
        write(row, "cap/cap_02", value)
        write(row, "cap/cap_03", "Agree")


def _the_answer_is_set_aside(found: Outcome) -> None:
    assert found.column("cap_02") == [None, None, None]
    assert found.column("cap_02_missing_reason") == ["quarantined"] * 3
    assert found.column("cap_03") == [4, 4, 4]
    listed = found.listed("quarantine", "SV13")
    assert [(each["source_row"], each["level"], each["field"], each["value"]) for each in listed] == [
        (2, "answer", "cap_02", "7"),
        (3, "answer", "cap_02", "0"),
        (4, "answer", "cap_02", "55"),
    ]
    assert {each["reason"] for each in listed} == {"The answer is outside the scale of 1 to 5"}
    found.assert_account(read=3, accepted=3)


def _eastern_digits(sheet: RawSheet) -> None:
    write(sheet.rows[0], SHARED_ITEMS, "٣٧")


def _they_are_a_number(found: Outcome) -> None:
    assert found.values[0]["hub_shared_items"] == 37
    repair = found.only("repairs", "SV23")
    assert (repair["source_row"], repair["before"], repair["after"]) == (2, "٣٧", "37")


def _local_number(sheet: RawSheet) -> None:
    write(sheet.rows[0], SHARED_ITEMS, "1 250,0")
    write(sheet.rows[1], SHARED_ITEMS, "1\u202f250")


def _it_is_parsed(found: Outcome) -> None:
    assert found.column("hub_shared_items") == [1250, 1250]
    repairs = [(each["source_row"], each["before"], each["after"]) for each in found.listed("repairs", "SV24")]
    assert repairs == [(2, "1 250,0", "1250"), (3, "1\u202f250", "1250")]


def _number_in_words(sheet: RawSheet) -> None:
    write(sheet.rows[0], SHARED_ITEMS, "environ 20")
    write(sheet.rows[0], EXCHANGES, "6")


def _only_that_answer_is_set_aside(found: Outcome) -> None:
    row = found.values[0]
    assert (row["hub_shared_items"], row["hub_shared_items_missing_reason"]) == (None, "quarantined")
    assert row["exchange"] == 6
    listed = found.only("quarantine", "SV25")
    assert (listed["source_row"], listed["level"], listed["field"]) == (2, "answer", "hub_shared_items")
    assert listed["reason"] == "The cell does not hold what its column asks for"
    # Words may be anybody's name: they are shown to officers only.
    assert (listed["value"], listed["is_restricted"]) == (None, True)
    found.assert_account(read=2, accepted=2)


def _marks_in_a_code(sheet: RawSheet) -> None:
    code = sheet.rows[0].subject.city_code  # type: ignore[attr-defined]
    write(sheet.rows[0], "intro/city", f"{code[:3]}\u200e{code[3:]}")


def _they_are_taken_out(found: Outcome) -> None:
    row = found.values[0]
    assert row["city_code"] == row["city_raw"]
    assert row["city_code"].startswith("SCN-C-")
    repair = found.only("repairs", "SV30")
    assert (repair["source_row"], repair["field"]) == (2, "city_raw")
    assert found.column("city_code")[1] is not None


def _framework_without_plan(sheet: RawSheet) -> None:
    write(sheet.rows[0], "sys/plan_status", "0")
    write(sheet.rows[0], "sys/framework_status", "5")
    write(sheet.rows[0], "inc/significant", "2")
    write(sheet.rows[0], "inc/first72h", "9")
    assert read(sheet.rows[0], "inc/first72h") == "9"


def _both_are_kept_and_flagged(found: Outcome) -> None:
    row = found.values[0]
    assert (row["plan_status"], row["framework_status"]) == (0, 5)
    warning = found.only("warnings", "SV40")
    assert (warning["source_row"], warning["field"], warning["value"]) == (2, "framework_status", "5")
    assert warning["reason"].endswith("the two answers contradict each other")
    # A ratio of incidents above 1 is set aside, and no finding shows the figure.
    assert (row["inc_significant"], row["inc_first72h"]) == (2, None)
    ratio = found.only("quarantine", "SV40-INCIDENTS")
    assert (ratio["source_row"], ratio["field"], ratio["value"]) == (2, "inc_first72h", None)
    assert ratio["is_restricted"]
    found.assert_account(read=2, accepted=2)


def _local_dates(sheet: RawSheet) -> None:
    """Day and month of both could be exchanged or not: the second proves the order of the tool."""
    sheet.rows[0].cells |= {"today": "03/11/2025", "_submission_time": "2025-11-03T15:00:00"}
    sheet.rows[1].cells |= {"today": "13/11/2025", "_submission_time": "2025-11-13T15:00:00"}


def _a_date_that_tells_no_order(sheet: RawSheet) -> None:
    sheet.rows[0].cells |= {"today": "04/11/2025", "_submission_time": "2025-11-05T15:00:00"}


def _proved_orders_are_read_others_warned_of(found: Outcome) -> None:
    proved = Outcome(found.seen, found.source, PROVED.path)
    assert [str(day)[:10] for day in proved.column("answered_on")] == ["2025-11-03", "2025-11-13"]
    repairs = [(each["source_row"], each["before"], each["after"]) for each in proved.listed("repairs", "SV26")]
    assert repairs == [(2, "03/11/2025", "2025-11-03"), (3, "13/11/2025", "2025-11-13")]
    assert proved.listed("warnings", "SV26") == []

    assert str(found.column("answered_on")[0])[:10] == "2025-11-05"
    aside = found.only("quarantine", "SV25")
    assert (aside["source_row"], aside["level"], aside["field"], aside["value"]) == (
        2,
        "answer",
        "answered_on",
        "04/11/2025",
    )
    repair = found.only("repairs", "SV26")
    assert (repair["source_row"], repair["field"], repair["after"]) == (2, "answered_on", "2025-11-05")
    warning = found.only("warnings", "SV26")
    assert warning["source_row"] == 2
    assert warning["reason"].endswith("its day and month could be exchanged; the day of sending is taken")
    found.assert_account(read=2, accepted=2)


PROVED = annual("SV26-PROVED", 68)
UNCLEAR = annual("SV26", 70)
SURVEY_ANSWERS: tuple[Defect, ...] = (
    training("SV01", 0).defect(_labels_among_codes, _labels_are_read_as_codes),
    annual("SV11", 0).defect(_none_and_another, _none_is_taken_out),
    training("SV12", 1).defect(_a_code_for_missing, _it_is_a_reason_and_no_number),
    annual("SV13", 2, count=3).defect(_off_the_scale, _the_answer_is_set_aside),
    annual("SV23", 6).defect(_eastern_digits, _they_are_a_number),
    annual("SV24", 8).defect(_local_number, _it_is_parsed),
    annual("SV25", 11).defect(_number_in_words, _only_that_answer_is_set_aside),
    Defect(
        "SV26",
        broken={PROVED.path: PROVED.writer(_local_dates), UNCLEAR.path: UNCLEAR.writer(_a_date_that_tells_no_order)},
        clean={PROVED.path: PROVED.writer(), UNCLEAR.path: UNCLEAR.writer()},
        check=lambda seen: _proved_orders_are_read_others_warned_of(Outcome(seen, UNCLEAR.source, UNCLEAR.path)),
    ),
    annual("SV30", 13).defect(_marks_in_a_code, _they_are_taken_out),
    annual("SV40", 15).defect(_framework_without_plan, _both_are_kept_and_flagged),
)
