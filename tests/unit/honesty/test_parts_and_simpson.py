"""Categories against their total: gaps with and without a reason, and totals that move against all their parts."""

from typing import Any

import pytest

from mel_pipeline.declarations.models import PartsCheck, SimpsonCheck
from mel_pipeline.honesty.finding_words import says
from mel_pipeline.honesty.findings import Kind, Outcome
from mel_pipeline.honesty.parts import check_parts
from mel_pipeline.honesty.simpson import check_simpson
from tests.unit.honesty.conftest import indicator, value


def parts(make_programme, look, measure: dict[str, Any], dimension: str, total: int, **categories: int) -> Any:
    counted = indicator("I-01", measure, disaggregate_by=[dimension], counts_people=True)
    rows = [value("2024Q1", total, total)]
    rows += [value("2024Q1", n, n, dimension=dimension, category=name) for name, n in categories.items()]
    *found, last = check_parts(look(make_programme(counted), indicator_values=rows), PartsCheck())
    assert (last.kind, last.outcome) == (Kind.PARTS, Outcome.PASSED)
    return (found[0].outcome, dict(found[0].values)) if found else (None, last.values)


COUNT, PEOPLE = {"count": True}, {"count_distinct": "city_code"}


def test_parts_that_add_up_pass(make_programme, look) -> None:
    outcome, values = parts(make_programme, look, COUNT, "size", 30, small=10, large=20)
    assert outcome is None
    assert values["breakdowns"] == values["cells"] == 1


@pytest.mark.parametrize(
    ("measure", "dimension"), [(COUNT, "size"), (COUNT, "theme"), (PEOPLE, "sex"), (PEOPLE, "size")]
)
def test_missing_units_are_found(make_programme, look, measure: dict[str, Any], dimension: str) -> None:
    outcome, values = parts(make_programme, look, measure, dimension, 30, small=10, large=19)
    assert (outcome, values["unexplained"]) == (Outcome.FOUND, 1)


@pytest.mark.parametrize(("measure", "dimension", "outcome"), [
    (COUNT, "size", Outcome.FOUND), (PEOPLE, "sex", Outcome.FOUND),
    (COUNT, "theme", Outcome.NAMED), (PEOPLE, "size", Outcome.NAMED),
])  # fmt: skip
def test_more_units_than_the_total_need_a_breakdown_in_which_one_may_stand_twice(
    make_programme, look, measure: dict[str, Any], dimension: str, outcome: Outcome
) -> None:
    found, values = parts(make_programme, look, measure, dimension, 30, small=10, large=21)
    assert found is outcome
    assert values["several"] == (1 if outcome is Outcome.NAMED else 0)


def test_a_breakdown_without_any_category_is_found(make_programme, look) -> None:
    assert parts(make_programme, look, COUNT, "size", 30)[0] is Outcome.FOUND


def test_unknown_and_small_groups_are_named(make_programme, look) -> None:
    outcome, values = parts(make_programme, look, PEOPLE, "sex", 40, female=28, male=4, unknown=8)
    assert (outcome, values["unknown"], values["small"]) == (Outcome.NAMED, 20, 1)


def test_numerators_have_to_add_up_too(make_programme, look) -> None:
    share = indicator("I-01", {"share": "has_answered"}, type="percentage", disaggregate_by=["size"])
    rows = [
        value("2024Q1", 50, 20, numerator=10, denominator=20),
        value("2024Q1", 60, 10, numerator=6, denominator=10, dimension="size", category="small"),
        value("2024Q1", 30, 10, numerator=3, denominator=10, dimension="size", category="large"),
    ]
    first, _ = check_parts(look(make_programme(share), indicator_values=rows), PartsCheck())
    assert first.outcome is Outcome.FOUND


def test_pairs_may_be_torn_apart(make_programme, look) -> None:
    change = {"score": "figure", "wave": "size", "before": "small", "after": "large", "pair_by": ["city_code"]}
    outcome, values = parts(make_programme, look, {"paired_change": change}, "sex", 30, female=10, male=18)
    assert (outcome, values["torn"]) == (Outcome.NAMED, 1)


REVERSED = {"small": [(90, 20), (95, 80)], "large": [(50, 80), (55, 20)]}


def steps(
    make_programme, look, total: list[float], categories: dict[str, list[tuple[float, int]]], **declared: Any
) -> Any:
    level = indicator(
        "I-01", {"share": "has_answered"}, **({"type": "percentage", "disaggregate_by": ["size"]} | declared)
    )
    rows = [
        value(period, figure, 100, period_type=declared.get("time", "quarter"))
        for period, figure in zip(("2024Q1", "2024Q2"), total, strict=True)
    ]
    for category, figures in categories.items():
        for period, (figure, n) in zip(("2024Q1", "2024Q2"), figures, strict=True):
            rows.append(
                value(period, figure, n, dimension="size", category=category, period_type=rows[0]["period_type"])
            )
    return list(check_simpson(look(make_programme(level), indicator_values=rows), SimpsonCheck()))


def test_a_total_that_falls_while_all_parts_rise_is_found(make_programme, look) -> None:
    falling = {"small": [(90, 80), (95, 20)], "large": [(50, 20), (55, 80)]}
    (found,) = steps(make_programme, look, [82, 63], falling)
    assert (found.outcome, found.period, found.dimension) == (Outcome.FOUND, "2024Q2", "size")
    assert (found.observed, found.expected) == (63, 82)
    assert "all 2 categories of words moved the other way" in says(found, "en")


def test_parts_that_move_with_the_total_or_apart_pass(make_programme, look) -> None:
    for total in ([58, 87], [58, 58]):
        (found,) = steps(make_programme, look, total, REVERSED)
        assert (found.outcome, found.n) == (Outcome.PASSED, 1)
    mixed = {"small": [(90, 80), (95, 20)], "large": [(50, 20), (45, 80)]}
    assert steps(make_programme, look, [82, 55], mixed)[0].outcome is Outcome.PASSED


def test_small_parts_do_not_tell_a_reversal(make_programme, look) -> None:
    tiny = {"small": [(90, 9), (95, 9)], "large": [(50, 91), (55, 91)]}
    (found,) = steps(make_programme, look, [82, 63], tiny)
    assert found.outcome is Outcome.NOT_ASSESSABLE


def test_counts_are_not_looked_at(make_programme, look) -> None:
    falling = {"small": [(90, 80), (95, 20)], "large": [(50, 20), (55, 80)]}
    (found,) = steps(make_programme, look, [82, 63], falling, type="count")
    assert found.outcome is Outcome.NOT_ASSESSABLE
