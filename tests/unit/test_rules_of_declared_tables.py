"""Rules may read tables of what is declared: those are made before, and only their own declarations reach the rows."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.lint import lint
from mel_pipeline.folders import DataFolder
from mel_pipeline.freshness import mark_done, out_of_date
from mel_pipeline.pipeline import Pipeline

ROOT = Path(__file__).resolve().parents[2]
ACTIVITIES = ("accepted", "hub_activities")


@pytest.fixture
def programme_dir(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "programme", tmp_path / "programme"))


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return DataFolder(tmp_path / "data")


def pipeline(programme_dir: Path, data: DataFolder, as_of: date = date(2025, 1, 31)) -> Pipeline:
    return Pipeline(load_programme(programme_dir), data, as_of)


def do_everything(pipeline: Pipeline) -> None:
    """Stand-in for a run: every output exists, every step is recorded."""
    for step in pipeline.steps.values():
        for output in step.outputs:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.touch()
        mark_done(pipeline, step.key)


def stale(pipeline: Pipeline) -> set[tuple[str, ...]]:
    return {step.key for step in out_of_date(pipeline)}


def test_declared_tables_are_made_before_the_rows_that_rules_judge_by_them(programme_dir, data) -> None:
    steps = pipeline(programme_dir, data).steps
    assert {("dim_grant",), ("dim_grant_scope",), ("accepted", "events")} <= set(steps[ACTIVITIES].reads)
    assert ("accepted", "dim_grant") not in steps[ACTIVITIES].reads
    order = list(steps)
    assert order.index(("dim_grant",)) < order.index(ACTIVITIES)


def test_a_changed_grant_judges_activities_anew(programme_dir, data) -> None:
    do_everything(pipeline(programme_dir, data))
    donors = programme_dir / "donors.yml"
    changed = donors.read_text(encoding="utf-8").replace("ends_on: 2025-12-31", "ends_on: 2026-03-31", 1)
    donors.write_text(changed, encoding="utf-8")
    reached = stale(pipeline(programme_dir, data))
    assert {("dim_grant",), ACTIVITIES} <= reached
    assert ("accepted", "hub_changes") not in reached
    assert ("staging", "hub_activities") not in reached


def test_another_target_or_day_judges_nothing_anew(programme_dir, data) -> None:
    do_everything(pipeline(programme_dir, data))
    targets = programme_dir / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").rstrip("\n") + "\n\n", encoding="utf-8")
    reached = stale(pipeline(programme_dir, data, date(2025, 4, 30)))
    assert ("indicator_scores",) in reached
    assert not {key for key in reached if key[0] == "accepted"}


def test_a_table_that_is_neither_source_nor_declared_is_a_fault(programme_dir) -> None:
    rules = programme_dir / "sources" / "hub_activities" / "rules.yml"
    text = rules.read_text(encoding="utf-8").replace(
        "left join dim_grant on dim_grant", "left join dim_grants on dim_grants"
    )
    rules.write_text(text.replace("dim_grant.", "dim_grants."), encoding="utf-8")
    told = [fault.message for fault in lint(load_programme(programme_dir)) if "HR24" in fault.message]
    assert len(told) == 1
    assert "reads an unknown source: found 'dim_grants'" in told[0]
    assert "Did you mean 'dim_grant'?" in told[0]
