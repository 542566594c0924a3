"""Where everything of one data folder lies. Only paths belong here: nothing is opened or read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DataFolder:
    """The data folder of a programme, and the place of each kind of file in it."""

    root: Path

    @property
    def raw(self) -> Path:
        """Inputs as people received them; never written by the pipeline."""
        return self.root / "raw"

    @property
    def staging(self) -> Path:
        """One typed Parquet per raw file."""
        return self.root / "staging"

    @property
    def accepted(self) -> Path:
        """One Parquet per source: the rows that indicators may use."""
        return self.root / "accepted"

    @property
    def restricted(self) -> Path:
        """Names and free text that officers need and nobody else sees."""
        return self.root / "restricted"

    @property
    def build(self) -> Path:
        """One Parquet per table."""
        return self.root / "build"

    @property
    def marts(self) -> Path:
        """The assembled database."""
        return self.root / "marts"

    @property
    def preview(self) -> Path:
        """Draft pages of the last run."""
        return self.root / "preview"

    @property
    def database(self) -> Path:
        """The database that analysts open."""
        return self.marts / "mel.duckdb"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own records."""
        return self.root / ".dagster"

    @property
    def lock(self) -> Path:
        """Held by the one run that may write."""
        return self.root / ".lock"

    def accepted_rows(self, source: str) -> Path:
        """Accepted rows of a source."""
        return self.accepted / f"{source}.parquet"

    def findings(self, source: str, table: str) -> Path:
        """What the quality stage found in one source, in the columns of a table of `mel.duckdb`."""
        return self.accepted / "findings" / source / f"{table}.parquet"

    def table(self, name: str) -> Path:
        """A built table."""
        return self.build / f"{name}.parquet"

    def restricted_table(self, name: str) -> Path:
        """A built table that no database holds."""
        return self.restricted / "build" / f"{name}.parquet"
