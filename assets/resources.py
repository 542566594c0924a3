"""What every asset needs around it: the one writer's lock, and a record that the step was done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from mel_pipeline.folders import DataFolder
from mel_pipeline.holding import hold


class DataFolderLock(dg.ConfigurableResource):
    """Holds the data folder for as long as a run lasts, so that two runs never write at once."""

    data_folder: str

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["DataFolderLock"]:
        """Hold the folder while steps run."""
        with hold(DataFolder(Path(self.data_folder)), "a run of Dagster"):
            yield self
