"""What becomes of rows that break a rule, and what is written about them."""

from typing import Any

import pytest

from mel_pipeline.quality import dependencies
from mel_pipeline.quality.case import JUDGED

PEOPLE = {"person": "code", "age": "integer", "score": "integer", "comment": "text", "email": "text"}
HEADER = ",".join(PEOPLE)
BETWEEN = "expect_column_values_to_be_between"
NOT_NULL = "expect_column_values_to_not_be_null"


@pytest.fixture
def people(bench: Any) -> Any:
    privacy = {"hash": {"person_key": ["email"]}, "restricted": ["email"]}
    bench.declare("people", PEOPLE, privacy=privacy)
    bench.write("people_1.csv", HEADER, "p1,30,4,good,a@example.org", "p2,200,9,bad,b@example.org")
    bench.write("people_2.csv", HEADER, "p3,40,,call 0791234,", "p4,50,3,fine,d@example.org")
    return bench


def keys(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(row["source_file"], row["source_row"], row["rule_id"], row["level"], row["field"]) for row in rows]


def persons(bench: Any) -> list[str]:
    return [row["person"] for row in bench.accepted("people")]


def test_a_quarantined_row_is_listed_and_kept_out(people: Any) -> None:
    judgement = people.judge("people", people.rule("AGE", BETWEEN, column="age", max_value=110))
    assert persons(people) == ["p1", "p3", "p4"]
    quarantine = people.found("people", "quarantine")
    assert keys(quarantine) == [("people_1.csv", 3, "AGE", "row", "age")]
    assert (quarantine[0]["value"], quarantine[0]["reason"]) == ("200", "Reason AGE")
    assert (judgement.n_rows, judgement.n_accepted, judgement.n_quarantined) == (4, 3, 1)


def test_a_quarantined_answer_is_emptied_and_says_so(people: Any) -> None:
    rule = people.rule("SV13", BETWEEN, columns=["age", "score"], min_value=1, max_value=60, level="answer")
    people.judge("people", rule)
    row = people.accepted("people")[1]
    assert (row["age"], row["age_missing_reason"]) == (None, "quarantined")
    assert (row["score"], row["score_missing_reason"]) == (9, None)
    assert keys(people.found("people", "quarantine")) == [("people_1.csv", 3, "SV13", "answer", "age")]


def test_one_row_at_level_file_keeps_the_whole_file_out(people: Any) -> None:
    judgement = people.judge("people", people.rule("AT24", BETWEEN, column="age", max_value=110, level="file"))
    assert persons(people) == ["p3", "p4"]
    assert [row["source_row"] for row in people.found("people", "quarantine")] == [2, 3]
    assert people.status("people") == {"people_1.csv": "quarantined", "people_2.csv": "accepted"}
    assert judgement.rules[0].n_failed == 1


def test_a_warning_keeps_the_row(people: Any) -> None:
    people.judge("people", people.rule("AGE", BETWEEN, "warn", column="age", max_value=110))
    assert persons(people) == ["p1", "p2", "p3", "p4"]
    assert keys(people.found("people", "warnings")) == [("people_1.csv", 3, "AGE", "row", "age")]
    assert people.found("people", "quarantine") == []


@pytest.mark.parametrize(
    ("blocks", "left"),
    [("file", ["p3", "p4"]), (None, ["p1", "p3", "p4"]), ("publication", ["p1", "p2", "p3", "p4"])],
)
def test_a_block_keeps_out_what_it_blocks_and_is_reported(people: Any, blocks: str | None, left: list[str]) -> None:
    judgement = people.judge("people", people.rule("B", BETWEEN, "block", column="age", max_value=110, blocks=blocks))
    assert persons(people) == left
    assert [rule.rule_id for rule in judgement.blocked] == ["B"]
    listed = people.found("people", "quarantine") + people.found("people", "warnings")
    assert {row["treatment"] for row in listed} == {"block"}


def test_a_repair_replaces_the_cell_and_says_what_it_was(people: Any) -> None:
    rule = people.rule(
        "CAP", BETWEEN, "repair", column="age", max_value=110, fix="least(age, 99)", when="score is not null"
    )
    people.judge("people", rule)
    assert [row["age"] for row in people.accepted("people")] == [30, 99, 40, 50]
    repairs = people.found("people", "repairs")
    assert [(row["rule_id"], row["field"], row["before"], row["after"]) for row in repairs] == [
        ("CAP", "age", "200", "99")
    ]


def test_a_repair_may_drop_rows_that_are_no_records(people: Any) -> None:
    bot = people.rule(
        "BOT", "expect_column_values_to_not_match_regex", "repair", column="email", regex="^b@", drop=True
    )
    fix = people.rule("CAP", BETWEEN, "repair", column="age", max_value=110, fix="110")
    judgement = people.judge("people", bot, fix, people.rule("AGE", BETWEEN, column="age", max_value=110))
    assert persons(people) == ["p1", "p3", "p4"]
    repairs = people.found("people", "repairs")
    dropped = [(row["source_file"], row["source_row"], row["rule_id"], row["treatment"]) for row in repairs]
    assert dropped == [("people_1.csv", 3, "BOT", "repair")]
    assert (repairs[0]["field"], repairs[0]["before"], repairs[0]["after"]) == ("email", None, None)
    files = {row["source_file"]: row for row in people.found("people", "source_files")}
    assert (files["people_1.csv"]["n_rows"], files["people_1.csv"]["n_dropped"]) == (2, 1)
    assert (judgement.n_accepted, judgement.n_quarantined, judgement.n_dropped) == (3, 0, 1)


def test_a_file_whose_rows_are_all_dropped_by_rule_is_empty_and_not_superseded(people: Any) -> None:
    people.judge("people", people.rule("OLD", BETWEEN, "repair", column="age", max_value=35, drop=True))
    assert people.status("people") == {"people_1.csv": "accepted", "people_2.csv": "empty"}


def test_rules_see_the_repaired_rows(people: Any) -> None:
    repair = people.rule("CAP", BETWEEN, "repair", column="age", max_value=110, fix="99")
    people.judge("people", people.rule("AGE", BETWEEN, column="age", max_value=110), repair)
    assert people.found("people", "quarantine") == []


def test_a_fix_that_cannot_be_computed_is_no_pass(people: Any) -> None:
    rule = people.rule("CAP", BETWEEN, "repair", column="age", max_value=110, fix="least(aeg, 99)")
    judgement = people.judge("people", rule)
    assert [row["age"] for row in people.accepted("people")] == [30, 200, 40, 50]
    assert judgement.rules[0].success is None
    assert "fix" in judgement.rules[0].problem


def test_free_text_stays_in_the_restricted_folder(people: Any) -> None:
    rule = people.rule("TEXT", "expect_column_values_to_not_match_regex", "warn", column="comment", regex=r"\d{5}")
    people.judge("people", rule)
    warning = people.found("people", "warnings")[0]
    assert (warning["field"], warning["value"], warning["is_restricted"]) == ("comment", None, True)
    kept = people.kept_apart("people")
    assert [(row["record_key"], row["field"], row["value"]) for row in kept] == [
        (warning["record_key"], "comment", "call 0791234")
    ]


def test_a_rule_may_look_at_a_restricted_field_that_accepted_rows_lack(people: Any) -> None:
    people.judge("people", people.rule("AT11", NOT_NULL, "warn", column="email"))
    assert keys(people.found("people", "warnings")) == [("people_2.csv", 2, "AT11", "row", "email")]
    assert "email" not in people.accepted("people")[0]


def test_an_unreadable_cell_is_an_answer_set_aside(bench: Any) -> None:
    bench.declare("people", PEOPLE, rule_ids={"unreadable": "SV25"})
    bench.write("people.csv", HEADER, "p1,about twenty,4,,", "p2,20,5,,")
    bench.judge("people")
    quarantine = bench.found("people", "quarantine")
    assert keys(quarantine) == [("people.csv", 2, "SV25", "answer", "age")]
    assert (quarantine[0]["value"], quarantine[0]["is_restricted"]) == (None, True), "words may name anybody"
    assert [row["value"] for row in bench.kept_apart("people")] == ["about twenty"]
    row = bench.accepted("people")[0]
    assert (row["age"], row["age_missing_reason"]) == (None, "quarantined")


def test_results_count_every_file_and_add_up_to_the_whole(people: Any) -> None:
    judgement = people.judge("people", people.rule("SCORE", BETWEEN, "warn", column="score", max_value=5))
    results = {row["source_file"]: row for row in people.found("people", "quality_results")}
    counted = {file: (row["n_tested"], row["n_failed"], row["success"]) for file, row in results.items()}
    assert counted == {"people_1.csv": (2, 1, False), "people_2.csv": (1, 0, True)}
    assert (judgement.rules[0].n_tested, judgement.rules[0].n_failed) == (3, 1)


def test_an_aggregate_has_one_result_for_the_whole_source(people: Any) -> None:
    people.judge("people", people.rule("N", "expect_table_row_count_to_be_between", "warn", min_value=10))
    results = people.found("people", "quality_results")
    assert [(row["source_file"], row["n_tested"], row["success"]) for row in results] == [("*", 1, False)]


@pytest.mark.parametrize(
    ("faulty", "told"),
    [
        ({"expect": NOT_NULL, "column": "agee"}, "Did you mean 'age'?"),
        ({"expect": "expect_column_values_to_be_nul", "column": "age"}, "expect_column_values_to_be_null"),
        ({"expect": NOT_NULL, "column": "age", "when": "age between 1 and 2"}, "`when` cannot be used"),
        ({"expect": "expect_column_values_to_match_regex", "column": "age", "regex": "^x"}, "cannot be computed"),
        (
            {"expect": "unexpected_rows", "sql": "select _record_key from {batch} where nobody = 1"},
            "cannot be computed",
        ),
        (
            {"expect": "unexpected_rows", "sql": "select _record_key from {batch} where exists (from nowhere)"},
            "cannot be computed",
        ),
    ],
)
def test_a_rule_that_does_not_run_is_no_pass_and_says_why(people: Any, faulty: dict[str, Any], told: str) -> None:
    good = people.rule("GOOD", NOT_NULL, column="person")
    judgement = people.judge("people", people.rule("BAD", faulty.pop("expect"), **faulty), good)
    results = [row for row in people.found("people", "quality_results") if row["rule_id"] == "BAD"]
    assert [row["source_file"] for row in results] == ["people_1.csv", "people_2.csv"]
    assert all(row["success"] is None and "Did not run" in row["reason"] and told in row["reason"] for row in results)
    assert [rule.rule_id for rule in judgement.errored] == ["BAD"]
    assert [rule.rule_id for rule in judgement.executed] == ["GOOD"]


def test_every_declared_rule_is_executed_errored_or_skipped(bench: Any) -> None:
    bench.declare("people", PEOPLE)
    rules = [bench.rule("A", NOT_NULL, column="person"), bench.rule("B", NOT_NULL, column="age")]
    judgement = bench.judge("people", *rules)
    assert [rule.rule_id for rule in judgement.skipped] == ["A", "B"]
    assert len(judgement.executed) + len(judgement.errored) + len(judgement.skipped) == len(rules)


def test_a_count_that_disagrees_with_great_expectations_is_no_verdict(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mel_pipeline.quality import great_expectations

    everything = f"select {great_expectations.ROW} from {JUDGED}"
    monkeypatch.setattr(great_expectations, "_selections", lambda *given: ("true", everything))
    judgement = people.judge("people", people.rule("AGE", BETWEEN, column="age", max_value=110))
    assert judgement.rules[0].success is None
    assert "found 4 failing rows, expected 1" in judgement.rules[0].problem
    assert persons(people) == ["p1", "p2", "p3", "p4"]


def test_lookups_and_rules_read_other_sources(bench: Any) -> None:
    bench.declare("events", {"event_code": "code", "minutes": "integer"})
    bench.write("events.csv", "event_code,minutes", "E1,90")
    bench.judge("events")
    taken = [{"source": "events", "match": {"event": "event_code"}, "take": {"planned": "minutes"}}]
    source = bench.declare("visits", {"visit": "code", "event": "code", "minutes": "integer"}, lookups=taken)
    bench.write("visits.csv", "visit,event,minutes", "v1,E1,60", "v2,E2,60", "v3,E1,480")
    unknown = bench.rule(
        "KNOWN",
        "unexpected_rows",
        sql="select v._record_key from {batch} v where not exists (from events e where e.event_code = v.event)",
    )
    pair = "expect_column_pair_values_a_to_be_greater_than_b"
    cap = bench.rule("AT38", pair, "repair", column_A="planned", column_B="minutes", or_equal=True, fix="planned")
    assert dependencies(source, [unknown, cap]) == ["events"]
    bench.judge("visits", unknown, cap)
    assert [(row["visit"], row["minutes"], row["planned"]) for row in bench.accepted("visits")] == [
        ("v1", 60, 90),
        ("v3", 90, 90),
    ]
    assert [row["source_row"] for row in bench.found("visits", "quarantine")] == [3]


def test_judging_twice_gives_the_same_bytes(people: Any) -> None:
    rule = people.rule("AGE", BETWEEN, column="age", max_value=110)
    people.judge("people", rule)
    written = [people.folders.accepted_rows("people"), people.folders.findings("people", "quality_results")]
    before = [path.read_bytes() for path in written]
    people.judge("people", rule)
    assert [path.read_bytes() for path in written] == before


def test_words_where_a_code_belongs_are_shown_to_officers_only(bench: Any) -> None:
    bench.declare("lists", {"ref": "code", "event": "code", "sex": "category"}, kind="attendance")
    bench.write("lists.csv", "ref,event,sex", "a,EV-1,", "b,Amina Haddad,", "c,EV_2 (b),")
    rule = bench.rule("EVENT", "expect_column_values_to_be_in_set", column="event", value_set=["EV-9"])
    bench.judge("lists", rule)
    shown = {row["source_row"]: (row["value"], row["is_restricted"]) for row in bench.found("lists", "quarantine")}
    assert shown == {2: ("EV-1", False), 3: (None, True), 4: ("EV_2 (b)", False)}
    assert [row["value"] for row in bench.kept_apart("lists")] == ["Amina Haddad"]


@pytest.mark.parametrize("at_once", [1, 2, 3, 7])
def test_many_rows_get_a_column_a_few_at_a_time(bench: Any, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Regression test: five million rows at once were more than the memory that a run may take."""
    monkeypatch.setattr("mel_pipeline.quality.case.UPDATED_AT_ONCE", at_once)
    bench.declare("events", {"event_code": "code", "minutes": "integer"})
    bench.write("events.csv", "event_code,minutes", "E1,90", "E2,45")
    bench.judge("events")
    taken = [{"source": "events", "match": {"event": "event_code"}, "take": {"planned": "minutes"}}]
    bench.declare("visits", {"visit": "code", "event": "code"}, lookups=taken)
    bench.write("visits.csv", "visit,event", "v1,E1", "v2,E2", "v3,E9", "v4,E1", "v5,E2")
    bench.judge("visits")
    assert [row["planned"] for row in bench.accepted("visits")] == [90, 45, None, 90, 45]
