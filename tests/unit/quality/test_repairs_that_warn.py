"""Repairs that somebody should look at: the cell is mended, and the row stands among the warnings, too."""

from typing import Any

import pytest

from mel_pipeline.declarations.expectations import rule_faults

NONE_AND_OTHERS = {
    "sql": "select _record_key from {batch} where none = 1 and guide = 1",
    "field": "none",
    "treatment": "repair",
    "also_warn": True,
}


@pytest.fixture
def choices(bench: Any) -> Any:
    bench.declare("choices", {"ref": "code", "guide": "integer", "none": "integer"})
    bench.write("choices.csv", "ref,guide,none", "a,1,1", "b,0,1", "c,1,0")
    return bench


def test_the_cell_is_mended_and_the_row_is_listed(choices: Any) -> None:
    choices.judge("choices", choices.rule("SV11", "unexpected_rows", fix="0", **NONE_AND_OTHERS))

    assert {row["ref"]: row["none"] for row in choices.accepted("choices")} == {"a": 0, "b": 1, "c": 0}
    (repair,) = choices.found("choices", "repairs")
    (warning,) = choices.found("choices", "warnings")
    assert (repair["source_row"], repair["before"], repair["after"]) == (2, "1", "0")
    assert (warning["source_row"], warning["rule_id"], warning["treatment"]) == (2, "SV11", "warn")
    assert warning["reason"] == "Reason SV11"


def test_a_repair_that_cannot_be_computed_warns_of_nothing(choices: Any) -> None:
    judgement = choices.judge("choices", choices.rule("SV11", "unexpected_rows", fix="nowhere + 1", **NONE_AND_OTHERS))

    assert [rule.rule_id for rule in judgement.errored] == ["SV11"]
    assert choices.found("choices", "warnings") == []


@pytest.mark.parametrize("change", [{"treatment": "warn"}, {"drop": True}])
def test_only_a_repair_that_keeps_the_row_can_warn_too(bench: Any, change: dict[str, Any]) -> None:
    told = rule_faults(bench.rule("SV11", "unexpected_rows", **(NONE_AND_OTHERS | change)))

    assert any("`also_warn` goes with a repair that keeps the row" in fault for fault in told)
