"""JSON lines, Parquet, SPSS and Stata: the same records give the same rows, and what is damaged is refused."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from mel_pipeline.forgetting.mentions import may_mention
from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.tables import apart, columns
from mel_pipeline.intake.text_lines import Lines

RECORDS = pd.DataFrame(
    {
        "id": [1.0, 2.0, 3.0],
        "sex": [1.0, 2.0, None],
        "city": ["Tunis", "صيدا", None],
        "joined": [date(2024, 1, 2), None, date(2024, 1, 3)],
        "seen": [datetime(2024, 1, 2, 10), None, datetime(2024, 3, 1, 11, 30, 15)],
        "score": [0.5, -99.0, 3.25],
    }
)
LABELS: dict[str, dict[int | float, str]] = {"sex": {1: "Male", 2: "Female"}, "id": {1: "First"}}
FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "integer", "headers": ["id"], "required": True},
    {"name": "sex", "type": "category", "headers": ["sex"], "values": {"female": ["Female", "2"], "male": ["Male"]}},
    {"name": "city", "type": "text", "headers": ["city"]},
    {"name": "joined", "type": "date", "headers": ["joined"]},
    {"name": "seen", "type": "datetime", "headers": ["seen"]},
    {"name": "score", "type": "number", "headers": ["score"]},
]
EXPECTED = [
    (1, "male", "Tunis", date(2024, 1, 2), datetime(2024, 1, 2, 10), 0.5),
    (2, "female", "صيدا", None, None, -99.0),
    (3, None, None, date(2024, 1, 3), datetime(2024, 3, 1, 11, 30, 15), 3.25),
]


def as_json_lines(path: Path) -> None:
    rows = json.loads(RECORDS.assign(sex=pd.Series(["Male", "2", None])).to_json(orient="records", date_format="iso"))
    whole = [row | {"joined": (row["joined"] or "")[:10], "seen": (row["seen"] or "")[:19]} for row in rows]
    path.write_text("\n".join(json.dumps(row) for row in whole), encoding="utf-8")


def as_parquet(path: Path) -> None:
    table = pa.Table.from_pandas(RECORDS.assign(sex=pd.Categorical(["Male", "2", None])), preserve_index=False)
    pq.write_table(table, path, row_group_size=2)


def as_spss(path: Path) -> None:
    pyreadstat.write_sav(RECORDS, str(path), variable_value_labels=LABELS, missing_ranges={"score": [-99]})


def as_packed_spss(path: Path) -> None:
    pyreadstat.write_sav(RECORDS, str(path), variable_value_labels=LABELS, compress=True)


def as_stata(path: Path) -> None:
    pyreadstat.write_dta(RECORDS, str(path), variable_value_labels=LABELS)


WRITERS = [as_json_lines, as_parquet, as_spss, as_packed_spss, as_stata]


@pytest.mark.parametrize("write", WRITERS)
def test_every_kind_of_file_gives_the_same_rows(bench: Any, declare: Any, write: Any) -> None:
    write(bench.folders.raw / "people.data")
    source = declare(fields=FIELDS, key=["id"])
    bench.stage(source)
    notes = bench.notes(source)
    assert (notes.problem, notes.format, notes.unreadable) == (None, "table", ())
    rows = bench.rows(source)
    assert [tuple(row[field["name"]] for field in FIELDS) for row in rows] == EXPECTED
    assert [row["_source_row"] for row in rows] == [1, 2, 3]


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_cut_off_is_refused(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "people.data"
    write(path)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(Refused) as refused:
        read_grids(path)
    assert refused.value.code in ("unreadable_table", "broken_record")


@pytest.mark.parametrize("write", WRITERS)
def test_a_person_is_found_in_every_kind_of_file(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "people.data"
    write(path)
    assert may_mention(path, {"صيدا"})
    assert may_mention(path, {"tunis"})
    assert not may_mention(path, {"sfax"})


def test_columns_may_be_named_by_what_they_ask(bench: Any, declare: Any) -> None:
    path = bench.folders.raw / "people.sav"
    pyreadstat.write_sav(RECORDS, str(path), column_labels={"score": "How many points?"})
    source = declare(fields=[{"name": "points", "type": "number", "headers": ["How many points?"]}], key=["points"])
    bench.stage(source)
    assert [row["points"] for row in bench.rows(source)] == [0.5, -99.0, 3.25]


def test_misread_letters_are_put_right_and_told_once(bench: Any, declare: Any) -> None:
    misread = RECORDS.assign(city=["Été".encode().decode("cp1252"), "Tunis", None])
    pyreadstat.write_sav(misread, str(bench.folders.raw / "people.sav"), column_labels={"score": "Points"})
    source = declare(fields=[FIELDS[0], FIELDS[2] | {"type": "code"}], key=["id"])
    bench.stage(source)
    assert [row["city"] for row in bench.rows(source)] == ["Été", "Tunis", None]
    repairs = bench.notes(source).repairs
    assert [(r.rule_id, r.source_row, r.field, r.after) for r in repairs] == [("SV28", 1, "city", "Été")]


def test_names_of_surveys_alone_make_no_survey(bench: Any, declare: Any) -> None:
    bench.write("people.csv", "id,PARENT_KEY\n1,u1\n")
    source = declare(fields=[FIELDS[0]], key=["id"])
    bench.stage(source)
    assert (bench.notes(source).format, [row["id"] for row in bench.rows(source)]) == ("table", [1])


def test_records_of_several_shapes_are_one_table(tmp_path: Path) -> None:
    path = tmp_path / "records"
    path.write_text('{"a": {"b": 1, "c": true}}\n\n{"d": [1, {"e": 2}], "a": {"b": 2.0}, "f": []}\n', encoding="utf-8")
    lines = read_grids(path).sheets[0].lines
    assert isinstance(lines, Lines)
    assert [line.cells for line in lines] == [
        ["a/b", "a/c", "d", "f"],
        [1, True, None, None],
        [2.0, None, '[1, {"e": 2}]', None],
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"results": [{"a": 1}]}', "not_a_table"),
        ('[{"a": 1}]', "not_a_table"),
        ('{\n  "a": 1\n}\n', "not_a_table"),
        ('{"a": 1}\n{"a": 2, "a": 3}\n', "broken_record"),
        ('{"a": 1}\n{"a": NaN}\n', "broken_record"),
        ('{"a": 1}\n[1]\n', "not_a_table"),
        ('{"a": 1}\n' + '{"a":' * 30 + "1" + "}" * 30, "broken_record"),
        ("<dataValueSet xmlns='x' period='2012'>\n</dataValueSet>", "not_a_table"),
    ],
)
def test_other_documents_are_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "document.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_grids(path)
    assert refused.value.code == code


def test_files_behind_a_password_are_named(tmp_path: Path) -> None:
    for start in (b"PARE", b"ENCRYPTEDSAV"):
        (tmp_path / "file").write_bytes(start + bytes(64))
        with pytest.raises(Refused) as refused:
            read_grids(tmp_path / "file")
        assert refused.value.params["found"] == "locked_file"


@pytest.mark.parametrize("start", [b"$FL2", b"<stata_dta>", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Workbook\0"])
def test_what_only_begins_like_a_table_is_refused(tmp_path: Path, start: bytes) -> None:
    workbook = start.replace(b"Workbook\0", "Workbook\0".encode("utf-16-le"))
    (tmp_path / "file").write_bytes(workbook + bytes(range(256)) * 20)
    with pytest.raises(Refused) as refused:
        read_grids(tmp_path / "file")
    assert refused.value.code in ("unreadable_table", "unreadable_workbook")


@pytest.mark.parametrize("write", [as_spss, as_stata])
def test_a_reader_that_does_not_come_to_its_end_is_no_reader(tmp_path: Path, monkeypatch: Any, write: Any) -> None:
    monkeypatch.setattr(apart, "MAX_SECONDS", 0.01)
    write(tmp_path / "people")
    with pytest.raises(Refused) as refused:
        read_grids(tmp_path / "people")
    assert refused.value.code == "unreadable_table"


def test_a_small_file_with_endless_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "MAX_CELLS", 17)
    for write in (as_parquet, as_spss, as_stata):
        write(tmp_path / "people")
        with pytest.raises(Refused) as refused:
            read_grids(tmp_path / "people")
        assert refused.value.code == "oversized_table"


def test_structures_and_exact_numbers_of_parquet(tmp_path: Path) -> None:
    path = tmp_path / "people"
    zone = pa.timestamp("ns", "Africa/Cairo")
    pq.write_table(
        pa.table(
            {
                "who": pa.array([{"name": "Ana"}, None]),
                "tags": pa.array([["a", "b"], []]),
                "price": pa.array(["1.10", None]).cast(pa.decimal128(5, 2)),
                "at": pa.array([1_704_182_400_000_000_000, None]).cast(zone),
                "ok": pa.array([True, None]),
            }
        ),
        path,
    )
    first, second = list(read_grids(path).sheets[0].lines)[1:]
    assert first.cells == ["Ana", '["a", "b"]', "1.10", "2024-01-02T10:00:00+02:00", True]
    assert second.cells == [None] * 5
