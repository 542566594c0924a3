"""Runs the pipeline on the files of many defects at once, and on their clean twins; each world once.

Every world starts from the clean registers of a small example, which were run before.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from filelock import FileLock

from mel_example.generate import make_world
from mel_example.raw_files import build_files, write_file
from mel_pipeline.folders import DataFolder
from tests.defects.declared import Content, Defect, Files
from tests.defects.seen import Seen
from tests.end_to_end.conftest import PROGRAMME, mel

SEED, SCALE = 7, 0.1
Side = Literal["broken", "clean"]


class Worlds:
    """Finished runs by world and side, made when a test first asks, also where several processes share the tests."""

    def __init__(self, folder: Path, defects: Iterable[Defect]) -> None:
        self._folder = folder
        self._defects = list(defects)

    def run(self, world: str, side: Side) -> Seen:
        """What came of all defects of a world, or of their clean twins."""
        return self._once(f"{world}-{side}", lambda place: self._build(place, world, side))

    def _build(self, place: Path, world: str, side: Side) -> tuple[str, int]:
        base = self._once("registers", _registers)
        cases = [defect for defect in self._defects if defect.world == world]
        data = Path(shutil.copytree(base.folders.root, place / "data"))
        programme = Path(shutil.copytree(PROGRAMME, place / "programme"))
        for case in cases:
            write_files(case.broken if side == "broken" else case.clean, data / "raw")
            write_files(case.programme if side == "broken" else {}, programme)
        selected = sorted({asset for case in cases for asset in case.select})
        return _run(programme, data, selected)

    def _once(self, name: str, make: Callable[[Path], tuple[str, int]]) -> Seen:
        place = self._folder / name
        told = place / "told.json"
        self._folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self._folder / f"{name}.lock"):
            if not told.exists():
                place.mkdir(parents=True)
                told.write_text(json.dumps(make(place)), encoding="utf-8")
        output, exit_code = json.loads(told.read_text(encoding="utf-8"))
        return Seen(DataFolder(place / "data"), output, exit_code)


def shared_folder(base: Path) -> Path:
    """One folder for all processes of a test run."""
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "defects"


def write_files(files: Files, folder: Path) -> None:
    """Write files below a folder; one of them may replace another."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(content, target)


def _write(content: Content, target: Path) -> None:
    if isinstance(content, str):
        target.write_text(content, encoding="utf-8", newline="")
    elif isinstance(content, bytes):
        target.write_bytes(content)
    else:
        content(target)


def _registers(place: Path) -> tuple[str, int]:
    for file in build_files(make_world(SEED, SCALE)):
        if file.path.startswith("registers/"):
            write_file(file, place / "data" / "raw")
    return _run(PROGRAMME, place / "data", [])


def _run(programme: Path, data: Path, selected: list[str]) -> tuple[str, int]:
    chosen = ["--select", ",".join(selected)] if selected else []
    done = mel("run", "--programme", programme, "--data", data, *chosen)
    return done.stdout + done.stderr, done.returncode
