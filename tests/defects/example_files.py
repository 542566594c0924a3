"""Clean raw files to break by hand: those of a small example, with a few of their rows and other cells in them."""

import copy
from collections.abc import Callable
from functools import cache
from pathlib import Path

from mel_example.generate import make_world
from mel_example.raw_files import build_files, write_file
from mel_example.raw_files.sheets import RawFile, RawSheet
from tests.defects.worlds import SCALE, SEED

Change = Callable[[RawFile], None]


@cache
def _clean_files() -> dict[str, RawFile]:
    return {file.path: file for file in build_files(make_world(SEED, SCALE))}


def clean_file(path: str) -> RawFile:
    """A copy of a clean file of the example (its `sheets` hold rows of cells by header), free to change."""
    return copy.deepcopy(_clean_files()[path])


def sheet_of(file: RawFile, source: str = "") -> RawSheet:
    """The only sheet of a file, or the one that is read as a source."""
    found = [sheet for sheet in file.sheets if not source or sheet.source == source]
    assert len(found) == 1, f"{file.path} has {len(found)} such sheets"
    return found[0]


def from_example(path: str, change: Change | None = None) -> Callable[[Path], None]:
    """What writes a clean file of the example, changed, under any name (without its `.meta.yml`)."""

    def write(target: Path) -> None:
        file = clean_file(path)
        if change is not None:
            change(file)
        file.path = target.name
        write_file(file, target.parent)
        target.with_name(f"{target.name}.meta.yml").unlink()

    return write
