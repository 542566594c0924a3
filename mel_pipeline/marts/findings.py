"""Gather what the quality stage found, source by source, into the tables that people query."""

from collections.abc import Mapping

from mel_pipeline import database
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.build import ContractBrokenError, broken_promises
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS
from mel_pipeline.quality.decisions.ledger import gather_corrections

FINDINGS = ("quality_results", "quarantine", "warnings", "repairs", "corrections", "source_files")
"""Tables that the quality stage writes per source."""

CORRECTIONS = "corrections"


def gather_findings(table: str, sources: Mapping[str, Source], folders: DataFolder) -> int:
    """Write one table of findings over all sources to the build folder and return its number of rows.

    Decisions that no source can look at, and files that hold none, are among the corrections.

    Raises:
        ContractBrokenError: what was found does not have the columns of the table's contract.
    """
    contract = ENGINE_CONTRACTS[table]
    columns = ", ".join(database.quote(column.name) for column in contract.columns)
    found = database.read_parquet(*(folders.findings(source, table) for source in sorted(sources)))
    with database.connect() as connection:
        if table == CORRECTIONS:
            connection.register("_corrections", gather_corrections(sources, folders))
            found = "_corrections"
        connection.execute(f"create temp table gathered as select {columns} from {found}")
        broken = broken_promises(connection, contract, "gathered")
        if broken:
            raise ContractBrokenError(f"Table {table} breaks its contract: " + "; ".join(broken) + ".")
        return database.write_parquet(connection, "select * from gathered", folders.table(table))
