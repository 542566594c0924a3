"""From fault to correction: the officer and a hub fill their workbooks, the next run applies what they decided."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mel_pipeline.folders import DataFolder
from tests.end_to_end.conftest import Finished, mel, mel_run

PROGRAMME = Path(__file__).resolve().parents[2] / "programme"


def headings(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value is not None}


def decide(sheet: Worksheet, where: dict[str, str], answers: dict[str, str]) -> None:
    """Fill the first row that says what is asked for, as a person would who filters the sheet."""
    columns = headings(sheet)
    for number in range(2, sheet.max_row + 1):
        said = {name: str(sheet.cell(number, columns[name]).value) for name in where}
        if all(text in said[name] for name, text in where.items()):
            for name, answer in answers.items():
                sheet.cell(number, columns[name], answer)
            return
    raise AssertionError(f"no row of {sheet.title} says {where}")


def sign(sheet: Worksheet, answers: dict[str, str]) -> None:
    for cell in sheet["A"]:
        if cell.value in answers:
            sheet.cell(cell.row, 2, answers[cell.value])


@pytest.fixture(scope="module")
def decided(finished: Finished, tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Finished]:
    """The run before, and a copy of it after both workbooks came back."""
    root = tmp_path_factory.mktemp("loop")
    data = root / "data"
    shutil.copytree(finished.folders.root, data)
    folders = DataFolder(data)

    officer = openpyxl.load_workbook(folders.restricted / "review.xlsx")
    sign(officer["Start here"], {"Decided by (role)": "MEL officer", "Decided on (date)": "2026-11-02"})
    decide(
        officer["Set aside"], {"What is wrong": "AT10"}, {"Decision": "release", "Reason": "confirmed at the source"}
    )
    decide(officer["Names"], {"Spelling found": "Interpol"}, {"Decision": "approve name", "Entry meant": "SCN-C-0001"})
    decide(officer["Set aside"], {"Question": "cap_"}, {"Decision": "change response", "New value": "4"})

    hub = openpyxl.load_workbook(folders.restricted / "review_MENA.xlsx")
    sign(hub["ابدأ هنا"], {"صاحب القرار (الصفة)": "Hub coordinator", "تاريخ القرار": "2026-11-03"})
    decide(
        hub["منحّاة"],
        {"المشكلة": "HR28"},
        {"القرار": "تغيير الإجابة", "القيمة الجديدة": "2025-02-10", "السبب": "خطأ في الإدخال"},
    )

    (folders.raw / "corrections").mkdir()
    officer.save(folders.raw / "corrections" / "review.xlsx")
    hub.save(folders.raw / "corrections" / "MENA.xlsx")
    done = mel_run(data)
    return finished, Finished(folders, finished.truth, done.stdout + done.stderr, done.returncode)


def corrections(run: Finished) -> list[dict[str, Any]]:
    return run.table("select * from corrections order by source_file, source_sheet, source_row").to_dict("records")


def test_every_decision_is_applied_with_who_and_when(decided: tuple[Finished, Finished]) -> None:
    _, after = decided
    told = corrections(after)
    assert [(row["change_type"], row["outcome"], row["decided_by_role"]) for row in told] == [
        ("change_response", "changed", "Hub coordinator"),
        ("approve_alias", "name_approved", "MEL officer"),
        ("release", "released", "MEL officer"),
        ("change_response", "changed", "MEL officer"),
    ]
    assert {row["decided_on"].strftime("%Y-%m-%d") for row in told} == {"2026-11-02", "2026-11-03"}
    assert "Decisions read from data/raw/corrections: 4, of which 4 applied" in after.output
    assert after.exit_code == 0


def test_what_was_decided_counts_and_waits_no_longer(decided: tuple[Finished, Finished]) -> None:
    before, after = decided
    set_aside = "select rule_id, count(*) as n from quarantine group by 1 order by 1"
    was, is_now = (dict(run.table(set_aside).itertuples(index=False)) for run in (before, after))
    assert was["HR28"] - is_now.get("HR28", 0) == 1
    assert was["AT10"] - is_now["AT10"] == 1
    assert was["SV13"] - is_now["SV13"] == 1
    accepted = (
        "select sum(n_accepted) as n, sum(n_rows - n_accepted - n_quarantined - n_dropped) as lost from source_files"
    )
    [(n_before, _)] = before.table(accepted).itertuples(index=False)
    [(n_after, lost)] = after.table(accepted).itertuples(index=False)
    assert (n_after - n_before, lost) == (2, 0)
    officer = openpyxl.load_workbook(after.folders.restricted / "review.xlsx", read_only=True)
    names = [row[0] for row in officer["Names"].iter_rows(min_row=2, values_only=True)]
    assert "Interpol" not in names
    assert len(names) >= 2


def test_names_and_values_of_decisions_stay_out_of_the_database(decided: tuple[Finished, Finished]) -> None:
    _, after = decided
    by_type = {row["change_type"]: row for row in corrections(after) if row["source"] != "hub_activities"}
    assert by_type["approve_alias"]["is_restricted"]
    assert not isinstance(by_type["approve_alias"]["old_value"], str)
    assert by_type["change_response"]["new_value"] == "4"
    assert by_type["release"]["reason"] == "confirmed_at_source"


def test_the_difference_names_the_decisions(decided: tuple[Finished, Finished]) -> None:
    _, after = decided
    told = mel("diff", "--programme", PROGRAMME, "--data", after.folders.root, "--all")
    assert "corrections/" in told.stdout, told.stdout


def test_the_same_decisions_again_change_nothing(decided: tuple[Finished, Finished]) -> None:
    _, after = decided
    assert "nothing was done" in mel_run(after.folders.root).stderr
    values = "select * from indicator_values order by all"
    held, outcomes = after.table(values), corrections(after)
    mel_run(after.folders.root, "--full")
    assert after.table(values).equals(held)
    assert corrections(after) == outcomes
