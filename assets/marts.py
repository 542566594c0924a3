"""Assets of the third stage: tables of what is declared, and the programme's dimensions and facts."""

from collections.abc import Iterator

import dagster as dg

from assets.describe import common, done, table_metadata
from mel_pipeline.marts.build import build_mart
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, in_languages
from mel_pipeline.marts.declared import DECLARED, build_declared
from mel_pipeline.pipeline import Pipeline


def mart_assets(pipeline: Pipeline) -> Iterator[dg.AssetsDefinition]:
    """One asset per declared table and per mart of the programme."""
    for table in DECLARED:
        yield _declared(pipeline, table)
    for table in pipeline.programme.marts:
        yield _mart(pipeline, table)


def _declared(pipeline: Pipeline, table: str) -> dg.AssetsDefinition:
    step = pipeline.steps[(table,)]
    contract = in_languages(ENGINE_CONTRACTS[table], pipeline.programme.settings.languages)

    @dg.asset(**common(pipeline, step, kinds={"python", "parquet"}, says=contract.description))
    def declared(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        n_rows = build_declared(table, pipeline.programme, pipeline.as_of, pipeline.folders)
        return done(pipeline, step, metadata=table_metadata(n_rows, contract))

    return declared


def _mart(pipeline: Pipeline, table: str) -> dg.AssetsDefinition:
    step = pipeline.steps[(table,)]
    contract, sql = pipeline.programme.marts[table], pipeline.programme.mart_sql[table]

    @dg.asset(**common(pipeline, step, kinds={"duckdb", "sql"}, says=contract.description))
    def mart(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        n_rows = build_mart(contract, sql, pipeline.folders)
        return done(pipeline, step, metadata=table_metadata(n_rows, contract))

    return mart
