"""The commands of a reporting day: run, check, status, diff and Dagster's page."""

import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mel_pipeline import database
from mel_pipeline.cli.shared import (
    as_of_option,
    data_option,
    err,
    language_option,
    load,
    out,
    pipeline_of,
    programme_option,
    stop,
)
from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.faults import unknown_name
from mel_pipeline.declarations.lint import lint
from mel_pipeline.folders import DataFolder

if TYPE_CHECKING:
    from assets.running import Run
    from mel_pipeline.pipeline import Pipeline, Step


@click.command()
@programme_option
@data_option
@as_of_option
@language_option
@click.option("--select", help="Only these assets, separated by commas, such as accepted/cities,indicator_values.")
@click.option("--full", is_flag=True, help="Everything, also what is up to date.")
def run(
    programme: Path, data: Path, as_of: datetime | None, language: str | None, select: str | None, full: bool
) -> None:
    """Do everything that is out of date, from raw files to draft pages."""
    from mel_pipeline.freshness import out_of_date
    from mel_pipeline.holding import FolderInUseError, hold
    from mel_pipeline.publish.run_messages import files_read, folder_in_use, marts_taken, nothing_done

    if not (data / "raw").is_dir():
        stop(f"There is no folder {data / 'raw'}. Put the raw files there, or say --data DIR.", 2)
    pipeline = pipeline_of(programme, data, as_of)
    language = language or pipeline.programme.settings.languages[0]
    try:
        with hold(pipeline.folders, "mel run"):
            if database.take_waiting(pipeline.folders.database):
                err.print(marts_taken(language), markup=False)
            steps = list(pipeline.steps.values()) if full else out_of_date(pipeline)
            if select:
                steps = _selected(pipeline, select)
            done = _materialise(pipeline, steps) if steps else None
    except FolderInUseError as error:
        stop(folder_in_use(error, language))
    err.print(files_read(done.files_parsed, language) if done else nothing_done(language), markup=False)
    raise SystemExit(_tell(pipeline, language, done.failures if done else []))


def _selected(pipeline: "Pipeline", select: str) -> list["Step"]:
    steps = {"/".join(key): step for key, step in pipeline.steps.items()}
    wanted = [name.strip() for name in select.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in steps]
    if unknown:
        for name in unknown:
            err.print(unknown_name("Asset", name, steps, "See 'mel status --all'."), markup=False)
        raise SystemExit(2)
    return [steps[name] for name in wanted]


def _materialise(pipeline: "Pipeline", steps: list["Step"]) -> "Run":
    """Run steps through Dagster, in this process, with progress."""
    from assets.running import materialise

    with err.status("") if err.is_terminal else nullcontext() as status:
        count = 0

        def progress(step: "Step") -> None:
            nonlocal count
            count += 1
            line = f"[{count:>3}/{len(steps)}] {'/'.join(step.key)}"
            if status is not None:
                status.update(line)
            else:
                err.print(line, markup=False)

        return materialise(pipeline, steps, progress)


def _tell(pipeline: "Pipeline", language: str, failures: list[str]) -> int:
    """Print the summary and what is blocked; return the exit code."""
    from mel_pipeline.publish.review import review_workbooks
    from mel_pipeline.publish.run_messages import marts_wait
    from mel_pipeline.publish.run_summary import summarise
    from mel_pipeline.publish.summary_lines import summary_lines

    pages = [_as_seen_from_here(page) for page in pipeline.pages]
    review = [_as_seen_from_here(workbook) for workbook in review_workbooks(pipeline.folders)]
    summary = summarise(pipeline.folders, pipeline.programme, pages, review)
    if summary is not None:
        for line in summary_lines(summary, language):
            out.print(line, markup=False)
    for failure in failures:
        err.print(failure, markup=False)
    is_waiting = database.waiting(pipeline.folders.database).exists()
    if is_waiting:
        err.print(marts_wait(pipeline.folders.database, language), markup=False)
    return 1 if failures or is_waiting or (summary is not None and summary.is_blocked) else 0


def _as_seen_from_here(path: Path) -> Path:
    """A path as short as the folder in which the command was given allows."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


@click.command()
@programme_option
def check(programme: Path) -> None:
    """Check what the programme declares; no data needed."""
    if not programme.is_dir():
        stop(f"There is no programme folder {programme}. Say --programme DIR.", 2)
    faults = lint(load_programme(programme))
    errors = sum(fault.severity == "error" for fault in faults)
    for fault in faults:
        out.print(f"{fault.severity}: {fault}", markup=False)
    out.print(f"{errors} errors, {len(faults) - errors} warnings in {programme}")
    raise SystemExit(1 if errors else 0)


@click.command()
@programme_option
@data_option
@as_of_option
@language_option
@click.option("--all", "show_all", is_flag=True, help="Also list what is up to date.")
def status(programme: Path, data: Path, as_of: datetime | None, language: str | None, show_all: bool) -> None:
    """Show what is out of date, blocked, waiting or due, and the figures of the last run."""
    from mel_pipeline.freshness import name_of, out_of_date
    from mel_pipeline.publish.due_dates import reporting_calendar
    from mel_pipeline.publish.due_lines import due_lines

    pipeline = pipeline_of(programme, data, as_of)
    stale = {step.key for step in out_of_date(pipeline)}
    for key in pipeline.steps:
        if show_all or key in stale:
            out.print(f"{'out of date' if key in stale else 'up to date '}  {name_of(key)}", markup=False)
    out.print(f"{len(stale)} of {len(pipeline.steps)} steps are out of date." + (" Run 'mel run'." if stale else ""))
    language = language or pipeline.programme.settings.languages[0]
    owed = reporting_calendar(pipeline.programme, pipeline.folders, pipeline.as_of)
    for line in due_lines(owed, pipeline.programme, pipeline.as_of, language):
        out.print(line, markup=False)
    raise SystemExit(_tell(pipeline, language, []))


@click.command()
@programme_option
@data_option
@language_option
@click.option("--all", "everything", is_flag=True, help="Also list the values of every hub and grant.")
def diff(programme: Path, data: Path, language: str | None, everything: bool) -> None:
    """Show which numbers moved since the run before, and what changed behind them."""
    from mel_pipeline.publish.difference_lines import difference_lines, nothing_to_compare
    from mel_pipeline.publish.differences import NothingToCompareError, compare

    declared, folders = load(programme.resolve()), DataFolder(data.resolve())
    language = language or declared.settings.languages[0]
    try:
        differences = compare(declared, folders)
    except NothingToCompareError:
        stop(nothing_to_compare(language))
    for line in difference_lines(differences, declared, language, everything=everything):
        out.print(line, markup=False)


@click.command()
@programme_option
@data_option
@click.option("--port", default=3000, show_default=True)
def ui(programme: Path, data: Path, port: int) -> None:
    """Open Dagster's web page and daemon on this programme; stop with Ctrl+C."""
    from assets.running import prepare_home

    folders = DataFolder(data.resolve())
    prepare_home(folders)
    environment = {
        **os.environ,
        "MEL_PROGRAMME": str(programme.resolve()),
        "MEL_DATA": str(folders.root),
        "DAGSTER_HOME": str(folders.dagster_home),
        # Dagster advises developers to use another command of its own; an officer can do nothing with that.
        "PYTHONWARNINGS": "ignore",
    }
    out.print(f"Dagster's page opens at http://127.0.0.1:{port} in a moment. Stop with Ctrl+C.")
    command = [sys.executable, "-m", "dagster", "dev", "-m", "assets.definitions", "-p", str(port)]
    raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 -- our own interpreter
