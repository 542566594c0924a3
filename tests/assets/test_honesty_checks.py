"""Checks of honesty in Dagster: they warn, they tell what was found, and what judged nothing has not passed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.checks import HONESTY, honesty_checks, honesty_results
from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.models import Honesty
from mel_pipeline.folders import DataFolder
from mel_pipeline.honesty.build import TABLE
from mel_pipeline.honesty.findings import Kind
from mel_pipeline.pipeline import Pipeline

PROGRAMME = Path(__file__).resolve().parents[2] / "programme"


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(load_programme(PROGRAMME), DataFolder(tmp_path / "data"), date(2026, 10, 31))


def told(pipeline: Pipeline, **outcomes: list[str]) -> dict[str, dg.AssetCheckResult]:
    """Results of the checks when the table holds these outcomes by check; the other checks passed."""
    rows = [
        {"check_kind": kind.value, "outcome": outcome, "says_en": f"{kind} {outcome}"}
        for kind in Kind
        for outcome in outcomes.get(kind, ["passed"])
    ]
    table = pipeline.folders.table(TABLE)
    table.parent.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows), table)
    return {str(result.check_name): result for result in honesty_results(pipeline, pipeline.steps[(TABLE,)])}


def test_findings_fail_a_check_that_only_warns(pipeline: Pipeline) -> None:
    results = told(pipeline, simpson=["found", "found"], parts=["named", "passed"], panel=["not_assessable"])
    assert all(result.severity is dg.AssetCheckSeverity.WARN for result in results.values())
    failed = {name for name, result in results.items() if not result.passed}
    assert failed == {HONESTY[Kind.SIMPSON][0], HONESTY[Kind.PANEL][0]}
    assert results[HONESTY[Kind.SIMPSON][0]].description == "simpson found; simpson found"


def test_what_is_not_declared_has_no_check(pipeline: Pipeline) -> None:
    step = pipeline.steps[(TABLE,)]
    assert {spec.name for spec in honesty_checks(pipeline, step)} == {name for name, _ in HONESTY.values()}
    pipeline = replace(pipeline, programme=replace(pipeline.programme, honesty=Honesty()))
    assert honesty_checks(pipeline, step) == []
    assert told(pipeline) == {}
