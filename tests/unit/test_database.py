"""Publishing and reading: what an analyst with an open connection sees while a run goes on."""

import os
from pathlib import Path

import duckdb
import pytest

from mel_pipeline import database


@pytest.fixture
def parquet(tmp_path: Path):
    def write(value: int) -> Path:
        path = tmp_path / f"numbers_{value}.parquet"
        with database.connect() as connection:
            database.write_parquet(connection, f"select {value} as number", path)
        return path

    return write


def read(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select number from numbers").fetchone()[0]


def describe() -> dict[str, database.Description]:
    return {"numbers": database.Description("One number.", {"number": "The number"}, ("number",))}


def test_an_assembled_database_has_its_tables_words_and_key(parquet, tmp_path: Path) -> None:
    published = database.assemble({"numbers": parquet(1)}, describe(), tmp_path / "marts" / "mel.duckdb")
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute("select comment from duckdb_tables()").fetchall() == [("One number.",)]
        assert connection.execute("select comment from duckdb_columns() where table_name = 'numbers'").fetchall() == [
            ("The number",)
        ]
        constraints = connection.execute("select constraint_type from duckdb_constraints()").fetchall()
        assert ("PRIMARY KEY",) in constraints


def test_a_reader_keeps_its_answers_while_the_file_is_replaced(parquet, tmp_path: Path) -> None:
    marts = tmp_path / "mel.duckdb"
    database.assemble({"numbers": parquet(1)}, describe(), marts)
    with duckdb.connect(str(marts), read_only=True) as reader:
        database.assemble({"numbers": parquet(2)}, describe(), marts)
        assert reader.execute("select number from numbers").fetchone() == (1,)
    assert read(marts) == 2


def test_a_left_over_wal_is_removed_before_the_new_file_takes_its_place(parquet, tmp_path: Path) -> None:
    marts = tmp_path / "mel.duckdb"
    database.assemble({"numbers": parquet(1)}, describe(), marts)
    wal = tmp_path / "mel.duckdb.wal"
    wal.write_bytes(b"left over by a process that was killed")
    database.assemble({"numbers": parquet(2)}, describe(), marts)
    assert not wal.exists()
    assert read(marts) == 2


def test_where_the_system_refuses_the_old_marts_stay_and_the_new_ones_wait(
    parquet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marts = tmp_path / "mel.duckdb"
    database.assemble({"numbers": parquet(1)}, describe(), marts)
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target) == marts:
            raise PermissionError("somebody has the file open")
        replace(source, target)

    monkeypatch.setattr(database, "REPLACE_WAIT_SECONDS", 0)
    monkeypatch.setattr(os, "replace", refuse)
    published = database.assemble({"numbers": parquet(2)}, describe(), marts)

    assert published == database.waiting(marts)
    assert read(marts) == 1
    assert read(published) == 2
    assert database.current(marts) == published

    monkeypatch.setattr(os, "replace", replace)
    assert database.take_waiting(marts)
    assert read(marts) == 2
    assert not database.waiting(marts).exists()


def test_what_is_not_whole_never_replaces_the_marts(parquet, tmp_path: Path) -> None:
    marts = tmp_path / "mel.duckdb"
    database.assemble({"numbers": parquet(1)}, describe(), marts)
    with pytest.raises(duckdb.Error):
        database.assemble({"numbers": tmp_path / "missing.parquet"}, {}, marts)
    assert read(marts) == 1
    assert [path.name for path in tmp_path.iterdir() if "mel" in path.name] == ["mel.duckdb"]


def test_a_parquet_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    with database.connect() as connection:
        assert database.write_parquet(connection, "from range(3) as numbers(number)", path) == 3
        before = path.read_bytes()
        with pytest.raises(duckdb.Error):
            database.write_parquet(connection, "select error('disk full')", path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["numbers.parquet"]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('{folder}/secret.csv')",
        "copy numbers to '{folder}/out.csv'",
        "attach '{folder}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "create table mel.more as select 1",
        "insert into numbers values (5)",
        "set enable_external_access = true",
    ],
)
def test_a_locked_down_reader_can_only_read_the_marts(parquet, tmp_path: Path, sql: str) -> None:
    (tmp_path / "secret.csv").write_text("name\nSomebody\n")
    marts = tmp_path / "mel.duckdb"
    database.assemble({"numbers": parquet(1)}, describe(), marts)
    with database.connect_locked_down(marts) as connection:
        assert connection.execute("select number from numbers").fetchone() == (1,)
        with pytest.raises(duckdb.Error):
            connection.execute(sql.format(folder=tmp_path.as_posix()))
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "other.duckdb").exists()
