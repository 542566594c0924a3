"""The pipeline as Dagster shows it: every asset described, and a programme with faults that still loads."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from assets.automation import EVERYTHING
from assets.definitions import build_definitions
from mel_pipeline.declarations import load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.pipeline import STAGES, Pipeline

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = ROOT / "programme"
EXAMPLE = ROOT / "data" / "raw"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(EXAMPLE, folder / "raw")
    return folder


@pytest.fixture(scope="module")
def definitions(data: Path) -> dg.Definitions:
    return build_definitions(PROGRAMME, data)


def specs(definitions: dg.Definitions) -> list[dg.AssetSpec]:
    return list(definitions.resolve_all_asset_specs())


def test_every_step_of_the_pipeline_is_an_asset(definitions: dg.Definitions, data: Path) -> None:
    pipeline = Pipeline(load_programme(PROGRAMME), DataFolder(data), date(2025, 1, 31))
    found = {tuple(spec.key.path): {tuple(dep.asset_key.path) for dep in spec.deps} for spec in specs(definitions)}
    assert found == {key: set(step.reads) for key, step in pipeline.steps.items()}
    declared = load_programme(PROGRAMME)
    sources = {(stage, name) for stage in ("staging", "accepted") for name in declared.sources}
    engines = {("indicator_values",), ("indicator_scores",), ("toc_node_scores",), ("mel",), ("donor_pages",)}
    assert sources | {(table,) for table in declared.marts} | engines <= set(found)


def test_every_asset_says_what_it_is(definitions: dg.Definitions) -> None:
    for spec in specs(definitions):
        assert spec.group_name in STAGES, spec.key
        assert spec.description, spec.key
        assert spec.description.endswith("."), spec.key
        assert spec.owners == ["team:mel"], spec.key
        assert spec.kinds, spec.key
        assert spec.code_version, spec.key


def test_checks_are_sentences_about_dimensions_and_blocking_rules(definitions: dg.Definitions) -> None:
    checks = {key.name for key in definitions.resolve_asset_graph().asset_check_keys}
    assert "all_rules_of_validity_hold" in checks
    assert "all_rules_of_integrity_hold" in checks
    assert "rows_read_are_accepted_or_set_aside_or_dropped" in checks
    assert any(name.startswith("rule_RF02") for name in checks)


def test_there_is_one_readable_job_and_a_sensor_for_dropped_files(definitions: dg.Definitions) -> None:
    assert definitions.resolve_job_def(EVERYTHING).name == "mel_all"
    assert [sensor.name for sensor in definitions.sensors or []] == ["a_file_was_dropped"]


def test_a_programme_with_faults_loads_and_lists_them_in_plain_words(tmp_path: Path, data: Path) -> None:
    broken = shutil.copytree(PROGRAMME, tmp_path / "programme")
    activity = broken / "indicators" / "activity.yml"
    text = activity.read_text(encoding="utf-8")
    activity.write_text(text.replace("from: fct_event\n", "from: fct_evnt\n", 1), encoding="utf-8")
    definitions = build_definitions(broken, data)
    (spec,) = specs(definitions)
    assert spec.key == dg.AssetKey("programme")
    assert "indicators/activity.yml:" in str(spec.description)
    assert "Did you mean 'fct_event'?" in str(spec.description)

    # In a thread of its own: browser tests of the same process keep an event loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as other_thread:
        result = other_thread.submit(definitions.resolve_implicit_global_asset_job_def().execute_in_process).result()
    (check,) = result.get_asset_check_evaluations()
    assert not check.passed
    assert "fct_evnt" in str(check.description)


def test_a_day_that_nobody_says_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    without_day = shutil.copytree(PROGRAMME, tmp_path / "programme")
    settings = without_day / "programme.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("as_of: 2026-10-31\n", ""), encoding="utf-8")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (spec,) = specs(build_definitions(without_day, tmp_path / "data"))
    assert "--as-of" in str(spec.description)


def dg_command(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = data / ".dagster"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [str(Path(sys.executable).with_name("dg")), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "MEL_DATA": str(data), "DAGSTER_HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "1"},
    )


def test_dg_checks_and_launches_everything(data: Path) -> None:
    checked = dg_command(data, "check", "defs")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    launched = dg_command(data, "launch", "--assets", "*")
    assert launched.returncode == 0, launched.stdout + launched.stderr
    assert (data / "marts" / "mel.duckdb").exists()
    assert len(list((data / "preview").rglob("page.*.html"))) == 10
