"""The classes that let Great Expectations run inside a DuckDB connection that we already hold.

Only what Great Expectations lacks for DuckDB belongs here; asking it anything belongs to
`great_expectations.py`. Importing this module imports Great Expectations (seconds), so import it inside
functions only. Three things break without it:

* results: the connection is handed back before rows are fetched, and its rollback empties the cursor;
* regular expressions: the dialect is unknown; the branch for Dremio renders `regexp_matches`, DuckDB's own;
* reflection: SQLAlchemy 2.1 asks Postgres catalogues that DuckDB lacks; `describe` gives all that is needed.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any, Literal

import duckdb
import sqlalchemy as sa
from duckdb_engine import ConnectionWrapper
from sqlalchemy.pool import StaticPool

from mel_pipeline.database import quote

with warnings.catch_warnings():
    # Great Expectations imports modules that Python has deprecated; that is no news to an officer.
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx
    from great_expectations.core.batch import Batch
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
    from great_expectations.execution_engine import SqlAlchemyExecutionEngine

_DATASOURCE = "judged"
_EngineClass = type[SqlAlchemyExecutionEngine]


class _Columns:
    """As much of an SQLAlchemy inspector as Great Expectations uses."""

    def __init__(self, engine: "DuckDBExecutionEngine") -> None:
        self._engine = engine
        self.dialect = engine.engine.dialect

    def get_columns(self, table_name: str, schema: str | None = None, **_: Any) -> list[dict[str, Any]]:
        described = self._engine.execute_query(sa.text(f"describe {quote(str(table_name))}")).fetchall()
        return [{"name": row.column_name, "type": sa.types.NullType()} for row in described]

    def get_pk_constraint(self, *_: Any, **__: Any) -> dict[str, list[str]]:
        return {"constrained_columns": []}


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Runs metrics on DuckDB."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialect_module: Any = SimpleNamespace(DremioDialect=None, name="duckdb")

    def execute_query(self, query: Any) -> Any:
        """Run a query and fetch its rows while the connection is still ours."""
        with self.get_connection() as connection:
            return connection.execute(query).freeze()()

    def execute_query_in_transaction(self, query: Any) -> Any:
        """Run a query; DuckDB commits each statement by itself."""
        return self.execute_query(query)

    def get_inspector(self) -> Any:
        """Describe tables without Postgres catalogues."""
        return _Columns(self)


class DuckDBDatasource(SQLDatasource):
    """Registers itself with Great Expectations as `data_sources.add_duckdb`."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> _EngineClass:
        """The engine that knows DuckDB."""
        return DuckDBExecutionEngine


@cache
def context() -> Any:
    """One context per process, in memory: no folder, no progress bars, no analytics."""
    made: Any = gx.get_context(mode="ephemeral")
    made.variables.progress_bars = {"globally": False}
    made.enable_analytics(False)
    return made


@contextmanager
def batch_of(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[tuple[Batch, DuckDBExecutionEngine]]:
    """A table of our connection as a batch, together with the engine that computes on it."""

    def same_database() -> ConnectionWrapper:
        return ConnectionWrapper(connection.cursor())

    sources = context().data_sources
    datasource = sources.add_or_update_duckdb(
        name=_DATASOURCE,
        connection_string="duckdb://",
        create_temp_table=False,
        kwargs={"creator": same_database, "poolclass": StaticPool},
    )
    try:
        asset = datasource.add_table_asset(table, table_name=table)
        yield asset.add_batch_definition_whole_table(table).get_batch(), datasource.get_execution_engine()
    finally:
        datasource.get_engine().dispose()
        sources.delete(_DATASOURCE)
