"""Assets of the second stage: accepted rows of each source, and the tables of what was found in them."""

from collections.abc import Iterator

import dagster as dg

from assets.checks import rows_add_up_check, rows_add_up_result, rule_checks, rule_results
from assets.describe import common, done, parquet_metadata, source_title, table_metadata
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS
from mel_pipeline.marts.findings import FINDINGS, gather_findings
from mel_pipeline.pipeline import Pipeline
from mel_pipeline.quality import judge_source


def quality_assets(pipeline: Pipeline) -> Iterator[dg.AssetsDefinition]:
    """One asset per source for its accepted rows, and one per table of findings."""
    for name in pipeline.programme.sources:
        yield _accepted(pipeline, name)
    for table in FINDINGS:
        yield _findings(pipeline, table)


def _accepted(pipeline: Pipeline, name: str) -> dg.AssetsDefinition:
    step = pipeline.steps["accepted", name]
    source, rules = pipeline.programme.sources[name], pipeline.programme.rules.get(name, [])
    says = f"{source_title(source)}: rows that indicators may use, after repairs, resolved names and rules."

    @dg.asset(
        **common(pipeline, step, kinds={"duckdb", "greatexpectations"}, says=says),
        check_specs=rule_checks(step, rules),
    )
    def accepted(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        judgement = judge_source(pipeline.programme, source, rules, pipeline.folders)
        metadata = {
            "rows_in": judgement.n_rows,
            "rows_accepted": judgement.n_accepted,
            "rows_quarantined": judgement.n_quarantined,
            **parquet_metadata(pipeline.folders.accepted_rows(name)),
        }
        return done(pipeline, step, metadata=metadata, check_results=rule_results(step, rules, judgement))

    return accepted


def _findings(pipeline: Pipeline, table: str) -> dg.AssetsDefinition:
    step = pipeline.steps[(table,)]
    contract = ENGINE_CONTRACTS[table]

    @dg.asset(
        **common(pipeline, step, kinds={"duckdb", "parquet"}, says=contract.description),
        check_specs=rows_add_up_check(step) if table == "source_files" else None,
    )
    def findings(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        n_rows = gather_findings(table, pipeline.programme.sources, pipeline.folders)
        checks = [rows_add_up_result(pipeline, step)] if table == "source_files" else []
        return done(pipeline, step, metadata=table_metadata(n_rows, contract), check_results=checks)

    return findings
