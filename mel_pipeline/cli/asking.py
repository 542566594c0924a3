"""The commands that ask about numbers: in SQL, or why one has the value it has."""

from pathlib import Path

import click

from mel_pipeline.cli.shared import data_option, language_option, load, out, programme_option, stop
from mel_pipeline.folders import DataFolder


@click.command()
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
        stop(str(error))


@click.command()
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
    from mel_pipeline.indicators.row_by_row import Cell

    declared, folders = load(programme.resolve()), DataFolder(data.resolve())
    scope_type, _, scope_code = scope.partition(":")
    dimension, _, category = (by or "total=total").partition("=")
    cell = Cell(period or latest_period(folders, code) or "", scope_type, scope_code or scope_type, dimension, category)
    try:
        explanation = explain_value(declared, folders, code, cell)
    except ExplainError as error:
        stop(str(error))
    for line in explanation_lines(explanation, language or declared.settings.languages[0]):
        out.print(line, markup=False)
