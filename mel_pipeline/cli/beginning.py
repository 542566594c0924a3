"""The commands that write something to begin with: a programme, templates to send out, a synthetic world."""

from pathlib import Path

import click

from mel_pipeline.cli.shared import FOLDER, err, out, stop
from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.lint import lint

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("directory", type=FOLDER)
@click.option("--from-xlsform", "form", type=FILE, help="Draft the programme from this survey form (.xlsx).")
@click.option("--data", multiple=True, type=FILE, help="Export of that form; once for each file, repeats too.")
@click.option("--language", envvar="MEL_LANGUAGE", help="Language of messages; else the first of the form.")
def new(directory: Path, form: Path | None, data: tuple[Path, ...], language: str | None) -> None:
    """Write a programme folder to start from: a small one, or one drafted from a survey form and its export."""
    if directory.exists() and any(directory.iterdir()):
        stop(f"{directory} is not empty. Choose a new folder.", 2)
    if bool(form) != bool(data):
        stop("A draft needs both: --from-xlsform FORM and --data FILE, the export of that form.", 2)
    if form is not None:
        _draft(directory, form, data, language)
    raise SystemExit(_check(directory))


def _draft(directory: Path, form: Path, data: tuple[Path, ...], language: str | None) -> None:
    """Draft a programme, or leave nothing behind."""
    from mel_pipeline.intake.problems import Refused
    from mel_pipeline.starting.draft_lines import draft_lines, error_line
    from mel_pipeline.starting.draft_programme import draft_programme
    from mel_pipeline.starting.draft_tables import DraftError

    try:
        draft = draft_programme(directory, form, data)
    except Refused as refused:
        stop(refused.problem(form.name).message(language or "en"), 2)
    except DraftError as error:
        stop(error_line(str(error), language or "en"), 2)
    for line in draft_lines(draft, directory, language or draft.languages[0]):
        out.print(line, markup=False)


def _check(directory: Path) -> int:
    """What is written has to pass the check; a fault in it is a fault of the draft and is shown."""
    errors = [fault for fault in lint(load_programme(directory)) if fault.severity == "error"]
    for fault in errors:
        err.print(str(fault), markup=False)
    return 1 if errors else 0


@click.command()
@click.argument("directory", type=FOLDER)
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--scale", default=1.0, show_default=True, help="Size of the world.")
def example(directory: Path, seed: int, scale: float) -> None:
    """Write a synthetic world: DIRECTORY/raw with known defects, DIRECTORY/truth with what they amount to."""
    from mel_example import write_example

    for folder in ("raw", "forms", "truth"):
        if (directory / folder).exists():
            stop(f"{directory / folder} exists already. Choose an empty folder, or delete it first.", 2)
    try:
        write_example(directory, seed=seed, scale=scale)
    except ValueError as error:
        stop(str(error), 2)
    out.print(f"Synthetic example with seed {seed} in {directory / 'raw'}, truth in {directory / 'truth'}")
