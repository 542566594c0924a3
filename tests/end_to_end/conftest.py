"""One finished run on the synthetic example, shared by all; whoever changes something works on a copy."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

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
    """The example of the committed seed, run from scratch; once, also where several processes share the tests."""
    return _run_once(tmp_path_factory, "finished", SEED, 1.0)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A tenth of the example, for what needs several runs and no particular numbers."""
    return _run_once(tmp_path_factory, "small", 3, 0.1)


def _run_once(tmp_path_factory: pytest.TempPathFactory, name: str, seed: int, scale: float) -> Finished:
    own = tmp_path_factory.getbasetemp()
    world = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    told = world / "told.json"
    with FileLock(world.with_suffix(".lock")):
        if not told.exists():
            _run_example(world, told, seed, scale)
    output, exit_code = json.loads(told.read_text(encoding="utf-8"))
    return Finished(DataFolder(world / "data"), world / "truth", output, exit_code)


def _run_example(world: Path, told: Path, seed: int, scale: float) -> None:
    write_example(world, seed=seed, scale=scale)
    data = world / "data"
    data.mkdir()
    shutil.move(world / "raw", data / "raw")
    done = mel_run(data)
    told.write_text(json.dumps([done.stdout + done.stderr, done.returncode]), encoding="utf-8")


@pytest.fixture
def copied(small: Finished, tmp_path: Path) -> Path:
    """A copy of the small world's data folder, to change."""
    return Path(shutil.copytree(small.folders.root, tmp_path / "data"))
