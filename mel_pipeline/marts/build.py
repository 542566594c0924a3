"""Run one mart's SQL over accepted rows and other marts, hold its contract, and write its Parquet.

What the SQL says is the programme's business; what the declared tables hold is in `declared.py`.
"""

from pathlib import Path

import duckdb

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.lineage import ACCEPTED, inputs_of


class ContractBrokenError(Exception):
    """A table is not what its contract promises; the message lists every broken promise."""


def build_mart(contract: MartContract, sql: str, folders: DataFolder) -> int:
    """Build one table from its SQL and write it to the build folder when it keeps its contract.

    Returns:
        The number of rows.

    Raises:
        ContractBrokenError: columns, types, keys or required values differ from the contract.
    """
    with database.connect(spill=folders.build / "spill") as connection:
        _offer_inputs(connection, sql, folders)
        connection.execute(f"create temp table built as {sql}")
        broken = broken_promises(connection, contract, "built")
        if broken:
            raise ContractBrokenError(f"Table {contract.table} breaks its contract: " + "; ".join(broken) + ".")
        columns = ", ".join(database.quote(column.name) for column in contract.columns)
        order = ", ".join(database.quote(column) for column in contract.key)
        return database.write_parquet(
            connection, f"select {columns} from built", place_of(contract, folders), order_by=order
        )


def place_of(contract: MartContract, folders: DataFolder) -> Path:
    """Where the Parquet of a mart lies."""
    return folders.restricted_table(contract.table) if contract.restricted else folders.table(contract.table)


def _offer_inputs(connection: duckdb.DuckDBPyConnection, sql: str, folders: DataFolder) -> None:
    """Make every table that the SQL reads visible under the name it uses."""
    inputs = inputs_of(sql)
    connection.execute(f"create schema {ACCEPTED}")
    for source in inputs.sources:
        offer(connection, f"{ACCEPTED}.{database.quote(source)}", folders, source=source)
    for table in inputs.tables:
        offer(connection, database.quote(table), folders, table=table)


def offer(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    folders: DataFolder,
    *,
    source: str | None = None,
    table: str | None = None,
) -> None:
    """Create a view over the Parquet of an accepted source or of a built table."""
    path = folders.accepted_rows(source) if source else folders.table(str(table))
    connection.execute(f"create view {name} as select * from {database.read_parquet(path)}")


def offer_table(connection: duckdb.DuckDBPyConnection, programme: Programme, folders: DataFolder, table: str) -> None:
    """Make a built table visible under its name, restricted or not."""
    mart = programme.marts.get(table)
    path = place_of(mart, folders) if mart else folders.table(table)
    rows = database.read_parquet(path)
    connection.execute(f"create or replace temp view {database.quote(table)} as select * from {rows}")


def broken_promises(connection: duckdb.DuckDBPyConnection, contract: MartContract, relation: str) -> list[str]:
    """Compare a relation with a contract and describe each difference in words."""
    found = {row[0]: row[1] for row in connection.execute(f"describe {relation}").fetchall()}
    promised = contract.column_types
    broken = [f"column {name} is missing" for name in promised if name not in found]
    broken += [f"column {name} is not in the contract" for name in found if name not in promised]
    broken += [
        f"column {name} has type {found[name]}, expected {type_}"
        for name, type_ in promised.items()
        if name in found and found[name] != type_
    ]
    if broken:
        return broken
    return _missing_values(connection, contract, relation) + _repeated_keys(connection, contract, relation)


def _missing_values(connection: duckdb.DuckDBPyConnection, contract: MartContract, relation: str) -> list[str]:
    needed = [column.name for column in contract.columns if column.required]
    if not needed:
        return []
    counts = ", ".join(f"count(*) - count({database.quote(name)})" for name in needed)
    row = connection.execute(f"select {counts} from {relation}").fetchone() or ()
    return [f"column {name} is empty in {n} rows" for name, n in zip(needed, row, strict=True) if n]


def _repeated_keys(connection: duckdb.DuckDBPyConnection, contract: MartContract, relation: str) -> list[str]:
    key = ", ".join(database.quote(column) for column in contract.key)
    row = connection.execute(
        f"select count(*) from (select {key} from {relation} group by {key} having count(*) > 1)"
    ).fetchone()
    repeated = row[0] if row else 0
    return [f"{repeated} values of the key ({', '.join(contract.key)}) occur more than once"] if repeated else []
