"""Refused consent through the judge: accepted as refusals, counted, and held to no rule."""

from typing import Any

CONSENT = {"field": "consent", "refused": ["no"]}
COLUMNS = {"ref": "code", "consent": "code", "score": "integer", "comment": "text"}


def test_refusals_are_accepted_empty_and_no_rule_asks_them_for_answers(bench: Any) -> None:
    bench.declare("survey", COLUMNS, consent=CONSENT)
    bench.write("survey.csv", "ref,consent,score,comment", "a,yes,3,fine", "b,no,5,her story", "c,yes,,", "d,No,,")
    rule = bench.rule("SCORE", "expect_column_values_to_not_be_null", column="score")
    judgement = bench.judge("survey", rule)
    assert (judgement.n_rows, judgement.n_accepted, judgement.n_quarantined) == (4, 3, 1)
    rows = {row["ref"]: row for row in bench.accepted("survey")}
    assert {ref: row["consent"] for ref, row in rows.items()} == {"a": "yes", "b": "no", "d": "no"}
    assert rows["b"]["score"] is None
    assert judgement.rules[0].n_tested == 2
    assert [row["rule_id"] for row in bench.found("survey", "repairs")] == ["REFUSED"]


def test_a_refusal_sent_later_replaces_the_answer(bench: Any) -> None:
    bench.declare("survey", COLUMNS, consent=CONSENT)
    bench.write("survey_1.csv", "ref,consent,score,comment", "a,yes,3,fine", received_on="2025-01-01")
    bench.write("survey_2.csv", "ref,consent,score,comment", "a,no,3,fine", received_on="2025-02-01")
    bench.judge("survey")
    (row,) = bench.accepted("survey")
    assert (row["consent"], row["score"]) == ("no", None)
