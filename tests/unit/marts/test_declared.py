"""What the programme declares, as tables: every declared field of an indicator is there, in every language."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.declarations.lint_mart_sql import ENGINE_TABLES
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, in_languages
from mel_pipeline.marts.declared import DECLARED, build_declared

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"
TOLD_OTHERWISE = {
    "code": "indicator_code",
    "counts_people": "is_count_of_people",
    "scored": "is_scored",
    "weighs": "is_weighing",
}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(PROGRAMME)


def rows(name: str, programme: Programme, folders: DataFolder) -> list[dict[str, object]]:
    build_declared(name, programme, date(2025, 1, 31), folders)
    return pq.read_table(folders.table(name)).to_pylist()


@pytest.mark.parametrize("name", DECLARED)
def test_each_declared_table_has_the_columns_of_its_contract(name: str, programme: Programme, tmp_path: Path) -> None:
    told = rows(name, programme, DataFolder(tmp_path))
    contract = in_languages(ENGINE_CONTRACTS[name], programme.settings.languages)
    assert name in ENGINE_TABLES, "the lint would call it an unknown table"
    assert told
    assert list(told[0]) == [column.name for column in contract.columns]
    for column in contract.columns:
        if column.required:
            assert all(row[column.name] is not None for row in told), column.name


def test_every_declared_field_of_an_indicator_is_told(programme: Programme, tmp_path: Path) -> None:
    columns = set(rows("dim_indicator", programme, DataFolder(tmp_path))[0])
    for field in Indicator.model_fields:
        name = TOLD_OTHERWISE.get(field, field)
        assert name in columns or f"{name}_en" in columns, field


def test_periods_know_whether_they_have_ended(programme: Programme, tmp_path: Path) -> None:
    closed = {row["period"]: row["is_closed"] for row in rows("dim_period", programme, DataFolder(tmp_path))}
    assert closed["2024Q4"] is True
    assert closed["2024Q4-ytd"] is True
    assert closed["2025Q1"] is False
    assert closed["programme"] is False
