"""A small declared programme, and tables made by hand for the checks to look at."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mel_pipeline import database
from mel_pipeline.declarations.models import (
    Calendar,
    Dimension,
    Honesty,
    Indicator,
    MartContract,
    Settings,
    Source,
    TheoryOfChange,
)
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.honesty.findings import Evidence

WORDS = {"en": "words", "fr": "mots", "ar": "كلمات"}
MART = {
    "table": "fct_answer",
    "description": "answers",
    "key": ["city_code", "wave"],
    "period_on": "answered_on",
    "columns": [
        {"name": "city_code", "type": "VARCHAR", "meaning": "city"},
        {"name": "wave", "type": "BIGINT", "meaning": "year"},
        {"name": "answered_on", "type": "DATE", "meaning": "day"},
        {"name": "size", "type": "VARCHAR", "meaning": "size"},
        {"name": "theme", "type": "VARCHAR[]", "meaning": "themes"},
        {"name": "sex", "type": "VARCHAR", "meaning": "sex"},
        {"name": "figure", "type": "DOUBLE", "meaning": "figure"},
        {"name": "has_answered", "type": "BOOLEAN", "meaning": "answered"},
        {"name": "_record_keys", "type": "VARCHAR[]", "meaning": "keys"},
    ],
}
SOURCE = {
    "source": "reports",
    "kind": "hub_report",
    "title": WORDS,
    "files": ["reports/*.csv"],
    "key": ["hub_code"],
    "fields": [
        {"name": "hub_code", "type": "code", "headers": ["hub"]},
        {"name": "period", "type": "quarter", "headers": ["period"]},
        {"name": "indicator_code", "type": "code", "headers": ["indicator"]},
        {"name": "total", "type": "number", "headers": ["total"]},
        {"name": "remark", "type": "text", "headers": ["remark"]},
    ],
}


def indicator(code: str, measure: dict[str, Any], **declared: Any) -> Indicator:
    return Indicator.model_validate(
        {
            "code": code,
            "nodes": ["OP1"],
            "title": WORDS,
            "definition": WORDS,
            "numerator": WORDS,
            "data_source": WORDS,
            "unit": WORDS,
            "type": "count",
            "direction": "increase",
            "time": "period",
            "frequency": "quarter",
            "measure": {"from": "fct_answer", **measure},
            "coverage": {"from": "fct_answer", "received": "has_answered"},
            "evidence_weight": "strong",
            "level": "output",
            "limits": WORDS,
            **declared,
        }
    )


def dimension(*categories: str, counts_people_once: bool = False) -> Dimension:
    labels = {category: {"label": {"en": f"{category} in words", "fr": "x", "ar": "س"}} for category in categories}
    return Dimension.model_validate(
        {"label": WORDS, "categories": labels, "counts_people_once": counts_people_once}
    )  # fmt: skip


@pytest.fixture
def make_programme() -> Callable[..., Programme]:
    def make(*indicators: Indicator, **honesty: Any) -> Programme:
        return Programme(
            directory=Path("programme"),
            settings=Settings(
                programme="example",
                title=WORDS,
                subtitle=WORDS,
                languages=["en", "fr", "ar"],
                calendar=Calendar(first_quarter="2024Q1", last_quarter="2025Q4"),
                scopes={"hub": "hub_code"},
            ),
            theory=TheoryOfChange(),
            dimensions={
                "size": dimension("small", "large"),
                "theme": dimension("T1", "T2"),
                "sex": dimension("female", "male", "unknown", counts_people_once=True),
            },
            indicators={each.code: each for each in indicators},
            targets=[],
            donors={},
            grants={},
            sources={"reports": Source.model_validate(SOURCE)},
            rules={},
            marts={"fct_answer": MartContract.model_validate(MART)},
            mart_sql={},
            faults=[],
            places={},
            documents={},
            honesty=Honesty.model_validate(honesty),
        )

    return make


VALUE: dict[str, Any] = {
    "indicator_code": "I-01", "period_type": "quarter", "period": "2024Q1", "period_end": date(2024, 3, 31),
    "scope_type": "all", "scope_code": "all", "dimension": "total", "category": "total", "value": None,
    "numerator": None, "denominator": None, "n": 0,
}  # fmt: skip
ENDS = {"2024Q1": date(2024, 3, 31), "2024Q2": date(2024, 6, 30), "2024Q3": date(2024, 9, 30)}


def value(period: str, figure: float, n: int, **changes: Any) -> dict[str, Any]:
    """A row of indicator_values with a figure and the number of units behind it; a count has no denominator."""
    told = {"period": period, "period_end": ENDS[period], "value": figure, "numerator": figure, "n": n}
    return VALUE | told | changes


@pytest.fixture
def look() -> Iterator[Callable[..., Evidence]]:
    """Offers rows by table to a check."""
    with database.connect() as connection:

        def offer(programme: Programme, **tables: list[dict[str, Any]]) -> Evidence:
            years = [
                {"period_type": "year", "period": str(year), "period_start": date(year, 1, 1),
                 "period_end": date(year, 12, 31), "is_closed": year < 2026}
                for year in (2024, 2025, 2026)
            ]  # fmt: skip
            for name, rows in ({"dim_period": years} | tables).items():
                connection.register(f"_{name}", pd.DataFrame(rows))
                connection.execute(f'create or replace table "{name}" as select * from "_{name}"')
            return Evidence(connection, programme)

        yield offer
