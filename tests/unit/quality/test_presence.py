"""Of restricted text the accepted rows may tell whether it is there, and nothing else."""

from typing import Any

import pyarrow.parquet as pq

COLUMNS = {"ref": "code", "words": "text"}
PRIVACY = {"restricted": ["words"], "presence": ["words"]}


def test_accepted_rows_tell_whether_anything_stands_in_a_restricted_text(bench: Any) -> None:
    bench.declare("support", COLUMNS, privacy=PRIVACY)
    bench.write("support.csv", "ref,words", "a,a letter to Jane", "b,", "c,  ")
    bench.judge("support")
    rows = {row["ref"]: row for row in bench.accepted("support")}
    assert {ref: row["has_words"] for ref, row in rows.items()} == {"a": True, "b": False, "c": False}
    assert "words" not in rows["a"]
    assert "Jane" not in str(rows)


def test_the_column_is_there_without_any_row(bench: Any) -> None:
    bench.declare("support", COLUMNS, privacy=PRIVACY)
    bench.write("support.csv", "ref,words")
    bench.judge("support")
    assert bench.accepted("support") == []
    assert "has_words" in pq.read_schema(bench.folders.accepted_rows("support")).names
