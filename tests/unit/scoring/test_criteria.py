"""What the rules ask of an indicator follows from its declaration."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.scoring.criteria import (
    criteria_of,
    default_tolerance,
    evidence_kind,
    is_accumulating,
    is_context,
)

MakeIndicator = Callable[..., Indicator]
SHARE = {"count": None, "share": "is_met"}


@pytest.mark.parametrize(
    ("indicator_type", "time", "expected"),
    [
        ("count", "period", True),
        ("milestone", "period", True),
        ("count", "year_to_date", True),
        ("percentage", "year_to_date", True),
        ("mean", "year_to_date", True),
        ("percentage", "period", False),
        ("mean", "period", False),
        ("index", "period", False),
        ("ratio", "period", False),
        ("count", "latest", False),
        ("count", "rolling_4q", False),
        ("percentage", "latest", False),
        ("percentage", "rolling_4q", False),
    ],
)
def test_what_accumulates_and_what_is_a_level(
    make_indicator: MakeIndicator, indicator_type: str, time: str, expected: bool
) -> None:
    assert is_accumulating(make_indicator(type=indicator_type, time=time)) is expected


@pytest.mark.parametrize(
    ("indicator_type", "unit", "expected"),
    [
        ("percentage", "%", 1),
        ("index", "0-100", 1),
        ("index", "points", 1),
        ("mean", "points on 0–100", 1),
        ("mean", "1-5", 0.05),
        ("index", "1-5", 0.05),
        ("mean", "days", 0),
        ("ratio", "per 100,000", 0),
        ("count", "events", 0),
    ],
)
def test_tolerance_follows_the_scale_of_the_unit(
    make_indicator: MakeIndicator, indicator_type: str, unit: str, expected: float
) -> None:
    assert default_tolerance(make_indicator(type=indicator_type, unit={"en": unit})) == expected


def test_declared_tolerance_prevails(make_indicator: MakeIndicator) -> None:
    assert criteria_of(make_indicator(type="percentage", tolerance=0)).tolerance == 0


def test_context_is_declared_by_direction_or_by_not_being_scored(make_indicator: MakeIndicator) -> None:
    assert is_context(make_indicator(direction="context"))
    assert is_context(make_indicator(scored=False))
    assert not is_context(make_indicator())


class TestMinimumN:
    @pytest.mark.parametrize("indicator_type", ["count", "milestone"])
    def test_counts_need_none(self, make_indicator: MakeIndicator, indicator_type: str) -> None:
        assert criteria_of(make_indicator(type=indicator_type)).minimum_n(None) == 0

    def test_shares_from_registers_need_one(self, make_indicator: MakeIndicator) -> None:
        share = make_indicator(type="percentage", measure=SHARE | {"population": "census"})
        assert criteria_of(share).minimum_n(12) == 1

    @pytest.mark.parametrize(("n_units", "expected"), [(None, 10), (60, 10), (15, 10), (14, 5)])
    def test_answers_need_ten_or_five_in_a_small_scope(
        self, make_indicator: MakeIndicator, n_units: int | None, expected: int
    ) -> None:
        assert criteria_of(make_indicator(type="mean", measure=SHARE)).minimum_n(n_units) == expected

    def test_pairs_need_eight(self) -> None:
        paired = SimpleNamespace(type="mean", measure=SimpleNamespace(verb="paired_change", population=None))
        assert evidence_kind(cast(Any, paired)) == "pairs"

    def test_declared_one_prevails(self, make_indicator: MakeIndicator) -> None:
        assert criteria_of(make_indicator(type="mean", measure=SHARE, minimum_n=3)).minimum_n(12) == 3


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"type": "count"}, 0.60),
        ({"type": "percentage", "measure": SHARE | {"population": "census"}}, 0.60),
        ({"type": "percentage", "measure": SHARE}, 0.30),
        ({"type": "percentage", "measure": SHARE, "minimum_coverage": 0.5}, 0.5),
    ],
)
def test_minimum_coverage_is_higher_for_reports_due_than_for_surveys(
    make_indicator: MakeIndicator, declared: dict[str, Any], expected: float
) -> None:
    assert criteria_of(make_indicator(**declared)).minimum_coverage == expected
