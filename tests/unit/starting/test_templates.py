"""Templates that people fill in as they are meant come back without a repair, a remark or an unreadable cell."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.formats.headers import table_fields
from mel_pipeline.intake.staged import FileNotes, load_manifest, load_notes
from mel_pipeline.intake.staging import stage_source
from mel_pipeline.intake.xlsform import read_form
from mel_pipeline.starting.template_words import TEXTS, spelling
from mel_pipeline.starting.templates import write_templates

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("en", "fr", "ar")
ARABIC = re.compile("[\u0600-\u06ff]")
REPORT, SIGNIN = "hub_reports", "event_attendance"


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(ROOT / "programme")


@pytest.fixture(scope="module")
def templates(programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("templates")
    write_templates(directory, programme, None)
    return directory


def choice_of(sheet: Worksheet, coordinate: str) -> str | None:
    """The first entry of the list that a cell offers, also where it stands on the hidden sheet."""
    for rule in sheet.data_validations.dataValidation:
        if coordinate in rule.sqref and rule.type == "list":
            source = str(rule.formula1)
            if source.startswith('"'):
                return source.strip('"').split(",")[0]
            name, _, cells = source.partition("!")
            return str(sheet.parent[name.strip("'")][cells.split(":")[0].replace("$", "")].value)
    return None


def answer(sheet: Worksheet, row: int, column: int) -> Any:
    """What a careful person writes into a cell: a choice, a date, a number or a text, as its format asks."""
    cell = sheet.cell(row, column)
    chosen = choice_of(sheet, cell.coordinate)
    if chosen is not None:
        return chosen
    number_format = cell.number_format if cell.has_style else format_of_column(sheet, column)
    return {"yyyy-mm-dd": date(2026, 2, 3), "0": whole_number(sheet, cell.coordinate), "General": 2.5}.get(
        number_format, f"=A{row}"
    )


def whole_number(sheet: Worksheet, coordinate: str) -> int:
    """33, or the nearest number that the cell allows."""
    for rule in sheet.data_validations.dataValidation:
        if coordinate in rule.sqref and rule.type == "whole":
            return max(int(rule.formula1), min(33, int(rule.formula2)))
    return 33


def format_of_column(sheet: Worksheet, column: int) -> str:
    """The format of a whole column; columns that look the same are kept as one."""
    return next(each.number_format for each in sheet.column_dimensions.values() if each.min <= column <= each.max)


def fill(sheet: Worksheet, header_row: int) -> None:
    for column in range(1, sheet.max_column + 1):
        if sheet.cell(header_row, column).value is not None:
            for row in (header_row + 1, header_row + 2):
                cell = sheet.cell(row, column)
                cell.value = answer(sheet, row, column)
                if cell.data_type == "f":  # a cell of a text column takes what is typed as text
                    cell.data_type = "s"


def header_row(sheet: Worksheet, headers: set[str]) -> int:
    return next(row[0].row for row in sheet.iter_rows() if {cell.value for cell in row} & headers)


def fill_report(path: Path, target: Path) -> None:
    book = openpyxl.load_workbook(path)
    cover, *tables = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for row in range(1, cover.max_row + 1):
        label, given = cover.cell(row, 1).value, cover.cell(row, 2).value
        if label is not None and given is None and cover.cell(row, 2).has_style:
            cover.cell(row, 2).value = answer(cover, row, 2)
            if cover.cell(row, 2).data_type == "f":
                cover.cell(row, 2).value = "MENA"
    for sheet in tables:
        fill(sheet, 1)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def notes_of(programme: Programme, source: Source, folders: DataFolder) -> list[FileNotes]:
    stage_source(programme.settings, source, programme.directory / "sources" / source.source, folders)
    return [load_notes(folders, source.source, entry) for entry in load_manifest(folders, source.source)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_report_is_read_by_all_its_sources_without_a_word(
    templates: Path, programme: Programme, tmp_path: Path, language: str
) -> None:
    folders = DataFolder(tmp_path)
    fill_report(templates / language / f"{REPORT}.xlsx", folders.raw / "hub_reports" / "2026Q1" / "MENA_2026Q1.xlsx")
    readers = [source for source in programme.sources.values() if source.cover_sheet]
    assert len(readers) > 5
    for source in readers:
        (notes,) = notes_of(programme, source, folders)
        assert (notes.problem, notes.repairs, notes.unreadable, notes.dropped, notes.remarks) == (None, (), (), (), ())
        assert notes.n_staged == (2 if source.sheet else 1), source.source


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_signin_sheet_is_read_day_by_day_without_a_word(
    templates: Path, programme: Programme, tmp_path: Path, language: str
) -> None:
    folders, source = DataFolder(tmp_path), programme.sources[SIGNIN]
    book = openpyxl.load_workbook(templates / language / f"{SIGNIN}.xlsx")
    headers = {header for field in table_fields(source) for header in field.headers}
    for sheet in book.worksheets[:2]:
        row = header_row(sheet, headers)
        fill(sheet, row)
        for column in range(1, sheet.max_column + 1):
            if str(sheet.cell(row + 1, column).value).startswith("=A"):
                sheet.cell(row + 1, column).value, sheet.cell(row + 2, column).value = (
                    f"Word {column}",
                    f"Name {column}",
                )
    target = folders.raw / "attendance" / "EV-2026-001.xlsx"
    target.parent.mkdir(parents=True)
    book.save(target)
    (notes,) = notes_of(programme, source, folders)
    assert (notes.problem, notes.repairs, notes.unreadable, notes.dropped, notes.remarks) == (None, (), (), (), ())
    assert (notes.format, notes.n_staged) == ("signin", 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_speak_their_language_and_hold_no_formula(templates: Path, language: str) -> None:
    for name in (REPORT, SIGNIN):
        book = openpyxl.load_workbook(templates / language / f"{name}.xlsx")
        assert {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                assert bool(sheet.sheet_view.rightToLeft) == (language == "ar"), sheet.title
    cover = openpyxl.load_workbook(templates / language / f"{REPORT}.xlsx").worksheets[0]
    assert cover.title == {"en": "Cover", "fr": "Couverture", "ar": "الغلاف"}[language]
    assert "2.1" in {cell.value for cell in cover["B"]}


def test_headings_are_those_of_the_language_and_no_short_forms_of_others(templates: Path) -> None:
    for language, is_own in (
        ("fr", lambda text: "_" not in text),
        ("ar", lambda text: ARABIC.search(text) is not None),
    ):
        book = openpyxl.load_workbook(templates / language / f"{REPORT}.xlsx")
        cover, *tables = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        labels = [cell.value for cell in cover["A"] if cell.value]
        headings = [cell.value for sheet in tables for cell in sheet[1]]
        assert [text for text in [*labels, *headings, *(sheet.title for sheet in tables)] if not is_own(text)] == []
    assert any("0000Q1.xlsx" in label for label in labels)


def test_equal_declarations_give_equal_templates(programme: Programme, templates: Path, tmp_path: Path) -> None:
    again = write_templates(tmp_path, programme, None)
    assert len(again) > 6
    for each in again:
        assert each.path.read_bytes() == (templates / each.path.relative_to(tmp_path)).read_bytes(), each.path


def test_forms_are_forms_with_all_their_questions_and_the_limits_of_rules(
    templates: Path, programme: Programme
) -> None:
    for name in ("event_feedback", "member_annual", "training_prepost"):
        declared = read_form(programme.directory / "sources" / name / "form.xlsx")
        sent = read_form(templates / "forms" / f"{name}.xlsx")
        assert sent.questions.keys() == declared.questions.keys()
        assert sent.languages == declared.languages
        for path, question in declared.questions.items():
            assert not question.constraint or sent.questions[path].constraint == question.constraint


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["cover", "Couverture", "الغلاف"], ["cover", "Couverture", "الغلاف"]),
        (["f", "أنثى"], ["f", "f", "أنثى"]),
        (["M1"], ["M1", "M1", "M1"]),
        (["local official", "agent municipal", "elu local", "موظف محلي"],
         ["local official", "agent municipal", "موظف محلي"]),
    ],
)  # fmt: skip
def test_the_first_spellings_are_those_of_the_template(options: list[str], shown: list[str]) -> None:
    assert [spelling(options, language, LANGUAGES) for language in LANGUAGES] == shown


def test_every_word_of_the_templates_exists_in_three_languages() -> None:
    for key, words in TEXTS.items():
        assert set(words) == set(LANGUAGES), key


def test_a_limit_that_only_a_rule_knew_becomes_a_constraint_of_the_form(templates: Path) -> None:
    question = read_form(templates / "forms" / "event_feedback.xlsx").question("nps")
    assert question is not None
    assert question.constraint == "(. >= 0 and . <= 10) or . = -98 or . = -99"
    assert set(question.constraint_messages) == {"English (en)", "Français (fr)", "العربية (ar)"}


def test_registers_of_a_run_fill_the_lists(programme: Programme, tmp_path: Path) -> None:
    folders = DataFolder(tmp_path / "data")
    folders.accepted.mkdir(parents=True)
    cities = {
        "name_en": ["Fez", "Ghent"],
        "name_fr": ["Fès", "Gand"],
        "name_ar": ["فاس", "غنت"],
        "city_code": ["a", "b"],
    }
    pq.write_table(pa.table({"hub_code": ["MENA", "WB"]}), folders.accepted / "hubs.parquet")
    pq.write_table(pa.table(cities), folders.accepted / "cities.parquet")
    events = [f"EV-2026-{number:03}" for number in range(1, 61)]
    pq.write_table(pa.table({"event_code": events}), folders.accepted / "events.parquet")
    write_templates(tmp_path / "new", programme, folders)
    book = openpyxl.load_workbook(tmp_path / "new" / "fr" / f"{REPORT}.xlsx")
    labels = {book["Couverture"].cell(row, 1).value: f"B{row}" for row in range(1, 8)}
    assert choice_of(book["Couverture"], labels["Code du pôle"]) == "MENA"
    assert choice_of(book["Couverture"], labels["Période"]) == "2024Q1"
    headers = {cell.value: f"{cell.column_letter}2" for cell in book["Activités"][1]}
    assert choice_of(book["Activités"], headers["Code de l'événement"]) == "EV-2026-001"
    changes = {cell.value: f"{cell.column_letter}2" for cell in book["Changements"][1]}
    assert choice_of(book["Changements"], changes["Ville"]) == "Fès"
    assert book["_lists"].sheet_state == book["_meta"].sheet_state == "hidden"
