"""The only place that opens DuckDB: working connections, tables on disk, publishing, reading.

No table or programme is known here. SQL that computes something belongs to the rooms that call this one.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

Error = duckdb.Error
"""What DuckDB raises, for those who may not import it."""

MEMORY_LIMIT = os.environ.get("MEL_MEMORY_LIMIT", "1GB")
SPILLING_MEMORY_LIMIT = os.environ.get("MEL_SPILLING_MEMORY_LIMIT", "450MB")
"""For work on whole sources: with Great Expectations loaded beside it, the process stays below 1 GB."""

THREADS = int(os.environ.get("MEL_THREADS", "2"))
REPLACE_ATTEMPTS = 5
REPLACE_WAIT_SECONDS = 0.2

# Keys and free text hardly repeat: dictionaries of them only cost.
_PARQUET_OPTIONS = ", dictionary_size_limit 5000, write_bloom_filter false"


def connect(spill: Path | None = None, is_large: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a working database, bounded in memory and without network access.

    Args:
        spill: folder for what does not fit in memory; without it DuckDB raises instead of spilling.
        is_large: keep the tables themselves in a file of that folder, compressed. Worth it for millions of
            cells; the caller removes the folder.
    """
    file = ":memory:"
    if spill is not None:
        spill.parent.mkdir(parents=True, exist_ok=True)
        if is_large:
            shutil.rmtree(spill, ignore_errors=True)
            spill.mkdir()
            file = str(spill / "work.duckdb")
    connection = duckdb.connect(file, config={"memory_limit": MEMORY_LIMIT, "threads": THREADS})
    if spill is None:
        connection.execute("set temp_directory = ''")
    else:
        connection.execute(f"set temp_directory = {literal(spill)}")
        connection.execute(f"set memory_limit = {literal(SPILLING_MEMORY_LIMIT)}")
    if is_large:
        # Nobody opens this file again: what changes in it need not be merged into it.
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("set checkpoint_threshold = '1TB'")
    forbid_extensions(connection)
    return connection


@contextmanager
def workspace(spill: Path, is_large: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A working database that leaves nothing behind in its folder."""
    try:
        with connect(spill, is_large) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def forbid_extensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep a connection from downloading or loading extensions."""
    for option in ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"):
        connection.execute(f"set {option} = false")


def connect_locked_down(database: Path) -> duckdb.DuckDBPyConnection:
    """Open a published database for somebody else's SQL: read-only, no files, no attaching, no extensions."""
    connection = connect()
    attach_read_only(connection, database, "mel")
    connection.execute("use mel")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def attach_read_only(connection: duckdb.DuckDBPyConnection, database: Path, name: str) -> None:
    """Attach a database file for reading; several readers may do so while it is replaced."""
    connection.execute(f"attach {literal(database)} as {quote(name)} (read_only)")


def quote(identifier: str) -> str:
    """Quote an identifier for SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(value: object) -> str:
    """Quote a text, a path or a date as an SQL literal; None becomes null."""
    if value is None:
        return "null"
    text = value.as_posix() if isinstance(value, Path) else str(value)
    return "'" + text.replace("'", "''") + "'"


def read_parquet(*paths: Path) -> str:
    """SQL that reads Parquet files; columns are matched by name."""
    files = ", ".join(literal(path) for path in paths)
    return f"read_parquet([{files}], union_by_name = true)"


def write_parquet(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    path: Path,
    order_by: str | None = "all",
    notes: Mapping[str, str] | None = None,
) -> int:
    """Write the rows of a query to one Parquet file, whole or not at all, in a fixed order.

    Args:
        connection: where the query is run.
        query: what to write.
        path: where to.
        order_by: columns; None for a query of one table without joins, whose rows stay in the table's order.
        notes: what the file says about itself besides, by name (`pyarrow.parquet.read_metadata` reads it).

    Returns:
        The number of rows.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    said = ", ".join(f"{quote(name)}: {literal(note)}" for name, note in (notes or {}).items())
    options = _PARQUET_OPTIONS + (f", kv_metadata {{{said}}}" if said else "")
    try:
        copied = connection.execute(
            f"copy ({query if order_by is None else f'select * from ({query}) order by {order_by}'})"
            f" to {literal(beside)} (format parquet{options})"
        ).fetchone()
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return int(copied[0]) if copied else 0


@dataclass(frozen=True)
class Description:
    """What goes with a table into the database: words about it and each column, and its key if it has one."""

    table: str
    columns: dict[str, str]
    key: tuple[str, ...] = ()


def assemble(tables: dict[str, Path], descriptions: dict[str, Description], database: Path) -> Path:
    """Build the database from one Parquet per table and put it in place in one step.

    Returns:
        The path that readers should open: the database itself, or the file beside it where the system
        refused to replace the old one (see `publish`).
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    beside = database.with_name(f".{database.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(beside), config={"memory_limit": MEMORY_LIMIT, "threads": THREADS}) as connection:
            for name, path in tables.items():
                connection.execute(f"create table {quote(name)} as from {read_parquet(path)}")
                _describe(connection, name, descriptions.get(name))
            connection.execute("checkpoint")
        _check_whole(beside, tables)
        return publish(beside, database)
    finally:
        _remove_with_wal(beside)


def _describe(connection: duckdb.DuckDBPyConnection, table: str, description: Description | None) -> None:
    if description is None:
        return
    if description.key:
        key = ", ".join(quote(column) for column in description.key)
        connection.execute(f"alter table {quote(table)} add primary key ({key})")
    connection.execute(f"comment on table {quote(table)} is {literal(description.table)}")
    for column, words in description.columns.items():
        connection.execute(f"comment on column {quote(table)}.{quote(column)} is {literal(words)}")


def _check_whole(database: Path, tables: Iterable[str]) -> None:
    """Read the new file back before it replaces the old one."""
    with duckdb.connect(str(database), read_only=True) as connection:
        present = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    missing = sorted(set(tables) - present)
    if missing:
        raise RuntimeError(f"The new database lacks tables: {', '.join(missing)}. The old one stays in place.")


def waiting(database: Path) -> Path:
    """Where a new database waits that the system did not let us put in place."""
    return database.with_name(f"{database.stem}.next{database.suffix}")


def publish(new: Path, database: Path) -> Path:
    """Put a finished database in the place of the old one; where that is refused, leave it waiting beside.

    A left-over `.wal` of the old file is removed first: replayed onto the new file it would corrupt it.

    Returns:
        `database`, or `waiting(database)` where the system refused (Windows with an open reader, a
        synchronised folder). `take_waiting` tries again at the next run.
    """
    with suppress(OSError):
        _wal(database).unlink(missing_ok=True)
    for attempt in range(REPLACE_ATTEMPTS):
        try:
            os.replace(new, database)
        except PermissionError:
            time.sleep(REPLACE_WAIT_SECONDS * (attempt + 1))
        else:
            waiting(database).unlink(missing_ok=True)
            return database
    os.replace(new, waiting(database))
    return waiting(database)


def take_waiting(database: Path) -> bool:
    """Put a waiting database in place if there is one; true when that happened."""
    beside = waiting(database)
    return beside.exists() and publish(beside, database) == database


def current(database: Path) -> Path | None:
    """The newest whole database a reader can open, or None before the first run."""
    return next((path for path in (waiting(database), database) if path.exists()), None)


def _wal(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _remove_with_wal(database: Path) -> None:
    database.unlink(missing_ok=True)
    _wal(database).unlink(missing_ok=True)


def leave_quietly() -> None:
    """Keep DuckDB's bindings from reporting, at the very end, objects that SQLAlchemy still holds.

    To be registered with `atexit`. The report is long, harmless, and not for officers. Compiled code writes
    it straight to the error stream after the last line of Python, so that stream is closed for it.
    """
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
