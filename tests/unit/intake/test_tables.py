"""Registers and other plain tables: what is in the file is what is staged."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mel_pipeline.intake.grids import read_grids

FIELDS = [
    {"name": "city_code", "type": "code", "headers": ["city_code"], "required": True},
    {"name": "name_ar", "type": "code", "headers": ["name_ar"]},
    {"name": "population", "type": "integer", "headers": ["population"]},
    {"name": "joined_on", "type": "date", "headers": ["joined_on"]},
    {"name": "themes", "type": "codes", "headers": ["themes"]},
]


@pytest.fixture
def cities(declare: Any) -> Any:
    return declare(source="cities", files=["registers/cities*.csv"], format="table", fields=FIELDS, key=["city_code"])


def test_a_register_is_staged_with_its_types_and_origin(bench: Any, cities: Any) -> None:
    bench.write(
        "registers/cities.csv",
        'city_code,name_ar,population,joined_on,themes\nC-1,الكرك,68 800,2023-05-01,"T1;T2"\nNA,,,,\n',
    )
    bench.stage(cities)
    first, second = bench.rows(cities)
    assert bench.columns(cities) == [
        *("city_code", "name_ar", "population", "joined_on", "themes"),
        *("_record_key", "_source_file", "_source_sheet", "_source_row"),
    ]
    assert first | {"_record_key": ""} == {
        "city_code": "C-1",
        "name_ar": "الكرك",
        "population": 68800,
        "joined_on": date(2023, 5, 1),
        "themes": ["T1", "T2"],
        "_record_key": "",
        "_source_file": "registers/cities.csv",
        "_source_sheet": "",
        "_source_row": 2,
    }
    assert second["city_code"] == "NA"
    assert len(first["_record_key"]) == 32
    notes = bench.notes(cities)
    assert (notes.format, notes.n_rows, notes.n_staged, notes.problem) == ("table", 2, 2, None)
    assert [(r.rule_id, r.source_row, r.field, r.record_key) for r in notes.repairs] == [
        ("SV24", 2, "population", first["_record_key"])
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_and_byte_order_mark_make_no_difference(
    bench: Any, cities: Any, encoding: str, separator: str
) -> None:
    lines = [["city_code", "name_ar", "population"], ["C-1", "الكرك", "68800"], ["C-2", "عمّان", "4000000"]]
    bench.write("registers/cities.csv", "\r\n".join(map(separator.join, lines)).encode(encoding))
    bench.stage(cities)
    assert [row["population"] for row in bench.rows(cities)] == [68800, 4000000]
    assert bench.notes(cities).repairs == ()


def test_utf_16_is_read_and_written_down_as_a_repair(bench: Any, cities: Any) -> None:
    bench.write("registers/cities.csv", "city_code\tname_ar\nC-1\tالكرك\n".encode("utf-16"))
    bench.stage(cities)
    assert bench.rows(cities)[0]["name_ar"] == "الكرك"
    assert [repair.rule_id for repair in bench.notes(cities).repairs] == ["AT01"]


def test_line_breaks_inside_quotes_count_as_one_row(bench: Any, cities: Any) -> None:
    bench.write("registers/cities.csv", 'city_code,name_ar\nC-1,"a\nb\nc"\nC-2,d\n')
    bench.stage(cities)
    assert [row["_source_row"] for row in bench.rows(cities)] == [2, 3]


def test_blank_lines_are_no_rows_but_keep_their_numbers(bench: Any, cities: Any) -> None:
    bench.write("registers/cities.csv", "city_code,name_ar\nC-1,a\n\n,\nC-2,b\n")
    bench.stage(cities)
    assert [row["_source_row"] for row in bench.rows(cities)] == [2, 5]
    assert bench.notes(cities).n_rows == 2


def test_a_cell_that_cannot_be_typed_is_null_and_listed(bench: Any, cities: Any) -> None:
    bench.write("registers/cities.csv", "city_code,population\nC-1,environ 20\n")
    bench.stage(cities)
    row = bench.rows(cities)[0]
    assert row["population"] is None
    [cell] = bench.notes(cities).unreadable
    assert (cell.source_row, cell.field, cell.value, cell.record_key) == (
        2,
        "population",
        "environ 20",
        row["_record_key"],
    )


def test_a_header_without_rows_stages_an_empty_table_and_says_so(bench: Any, cities: Any) -> None:
    bench.write("registers/cities.csv", "city_code,name_ar\n")
    bench.stage(cities)
    assert bench.rows(cities) == []
    assert bench.columns(cities)[0] == "city_code"
    assert bench.notes(cities).problem.code == "no_rows"


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    separator=st.sampled_from([",", ";"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_what_is_read(tmp_path: Any, rows: list[list[str]], separator: str, encoding: str) -> None:
    table = [["one", "two", "three"], *rows]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    path = tmp_path / "table.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    [grid] = read_grids(path).sheets
    assert [line.cells for line in grid.lines] == table
