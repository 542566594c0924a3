"""Jobs, the sensor and the schedule: what is run as a whole, and when it runs by itself.

Sensor and schedule are off until somebody switches them on in Dagster's page. Both ask for what is out of date
and nothing else; what is out of date is told by content, so that a file that was only touched starts nothing.
"""

import json

import dagster as dg

from mel_pipeline.freshness import fingerprints, name_of, out_of_date
from mel_pipeline.pipeline import Pipeline, Step

EVERYTHING = "mel_all"
AFTER_QUARTER_ENDS = "0 6 1 1,4,7,10 *"
"""At six in the morning of the first day after each quarter."""

JOBS = [dg.define_asset_job(EVERYTHING, description="Raw files to draft pages; run what is out of date.")]
"""The one job: everything, or the part of it that is selected."""


def _now(pipeline: Pipeline) -> Pipeline:
    """The same pipeline with its raw files hashed again: definitions live longer than the files they saw."""
    return Pipeline(pipeline.programme, pipeline.folders, pipeline.as_of)


def _request(stale: list[Step]) -> dg.RunRequest:
    return dg.RunRequest(asset_selection=[dg.AssetKey(list(step.key)) for step in stale])


def sensors(pipeline: Pipeline) -> list[dg.SensorDefinition]:
    """A sensor that runs what is out of date after a file was dropped, changed or deleted; off until switched on."""

    @dg.sensor(
        job_name=EVERYTHING,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.STOPPED,
        description="Runs what a new, changed or deleted raw file makes out of date.",
    )
    def a_file_was_dropped(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        current = _now(pipeline)
        stale = out_of_date(current)
        if not stale:
            return dg.SkipReason("Nothing is out of date.")
        wanted = fingerprints(current)
        state = json.dumps({name_of(step.key): wanted[step.key] for step in stale}, sort_keys=True)
        if state == context.cursor:
            return dg.SkipReason("What is out of date has been requested already.")
        return dg.SensorResult(run_requests=[_request(stale)], cursor=state)

    return [a_file_was_dropped]


def schedules(pipeline: Pipeline) -> list[dg.ScheduleDefinition]:
    """A schedule that runs what is out of date after each quarter; off until switched on."""

    @dg.schedule(
        job_name=EVERYTHING,
        cron_schedule=AFTER_QUARTER_ENDS,
        default_status=dg.DefaultScheduleStatus.STOPPED,
        description="Runs what is out of date on the morning after each quarter.",
    )
    def a_quarter_has_ended(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        stale = out_of_date(_now(pipeline))
        return _request(stale) if stale else dg.SkipReason("Nothing is out of date.")

    return [a_quarter_has_ended]
