"""Assets of the first stage: each source's raw files, read into typed rows."""

from collections.abc import Iterator

import dagster as dg

from assets.describe import common, done, source_title
from mel_pipeline.intake.staging import stage_source
from mel_pipeline.pipeline import Pipeline


def intake_assets(pipeline: Pipeline) -> Iterator[dg.AssetsDefinition]:
    """One asset per source: its files as typed rows, and what was met while reading them."""
    for name in pipeline.programme.sources:
        yield _staged(pipeline, name)


def _staged(pipeline: Pipeline, name: str) -> dg.AssetsDefinition:
    step = pipeline.steps["staging", name]
    source = pipeline.programme.sources[name]

    @dg.asset(
        **common(
            pipeline, step, kinds={"python", "parquet"}, says=f"{source_title(source)}: raw files read into typed rows."
        )
    )
    def staged(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        directory = pipeline.programme.directory / "sources" / name
        result = stage_source(pipeline.programme.settings, source, directory, pipeline.folders)
        return done(
            pipeline,
            step,
            metadata={"files_parsed": result.parsed, "files_reused": result.reused, "files_removed": result.removed},
        )

    return staged
