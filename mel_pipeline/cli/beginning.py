"""The commands that write something to begin with: a programme, templates to send out, a synthetic world."""

from pathlib import Path

import click

from mel_pipeline.cli.shared import FOLDER, err, load, out, programme_option, stop
from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.lint import lint
from mel_pipeline.folders import DataFolder

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("directory", type=FOLDER)
@click.option("--from-xlsform", "form", type=FILE, help="Draft the programme from this survey form (.xlsx).")
@click.option("--data", multiple=True, type=FILE, help="Export of that form; once for each file, repeats too.")
@click.option("--templates", is_flag=True, help="Write the templates of a programme instead, to send out.")
@programme_option
@click.option(
    "--registers",
    type=FOLDER,
    default=Path("data"),
    show_default=True,
    help="With --templates: data folder whose registers, after a run, fill the lists to choose from.",
)
@click.option("--language", envvar="MEL_LANGUAGE", help="Language of messages; else the first of the form.")
def new(
    directory: Path,
    form: Path | None,
    data: tuple[Path, ...],
    templates: bool,
    programme: Path,
    registers: Path,
    language: str | None,
) -> None:
    """Write a programme folder to start from: a small one, or one drafted from a survey form and its export.

    With --templates: the report workbooks, sign-in sheets and survey forms of a programme, in each of its languages.
    """
    if directory.exists() and any(directory.iterdir()):
        stop(f"{directory} is not empty. Choose a new folder.", 2)
    if templates:
        if form or data:
            stop("--templates writes what a programme asks for; leave --from-xlsform and --data out.", 2)
        _templates(directory, programme, registers, language)
        return
    if bool(form) != bool(data):
        stop("A draft needs both: --from-xlsform FORM and --data FILE, the export of that form.", 2)
    if form is not None:
        _draft(directory, form, data, language)
    else:
        _begin(directory, language)
    raise SystemExit(_check(directory))


def _begin(directory: Path, language: str | None) -> None:
    """Write the small programme."""
    from mel_pipeline.starting.draft_lines import next_lines
    from mel_pipeline.starting.small_programme import starter_line, write_starter

    write_starter(directory)
    for line in (starter_line(directory, language or "en"), *next_lines(directory, language or "en")):
        out.print(line, markup=False)


def _templates(directory: Path, programme: Path, registers: Path, language: str | None) -> None:
    """Write the templates of a programme, and say what they are."""
    from mel_pipeline.starting.template_lines import template_lines
    from mel_pipeline.starting.templates import write_templates

    declared = load(programme)
    written = write_templates(directory, declared, DataFolder(registers) if registers.is_dir() else None)
    for line in template_lines(written, declared, language or declared.settings.languages[0]):
        out.print(line, markup=False)


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
