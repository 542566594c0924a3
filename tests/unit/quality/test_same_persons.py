"""Persons whom lists name in two scripts: who is asked about, where that is written, and what a decision changes."""

from typing import Any

import pyarrow.parquet as pq
import pytest

from mel_pipeline.quality.same_persons import open_persons
from tests.unit.quality.conftest import rows_of

FIELDS = {"row": "code", "name": "text", "email": "text", "city": "code"}
PRIVACY = {
    "hash": {"person_key": ["email", ["name", "city"]]},
    "restricted": ["name", "email"],
    "alike": {"person_key": {"name": "name", "within": ["city"]}},
}


@pytest.fixture
def lists(bench: Any) -> Any:
    bench.declare("lists", FIELDS, kind="attendance", privacy=PRIVACY)
    bench.write(
        "lists.csv",
        ",".join(FIELDS),
        "a,محمد علي,,Karak",
        "b,Mohamed Ali,,Karak",
        "c,Mohamed ALI,,Karak",
        "d,Mohamed Ali,,Tripoli",
        "e,محمد علي,,",
        "f,رانية حداد,rania@example.org,Karak",
        "g,Rania Haddad,rania@example.org,Karak",
        "h,خالد الشريف,,Tripoli",
        "i,Khaled Cherif,k@example.org,Tripoli",
        "j,محمد,,Karak",
    )
    return bench


def accepted(bench: Any) -> dict[str, str]:
    return {row["row"]: row["person_key"] for row in bench.accepted("lists")}


def pairs(bench: Any) -> list[dict[str, Any]]:
    return rows_of(open_persons(bench.folders, "lists"))


def test_names_of_one_sound_and_place_are_asked_about_and_nobody_is_merged(lists: Any) -> None:
    lists.judge("lists")
    keys = accepted(lists)
    assert keys["b"] == keys["c"] != keys["a"]
    found = {(row["old_value"], row["new_value"]): (row["within"], row["question"]) for row in pairs(lists)}
    assert found == {
        (keys["a"], keys["b"]): ("Karak", "person_key"),
        (keys["h"], keys["i"]): ("Tripoli", "person_key"),
    }
    assert {row["name"] for row in pairs(lists)} == {"محمد علي", "خالد الشريف"}


def test_a_decision_merges_a_pair_which_is_asked_about_no_longer(lists: Any) -> None:
    lists.judge("lists")
    keys = accepted(lists)
    decided = f"person_key,{keys['a']},{keys['b']},merge persons"
    lists.write("corrections/log.csv", "question,old_value,new_value,change_type", decided, received_on="2026-05-01")
    lists.judge("lists")
    merged = accepted(lists)
    assert merged == {**keys, "a": keys["b"]}
    assert [row["old_value"] for row in pairs(lists)] == [keys["h"]]


def test_rows_that_were_set_aside_are_asked_about_no_more(lists: Any) -> None:
    lists.judge("lists")
    assert len(pairs(lists)) == 2
    lists.judge("lists", lists.rule("NOT-H", "unexpected_rows", sql="select _record_key from {batch} where row = 'h'"))
    assert [row["within"] for row in pairs(lists)] == ["Karak"]


def test_names_stay_in_the_restricted_folder(lists: Any) -> None:
    lists.judge("lists")
    assert "name" not in lists.accepted("lists")[0]
    for path in lists.folders.root.rglob("*.parquet"):
        if lists.folders.restricted not in path.parents:
            assert "Khaled" not in str(pq.read_table(path).to_pylist()), path.name


def test_a_source_that_declares_nothing_asks_about_nobody(bench: Any) -> None:
    bench.declare("lists", FIELDS, privacy={**PRIVACY, "alike": {}})
    bench.write("lists.csv", ",".join(FIELDS), "a,محمد علي,,Karak", "b,Mohamed Ali,,Karak")
    bench.judge("lists")
    assert pairs(bench) == []
