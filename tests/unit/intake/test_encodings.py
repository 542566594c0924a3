"""Files and cells in another encoding: read where their words leave no doubt, refused where letters are lost."""

from pathlib import Path
from typing import Any

import pytest

from mel_pipeline.forgetting.text_copy import redacted_text
from mel_pipeline.intake.encodings import told_encoding
from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.mojibake import mended_text

FIELDS = [
    {"name": "id", "type": "integer", "headers": ["id"], "required": True},
    {"name": "city", "type": "code", "headers": ["Ville", "المدينة"], "required": True},
    {"name": "remark", "type": "text", "headers": ["remark"]},
]


def misread(text: str, encoding: str) -> str:
    """UTF-8 as a program shows it that takes it for another encoding."""
    signs = [bytes([byte]).decode(encoding, "replace") for byte in text.encode("utf-8")]
    return "".join(chr(b) if s == "\ufffd" else s for s, b in zip(signs, text.encode("utf-8"), strict=True))


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("ville;Éléphant\nTunis;à côté d’ici", "cp1252", "windows-1252"),
        ("naïve “quote” — l’été à São Tomé", "cp1252", "windows-1252"),
        ("don’t\u00a0know", "cp1252", "windows-1252"),
        ("الاسم،العمر؟\nأحمد,ثلاثة", "cp1256", "windows-1256"),
        ("id,city\n1,«صيدا»", "cp1256", "windows-1256"),
        ("Crédit agricole صيدا", "cp1256", "windows-1256"),
        ("Привет мир", "cp1251", None),
        ("Čačak, Šabac", "cp1250", None),
        ("Gdańsk łódź", "cp1250", None),
        ("Ağrı şehir", "cp1254", None),
        ("café très", "mac_roman", None),
        ("été où", "cp850", None),
        ("שלום", "cp1255", None),
    ],
)
def test_words_tell_the_encoding_or_leave_a_doubt(text: str, encoding: str, told: str | None) -> None:
    assert told_encoding(text.encode(encoding)) == told


def test_latin_and_arabic_words_together_leave_a_doubt() -> None:
    assert told_encoding("São".encode("cp1252") + b" " + "صيدا".encode("cp1256")) is None


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    assert told_encoding("été à côté صيدا".encode() + b"\xe9") is None


TEXTS = ["Été", "à propos", "Saïda", "صيدا", "المدينة العربية، نعم", "l’eau", "Côte d’Ivoire", "LIBERTÉ…", "É", "São"]


@pytest.mark.parametrize("text", TEXTS)
def test_misread_text_is_put_right(text: str) -> None:
    assert mended_text(misread(text, "cp1252")) == text
    assert mended_text(misread(text, "cp1256"), is_sure=True) == text


@pytest.mark.parametrize("text", [*TEXTS, "«IRMû", "LIBERTÉ»", "مع،", "ظ", "Ãngela", "10 °C", "Ñandú", "", "plain"])
def test_text_that_is_right_stays(text: str) -> None:
    assert mended_text(text) is None


def rows_of(bench: Any, source: Any) -> list[tuple[Any, ...]]:
    return [(row["id"], row["city"], row["remark"]) for row in bench.rows(source)]


@pytest.mark.parametrize(
    ("encoding", "header", "city"), [("windows-1252", "Ville", "Saïda"), ("windows-1256", "المدينة", "صيدا")]
)
def test_a_file_of_windows_is_read_and_noted(bench: Any, declare: Any, encoding: str, header: str, city: str) -> None:
    source = declare(fields=FIELDS, key=["id"])
    bench.write("people.csv", f"id;{header};remark\n1;{city};\n".encode(encoding))
    bench.stage(source)
    assert rows_of(bench, source) == [(1, city, None)]
    [repair] = bench.notes(source).repairs
    assert (repair.rule_id, repair.source_row, repair.before, repair.after) == ("SV28", 1, encoding, "UTF-8")


def test_a_declared_encoding_settles_a_doubt(bench: Any, declare: Any) -> None:
    bench.write("people.csv", "id;Ville;remark\n1;Šabac;\n".encode("cp1250"))
    source = declare(fields=FIELDS, key=["id"])
    bench.stage(source)
    assert bench.notes(source).problem.code == "unknown_encoding"
    source = declare(fields=FIELDS, key=["id"], encoding="windows-1250")
    bench.stage(source)
    assert rows_of(bench, source) == [(1, "Šabac", None)]


def test_misread_cells_are_put_right_and_noted_without_texts(bench: Any, declare: Any) -> None:
    header = misread("المدينة", "cp1252")
    city, remark = misread("Saïda", "cp1252"), misread("Téléphonez à José", "cp1252")
    bench.write("people.csv", f"id,{header},remark,other\n1,{city},{remark},{city}\n2,Tunis,été,\n")
    source = declare(fields=FIELDS, key=["id"])
    bench.stage(source)
    assert rows_of(bench, source) == [(1, "Saïda", "Téléphonez à José"), (2, "Tunis", "été")]
    repairs = bench.notes(source).repairs
    assert [(r.rule_id, r.source_row, r.field, r.before, r.after) for r in repairs] == [
        ("SV28", 1, None, None, None),
        ("SV28", 2, "city", city, "Saïda"),
        ("SV28", 2, "remark", None, None),
    ]
    keys = [row["_record_key"] for row in bench.rows(source)]
    assert [repair.record_key for repair in repairs] == [None, keys[0], keys[0]]


def test_misread_cells_of_a_workbook_are_put_right(bench: Any, declare: Any) -> None:
    bench.workbook("people.xlsx", people=[["id", "Ville"], [1, misread("صيدا", "cp1256")]])
    source = declare(fields=FIELDS, key=["id"])
    bench.stage(source)
    assert rows_of(bench, source) == [(1, "صيدا", None)]
    assert [(r.rule_id, r.source_sheet, r.source_row) for r in bench.notes(source).repairs] == [("SV28", "people", 2)]


@pytest.mark.parametrize("city", [misread("Saïda", "cp1252") + " été", misread("صيدا", "cp1252")[:-1], "Sa\ufffdda"])
def test_lost_letters_refuse_the_file(bench: Any, declare: Any, city: str) -> None:
    bench.write("people.csv", f"id,Ville,remark\n1,Tunis,\n2,{city},\n")
    source = declare(fields=FIELDS, key=["id"])
    bench.stage(source)
    problem = bench.notes(source).problem
    assert (problem.code, problem.params["field"], problem.params["row"]) == ("lost_letters", "city", 3)
    assert city not in problem.message("fr")


def test_lost_letters_of_a_column_that_is_not_read_do_no_harm(bench: Any, declare: Any) -> None:
    bench.write("people.csv", "id,Ville,remark,other\n1,Tunis,,Sa\ufffdda\n")
    source = declare(fields=FIELDS, key=["id"])
    bench.stage(source)
    assert rows_of(bench, source) == [(1, "Tunis", None)]


def test_a_redacted_copy_keeps_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id;name\n1;José\n2;Zoé\n".encode("cp1252"))
    assert redacted_text(path, read_grids(path), {("", 2): {1: "—"}}) == "id;name\n1;—\n2;Zoé\n".encode("cp1252")
