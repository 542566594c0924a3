"""A blocked source: its last accepted rows stay in use, and it is said since when."""

from datetime import date
from typing import Any

import pytest

from mel_pipeline.quality.blocked import UNKNOWN_DAY, stale_since

HEADER = "person,age"


@pytest.fixture
def people(bench: Any) -> Any:
    bench.declare("people", {"person": "code", "age": "integer"})
    bench.write("people_1.csv", HEADER, "p1,30", "p2,40", received_on="2024-03-05")
    return bench


def judge(people: Any) -> Any:
    rule = people.rule(
        "AGE", "expect_column_values_to_be_between", "block", column="age", max_value=110, blocks="source"
    )
    return people.judge("people", rule)


def persons(people: Any) -> list[str]:
    return sorted(row["person"] for row in people.accepted("people"))


def since(people: Any) -> date | None:
    return stale_since(people.folders, ["people"])


def test_a_whole_source_is_fresh(people: Any) -> None:
    judge(people)
    assert persons(people) == ["p1", "p2"]
    assert since(people) is None


def test_a_blocked_source_keeps_its_last_rows_and_sets_every_new_row_aside(people: Any) -> None:
    judge(people)
    people.write("people_2.csv", HEADER, "p3,50", "p4,200", received_on="2024-04-09")
    judgement = judge(people)
    assert [rule.rule_id for rule in judgement.blocked] == ["AGE"]
    assert persons(people) == ["p1", "p2"]
    assert since(people) == date(2024, 3, 5)
    listed = people.found("people", "quarantine")
    assert {(row["source_file"], row["source_row"], row["level"]) for row in listed} == {
        ("people_1.csv", 2, "source"), ("people_1.csv", 3, "source"),
        ("people_2.csv", 2, "source"), ("people_2.csv", 3, "source"),
    }  # fmt: skip
    assert (judgement.n_rows, judgement.n_accepted, judgement.n_quarantined) == (4, 0, 4)


def test_the_day_stays_while_the_block_lasts_and_goes_with_it(people: Any) -> None:
    judge(people)
    for day in ("2024-04-09", "2024-05-09"):
        people.write("people_2.csv", HEADER, f"p3,50{day[6]}", received_on=day)
        judge(people)
        assert since(people) == date(2024, 3, 5)
    people.write("people_2.csv", HEADER, "p3,50", received_on="2024-06-09")
    judge(people)
    assert persons(people) == ["p1", "p2", "p3"]
    assert since(people) is None


def test_a_source_that_was_never_whole_contributes_nothing_and_never_looks_fresh(people: Any) -> None:
    people.write("people_1.csv", HEADER, "p1,30", "p2,400")
    judge(people)
    assert persons(people) == []
    assert since(people) == UNKNOWN_DAY


def test_rows_of_another_layout_are_not_used_again(people: Any) -> None:
    judge(people)
    people.declare("people", {"person": "code", "age": "integer", "sex": "code"})
    people.write("people_1.csv", f"{HEADER},sex", "p1,300,f", received_on="2024-03-05")
    judge(people)
    assert persons(people) == []
    assert since(people) == UNKNOWN_DAY


def test_a_rule_that_did_not_run_blocks_as_well(people: Any) -> None:
    judge(people)
    broken = people.rule("SQL", "unexpected_rows", "block", sql="select _record_key from nowhere", blocks="source")
    people.judge("people", broken)
    assert persons(people) == ["p1", "p2"]
    assert since(people) == date(2024, 3, 5)


def test_persons_of_another_key_do_not_come_back(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.declare("people", {"person": "code", "age": "integer"}, privacy={"hash": {"person_key": ["person"]}})
    bench.write("people_1.csv", HEADER, "p1,30", received_on="2024-03-05")
    monkeypatch.setenv("MEL_HASH_KEY", "the first key")
    judge(bench)
    bench.write("people_1.csv", HEADER, "p1,300", received_on="2024-03-05")
    judge(bench)
    assert persons(bench) == ["p1"]
    monkeypatch.setenv("MEL_HASH_KEY", "another key")
    judge(bench)
    assert persons(bench) == []
