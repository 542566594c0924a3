"""Assets of the fifth stage: scores of indicators and of nodes of the theory of change, and verdicts on its links."""

from collections.abc import Callable, Iterator

import dagster as dg

from assets.describe import common, done, table_metadata
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS
from mel_pipeline.pipeline import Pipeline
from mel_pipeline.scoring.build import build_indicator_scores, build_toc_link_verdicts, build_toc_node_scores

BUILDERS: dict[str, Callable[..., int]] = {
    "indicator_scores": build_indicator_scores,
    "toc_node_scores": build_toc_node_scores,
    "toc_link_verdicts": build_toc_link_verdicts,
}


def scoring_assets(pipeline: Pipeline) -> Iterator[dg.AssetsDefinition]:
    """One asset per table of scores."""
    for table in BUILDERS:
        yield _scores(pipeline, table)


def _scores(pipeline: Pipeline, table: str) -> dg.AssetsDefinition:
    step = pipeline.steps[(table,)]
    contract = ENGINE_CONTRACTS[table]

    @dg.asset(**common(pipeline, step, kinds={"python", "parquet"}, says=contract.description))
    def scores(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        n_rows = BUILDERS[table](pipeline.programme, pipeline.as_of, pipeline.folders)
        return done(pipeline, step, metadata=table_metadata(n_rows, contract))

    return scores
