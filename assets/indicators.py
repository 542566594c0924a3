"""Asset of the fourth stage: the values of every indicator."""

import dagster as dg

from assets.describe import common, done, table_metadata
from mel_pipeline.indicators.values import build_indicator_values
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS
from mel_pipeline.pipeline import Pipeline


def indicator_values_asset(pipeline: Pipeline) -> dg.AssetsDefinition:
    """Values with intervals and coverage, per period, scope and category."""
    step = pipeline.steps[("indicator_values",)]
    contract = ENGINE_CONTRACTS["indicator_values"]

    @dg.asset(**common(pipeline, step, kinds={"duckdb", "sql"}, says=contract.description))
    def indicator_values(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        n_rows = build_indicator_values(pipeline.programme, pipeline.folders)
        return done(pipeline, step, metadata=table_metadata(n_rows, contract))

    return indicator_values
