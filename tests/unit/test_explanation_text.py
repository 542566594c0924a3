"""How the explanation of a value reads."""

from mel_pipeline.explain import Explanation
from mel_pipeline.explanation_text import FIGURES, explanation_lines
from mel_pipeline.indicators.row_by_row import Cell
from tests.unit.indicators.conftest import indicator


def test_a_composite_tells_what_each_of_its_parts_asks_of_a_row() -> None:
    plan = indicator("PLAN", {"from": "fct_city", "where": "is_active", "share": "has_plan"})
    more = indicator("MORE", {"from": "fct_city", "all_of": ["PLAN", "BUDGET"]})
    both = indicator("BOTH", {"from": "fct_city", "all_of": ["PLAN", "MORE"]}, type="percentage")
    value = dict.fromkeys(FIGURES) | {"value": 50.0, "numerator": 1.0, "denominator": 2.0, "n": 2}
    lines = list(
        explanation_lines(Explanation(both, Cell("2025Q4"), value, {}, "select 1", [], [], (plan, more)), "en")
    )
    start = lines.index("Made up of")
    assert lines[start : start + 3] == [
        "Made up of",
        "  PLAN: has_plan, where is_active",
        "  MORE: all of PLAN, BUDGET",
    ]
    assert "  numerator: 1.0" in lines


def test_a_median_has_no_numerator_to_tell() -> None:
    middle = indicator("MID", {"from": "fct_city", "median": "days"}, type="mean")
    value = dict.fromkeys(FIGURES) | {"value": 3.0, "denominator": 5.0, "n": 5, "interval_method": "order_statistics"}
    lines = list(explanation_lines(Explanation(middle, Cell("2025Q4"), value, {}, "select 1", [], []), "en"))
    start = lines.index("Value")
    assert lines[start : start + 5] == [
        "Value", "  value: 3.0", "  denominator: 5.0", "  n: 5", "  interval_method: order_statistics"
    ]  # fmt: skip
