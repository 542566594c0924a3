"""Jobs and sensors: what is run as a whole, and what happens when somebody drops a file."""

import json

import dagster as dg

from mel_pipeline.freshness import fingerprints, name_of, out_of_date
from mel_pipeline.pipeline import Pipeline

EVERYTHING = "mel_all"


JOBS = [dg.define_asset_job(EVERYTHING, description="Raw files to draft pages; run what is out of date.")]
"""The one job: everything, or the part of it that is selected."""


def sensors(pipeline: Pipeline) -> list[dg.SensorDefinition]:
    """A sensor that runs what is out of date after a file was dropped, changed or deleted; off until switched on."""

    @dg.sensor(
        job_name=EVERYTHING, minimum_interval_seconds=60, description="Runs what a new raw file makes out of date."
    )
    def a_file_was_dropped(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        current = Pipeline(pipeline.programme, pipeline.folders, pipeline.as_of)
        stale = out_of_date(current)
        if not stale:
            return dg.SkipReason("Nothing is out of date.")
        wanted = fingerprints(current)
        state = json.dumps({name_of(step.key): wanted[step.key] for step in stale}, sort_keys=True)
        if state == context.cursor:
            return dg.SkipReason("What is out of date has been requested already.")
        request = dg.RunRequest(asset_selection=[dg.AssetKey(list(step.key)) for step in stale])
        return dg.SensorResult(run_requests=[request], cursor=state)

    return [a_file_was_dropped]
