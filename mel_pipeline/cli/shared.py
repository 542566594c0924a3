"""What the commands share: the two consoles, the options that most of them take, and loading a programme.

A command itself belongs to one of the other modules of this folder.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console

from mel_pipeline.declarations import Programme, load_programme
from mel_pipeline.declarations.lint import lint
from mel_pipeline.folders import DataFolder

if TYPE_CHECKING:
    from mel_pipeline.pipeline import Pipeline

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


def stop(message: str, code: int = 1) -> NoReturn:
    """Print an error and end the command."""
    err.print(message, markup=False)
    raise SystemExit(code)


def load(directory: Path) -> Programme:
    """Load a programme; its errors are printed and end the command."""
    if not directory.is_dir():
        stop(f"There is no programme folder {directory}. Go to the project's folder, or say --programme DIR.", 2)
    programme = load_programme(directory)
    errors = [fault for fault in lint(programme) if fault.severity == "error"]
    if errors:
        for fault in errors:
            err.print(str(fault), markup=False)
        counted = "1 fault" if len(errors) == 1 else f"{len(errors)} faults"
        stop(f"The programme has {counted}; nothing was run. Correct, then run again.")
    return programme


def pipeline_of(programme_dir: Path, data: Path, as_of: datetime | None) -> "Pipeline":
    """The pipeline of a programme, or an error that ends the command."""
    from mel_pipeline.pipeline import Pipeline, UnknownDayError, resolve_as_of

    programme, folders = load(programme_dir.resolve()), DataFolder(data.resolve())
    try:
        return Pipeline(programme, folders, resolve_as_of(as_of.date() if as_of else None, programme, folders))
    except UnknownDayError as error:
        stop(str(error), 2)
