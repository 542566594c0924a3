"""The code location: every asset of one programme, and what they run with."""

import os
from datetime import date
from pathlib import Path

import dagster as dg

from assets.automation import JOBS, schedules, sensors
from assets.checks import programme_asset
from assets.describe import LOCK
from assets.honesty import honesty_assets
from assets.indicators import indicator_values_asset
from assets.intake import intake_assets
from assets.marts import mart_assets
from assets.publications import publication_assets
from assets.quality import quality_assets
from assets.resources import DataFolderLock
from assets.scoring import scoring_assets
from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.faults import Fault
from mel_pipeline.declarations.lint import lint
from mel_pipeline.folders import DataFolder
from mel_pipeline.pipeline import Pipeline, UnknownDayError, resolve_as_of

PROJECT = Path(__file__).resolve().parent.parent


def build_definitions(programme_dir: Path, data_dir: Path, as_of: date | None = None) -> dg.Definitions:
    """Everything Dagster needs to run one programme on one data folder.

    A programme with faults still loads: one asset `programme`, whose check lists the faults in plain words.
    """
    programme = load_programme(programme_dir)
    faults = [fault for fault in lint(programme) if fault.severity == "error"]
    if faults:
        return dg.Definitions(assets=programme_asset(faults), executor=dg.in_process_executor)
    folders = DataFolder(data_dir)
    try:
        return definitions_of(Pipeline(programme, folders, resolve_as_of(as_of, programme, folders)))
    except UnknownDayError as error:
        unknown_day = Fault("programme.yml", 1, str(error))
        return dg.Definitions(assets=programme_asset([unknown_day]), executor=dg.in_process_executor)


def definitions_of(pipeline: Pipeline) -> dg.Definitions:
    """Definitions of a pipeline whose programme is known to be whole."""
    return dg.Definitions(
        assets=[
            *intake_assets(pipeline),
            *quality_assets(pipeline),
            *mart_assets(pipeline),
            indicator_values_asset(pipeline),
            *scoring_assets(pipeline),
            *honesty_assets(pipeline),
            *publication_assets(pipeline),
        ],
        jobs=JOBS,
        sensors=sensors(pipeline),
        schedules=schedules(pipeline),
        resources={LOCK: DataFolderLock(data_folder=str(pipeline.folders.root))},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The programme and data folder that the environment names, else those of the project.

    Made only when Dagster asks for it: whoever imports this module for another folder touches nothing here.
    """
    return build_definitions(
        Path(os.environ.get("MEL_PROGRAMME", PROJECT / "programme")).resolve(),
        Path(os.environ.get("MEL_DATA", PROJECT / "data")).resolve(),
    )
