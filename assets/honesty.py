"""The asset that looks for numbers which mislead, with one check for each kind that the programme declares."""

from collections.abc import Iterator

import dagster as dg

from assets.checks import honesty_checks, honesty_results
from assets.describe import common, done, table_metadata
from mel_pipeline.honesty.build import TABLE, build_honesty_findings
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS
from mel_pipeline.pipeline import Pipeline


def honesty_assets(pipeline: Pipeline) -> Iterator[dg.AssetsDefinition]:
    """The table of findings, told as checks on values and scores that warn and block nothing."""
    step = pipeline.steps[(TABLE,)]
    contract = ENGINE_CONTRACTS[TABLE]

    @dg.asset(
        **common(pipeline, step, kinds={"python", "parquet"}, says=contract.description),
        check_specs=honesty_checks(pipeline, step),
    )
    def findings(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        n_rows = build_honesty_findings(pipeline.programme, pipeline.as_of, pipeline.folders)
        results = honesty_results(pipeline, step)
        return done(pipeline, step, metadata=table_metadata(n_rows, contract), check_results=results)

    yield findings
