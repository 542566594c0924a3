"""What a rule may ask for: a rule that Great Expectations would drop or misread is a fault in plain words."""

from typing import Any

import pytest

from mel_pipeline.declarations.expectations import EXPECTATIONS, argument_sets, judged_field, rule_faults
from mel_pipeline.declarations.models import Rule

BETWEEN = "expect_column_values_to_be_between"
GOOD = {"expect": BETWEEN, "column": "age", "max_value": 5}


def rule(**declared: Any) -> Rule:
    usual = {"id": "R1", "treatment": "quarantine", "dqa_dimension": "validity", "reason": {"en": "Why"}}
    return Rule.model_validate({**usual, **declared})


@pytest.mark.parametrize(
    "declared",
    [
        GOOD,
        {**GOOD, "when": "mode = 'online' and (sex is null or age in (1, 2))"},
        {"expect": BETWEEN, "columns": ["cap_01", "cap_02"], "min_value": 1, "level": "answer"},
        {"expect": "unexpected_rows", "sql": "select _record_key from {batch}"},
        {"expect": "expect_table_row_count_to_be_between", "min_value": 1, "treatment": "block"},
        {**GOOD, "treatment": "repair", "fix": "5"},
        {"expect": "unexpected_rows", "sql": "select _record_key from {batch}", "treatment": "repair", "drop": True},
    ],
)
def test_a_rule_that_runs_has_no_faults(declared: dict[str, Any]) -> None:
    assert rule_faults(rule(**declared)) == []


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({**GOOD, "expect": "expect_column_values_between"}, f"Did you mean '{BETWEEN}'?"),
        ({**GOOD, "maxvalue": 5}, "Did you mean 'max_value'?"),
        ({**GOOD, "mostly": 0.9}, "found 'mostly'"),
        ({"expect": BETWEEN, "max_value": 5}, "expected `column`"),
        ({"expect": BETWEEN, "column": "age"}, "expected `min_value` or `max_value`"),
        ({**GOOD, "min_value": 9}, "limits are crossed"),
        ({**GOOD, "min_value": "x"}, "limits cannot be compared"),
        ({"expect": BETWEEN, "columns": "age", "max_value": 5}, "`columns` is not a list"),
        ({**GOOD, "when": "upper(mode) = 'X'"}, "`when` cannot be used"),
        ({**GOOD, "sql": "select 1"}, "`sql` belongs to unexpected_rows only"),
        ({"expect": "unexpected_rows"}, "`sql` lacks {batch}"),
        ({"expect": "unexpected_rows", "sql": "select 1 from {batch}"}, "lacks _record_key"),
        ({"expect": "unexpected_rows", "sql": "select _record_key from {batch}", "when": "a = 1"}, "no effect"),
        ({"expect": "expect_table_row_count_to_be_between", "min_value": 1}, "expected warn or block"),
        ({**GOOD, "treatment": "repair"}, "`fix` goes with treatment repair"),
        ({**GOOD, "fix": "5"}, "`fix` goes with treatment repair"),
        ({**GOOD, "drop": True}, "`drop` takes rows out by a repair without `fix`"),
        ({**GOOD, "treatment": "repair", "drop": True, "fix": "5"}, "`drop` takes rows out by a repair without `fix`"),
        (
            {"expect": "unexpected_rows", "sql": "select _record_key from {batch}", "level": "answer"},
            "does not say which field",
        ),
    ],
)
def test_a_rule_that_would_be_dropped_or_misread_is_a_fault(declared: dict[str, Any], told: str) -> None:
    faults = rule_faults(rule(**declared))
    assert any(told in fault for fault in faults), faults


def test_several_faults_are_told_together() -> None:
    faults = rule_faults(rule(expect=BETWEEN, when="a = b", sql="select 1", treatment="repair"))
    assert len(faults) >= 4


def test_columns_stand_for_one_expectation_each() -> None:
    sets = argument_sets(rule(expect=BETWEEN, columns=["cap_01", "cap_02"], max_value=5))
    assert sets == [{"column": "cap_01", "max_value": 5}, {"column": "cap_02", "max_value": 5}]


def test_a_finding_is_about_the_declared_field_else_about_what_a_repair_would_replace() -> None:
    pair = {"column_A": "planned", "column_B": "minutes"}
    assert judged_field(rule(**GOOD), pair) == "minutes"
    assert judged_field(rule(**GOOD, field="planned"), pair) == "planned"


def test_pairs_and_lists_of_columns_never_judge_rows_with_empty_cells() -> None:
    kinds = {entry.empty_cells for entry in EXPECTATIONS.values() if entry.kind in ("pair", "columns")}
    assert kinds == {"not tested"}
