"""The commands that ask about numbers: in SQL, or why one has the value it has."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mel_pipeline.cli.shared import data_option, language_option, load, out, programme_option, stop
from mel_pipeline.folders import DataFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mel_pipeline.declarations import Programme


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
    """Say why an indicator, a node or a link of the theory of change has the value, score or verdict it has."""
    from mel_pipeline.explain import ExplainError

    declared, folders = load(programme.resolve()), DataFolder(data.resolve())
    scope_type, _, scope_code = scope.partition(":")
    asked = (code, period, scope_type, scope_code or scope_type, by)
    try:
        lines = _lines(declared, folders, language or declared.settings.languages[0], *asked)
        for line in lines:
            out.print(line, markup=False)
    except ExplainError as error:
        stop(str(error))


def _lines(
    programme: "Programme",
    folders: DataFolder,
    language: str,
    code: str,
    period: str | None,
    scope_type: str,
    scope_code: str,
    by: str | None,
) -> "Iterator[str]":
    """The explanation of whatever carries the code: an indicator, else a node or a link of the theory."""
    from mel_pipeline.explain import explain_value, latest_period
    from mel_pipeline.explain_theory import explain_link, explain_node
    from mel_pipeline.explanation_text import explanation_lines
    from mel_pipeline.indicators.row_by_row import Cell
    from mel_pipeline.scoring.scopes import Scope
    from mel_pipeline.theory_explanation_text import link_lines, node_lines

    if code in programme.names("node"):
        return node_lines(explain_node(programme, folders, code, period, Scope(scope_type, scope_code)), language)
    if code in programme.names("link"):
        return link_lines(explain_link(programme, folders, code, period, Scope(scope_type, scope_code)), language)
    dimension, _, category = (by or "total=total").partition("=")
    cell = Cell(period or latest_period(folders, code) or "", scope_type, scope_code, dimension, category)
    return explanation_lines(explain_value(programme, folders, code, cell), language)
