"""The five tables of findings of one source: their columns, and writing them without restricted values.

Only shapes and writing belong here. What goes into the tables belongs to the modules that find it.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from mel_pipeline import database
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.personal_data import holds_contact, may_be_a_name, suspects

_SET_ASIDE = {
    "source": "varchar",
    "source_file": "varchar",
    "source_sheet": "varchar",
    "source_row": "bigint",
    "record_key": "varchar",
    "level": "varchar",
    "rule_id": "varchar",
    "treatment": "varchar",
    "field": "varchar",
    "value": "varchar",
    "is_restricted": "boolean",
    "reason": "varchar",
}

COLUMNS: dict[str, dict[str, str]] = {
    "quality_results": {
        "source": "varchar",
        "source_file": "varchar",
        "rule_id": "varchar",
        "expectation": "varchar",
        "dqa_dimension": "varchar",
        "treatment": "varchar",
        "n_tested": "bigint",
        "n_failed": "bigint",
        "success": "boolean",
        "reason": "varchar",
    },
    "quarantine": _SET_ASIDE,
    "warnings": _SET_ASIDE,
    "repairs": {
        "rule_id": "varchar",
        "treatment": "varchar",
        "source": "varchar",
        "source_file": "varchar",
        "source_sheet": "varchar",
        "source_row": "bigint",
        "record_key": "varchar",
        "field": "varchar",
        "before": "varchar",
        "after": "varchar",
        "is_restricted": "boolean",
    },
    "corrections": {
        "source": "varchar",
        "source_file": "varchar",
        "source_sheet": "varchar",
        "source_row": "bigint",
        "record_key": "varchar",
        "question": "varchar",
        "change_type": "varchar",
        "rule_id": "varchar",
        "old_value": "varchar",
        "new_value": "varchar",
        "is_restricted": "boolean",
        "reason": "varchar",
        "decided_by_role": "varchar",
        "decided_on": "date",
        "applied": "boolean",
        "outcome": "varchar",
        "message": "varchar",
    },
    "source_files": {
        "source": "varchar",
        "source_file": "varchar",
        "sha256": "varchar",
        "received_on": "date",
        "is_synthetic": "boolean",
        "n_rows": "bigint",
        "n_accepted": "bigint",
        "n_quarantined": "bigint",
        "n_dropped": "bigint",
        "file_status": "varchar",
        "message": "varchar",
    },
}
"""Columns of each table of findings with their DuckDB types."""

_VALUES = {"quarantine": ("value",), "warnings": ("value",), "repairs": ("before", "after")}


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, empty, under their own names with an underscore before."""
    for table, columns in COLUMNS.items():
        listed = ", ".join(f"{database.quote(name)} {type_}" for name, type_ in columns.items())
        connection.execute(f"create table _{table} ({listed})")


def write_findings(connection: duckdb.DuckDBPyConnection, folders: DataFolder, declared: Source) -> None:
    """Write the tables; restricted values go to `set_aside_values` only."""
    source = declared.source
    _restrict_contacts(connection)
    if declared.kind != "reference":
        _restrict_words(connection, [field.name for field in declared.fields if field.type == "code"])
    _write_set_aside_values(connection, folders, declared)
    for table, columns in COLUMNS.items():
        shown = ", ".join(_shown(name, _VALUES.get(table, ())) for name in columns)
        path = folders.findings(source, table)
        database.write_parquet(connection, f"select distinct {shown} from _{table}", path)


def _restrict_contacts(connection: duckdb.DuckDBPyConnection) -> None:
    """Restrict values in which somebody can be reached, whatever the field they were found in."""
    for table, columns in _VALUES.items():
        for column in map(database.quote, columns):
            said = connection.execute(
                f"select distinct {column} from _{table} where not is_restricted and {column} is not null"
            ).fetchall()
            texts = [row[0] for row in said]
            telling = [texts[place] for place in suspects(pa.array(texts, pa.string())) if holds_contact(texts[place])]
            if telling:
                connection.execute(f"update _{table} set is_restricted = true where {column} in ?", [telling])


def _restrict_words(connection: duckdb.DuckDBPyConnection, codes: list[str]) -> None:
    """Restrict words that stand where a code belongs: in lists and reports of people they may be a name."""
    for table, columns in _VALUES.items():
        for column in map(database.quote, columns):
            said = connection.execute(
                f"select distinct {column} from _{table}"
                f" where not is_restricted and field in ? and {column} like '% %'",
                [codes],
            ).fetchall()
            wordy = [row[0] for row in said if may_be_a_name(row[0])]
            if wordy:
                connection.execute(
                    f"update _{table} set is_restricted = true where field in ? and {column} in ?", [codes, wordy]
                )


def set_aside_values(folders: DataFolder, source: str) -> Path:
    """Where the restricted values of findings lie (`record_key, field, value`), for officers only."""
    return folders.restricted / "set_aside" / f"{source}.parquet"


def _shown(column: str, values: tuple[str, ...]) -> str:
    name = database.quote(column)
    return f"case when not is_restricted then {name} end as {name}" if column in values else name


def _write_set_aside_values(connection: duckdb.DuckDBPyConnection, folders: DataFolder, declared: Source) -> None:
    """Confidential figures are left out even here: workbooks that show these values go out to others."""
    kept_back = ", ".join(map(database.literal, declared.privacy.confidential)) or "''"
    parts = [
        f"select record_key, field, {values[0]} as value from _{table} where is_restricted and {values[0]} is not null"
        f" and coalesce(field, '') not in ({kept_back})"
        for table, values in _VALUES.items()
    ]
    database.write_parquet(connection, " union ".join(parts), set_aside_values(folders, declared.source))
