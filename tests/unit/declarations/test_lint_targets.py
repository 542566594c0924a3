"""Faults of targets: each adds one row to the real programme, or changes one."""

import pytest

from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.lint_steps import expected_sampling_error

FILE = "targets.csv"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("OUT-20,all,all,year_to_date,2024Q1-ytd,90,2023-12-15,example,illustrative",
         "target names an unknown indicator: found 'OUT-20', expected one of ACT-01, "),
        ("OUT-02,hubs,MENA,year_to_date,2024Q1-ytd,90,2023-12-15,example,illustrative",
         "target of OUT-02 names an unknown scope: found 'hubs', expected one of all, grant, hub. Did you mean 'hub'?"),
        ("OUT-02,all,MENA,year_to_date,2024Q1-ytd,90,2023-12-15,example,illustrative",
         "target of OUT-02 has a code for the undivided scope: found 'MENA', expected all. Write all."),
        ("OUT-02,grant,DK-2025,year_to_date,2024Q1-ytd,90,2023-12-15,example,illustrative",
         "target of OUT-02 names an unknown grant: found 'DK-2025', expected one of AU-2024, CA-2026, "
         "DK-2024,"),
        ("OUT-02,grant,US-STATE-2023,year_to_date,2026Q1-ytd,90,2023-12-15,example,illustrative",
         "target of OUT-02 is due outside its grant: found 2026Q1-ytd, expected a period between 2023-07-01 and "
         "2025-03-31."),
        ("OUT-02,all,all,quarter,2024Q1,90,2023-12-15,example,illustrative",
         "target of OUT-02 has a period type in which the indicator is not scored: found 'quarter', expected one of "
         "programme, year_to_date. Write year_to_date."),
        ("OUT-02,hub,PACIFIC,year_to_date,2024Q5-ytd,90,2023-12-15,example,illustrative",
         "target of OUT-02 has an unknown period: found '2024Q5-ytd', expected a code such as 2025Q4"),
        ("OUT-02,hub,PACIFIC,year_to_date,2024Q1,90,2023-12-15,example,illustrative",
         "target of OUT-02 has a period of another type: found 2024Q1, expected a code of type year_to_date. Correct "
         "one of them."),
        ("OUT-02,hub,PACIFIC,year_to_date,2031Q1-ytd,90,2023-12-15,example,illustrative",
         "target of OUT-02 is due outside the programme: found 2031Q1-ytd, expected 2024Q1-ytd to 2026Q4-ytd."),
        ("MEM-03,hub,MENA,quarter,2024Q1,80,2023-12-15,example,illustrative",
         "target of MEM-03 lies on the wrong side of its baseline: found 80, expected at least 81 for direction "
         "increase."),
        ("OUT-02,hub,PACIFIC,year_to_date,2024Q1-ytd,many,2023-12-15,example,illustrative",
         "target 'OUT-02' `value` has a wrong value: found 'many', expected a number with a decimal point. Correct "
         "the value."),
        ("OUT-02,hub,PACIFIC,year_to_date,2024Q1-ytd,9,15/12/2023,example,illustrative",
         "target 'OUT-02' `set_on` has a wrong value: found '15/12/2023', expected a date such as 2024-12-31. "
         "Correct the value."),
        ("OUT-02,hub,PACIFIC,year_to_date,2024Q1-ytd,,2023-12-15,example,illustrative",
         "target `value` is empty: found nothing, expected a value. Fill it in or delete the row."),
        ("OUT-02,hub,PACIFIC,year_to_date,2024Q1-ytd,9,2023-12-15,example,illustrative, not real",
         "target has a wrong number of cells: found 10, expected 9. Quote texts with commas."),
    ],
)  # fmt: skip
def test_a_faulty_row_is_told_at_its_line(copy, row, message) -> None:
    line = copy.append(FILE, row)
    fault = copy.only_fault()
    assert (fault.file, fault.line, fault.severity) == (FILE, line, "error")
    assert message in fault.message


def test_a_row_set_twice_on_one_day_names_the_first(copy) -> None:
    row = "OCM-03,all,all,year,2024,49,2023-12-15,example,illustrative"
    first = copy.text(FILE).splitlines().index(row) + 1
    line = copy.append(FILE, row)
    fault = copy.only_fault()
    assert fault.line == line
    assert fault.message == (
        f"target of OCM-03 is set twice on one day: found 2024 of all all again, expected it once (line {first}). "
        "Remove a row, or give the later one its own day."
    )


def test_a_change_of_target_on_a_later_day_is_no_repetition(copy) -> None:
    copy.append(FILE, "ACT-05,all,all,quarter,2025Q2,5,2025-04-10,example,illustrative")
    assert copy.faults() == []


def test_targets_since_january_do_not_fall(copy) -> None:
    line = copy.replace(
        FILE, "OUT-02,all,all,year_to_date,2025Q2-ytd,200,", "OUT-02,all,all,year_to_date,2025Q2-ytd,99,"
    )
    fault = copy.only_fault()
    assert (fault.line, fault.severity) == (line, "error")
    assert (
        "target of OUT-02 falls within a year: found 99 for 2025Q2-ytd, expected at least the 100 of 2025Q1-ytd"
        in fault.message
    )


def test_a_scope_that_the_table_cannot_tell_apart(copy) -> None:
    copy.replace("marts/fct_event.yml", "scopes: {hub: hub_code}\n", "")
    faults = [fault for fault in copy.faults() if fault.file == FILE]
    assert {fault.message for fault in faults} == {
        "target of ACT-05 is for a scope that its table cannot tell apart: found 'hub', expected a scope or family of "
        "fct_event. Remove the row or add the scope to the mart's contract."
    }
    rows = copy.text(FILE).splitlines()
    assert all(rows[fault.line - 1].startswith("ACT-05,hub,") for fault in faults)


def test_a_scope_in_which_the_indicator_does_not_exist(copy) -> None:
    copy.replace("indicators/outcome.yml", "time: period\n", "time: period\n    scopes: [all]\n")
    line = copy.append(FILE, "OCM-03,hub,MENA,year,2024,70,2023-12-15,example,illustrative")
    messages = {fault.line: fault.message for fault in copy.faults() if fault.severity == "error"}
    assert list(messages) == [line]
    assert "found 'hub', expected all. Remove the row or widen `scopes` of the indicator." in messages[line]


def test_a_step_below_the_sampling_error_is_a_warning(copy) -> None:
    line = copy.append(FILE, "OCM-03,hub,MENA,year,2024,50,2023-12-15,example,illustrative")
    fault = copy.only_fault()
    assert (fault.line, fault.severity) == (line, "warning")
    # 1.96 * 25 / sqrt(30): standard deviation of a quarter of the scale, 30 answers
    assert (
        "target of OCM-03 for hub MENA moves less than a sample can show: found a step of 3, expected over 8.9"
        in fault.message
    )


def test_a_step_above_the_sampling_error_needs_no_warning(copy) -> None:
    copy.append(FILE, "OCM-03,hub,MENA,year,2024,60,2023-12-15,example,illustrative")
    assert copy.faults() == []


def test_a_missing_column_is_told_by_name(copy) -> None:
    copy.replace(FILE, "period_type,period,value,set_on", "period_type,period,valu,set_on")
    assert [(fault.line, fault.message) for fault in copy.faults() if fault.file == FILE] == [
        (1, "column is unknown: found 'valu', expected one of indicator_code, period, period_type, reason, scope_code, "
            "scope_type, set_by, set_on, value. Did you mean 'value'?"),
        (1,
         "columns are missing: found indicator_code, scope_type, scope_code, period_type, period, valu, set_on, "
         "set_by, "
            "reason, expected also value. Add them."),
    ]  # fmt: skip


def test_a_table_saved_by_a_french_excel_is_read_all_the_same(copy) -> None:
    rows = ["indicator_code;scope_type;scope_code;period_type;period;value;set_on;set_by;reason"]
    rows += ["ACT-05;all;all;quarter;2024Q1;4;2023-12-15;example;illustrative"]
    (copy.directory / FILE).write_bytes(("\n".join(rows)).encode("utf-8-sig"))
    assert copy.faults() == []


def test_a_table_in_another_encoding_is_refused(copy) -> None:
    (copy.directory / FILE).write_bytes("raison: écart".encode("cp1252"))
    assert copy.only_fault().message == (
        "file is not UTF-8 text: found another encoding, expected UTF-8. Save it as 'CSV UTF-8'."
    )


@pytest.mark.parametrize(
    ("value", "answers", "error"), [(50, 100, 9.8), (50, 400, 4.9), (90, 100, 5.88), (100, 100, 0)]
)
def test_the_sampling_error_of_a_share_is_half_its_interval(programme_directory, value, answers, error) -> None:
    index = load_programme(programme_directory).indicators["OCM-03"]
    measure = index.measure.model_copy(update={"index": None, "share": "is_member"})
    share = index.model_copy(update={"measure": measure, "minimum_n": answers})
    assert expected_sampling_error(share, value) == pytest.approx(error, abs=0.005)
