"""Run steps in this process, and keep the record in Dagster's own home."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import dagster as dg

from assets.automation import EVERYTHING
from assets.definitions import definitions_of
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.values import IndicatorError
from mel_pipeline.marts.build import ContractBrokenError
from mel_pipeline.pipeline import Pipeline, Step

SETTINGS = """# Written by the pipeline. Nothing is sent anywhere, and one table is written at a time.
telemetry:
  enabled: false
concurrency:
  pools:
    granularity: op
    default_limit: 1
"""
TOLD_PLAINLY = (ContractBrokenError.__name__, IndicatorError.__name__)
"""Errors whose message is meant for people and holds nobody's data."""


def prepare_home(folders: DataFolder) -> None:
    """Make the folder where Dagster keeps its history, with telemetry switched off."""
    folders.dagster_home.mkdir(parents=True, exist_ok=True)
    settings = folders.dagster_home / "dagster.yaml"
    if not settings.exists():
        settings.write_text(SETTINGS, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(folders.dagster_home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"


@dataclass(frozen=True)
class Run:
    """What came of a run: how many raw files were parsed, and what failed, one plain sentence each."""

    files_parsed: int
    failures: list[str]


def materialise(pipeline: Pipeline, steps: Sequence[Step], progress: Callable[[Step], None]) -> Run:
    """Materialise the assets of some steps in this process."""
    prepare_home(pipeline.folders)
    job = definitions_of(replace(pipeline, on_done=progress)).resolve_job_def(EVERYTHING)
    with dg.DagsterInstance.get() as instance:
        result = job.execute_in_process(
            instance=instance,
            asset_selection=[dg.AssetKey(list(step.key)) for step in steps],
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            tags={"mel/command": "run"},
        )
    return Run(
        files_parsed=_files_parsed(pipeline, result.filter_events(lambda e: e.is_step_materialization)),
        failures=[_in_words(event) for event in result.filter_events(lambda e: e.is_step_failure)],
    )


def _files_parsed(pipeline: Pipeline, events: Iterable[dg.DagsterEvent]) -> int:
    """How many raw files were read; a workbook that feeds several sources, told by their first pattern, counts once."""
    parsed: dict[str, int] = {}
    for event in events:
        materialization = event.step_materialization_data.materialization
        told = materialization.metadata.get("files_parsed")
        if told:
            pattern = pipeline.programme.sources[materialization.asset_key.path[-1]].files[0]
            parsed[pattern] = max(parsed.get(pattern, 0), int(told.value))  # type: ignore[arg-type]
    return sum(parsed.values())


def _in_words(event: dg.DagsterEvent) -> str:
    errors = list(_with_causes(event.step_failure_data.error))
    for error in errors:
        if error.cls_name in TOLD_PLAINLY:
            return error.message.removeprefix(f"{error.cls_name}: ").strip()
    # A message of a library may quote data, so only its kind is told here.
    kind = errors[-1].cls_name if errors else "unknown error"
    step = str(event.step_key).replace("__", "/")
    return f"Step {step} failed ({kind}); what depends on it was not renewed. See the run in 'mel ui'."


def _with_causes(error: Any) -> Iterator[Any]:
    """An error as Dagster records it, then what caused it, down to the first cause."""
    while error is not None:
        yield error
        error = error.cause
