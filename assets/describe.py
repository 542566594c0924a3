"""What every asset says of itself in Dagster, and how it reports that its step was done."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from mel_pipeline import database
from mel_pipeline.declarations.models import MartContract, Source
from mel_pipeline.freshness import mark_done
from mel_pipeline.pipeline import Pipeline, Step, code_version

OWNERS = ["team:mel"]
LOCK = "data_folder_lock"


def common(pipeline: Pipeline, step: Step, *, kinds: set[str], says: str) -> dict[str, Any]:
    """Arguments of `dg.asset` that all assets share."""
    return {
        "key": list(step.key),
        "deps": [list(key) for key in step.reads],
        "group_name": step.stage,
        "kinds": kinds,
        "owners": OWNERS,
        "description": says,
        "code_version": code_version()[:12],
        "required_resource_keys": {LOCK},
        "tags": {"programme": pipeline.programme.settings.programme},
    }


def source_title(source: Source) -> str:
    """A source's title in English, with its name."""
    return f"{source.title.get('en', source.source)} ({source.source})"


def done(pipeline: Pipeline, step: Step, *, metadata: Mapping[str, Any], **more: Any) -> dg.MaterializeResult:
    """Record that a step was done and report it to Dagster."""
    fingerprint = mark_done(pipeline, step.key)
    pipeline.on_done(step)
    return dg.MaterializeResult(
        asset_key=list(step.key), metadata=dict(metadata), data_version=dg.DataVersion(fingerprint[:16]), **more
    )


def table_metadata(n_rows: int, contract: MartContract) -> dict[str, Any]:
    """Row count and column schema of a table, as Dagster shows them."""
    columns = [
        dg.TableColumn(name=column.name, type=column.type, description=column.meaning) for column in contract.columns
    ]
    return {"dagster/row_count": n_rows, "dagster/column_schema": dg.TableSchema(columns=columns)}


def parquet_metadata(path: Path) -> dict[str, Any]:
    """Row count and column schema of rows that have no contract of their own."""
    with database.connect() as connection:
        rows = database.read_parquet(path)
        counted = connection.execute(f"select count(*) from {rows}").fetchone()
        columns = [
            dg.TableColumn(name=row[0], type=row[1]) for row in connection.execute(f"describe from {rows}").fetchall()
        ]
    return {
        "dagster/row_count": counted[0] if counted else 0,
        "dagster/column_schema": dg.TableSchema(columns=columns),
    }
