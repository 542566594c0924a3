"""Gather what the quality stage found, source by source, into the tables that people query."""

from collections.abc import Iterable

from mel_pipeline import database
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.build import ContractBrokenError, broken_promises
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS

FINDINGS = ("quality_results", "quarantine", "warnings", "repairs", "source_files")
"""Tables that the quality stage writes per source."""


def gather_findings(table: str, sources: Iterable[str], folders: DataFolder) -> int:
    """Write one table of findings over all sources to the build folder and return its number of rows.

    Raises:
        ContractBrokenError: what was found does not have the columns of the table's contract.
    """
    contract = ENGINE_CONTRACTS[table]
    columns = ", ".join(database.quote(column.name) for column in contract.columns)
    found = database.read_parquet(*(folders.findings(source, table) for source in sorted(sources)))
    with database.connect() as connection:
        connection.execute(f"create temp table gathered as select {columns} from {found}")
        broken = broken_promises(connection, contract, "gathered")
        if broken:
            raise ContractBrokenError(f"Table {table} breaks its contract: " + "; ".join(broken) + ".")
        return database.write_parquet(connection, "select * from gathered", folders.table(table))
