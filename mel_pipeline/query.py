"""Read-only questions to the current marts, in the forms people want the answer in."""

from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from mel_pipeline import database
from mel_pipeline.folders import DataFolder

FORMATS = ("table", "csv", "json", "parquet")
ROWS_SHOWN = 200


class QueryError(Exception):
    """The question cannot be answered; the message says why and what to do."""


def ask(sql: str, folders: DataFolder) -> pd.DataFrame:
    """Answer one SQL question over the current marts; it can read nothing else and write nothing.

    Raises:
        QueryError: there are no marts yet, or DuckDB refuses the question.
    """
    marts = database.current(folders.database)
    if marts is None:
        raise QueryError(f"There are no marts yet: found no {folders.database}. Run 'mel run' first.")
    with database.connect_locked_down(marts) as connection:
        try:
            return connection.execute(sql).df()
        except database.Error as error:
            raise QueryError(f"DuckDB refuses the query: {error}") from error


def write_answer(answer: pd.DataFrame, form: str, output: Path | None, console: Console) -> None:
    """Write an answer to a file, or to the console."""
    if form == "parquet":
        if output is None:
            raise QueryError("Parquet is not for the screen: give a file with --output answer.parquet.")
        answer.to_parquet(output)
    elif form == "table" and output is None:
        console.print(_as_table(answer))
        console.print(_size_of(answer))
    else:
        text = _as_text(answer, form)
        if output is None:
            console.out(text, end="", highlight=False)
        else:
            output.write_text(text, encoding="utf-8", newline="")


def _as_text(answer: pd.DataFrame, form: str) -> str:
    if form == "json":
        return answer.to_json(orient="records", date_format="iso", force_ascii=False, indent=1) + "\n"
    if form == "csv":
        return answer.to_csv(index=False)
    return answer.to_string(index=False) + "\n"


def _as_table(answer: pd.DataFrame) -> Table:
    table = Table()
    for column in answer.columns:
        table.add_column(str(column))
    for row in answer.head(ROWS_SHOWN).itertuples(index=False):
        table.add_row(*("" if _is_missing(cell) else str(cell) for cell in row))
    return table


def _size_of(answer: pd.DataFrame) -> str:
    cut = len(answer) > ROWS_SHOWN
    return f"{len(answer)} rows" + (f", the first {ROWS_SHOWN} shown; --format csv shows all" if cut else "")


def _is_missing(cell: Any) -> bool:
    return cell is None or (pd.api.types.is_scalar(cell) and bool(pd.isna(cell)))
