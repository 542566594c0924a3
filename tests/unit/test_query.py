"""Answers to questions, and how they are written."""

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from mel_pipeline import database
from mel_pipeline.folders import DataFolder
from mel_pipeline.query import QueryError, ask, write_answer


@pytest.fixture
def folders(tmp_path: Path) -> DataFolder:
    folders = DataFolder(tmp_path)
    with database.connect() as connection:
        database.write_parquet(connection, "select 1 as n, '\u0623\u0646\u062b\u0649' as word", folders.table("t"))
    database.assemble({"t": folders.table("t")}, {}, folders.database)
    return folders


def test_a_question_is_answered(folders: DataFolder) -> None:
    assert ask("select n + 1 as m from t", folders)["m"].tolist() == [2]


def test_before_the_first_run_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="Run 'mel run' first"):
        ask("select 1", DataFolder(tmp_path))


def test_a_wrong_question_is_told_without_a_traceback(folders: DataFolder) -> None:
    with pytest.raises(QueryError, match="refuses the query"):
        ask("select nothing from t", folders)


def test_answers_go_to_the_screen_or_to_a_file(folders: DataFolder, tmp_path: Path) -> None:
    answer = ask("select * from t", folders)
    screen = StringIO()
    write_answer(answer, "csv", None, Console(file=screen))
    assert screen.getvalue() == "n,word\n1,أنثى\n"
    write_answer(answer, "parquet", tmp_path / "a.parquet", Console(file=screen))
    assert pd.read_parquet(tmp_path / "a.parquet").equals(answer)
    with pytest.raises(QueryError, match="--output"):
        write_answer(answer, "parquet", None, Console(file=screen))


def test_a_long_answer_says_that_it_was_cut(folders: DataFolder) -> None:
    screen = StringIO()
    write_answer(ask("select * from range(500)", folders), "table", None, Console(file=screen, width=100))
    assert "500 rows, the first 200 shown" in screen.getvalue()
