"""The note beside a raw file that says that rows of it were erased: when, at whose decision and why, never whose.

Only the notes belong here; erasing belongs to `erasing.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.privacy import HashKey
from mel_pipeline.intake.raw_files import TOMBSTONE_SUFFIX
from mel_pipeline.intake.staged import write_whole

_HEADING = (
    "# Written by 'mel forget'. At a person's wish, what this file told of them was emptied; all else is as received.\n"
    "# 'about' is a keyed hash of the key that was given: it tells nobody who the person was.\n"
)


@dataclass(frozen=True)
class Erasure:
    """One entry of a tombstone.

    Attributes:
        about: keyed hashes of the keys under which the person or record was known.
        rows: rows emptied as a whole.
        cells: single cells emptied in rows of others.
    """

    about: tuple[str, ...]
    reason: str
    by_role: str
    erased_on: date
    rows: int
    cells: int
    sha256_before: str
    sha256_after: str


def tombstone_of(raw_file: Path) -> Path:
    """Where the note of a raw file lies."""
    return raw_file.with_name(raw_file.name + TOMBSTONE_SUFFIX)


def hash_of(key: HashKey, given: str) -> str:
    """What a tombstone says instead of a key."""
    return key.hash("forgotten", given)


def bury(raw_file: Path, erasure: Erasure) -> None:
    """Add an entry to the note of a raw file."""
    path = tombstone_of(raw_file)
    entries = [*_entries(path), _written(erasure)]
    text = yaml.safe_dump({"erasures": entries}, allow_unicode=True, sort_keys=False, width=120)
    write_whole(path, _HEADING + text)


def erasures(folders: DataFolder, hashes: Iterable[str]) -> Iterator[tuple[Path, date]]:
    """Notes that speak of one of these hashes, with the day."""
    wanted = set(hashes)
    for path in sorted(folders.raw.rglob(f"*{TOMBSTONE_SUFFIX}")):
        for entry in _entries(path):
            if wanted & set(entry["about"]):
                yield path, entry["erased_on"]


def _entries(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["erasures"])


def _written(erasure: Erasure) -> dict[str, Any]:
    return {**vars(erasure), "about": list(erasure.about)}
