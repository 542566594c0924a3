"""Submissions whose answers are nearly those of an earlier one, as an officer sees them among the warnings."""

from typing import Any

import pytest

ITEMS = [f"q{number:02d}" for number in range(1, 25)]
COLUMNS = {"ref": "code", "country": "code", "on": "date", "sent": "datetime", **dict.fromkeys(ITEMS, "integer")}
HEADER = ",".join(COLUMNS)
COMPARE = {"fields": ITEMS, "within": ["country"], "same_year": "on"}
VARIED = [number % 5 + 1 for number in range(24)]


def row(ref: str, answers: list[int | None], country: str = "JOR", on: str = "2024-10-07", at: str = "09:00") -> str:
    told = ["" if answer is None else str(answer) for answer in answers]
    return ",".join([ref, country, on, f"2024-10-07T{at}:00", *told])


def changed(answers: list[int], *places: int) -> list[int | None]:
    return [6 if place in places else answer for place, answer in enumerate(answers)]


@pytest.fixture
def survey(bench: Any) -> Any:
    bench.declare("survey", COLUMNS, compare=COMPARE, latest_by="sent")
    return bench


def listed(bench: Any, *rows: str) -> list[tuple[str, str]]:
    """Submissions that the rule lists, each with the one it resembles."""
    bench.write("survey.csv", HEADER, *rows)
    judgement = bench.judge("survey", bench.rule("S", "expect_column_values_to_be_null", "warn", column="_similar_to"))
    assert judgement.errored == ()
    refs = {row["_source_row"]: row["ref"] for row in bench.accepted("survey")}
    return [(refs[found["source_row"]], found["value"]) for found in bench.found("survey", "warnings")]


def test_the_later_of_two_that_differ_in_one_answer_names_the_earlier(survey: Any) -> None:
    found = listed(survey, row("late", changed(VARIED, 3), at="10:00"), row("early", VARIED))

    assert found == [("late", "survey.csv:3")]


def test_two_that_differ_in_two_of_twenty_four_answers_are_not_similar(survey: Any) -> None:
    assert listed(survey, row("a", VARIED), row("b", changed(VARIED, 3, 8))) == []


@pytest.mark.parametrize("elsewhere", [{"country": "LBN"}, {"on": "2025-10-07"}])
def test_only_answers_of_one_country_and_year_are_compared(survey: Any, elsewhere: dict[str, str]) -> None:
    assert listed(survey, row("a", VARIED), row("b", VARIED, **elsewhere)) == []


def test_answers_that_both_left_out_do_not_count_as_equal(survey: Any) -> None:
    """One of twenty differs: 95 per cent. With a question fewer it would be less."""
    empty: list[int | None] = [None] * 4
    first, second = VARIED[:20] + empty, changed(VARIED[:20], 0) + empty

    assert listed(survey, row("a", first), row("b", second)) == [("b", "survey.csv:2")]


def test_of_too_few_answers_nothing_is_said(survey: Any) -> None:
    few: list[int | None] = [*VARIED[:19], *[None] * 5]

    assert listed(survey, row("a", few), row("b", few)) == []


def test_an_answer_given_by_one_only_is_a_difference(survey: Any) -> None:
    first: list[int | None] = [None, *VARIED[1:]]

    assert listed(survey, row("a", first), row("b", VARIED)) == [("b", "survey.csv:2")]
    assert listed(survey, row("a", [None, None, *VARIED[2:]]), row("b", VARIED)) == []


def test_the_most_similar_of_several_is_named(survey: Any) -> None:
    rows = [row("a", changed(VARIED, 5), at="08:00"), row("b", VARIED, at="09:00"), row("c", VARIED, at="10:00")]

    assert listed(survey, *rows) == [("b", "survey.csv:2"), ("c", "survey.csv:3")]


def test_many_with_the_same_answers_are_all_listed_but_the_first(survey: Any) -> None:
    """More than one group of those that are equal in a hand."""
    found = listed(survey, *(row(f"r{number:03d}", VARIED) for number in range(450)))

    assert found == [(f"r{number:03d}", "survey.csv:2") for number in range(1, 450)]


def test_a_copy_of_a_row_that_a_repair_dropped_is_not_listed(survey: Any) -> None:
    survey.write("survey.csv", HEADER, row("a", VARIED), row("b", VARIED, at="10:00"))
    drop = survey.rule(
        "TWICE",
        "unexpected_rows",
        "repair",
        drop=True,
        sql="select _record_key from {batch} qualify row_number() over (partition by _answers order by sent) > 1",
    )
    similar = survey.rule("S", "expect_column_values_to_be_null", "warn", column="_similar_to")

    survey.judge("survey", drop, similar)

    assert [row["rule_id"] for row in survey.found("survey", "repairs")] == ["TWICE"]
    assert survey.found("survey", "warnings") == []


def test_what_the_comparison_adds_never_stands_among_accepted_rows(survey: Any) -> None:
    listed(survey, row("a", VARIED), row("b", VARIED))

    assert not {"_answers", "_similar_to"} & set(survey.accepted("survey")[0])


def test_a_rule_about_similar_rows_without_a_declaration_does_not_pass(bench: Any) -> None:
    bench.declare("survey", COLUMNS)
    bench.write("survey.csv", HEADER, row("a", VARIED))

    judgement = bench.judge("survey", bench.rule("S", "expect_column_values_to_be_null", "warn", column="_similar_to"))

    assert [rule.rule_id for rule in judgement.errored] == ["S"]
