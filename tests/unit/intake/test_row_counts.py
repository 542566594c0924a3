"""Rows that get lost on the way are missed: by the numbers of an export, and by what its sender announces."""

from typing import Any

import pytest

FIELDS = [
    {"name": "uuid", "type": "code", "question": "_uuid", "required": True},
    {"name": "story", "type": "text", "question": "story"},
]


@pytest.fixture
def survey(declare: Any) -> Any:
    return declare(source="s", kind="survey", files=["s.*"], format="kobo", fields=FIELDS, key=["uuid"])


def test_separators_and_line_breaks_inside_quotes_lose_nothing(bench: Any, survey: Any) -> None:
    bench.write("s.csv", '_uuid;story;_index\r\nu1;"one;two\r\nthree ""four""\tfive";1\r\nu2;six;2\r\n')
    bench.stage(survey)
    assert [row["story"] for row in bench.rows(survey)] == ['one;two\r\nthree "four"\tfive', "six"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("_uuid,story,_index\nu1,a,1\nu3,c,3\n", "rows_missing"),
        ("_uuid,story,_index\nu2,b,2\n", "rows_missing"),
        ("_uuid,story,_index\nu1,one\ntwo,1,\nu2,b,2\n", "broken_index"),
        ("_uuid,story,_index\nu1,a,1\nu2,b,x\n", "broken_index"),
    ],
)
def test_gaps_in_the_numbers_refuse_the_file(bench: Any, survey: Any, content: str, code: str) -> None:
    bench.write("s.csv", content)
    bench.stage(survey)
    problem = bench.notes(survey).problem
    assert problem.code == code
    assert all("_index" in problem.message(language) for language in ("en", "fr", "ar"))
    assert bench.rows(survey) == []


@pytest.mark.parametrize("numbers", ["1 2 3", "1 2 2 3", "3 1 2", "١ ٢ ٣", "1.0 2.0 3.0"])
def test_whole_numbers_in_any_order_are_accepted(bench: Any, survey: Any, numbers: str) -> None:
    found = numbers.split()
    bench.write("s.csv", "_uuid,story,_index\n" + "".join(f"u{at},a,{n}\n" for at, n in enumerate(found)))
    bench.stage(survey)
    assert bench.notes(survey).problem is None
    assert len(bench.rows(survey)) == len(found)


def test_the_first_missing_numbers_are_told(bench: Any, survey: Any) -> None:
    bench.write("s.csv", "_uuid,story,_index\nu1,a,12\n")
    bench.stage(survey)
    message = bench.notes(survey).problem.message()
    assert "counts to 12" in message
    assert "1, 2, 3, 4, 5, …" in message
    assert "11" in message


@pytest.mark.parametrize(("announced", "code"), [(2, None), (3, "other_row_count"), ("many", "faulty_meta")])
def test_the_note_beside_a_file_may_announce_its_rows(bench: Any, survey: Any, announced: Any, code: Any) -> None:
    bench.write("s.csv", "_uuid,story\nu1,a\nu2,b\n")
    bench.write("s.csv.meta.yml", f"rows: {announced}\n")
    bench.stage(survey)
    problem = bench.notes(survey).problem
    assert (problem.code if problem else None) == code


def test_a_corrected_announcement_reads_the_file_again(bench: Any, survey: Any) -> None:
    bench.write("s.csv", "_uuid,story\nu1,a\n")
    bench.write("s.csv.meta.yml", "rows: 2\n")
    bench.stage(survey)
    bench.write("s.csv.meta.yml", "rows: 1\n")
    bench.stage(survey)
    assert bench.notes(survey).problem is None


def test_rows_that_were_erased_are_not_missed(bench: Any, survey: Any) -> None:
    bench.write("s.csv", "_uuid,story,_index\n,,\nu2,b,2\n")
    bench.write("s.csv.meta.yml", "rows: 2\n")
    bench.write("s.csv.tombstone.yml", "[]\n")
    bench.stage(survey)
    assert [row["uuid"] for row in bench.rows(survey)] == ["u2"]
