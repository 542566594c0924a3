"""A small declared programme and its values, made of our own numbers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mel_pipeline.declarations.models import Calendar, Indicator, Settings, Target, TheoryOfChange
from mel_pipeline.declarations.programme import Programme

VALUE_COLUMNS = [
    "indicator_code", "period_type", "period", "period_start", "period_end", "scope_type", "scope_code",
    "dimension", "category", "value", "numerator", "denominator", "n", "ci_low", "ci_high", "interval_method",
    "coverage", "dqa_grade", "stale_since",
]  # fmt: skip


@pytest.fixture
def make_indicator() -> Callable[..., Indicator]:
    """Declare an indicator: by default a quarterly count of events, to increase, weighing in node OP1."""

    def make(code: str = "ACT-01", measure: dict[str, Any] | None = None, **declared: Any) -> Indicator:
        words = {"en": "words"}
        return Indicator.model_validate(
            {
                "code": code,
                "nodes": ["OP1"],
                "title": words,
                "definition": words,
                "numerator": words,
                "data_source": words,
                "unit": {"en": "events"},
                "type": "count",
                "direction": "increase",
                "time": "period",
                "frequency": "quarter",
                "measure": {"from": "fct_event", "count": True, **(measure or {})},
                "coverage": {"from": "fct_report", "received": "is_received"},
                "evidence_weight": "strong",
                "level": "output",
                "limits": words,
                **declared,
            }
        )

    return make


@pytest.fixture
def make_target() -> Callable[..., Target]:
    """Declare a target row, set before the programme began and for the undivided programme by default."""

    def make(code: str, period_type: str, period: str, value: float, **declared: Any) -> Target:
        return Target.model_validate(
            {
                "indicator_code": code,
                "scope_type": "all",
                "scope_code": "all",
                "period_type": period_type,
                "period": period,
                "value": value,
                "set_on": date(2023, 12, 15),
                "set_by": "MEL officer",
                "reason": "plan",
                "line": 2,
                **declared,
            }
        )

    return make


@pytest.fixture
def make_programme() -> Callable[..., Programme]:
    """Put a programme of two years together, with nodes OP1 and OP2 unless others are given."""

    def make(
        indicators: list[Indicator],
        targets: list[Target],
        nodes: tuple[str, ...] = ("OP1", "OP2"),
        grants: dict[str, Any] | None = None,
    ) -> Programme:
        words = {"en": "words"}
        settings = Settings(
            programme="example",
            title=words,
            subtitle=words,
            languages=["en"],
            calendar=Calendar(first_quarter="2024Q1", last_quarter="2025Q4"),
            scopes={"hub": "hub_code"},
        )
        theory = TheoryOfChange.model_validate(
            {"nodes": [{"id": node, "level": "output", "label": words} for node in nodes]}
        )
        return Programme(
            directory=Path("programme"),
            settings=settings,
            theory=theory,
            dimensions={},
            indicators={indicator.code: indicator for indicator in indicators},
            targets=targets,
            donors={},
            grants=grants or {},
            sources={},
            rules={},
            marts={},
            mart_sql={},
            faults=[],
            places={},
            documents={},
        )

    return make


@pytest.fixture
def make_values() -> Callable[..., pd.DataFrame]:
    """Lay out rows of indicator_values; what a row does not name is undivided or empty."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        usual = {
            "period_type": "quarter",
            "scope_type": "all",
            "scope_code": "all",
            "dimension": "total",
            "category": "total",
            "coverage": 1.0,
        }
        return pd.DataFrame([usual | row for row in rows], columns=VALUE_COLUMNS)

    return make
