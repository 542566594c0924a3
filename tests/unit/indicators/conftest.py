# ruff: noqa: E501 -- rows read best as rows
"""A tiny programme with marts written by hand, so that every value can be counted on fingers."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.models import Indicator, MartContract, Settings, TheoryOfChange
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder

WORDS = {"en": "words"}


def mart(table: str, columns: dict[str, str], key: list[str], **more: Any) -> MartContract:
    return MartContract.model_validate(
        {
            "table": table,
            "description": "By hand.",
            "key": key,
            "columns": [{"name": name, "type": type_, "meaning": "By hand"} for name, type_ in columns.items()],
            **more,
        }
    )


MARTS = {
    "fct_visit": mart(
        "fct_visit",
        {
            "visit_code": "VARCHAR", "person_key": "VARCHAR", "visited_on": "DATE", "hub_code": "VARCHAR",
            "topic": "VARCHAR[]", "sex": "VARCHAR", "_record_keys": "VARCHAR[]",
        },
        ["visit_code"],
        period_on="visited_on",
        scopes={"hub": "hub_code"},
        families={"visits": "visit_code"},
    ),
    "fct_city_quarter": mart(
        "fct_city_quarter",
        {
            "city_code": "VARCHAR", "quarter_end_on": "DATE", "hub_code": "VARCHAR", "is_active": "BOOLEAN",
            "has_plan": "BOOLEAN", "mode": "VARCHAR[]", "_record_keys": "VARCHAR[]",
        },
        ["city_code", "quarter_end_on"],
        snapshot_on="quarter_end_on",
        scopes={"hub": "hub_code"},
    ),
    "fct_answer": mart(
        "fct_answer",
        {
            "city_code": "VARCHAR", "answered_on": "DATE", "hub_code": "VARCHAR", "language": "VARCHAR",
            "item_1": "BIGINT", "item_2": "BIGINT", "item_3": "BIGINT", "_record_keys": "VARCHAR[]",
        },
        ["city_code"],
        period_on="answered_on",
        scopes={"hub": "hub_code"},
    ),
    "bridge_visit_grant": mart(
        "bridge_visit_grant",
        {"visit_code": "VARCHAR", "grant_code": "VARCHAR"},
        ["visit_code", "grant_code"],
        families={"visits": "visit_code"},
    ),
}  # fmt: skip

Q1, Q2 = date(2024, 2, 1), date(2024, 5, 1)
ROWS: dict[str, list[dict[str, Any]]] = {
    "fct_visit": [
        {"visit_code": "V1", "person_key": "a", "visited_on": Q1, "hub_code": "X", "topic": ["T1", "T2"], "sex": "female"},
        {"visit_code": "V2", "person_key": "a", "visited_on": Q2, "hub_code": "X", "topic": ["T1", "T1"], "sex": "female"},
        {"visit_code": "V3", "person_key": "b", "visited_on": Q2, "hub_code": "Y", "topic": [], "sex": None},
        {"visit_code": "V4", "person_key": None, "visited_on": Q2, "hub_code": "Y", "topic": ["T2"], "sex": "male"},
    ],
    "fct_city_quarter": [
        {"city_code": f"C{i}", "quarter_end_on": end, "hub_code": "X" if i < 3 else "Y", "is_active": i != 4,
         "has_plan": i == 0 or (i == 1 and end.month == 6), "mode": ["online", "paper"] if i == 0 else ["online"]}
        for end in (date(2024, 3, 31), date(2024, 6, 30)) for i in range(5)
    ],
    "fct_answer": [
        {"city_code": "C0", "answered_on": Q1, "hub_code": "X", "language": "en", "item_1": 5, "item_2": 1, "item_3": 5},
        {"city_code": "C1", "answered_on": Q1, "hub_code": "X", "language": "fr", "item_1": 1, "item_2": None, "item_3": 3},
        {"city_code": "C3", "answered_on": Q1, "hub_code": "Y", "language": "fr", "item_1": 4, "item_2": None, "item_3": None},
    ],
    "bridge_visit_grant": [{"visit_code": "V1", "grant_code": "G"}, {"visit_code": "V2", "grant_code": "G"}],
    "dim_hub": [
        {"hub_code": "X", "active_from": date(2020, 1, 1), "active_to": None},
        {"hub_code": "Y", "active_from": date(2024, 4, 1), "active_to": None},
    ],
    "dim_grant": [{"grant_code": "G", "active_from": date(2024, 1, 1), "active_to": date(2024, 12, 31)}],
    "dim_period": [
        {"period_type": "quarter", "period": "2024Q1", "period_start": date(2024, 1, 1), "period_end": date(2024, 3, 31), "is_closed": True},
        {"period_type": "quarter", "period": "2024Q2", "period_start": date(2024, 4, 1), "period_end": date(2024, 6, 30), "is_closed": True},
        {"period_type": "quarter", "period": "2024Q3", "period_start": date(2024, 7, 1), "period_end": date(2024, 9, 30), "is_closed": False},
        {"period_type": "year_to_date", "period": "2024Q1-ytd", "period_start": date(2024, 1, 1), "period_end": date(2024, 3, 31), "is_closed": True},
        {"period_type": "year_to_date", "period": "2024Q2-ytd", "period_start": date(2024, 1, 1), "period_end": date(2024, 6, 30), "is_closed": True},
    ],
}  # fmt: skip


def indicator(code: str, measure: dict[str, Any], **more: Any) -> Indicator:
    declared = {
        "code": code, "nodes": ["N"], "title": WORDS, "definition": WORDS, "numerator": WORDS, "data_source": WORDS,
        "unit": WORDS, "limits": WORDS, "type": "count", "direction": "increase", "time": "period",
        "frequency": "quarter", "evidence_weight": "strong", "level": "output", "measure": measure,
        "coverage": {"from": "fct_city_quarter", "received": "is_active"},
    }  # fmt: skip
    return Indicator.model_validate(declared | more)


@pytest.fixture
def folders(tmp_path: Path) -> DataFolder:
    folders = DataFolder(tmp_path / "data")
    folders.build.mkdir(parents=True)
    for table, rows in ROWS.items():
        keyed = [
            row | {"_record_keys": [f"{table}-{i}"]} if table.startswith("fct") else row for i, row in enumerate(rows)
        ]
        pq.write_table(pa.Table.from_pylist(keyed), folders.table(table))
    return folders


@pytest.fixture
def programme() -> Programme:
    settings = Settings.model_validate(
        {
            "programme": "tiny", "title": WORDS, "subtitle": WORDS, "languages": ["en"],
            "calendar": {"first_quarter": "2024Q1", "last_quarter": "2024Q4"},
            "scopes": {"hub": "hub_code", "grant": {"visits": "bridge_visit_grant"}},
        }
    )  # fmt: skip
    return Programme(
        directory=Path("programme"), settings=settings, theory=TheoryOfChange(), dimensions={}, indicators={},
        targets=[], donors={}, grants={}, sources={}, rules={}, marts=MARTS, mart_sql={}, faults=[], places={},
        documents={},
    )  # fmt: skip
