"""Building the tables of this room: reading what they are made from, and writing them by their contracts.

How they are computed is in `tables.py`.
"""

from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, arrow_schema
from mel_pipeline.scoring.assumptions import AssumptionBook
from mel_pipeline.scoring.blocked import read_blocked
from mel_pipeline.scoring.links import score_links
from mel_pipeline.scoring.scopes import ExpectedScope
from mel_pipeline.scoring.tables import evidence_by_cell, of_scored_periods, score_indicators, score_nodes


def build_indicator_scores(programme: Programme, as_of: date, folders: DataFolder) -> int:
    """Score all values in the build folder, write `indicator_scores` and return its number of rows."""
    with database.connect() as connection:
        values = _read(connection, folders, "indicator_values")
        scopes = expected_scopes(connection, programme, folders)
        scores = score_indicators(programme, values, as_of, scopes, read_blocked(connection, programme, folders))
        return _write(connection, programme, folders, "indicator_scores", scores)


def build_toc_node_scores(programme: Programme, as_of: date, folders: DataFolder) -> int:
    """Score all nodes from the scores in the build folder, write `toc_node_scores` and return its rows."""
    with database.connect() as connection:
        scores = _read(connection, folders, "indicator_scores")
        nodes = score_nodes(programme, scores, as_of)
        return _write(connection, programme, folders, "toc_node_scores", nodes)


def build_toc_link_verdicts(programme: Programme, as_of: date, folders: DataFolder) -> int:
    """Judge all links from the scores in the build folder, write `toc_link_verdicts` and return its rows."""
    with database.connect() as connection:
        values = _read(connection, folders, "indicator_values")
        evidence = evidence_by_cell(of_scored_periods(programme, values), read_blocked(connection, programme, folders))
        nodes, scores = (_read(connection, folders, table) for table in ("toc_node_scores", "indicator_scores"))
        verdicts = score_links(programme, nodes, scores, AssumptionBook(programme, evidence, as_of))
        return _write(connection, programme, folders, "toc_link_verdicts", verdicts)


def expected_scopes(
    connection: duckdb.DuckDBPyConnection, programme: Programme, folders: DataFolder
) -> dict[tuple[str, str], ExpectedScope]:
    """Every member of every declared scope with the days on which it was active, from `dim_<scope>`."""
    expected = {}
    for scope_type in programme.settings.scopes:
        code = database.quote(f"{scope_type}_code")
        members = database.read_parquet(folders.table(f"dim_{scope_type}"))
        found = connection.execute(f"select {code}, active_from, active_to from {members}").fetchall()
        for scope_code, active_from, active_to in found:
            expected[scope_type, scope_code] = ExpectedScope(active_from, active_to)
    return expected


def _read(connection: duckdb.DuckDBPyConnection, folders: DataFolder, table: str) -> pd.DataFrame:
    return connection.execute(f"select * from {database.read_parquet(folders.table(table))}").df()


def _write(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    folders: DataFolder,
    table: str,
    rows: pd.DataFrame,
) -> int:
    schema = arrow_schema(ENGINE_CONTRACTS[table], programme.settings.languages)
    connection.register("scored", pa.Table.from_pandas(rows[schema.names], schema, preserve_index=False))
    return database.write_parquet(connection, "select * from scored", folders.table(table))
