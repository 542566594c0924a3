"""Review workbooks as the officer and a hub open them: what is asked, in whose language, and what may be chosen."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from mel_pipeline.publish.review.contents import MOST_ROWS, Audience, Contents, Row
from mel_pipeline.publish.review.workbook import write_workbook
from mel_pipeline.publish.words import translator
from mel_pipeline.quality.decisions.words import change_type_of, column_of

AS_OF = date(2026, 10, 31)
NAME: Row = {
    "source": "visits",
    "target": "city_code",
    "spelling": "=Tripoli",
    "within": None,
    "n_rows": 3,
    "source_file": "visits.csv",
    "why": "ambiguous",
    "suggested": ["C1 · Tripoli", "C2 · Tripoli"],
}
PERSONS: Row = {
    "question": "person_key",
    "old_value": "0a",
    "new_value": "1b",
    "name": "محمد علي",
    "like_name": "Mohamed Ali",
    "within": "C1",
    "n_rows": 3,
}


def finding(n: int = 1) -> Row:
    return {
        "issue": "AGE: too old",
        "source_file": "visits.csv",
        "source_sheet": "",
        "source_row": n,
        "record": f"visit {n}",
        "question": "age",
        "old_value": "200",
        "source": "visits",
        "record_key": f"key{n}",
        "rule_id": "AGE",
    }


def written(path: Path, contents: Contents, language: str = "en", scope_code: str | None = None) -> openpyxl.Workbook:
    audience = Audience(language, "hub" if scope_code else None, scope_code, "hub_code" if scope_code else None)
    write_workbook(path, contents, "Cities", AS_OF, audience, translator(language))
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_column_that_is_filled_or_hidden_is_read_back(tmp_path: Path, language: str) -> None:
    workbook = written(tmp_path / "review.xlsx", Contents([finding()], [finding()], [NAME], [PERSONS], []), language)
    _, *asking, meta = workbook.worksheets
    assert (len(asking), meta.sheet_state) == (5, "hidden")
    for sheet in asking:
        known = {column_of(str(cell.value)) for cell in sheet[1]}
        assert "change_type" in known
        assert known & {"record", "question"}
        assert sheet.sheet_view.rightToLeft is (True if language == "ar" else None)


def test_what_may_be_chosen_is_offered(tmp_path: Path) -> None:
    workbook = written(tmp_path / "review.xlsx", Contents([finding()], [], [NAME], [], []))
    offered = {str(each.sqref): each.formula1 for each in workbook["Set aside"].data_validations.dataValidation}
    assert offered["H2"].strip('"').split(",") == [
        "change response",
        "blank response",
        "remove record",
        "release",
        "no action",
    ]
    entries = [each.formula1 for each in workbook["Names"].data_validations.dataValidation]
    assert '"C1 · Tripoli,C2 · Tripoli"' in entries


@pytest.mark.parametrize(
    ("suggested", "offered"),
    [
        (["C1 · Carmen, North", "C2 · Carmen, South"], '"C1 · Carmen; North,C2 · Carmen; South"'),
        (["C1 · " + "a" * 150, "C2 · " + "b" * 150], '"C1,C2"'),
    ],
    ids=["commas_would_split_the_list", "too_long_for_a_list"],
)
def test_suggestions_can_be_chosen_however_they_are_called(tmp_path: Path, suggested: list[str], offered: str) -> None:
    workbook = written(tmp_path / "review.xlsx", Contents([], [], [{**NAME, "suggested": suggested}], [], []))
    assert offered in [each.formula1 for each in workbook["Names"].data_validations.dataValidation]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_persons_are_merged_only_by_who_fills_the_decision_in(tmp_path: Path, language: str) -> None:
    path = tmp_path / "review.xlsx"
    sheet = written(path, Contents([], [], [], [PERSONS], []), language).worksheets[4]
    headings = [column_of(str(cell.value)) or cell.value for cell in sheet[1]]
    asked = dict(zip(headings, (cell.value for cell in sheet[2]), strict=True))
    assert (asked["question"], asked["old_value"], asked["new_value"]) == ("person_key", "0a", "1b")
    assert {"محمد علي", "Mohamed Ali", "C1", 3} <= set(asked.values())
    assert asked["change_type"] is None
    offered = [each.formula1.strip('"') for each in sheet.data_validations.dataValidation]
    assert "merge_persons" in map(change_type_of, offered)
    hidden = {headings[ord(letter) - ord("A")] for letter, each in sheet.column_dimensions.items() if each.hidden}
    assert hidden >= {"question"}


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    workbook = written(tmp_path / "review.xlsx", Contents([], [], [NAME], [], []))
    cell = workbook["Names"]["A2"]
    assert (cell.value, cell.data_type) == ("=Tripoli", "s")


def test_of_very_many_rows_the_first_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    rows = [finding(n) for n in range(MOST_ROWS + 7)]
    workbook = written(tmp_path / "review.xlsx", Contents(rows, [], [], [], []))
    assert workbook["Set aside"].max_row == MOST_ROWS + 1
    said = [cell.value for cell in workbook["Start here"]["B"]]
    assert f"{MOST_ROWS + 7}, of which the first {MOST_ROWS} are shown" in said


def test_equal_questions_give_equal_bytes(tmp_path: Path) -> None:
    contents = Contents([finding()], [], [NAME], [], [])
    written(tmp_path / "one.xlsx", contents, "fr", "MENA")
    written(tmp_path / "other.xlsx", contents, "fr", "MENA")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


def test_the_first_sheet_says_whose_rows_these_are(tmp_path: Path) -> None:
    workbook = written(tmp_path / "review.xlsx", Contents([finding()], [], [], [], []), "fr", "MENA")
    assert workbook.worksheets[0]["A1"].value == "Revue\u00a0: Cities – MENA"
