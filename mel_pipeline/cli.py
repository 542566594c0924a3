"""The `mel` command: the top floor, and the only module that may import `assets`.

Each command asks the library and shows what it says. What takes long is imported inside its command.
"""

import atexit
import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console

from mel_pipeline import database
from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.declarations.faults import unknown_name
from mel_pipeline.declarations.lint import lint
from mel_pipeline.folders import DataFolder

if TYPE_CHECKING:
    from assets.running import Run
    from mel_pipeline.pipeline import Pipeline, Step

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

FOLDER = click.Path(file_okay=False, path_type=Path)
programme_option = click.option(
    "--programme", type=FOLDER, default=Path("programme"), show_default=True, help="Folder that declares the programme."
)
data_option = click.option(
    "--data",
    type=FOLDER,
    default=Path("data"),
    show_default=True,
    help="Data folder: raw files in, marts and pages out.",
)
as_of_option = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day as of which to report; else the programme's own."
)
language_option = click.option(
    "--language", envvar="MEL_LANGUAGE", help="Language of messages; else the first of the programme."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """From an organisation's raw files to indicators scored against its theory of change."""
    atexit.register(database.leave_quietly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


def _stop(message: str, code: int = 1) -> NoReturn:
    err.print(message, markup=False)
    raise SystemExit(code)


def _load(directory: Path) -> Programme:
    """Load a programme; its errors are printed and end the command."""
    if not directory.is_dir():
        _stop(f"There is no programme folder {directory}. Go to the project's folder, or say --programme DIR.", 2)
    programme = load_programme(directory)
    errors = [fault for fault in lint(programme) if fault.severity == "error"]
    if errors:
        for fault in errors:
            err.print(str(fault), markup=False)
        counted = "1 fault" if len(errors) == 1 else f"{len(errors)} faults"
        _stop(f"The programme has {counted}; nothing was run. Correct, then run again.")
    return programme


def _pipeline(programme_dir: Path, data: Path, as_of: datetime | None) -> "Pipeline":
    from mel_pipeline.pipeline import Pipeline, UnknownDayError, resolve_as_of

    programme, folders = _load(programme_dir.resolve()), DataFolder(data.resolve())
    try:
        return Pipeline(programme, folders, resolve_as_of(as_of.date() if as_of else None, programme, folders))
    except UnknownDayError as error:
        _stop(str(error), 2)


@main.command()
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
        _stop(f"There is no folder {data / 'raw'}. Put the raw files there, or say --data DIR.", 2)
    pipeline = _pipeline(programme, data, as_of)
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
        _stop(folder_in_use(error, language))
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


@main.command()
@programme_option
def check(programme: Path) -> None:
    """Check what the programme declares; no data needed."""
    if not programme.is_dir():
        _stop(f"There is no programme folder {programme}. Say --programme DIR.", 2)
    faults = lint(load_programme(programme))
    errors = sum(fault.severity == "error" for fault in faults)
    for fault in faults:
        out.print(f"{fault.severity}: {fault}", markup=False)
    out.print(f"{errors} errors, {len(faults) - errors} warnings in {programme}")
    raise SystemExit(1 if errors else 0)


@main.command()
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

    pipeline = _pipeline(programme, data, as_of)
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


@main.command()
@programme_option
@data_option
@language_option
@click.option("--all", "everything", is_flag=True, help="Also list the values of every hub and grant.")
def diff(programme: Path, data: Path, language: str | None, everything: bool) -> None:
    """Show which numbers moved since the run before, and what changed behind them."""
    from mel_pipeline.publish.difference_lines import difference_lines, nothing_to_compare
    from mel_pipeline.publish.differences import NothingToCompareError, compare

    declared, folders = _load(programme.resolve()), DataFolder(data.resolve())
    language = language or declared.settings.languages[0]
    try:
        differences = compare(declared, folders)
    except NothingToCompareError:
        _stop(nothing_to_compare(language))
    for line in difference_lines(differences, declared, language, everything=everything):
        out.print(line, markup=False)


@main.command()
@click.argument("sql")
@data_option
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "parquet"]), default="table", show_default=True
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write to instead of the screen."
)
def query(sql: str, data: Path, form: str, output: Path | None) -> None:
    """Ask the marts a question in SQL; read-only, also while a run is going on."""
    from mel_pipeline.query import QueryError, ask, write_answer

    try:
        write_answer(ask(sql, DataFolder(data.resolve())), form, output, out)
    except QueryError as error:
        _stop(str(error))


@main.command()
@click.argument("code")
@programme_option
@data_option
@language_option
@click.option("--period", help="Period code, such as 2024Q4-ytd; else the latest.")
@click.option("--scope", default="all:all", show_default=True, help="Scope and code, such as hub:MENA.")
@click.option("--by", help="One category, such as sex=female.")
def explain(
    code: str, programme: Path, data: Path, language: str | None, period: str | None, scope: str, by: str | None
) -> None:
    """Say why an indicator has the value it has: definition, SQL, figures, rows used and set aside."""
    from mel_pipeline.explain import ExplainError, explain_value, latest_period
    from mel_pipeline.explanation_text import explanation_lines
    from mel_pipeline.indicators.values import Cell

    declared, folders = _load(programme.resolve()), DataFolder(data.resolve())
    scope_type, _, scope_code = scope.partition(":")
    dimension, _, category = (by or "total=total").partition("=")
    cell = Cell(period or latest_period(folders, code) or "", scope_type, scope_code or scope_type, dimension, category)
    try:
        explanation = explain_value(declared, folders, code, cell)
    except ExplainError as error:
        _stop(str(error))
    for line in explanation_lines(explanation, language or declared.settings.languages[0]):
        out.print(line, markup=False)


@main.command()
@click.argument("key")
@programme_option
@data_option
@language_option
@click.option("--by", "by_role", required=True, help="Role of who decides, such as 'MEL officer'; no name.")
@click.option("--reason", required=True, help="Why, such as 'request of the person'; no name.")
@click.option("--on", "erased_on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the decision; else today.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
def forget(
    key: str,
    programme: Path,
    data: Path,
    language: str | None,
    by_role: str,
    reason: str,
    erased_on: datetime | None,
    yes: bool,
) -> None:
    """Erase a person (KEY as in dim_person) or a row (its record_key): raw files become copies without them."""
    from mel_pipeline.forgetting import erasing
    from mel_pipeline.holding import FolderInUseError, hold
    from mel_pipeline.publish import forgetting_lines as lines
    from mel_pipeline.publish.run_messages import folder_in_use

    if not (data / "raw").is_dir():
        _stop(f"There is no folder {data / 'raw'}. Say --data DIR.", 2)
    declared, folders = _load(programme.resolve()), DataFolder(data.resolve())
    language = language or declared.settings.languages[0]
    decision = erasing.Decision(reason, by_role, (erased_on or datetime.now()).date())
    try:
        with hold(folders, "mel forget"):
            plan = erasing.plan_erasure(declared, folders, key)
            if not erasing.is_plain(plan, decision):
                _stop(lines.tells_of_the_person(language), 2)
            for line in lines.planned_lines(plan, language):
                out.print(line, markup=False)
            if not yes:
                click.confirm(lines.question(language), abort=True)
            erasing.erase(declared, folders, plan, decision)
    except FolderInUseError as error:
        _stop(folder_in_use(error, language), 2)
    except erasing.UnknownKeyError:
        _stop(lines.unknown_key(language), 2)
    except erasing.NothingLeftError as error:
        out.print(lines.nothing_left(error, language), markup=False)
        return
    except erasing.NotErasedError as error:
        _stop(lines.not_erased(error, language))
    for line in lines.erased_lines(plan, language):
        out.print(line, markup=False)


@main.command()
@click.argument("directory", type=FOLDER)
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--scale", default=1.0, show_default=True, help="Size of the world.")
def example(directory: Path, seed: int, scale: float) -> None:
    """Write a synthetic world: DIRECTORY/raw with known defects, DIRECTORY/truth with what they amount to."""
    from mel_example import write_example

    for folder in ("raw", "forms", "truth"):
        if (directory / folder).exists():
            _stop(f"{directory / folder} exists already. Choose an empty folder, or delete it first.", 2)
    try:
        write_example(directory, seed=seed, scale=scale)
    except ValueError as error:
        _stop(str(error), 2)
    out.print(f"Synthetic example with seed {seed} in {directory / 'raw'}, truth in {directory / 'truth'}")


@main.command()
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


if __name__ == "__main__":
    main()
