"""What a figure is divided into, and what cannot be divided."""

import pytest

from mel_pipeline.indicators.measures import compile_measure
from mel_pipeline.indicators.parts import Part, UndividedError, divide, divide_measure
from tests.unit.indicators.conftest import indicator


def test_a_figure_is_told_over_the_names_of_its_parts() -> None:
    divided = divide({"value": "100.0 * count(*) filter (where facts.a) / nullif(count(*), 0)"}, "facts.b")
    met, all_rows = Part("count", None, "(facts.b) and (facts.a)"), Part("count", None, "(facts.b)")
    assert divided.parts == {met.name: met, all_rows.name: all_rows}
    assert divided.figures == {"value": f"100.0 * {met.name} / NULLIF({all_rows.name}, 0)"}


def test_equal_parts_of_several_figures_are_taken_once() -> None:
    divided = divide({"value": "sum(facts.a order by facts.a)", "numerator": "coalesce(sum(facts.a), 0)"})
    assert [part.kind for part in divided.parts.values()] == ["sum"]


def test_what_is_counted_apart_is_a_part_of_its_own_kind() -> None:
    (part,) = divide({"value": "count(distinct facts.person_key)"}, "facts.a").parts.values()
    assert part == Part("distinct", "facts.person_key", "(facts.a)")


def test_a_count_of_a_column_leaves_out_rows_without_it() -> None:
    (part,) = divide({"n": "count(facts.a)"}).parts.values()
    assert part == Part("count", None, "(facts.a) is not null")


@pytest.mark.parametrize(
    "figure", ["median(facts.a)", "avg(facts.a)", "sum(distinct facts.a)", "count(*) over (order by facts.a)"]
)
def test_what_has_no_parts_that_add_up_is_not_divided(figure: str) -> None:
    with pytest.raises(UndividedError):
        divide({"value": figure})


def test_a_ratio_reads_what_its_rows_were_given() -> None:
    measure = {"from": "fct_visit", "ratio": {"numerator": "done", "denominator": "due"}}
    divided = divide_measure(compile_measure(indicator("RAT", measure, type="ratio")), None)
    arguments = " ".join(str(part.argument) for part in divided.parts.values())
    assert "facts.done" in arguments
    assert "measured_numerator" not in arguments


def test_a_median_of_entities_is_not_divided() -> None:
    measure = {"from": "fct_visit", "median": "done", "per_entity": "city_code"}
    with pytest.raises(UndividedError):
        divide_measure(compile_measure(indicator("MED", measure, type="mean")), None)
