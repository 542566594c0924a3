"""Redacted copies: the person is gone, and every other byte or cell is as it was."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font

from mel_pipeline.forgetting.text_copy import redacted_text
from mel_pipeline.forgetting.workbook_copy import redacted_workbook
from mel_pipeline.intake.grids import read_grids

TEXTS = {
    "plain": ("utf-8", b"", "name,email\r\nAmina Haddad,a@b.org\r\nSami,s@b.org\r\n"),
    "with a mark": ("utf-8", b"\xef\xbb\xbf", 'name;note\n"Amina\nHaddad";"she; said"\nSami;"x ""y"""\n'),
    "teams": ("utf-16-le", b"\xff\xfe", "1. Summary\nTitle\tX\n\nName\tEmail\nAmina Haddad\ta@b.org\nSami\ts@b.org\n"),
    "no last line break": ("utf-8", b"", "name,email\nSami,s@b.org\nAmina Haddad,a@b.org"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_row_of_a_text_file_is_emptied_and_nothing_else(kind: str, tmp_path: Path) -> None:
    encoding, mark, text = TEXTS[kind]
    path = tmp_path / "people.csv"
    path.write_bytes(mark + text.encode(encoding))
    before = read_grids(path)
    (line,) = [line for line in before.sheets[0].lines if str(line.cells[0]).startswith("Amina")]
    path.write_bytes(redacted_text(path, before, {("", line.number): None}))
    after = read_grids(path)
    assert list(after.sheets[0].lines) == [each for each in before.sheets[0].lines if each != line or line.number == 0]
    assert (after.had_mark, after.was_utf16) == (before.had_mark, before.was_utf16)
    content = path.read_bytes()
    assert content.startswith(mark)
    assert "Haddad" not in content.decode("utf-16" if mark == b"\xff\xfe" else "utf-8")
    kept = [part for part in text.split("\n") if "Sami" in part or "Title" in part]
    for part in kept:
        assert part.encode(encoding) in content


def test_a_row_with_a_line_break_inside_does_not_move_the_ones_below(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b'n,t\n"a\nb",x\nc,"d\ne"\nf,g\n')
    path.write_bytes(redacted_text(path, read_grids(path), {("", 3): {1: "new, text"}, ("", 2): None}))
    assert path.read_bytes() == b'n,t\n,\nc,"new, text"\nf,g\n'


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Jour 1"
    sheet.append(["Liste", None, "établie par Amina Haddad"])
    sheet.append(["Nom", "E-mail", "Âge", "Le"])
    sheet.append(["Amina Haddad", "a@b.org", 41, date(2025, 3, 1)])
    sheet.append(["Sami Omar", "s@b.org", 35, date(2025, 3, 2)])
    sheet["C6"] = "=SUM(C3:C4)"
    sheet["A3"].font = Font(bold=True)
    sheet["B4"].comment = Comment("vu avec Amina Haddad", "Amina Haddad")
    book.create_sheet("ملاحظات").append(["Sami Omar", "voir a@b.org ou s@b.org"])
    book.properties.creator = "Amina Haddad"
    path = tmp_path / "liste.xlsx"
    book.save(path)
    return path


def test_a_row_of_a_workbook_is_emptied_and_other_cells_stay(workbook: Path) -> None:
    before = openpyxl.load_workbook(workbook)
    changes = {("Jour 1", 3): None, ("Jour 1", 1): None, ("ملاحظات", 1): {1: "voir  & s@b.org"}}
    workbook.write_bytes(redacted_workbook(workbook, changes, ["Amina Haddad", "a@b.org"]))
    with zipfile.ZipFile(workbook) as archive:
        assert archive.testzip() is None
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"Amina", b"Haddad", b"a@b.org"):
        assert secret not in everything
    after = openpyxl.load_workbook(workbook)
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                twin = after[sheet.title][cell.coordinate]
                assert twin.has_style == cell.has_style
                if (sheet.title, cell.row) not in changes:
                    assert twin.value == cell.value, cell.coordinate
    assert [cell.value for cell in after["Jour 1"][3]] == [None] * 4
    assert after["Jour 1"]["A3"].font.bold
    assert after["ملاحظات"]["B1"].value == "voir  & s@b.org"
    assert after["ملاحظات"]["A1"].value == "Sami Omar"
    assert read_grids(workbook).sheets[0].lines[0].number == 2


def test_a_text_that_another_cell_holds_too_stays_there(tmp_path: Path) -> None:
    """Texts lie apart from cells here, as Excel keeps them."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("One"), book.add_worksheet("Two")
        sheet.write_row(0, 0, ["Maire", "Amina Haddad", "Karak"])
        sheet.write_rich_string(0, 3, book.add_format({"bold": True}), "Ami", "na said")
        sheet.write_row(1, 0, ["Maire", "Sami & Omar", 3])
        other.write_row(0, 0, ["Karak", "x@b.org"])
        sheet.write_formula(2, 0, "=B2", None, "Sami & Omar")
    path.write_bytes(redacted_workbook(path, {("One", 1): None, ("Two", 1): {1: ""}}, []))
    one, two = read_grids(path).sheets
    assert [(line.number, line.cells) for line in one.lines] == [(2, ["Maire", "Sami & Omar", 3]), (3, ["Sami & Omar"])]
    assert [line.cells for line in two.lines] == [["Karak"]]
    with zipfile.ZipFile(path) as archive:
        texts = archive.read("xl/sharedStrings.xml")
    for secret in (b"Amina", b"na said", b"x@b.org"):
        assert secret not in texts
    assert texts.count(b"<si>") == 6
