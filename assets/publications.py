"""Assets of the last stages: the assembled database, and the draft pages of donors."""

from collections.abc import Iterator

import dagster as dg

from assets.describe import common, done
from mel_pipeline.assembly import assemble_database, publish_previews
from mel_pipeline.pipeline import DATABASE, PAGES, REVIEW, Pipeline
from mel_pipeline.publish import write_review_workbooks


def publication_assets(pipeline: Pipeline) -> Iterator[dg.AssetsDefinition]:
    """The database that analysts open, and the pages that donors read."""
    yield _review(pipeline)
    yield _database(pipeline)
    yield _pages(pipeline)


def _database(pipeline: Pipeline) -> dg.AssetsDefinition:
    step = pipeline.steps[DATABASE]
    says = "All tables in one DuckDB file with comments, put in place in one step."

    @dg.asset(**common(pipeline, step, kinds={"duckdb"}, says=says))
    def mel(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        published = assemble_database(pipeline)
        in_place = published == pipeline.folders.database
        return done(pipeline, step, metadata={"file": published.name, "in_place": in_place, "tables": len(step.reads)})

    return mel


def _review(pipeline: Pipeline) -> dg.AssetsDefinition:
    step = pipeline.steps[REVIEW]
    says = "Workbooks in which the officer and the hubs decide about rows set aside, names, doubles and deviations."

    @dg.asset(**common(pipeline, step, kinds={"xlsx"}, says=says))
    def review_workbooks(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        written = write_review_workbooks(pipeline.programme, pipeline.folders, pipeline.report_period, pipeline.as_of)
        return done(pipeline, step, metadata={"period": pipeline.report_period, "workbooks": len(written)})

    return review_workbooks


def _pages(pipeline: Pipeline) -> dg.AssetsDefinition:
    step = pipeline.steps[PAGES]
    says = "Draft pages of each donor in each language, self-contained, for reading offline."

    @dg.asset(**common(pipeline, step, kinds={"plotly", "html"}, says=says))
    def donor_pages(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        pages = publish_previews(pipeline)
        return done(pipeline, step, metadata={"period": pipeline.report_period, "pages": len(pages)})

    return donor_pages
