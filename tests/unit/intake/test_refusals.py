"""Files that cannot be read: each is told in plain words, and never stops the others."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats import choose
from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.one_file import Desk, read_file
from mel_pipeline.intake.privacy import HashKey
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.raw_files import RawFile

FIELDS = [
    {"name": "city_code", "type": "code", "headers": ["city_code"], "required": True},
    {"name": "name", "type": "code", "headers": ["name"], "required": True},
]
DECLARED = {"source": "cities", "kind": "reference", "title": {"en": "Cities"}, "files": ["*"], "format": "table"}
DESK = Desk(Source.model_validate({**DECLARED, "fields": FIELDS, "key": ["city_code"]}), None, None, HashKey(b"k"), {})
GOOD = "city_code,name\nC-1,Karak\n"


@pytest.fixture
def cities(declare: Any) -> Any:
    return declare(source="cities", format="table", files=["*.csv", "*.xlsx"], fields=FIELDS, key=["city_code"])


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


def workbook(value: Any = "C-1") -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["city_code", "name"])
    book.active.append([value, "Karak"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD_FILES = {
    "cut off workbook": ("a.xlsx", workbook()[:2000], "unreadable_workbook", "cut off or damaged"),
    "empty": ("a.csv", b"", "empty_file", "0 bytes"),
    "only zeros": ("a.csv", b"\x00" * 100, "empty_file", "0 bytes"),
    "pdf as csv": ("a.csv", b"%PDF-1.7 ...", "not_a_table", "a PDF document"),
    "pdf as xlsx": ("a.xlsx", b"%PDF-1.7 ...", "not_a_table", "a PDF document"),
    "word": ("a.xlsx", archive("word/document.xml"), "not_a_table", "a Word document"),
    "open document": ("a.xlsx", archive("content.xml", "META-INF/manifest.xml"), "not_a_table", "OpenDocument"),
    "archive": ("a.csv", archive("one.csv"), "not_a_table", "a compressed archive"),
    "image": ("a.csv", b"\x89PNG\r\n\x1a\n", "not_a_table", "an image"),
    "old excel": ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), "not_a_table", "old Office version"),
    "password": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "not_a_table", "protected by a password"),
    "web page": ("a.csv", b"<!DOCTYPE html><html>Sign in</html>", "not_a_table", "a web page"),
    "binary": ("a.csv", b"abc\x00\x01\x02", "not_a_table", "a binary file"),
    "other encoding": ("a.csv", "city_code,name\nC-1,Šabac\n".encode("cp1250"), "unknown_encoding", "byte 20"),
    "open quote": ("a.csv", b'city_code,name\nC-1,"Karak\nC-2,Irbid\n', "broken_quotes", "row 2"),
    "too many cells": ("a.csv", b"city_code,name\nC-1,Karak, Jordan\n", "ragged_row", "row 2: found 3 cells"),
    "cut off csv": ("a.csv", b"city_code,name\nC-1,Karak\nC-2", "ragged_row", "row 3: found 1 cells"),
    "no header": ("a.csv", b"C-1,Karak\nC-2,Irbid\n", "header_not_found", "city_code, name"),
    "missing column": ("a.csv", b"city_code,nmae\nC-1,Karak\n", "missing_header", "expected name"),
    "column twice": ("a.csv", b"city_code,name,name\nC-1,a,b\n", "ambiguous_header", "columns 2, 3"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_told_in_three_languages_and_the_good_one_is_staged(bench: Any, cities: Any, case: str) -> None:
    name, content, code, words = BAD_FILES[case]
    bench.write(name, content)
    bench.write("good.csv", GOOD)
    bench.stage(cities)
    assert [row["city_code"] for row in bench.rows(cities)] == ["C-1"]
    notes = bench.notes(cities, name)
    assert notes.problem.code == code
    assert words in notes.problem.message()
    assert (notes.n_rows, notes.n_staged) == (0, 0)
    for language in ("en", "fr", "ar"):
        message = notes.problem.message(language)
        assert name in message
        assert "{" not in message


def test_people_in_a_file_without_header_are_not_repeated(bench: Any, cities: Any) -> None:
    bench.write("a.csv", "city_code,Amina Haddad,amina@example.org\nC-1,x,y\n")
    bench.stage(cities)
    assert "Amina" not in bench.notes(cities).problem.message()
    assert "amina@" not in bench.notes(cities).problem.message()


def test_a_surprise_inside_a_library_becomes_a_problem_without_its_words(
    bench: Any, cities: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def surprise(*_: Any) -> None:
        raise RuntimeError("cell says amina@example.org")

    monkeypatch.setattr(choose, "read_table", surprise)
    bench.write("a.csv", GOOD)
    bench.stage(cities)
    problem = bench.notes(cities).problem
    assert problem.code == "cannot_be_read"
    assert "amina" not in problem.message()


def test_a_note_that_cannot_be_read_is_a_problem_of_its_file(bench: Any, cities: Any) -> None:
    bench.write("a.csv", GOOD)
    bench.write("a.csv.meta.yml", "received_on: soon\n")
    bench.stage(cities)
    assert bench.notes(cities).problem.code == "faulty_meta"
    assert "received_on: soon" in bench.notes(cities).problem.message()
    bench.write("a.csv.meta.yml", "received_on: 2024-07-12\n")
    bench.stage(cities)
    assert bench.notes(cities).problem is None


def sheet_xml(dimension: str, *cells: str) -> str:
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, cell))}"><c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for cell, text in (entry.split("=") for entry in cells)
    )
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{dimension}<sheetData>{rows}</sheetData></worksheet>"
    )


def with_sheet(path: Path, xml: str) -> Path:
    """Replace the sheet of a workbook by hand-written XML."""
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer) as before, zipfile.ZipFile(path, "w") as after:
        for entry in before.namelist():
            content = xml if entry == "xl/worksheets/sheet1.xml" else before.read(entry)
            after.writestr(entry, content)
    return path


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1:B2"/>', '<dimension ref="A1:XFD1048576"/>'])
def test_a_value_far_outside_is_refused_by_name_whatever_the_sheet_claims(tmp_path: Path, dimension: str) -> None:
    path = with_sheet(tmp_path / "far.xlsx", sheet_xml(dimension, "A1=city_code", "XFD1048576=stray"))
    with pytest.raises(Refused) as refused:
        read_grids(path)
    message = refused.value.problem("far.xlsx").message()
    assert "sheet Sheet" in message
    assert "XFD1048576" in message
    assert "stray" not in message


def test_a_false_extent_with_ordinary_cells_is_read(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "a.xlsx", sheet_xml('<dimension ref="A1:XFD1048576"/>', "A1=city_code", "A3=C-1"))
    [grid] = read_grids(path).sheets
    assert [(line.number, line.cells) for line in grid.lines] == [(1, ["city_code"]), (3, ["C-1"])]


def test_a_far_cell_without_a_value_does_no_harm(tmp_path: Path) -> None:
    xml = sheet_xml("", "A1=city_code").replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
    )
    [grid] = read_grids(with_sheet(tmp_path / "a.xlsx", xml)).sheets
    assert [line.cells for line in grid.lines] == [["city_code"]]


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(Refused) as refused:
        read_grids(with_sheet(tmp_path / "a.xlsx", xml))
    assert refused.value.code == "unreadable_workbook"


def test_an_inflated_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mel_pipeline.intake.workbook_guard.MAX_INFLATED_BYTES", 1000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    with pytest.raises(Refused) as refused:
        read_grids(path)
    assert refused.value.code == "oversized_workbook"


def test_every_cut_of_a_workbook_is_read_whole_or_refused(tmp_path: Path) -> None:
    whole = workbook()
    path = tmp_path / "a.xlsx"
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(Refused):
            read_grids(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_the_bytes_a_file_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"city_code,name\n" + content)
    _, notes = read_file(DESK, RawFile("a.csv", path, "0"))
    assert notes.problem is not None or notes.n_rows > 0
    assert notes.n_rows == notes.n_staged + len(notes.dropped)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(position=st.floats(0, 0.999), byte=st.integers(0, 255))
def test_a_flipped_byte_in_a_workbook_never_stops_the_run(tmp_path: Path, position: float, byte: int) -> None:
    content = bytearray(workbook())
    content[int(position * len(content))] = byte
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(content))
    _, notes = read_file(DESK, RawFile("a.xlsx", path, "0"))
    assert notes.problem is not None or notes.n_staged == 1
