"""One finished run on the synthetic example, shared by all; whoever changes something works on a copy."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from mel_example import write_example
from mel_pipeline import database
from mel_pipeline.folders import DataFolder

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = ROOT / "programme"
SEED = 7


@dataclass(frozen=True)
class Finished:
    """What a run left behind."""

    folders: DataFolder
    truth: Path
    output: str
    exit_code: int

    def table(self, sql: str) -> pd.DataFrame:
        marts = database.current(self.folders.database)
        assert marts is not None
        with database.connect() as connection:
            database.attach_read_only(connection, marts, "mel")
            connection.execute("use mel")
            return connection.execute(sql).df()


def mel(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, and give back what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "mel_pipeline.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
    )


def mel_run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return mel("run", "--programme", PROGRAMME, "--data", data, *arguments)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The example of the committed seed, run from scratch."""
    world = tmp_path_factory.mktemp("world")
    write_example(world, seed=SEED)
    data = world / "data"
    data.mkdir()
    shutil.move(world / "raw", data / "raw")
    done = mel_run(data)
    return Finished(DataFolder(data), world / "truth", done.stdout + done.stderr, done.returncode)


@pytest.fixture
def copied(finished: Finished, tmp_path: Path) -> Path:
    """A copy of the finished data folder, to change."""
    return Path(shutil.copytree(finished.folders.root, tmp_path / "data"))
