"""The raw files of a source: which they are, what their names and the notes beside them tell.

Their content is hashed here but never parsed.
"""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mel_pipeline.declarations.models import Source
from mel_pipeline.declarations.yaml_lines import read_yaml
from mel_pipeline.intake.problems import Problem, Refused

META_SUFFIX = ".meta.yml"
TOMBSTONE_SUFFIX = ".tombstone.yml"
"""Ends the name of the note that says that rows of a file were erased at a person's wish."""
NOT_AN_INPUT = ("~$", ".", "readme")
"""Beginnings of names that are no inputs: lock files of Excel, hidden files, explanations for people."""


@dataclass(frozen=True)
class RawFile:
    """One raw file, identified by its content.

    Attributes:
        source_file: POSIX path below the raw folder.
        sha256: of the content; empty where the file could not be opened.
        n_rows: how many records the sender says it holds.
        problem: why it cannot be taken in, known without parsing.
    """

    source_file: str
    path: Path
    sha256: str
    received_on: date | None = None
    is_synthetic: bool = False
    received_from: str | None = None
    n_rows: int | None = None
    problem: Problem | None = None

    @property
    def is_redacted(self) -> bool:
        """Whether rows were erased from it at a person's wish: then it may hold none."""
        return self.path.with_name(self.path.name + TOMBSTONE_SUFFIX).exists()


def matching_files(source: Source, raw: Path) -> list[Path]:
    """The files of a source in the raw folder, sorted by path; a file may belong to several sources."""
    found = {path for pattern in source.files for path in raw.glob(pattern) if path.is_file()}
    return sorted(path for path in found if is_input(path.relative_to(raw)))


def unclaimed_files(sources: Iterable[Source], raw: Path) -> list[Path]:
    """Files in the raw folder that no source reads, corrections apart: mistyped names or places."""
    claimed = {path for source in sources for path in matching_files(source, raw)}
    inputs = (path for path in raw.rglob("*") if path.is_file() and is_input(path.relative_to(raw)))
    return sorted(path for path in inputs if path not in claimed and path.relative_to(raw).parts[0] != "corrections")


def is_input(path: Path) -> bool:
    """Whether a file below the raw folder is an input, and no explanation, note or leftover of a program."""
    if any(part.startswith(".") for part in path.parts):
        return False
    name = path.name.casefold()
    return not name.startswith(NOT_AN_INPUT) and not name.endswith((META_SUFFIX, TOMBSTONE_SUFFIX))


def identify(path: Path, raw: Path) -> RawFile:
    """Hash a file and read the note beside it; what goes wrong becomes the file's problem."""
    source_file = path.relative_to(raw).as_posix()
    try:
        sha256 = _sha256(path)
    except OSError:
        return RawFile(source_file, path, "", problem=Problem("cannot_be_opened", {"file": source_file}))
    try:
        return RawFile(source_file, path, sha256, **_beside(path))
    except Refused as refused:
        return RawFile(source_file, path, sha256, problem=refused.problem(source_file))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beside(path: Path) -> dict[str, Any]:
    """What `<name>.meta.yml` says; unknown where there is none, never taken from the file system's clock."""
    meta = path.with_name(path.name + META_SUFFIX)
    if not meta.exists():
        return {}
    try:
        document = read_yaml(meta.read_bytes())
    except OSError:
        raise Refused("faulty_meta", meta=meta.name, found="YAML") from None
    said = {} if document.value is None else document.value
    if document.faults or not isinstance(said, dict):
        raise Refused("faulty_meta", meta=meta.name, found="YAML")
    is_synthetic, sender = said.get("synthetic", False), said.get("received_from")
    if not isinstance(is_synthetic, bool):
        raise Refused("faulty_meta", meta=meta.name, found=f"synthetic: {_shown(is_synthetic)}")
    if not isinstance(sender, (str, int, type(None))):
        raise Refused("faulty_meta", meta=meta.name, found="received_from")
    return {
        "received_on": _received_on(said.get("received_on"), meta),
        "is_synthetic": is_synthetic,
        "received_from": None if sender is None else str(sender),
        "n_rows": _n_rows(said.get("rows"), meta),
    }


def _n_rows(said: Any, meta: Path) -> int | None:
    """How many records the sender says a file holds."""
    if said is not None and (not isinstance(said, int) or isinstance(said, bool) or said < 0):
        raise Refused("faulty_meta", meta=meta.name, found=f"rows: {_shown(said)}")
    return said


def _received_on(said: object, meta: Path) -> date | None:
    if said is None:
        return None
    with suppress(ValueError):
        if isinstance(said, str):
            return date.fromisoformat(said)
    raise Refused("faulty_meta", meta=meta.name, found=f"received_on: {_shown(said)}")


def _shown(value: object) -> str:
    """A value as a message may repeat it: short ones only, for a note may hold anything."""
    return str(value)[:40] if isinstance(value, (str, int, float)) else type(value).__name__


def told_by_name(source: Source, source_file: str) -> dict[str, str]:
    """What the file's name tells, by field."""
    found = re.search(source.file_name, Path(source_file).name) if source.file_name else None
    return {name: text for name, text in found.groupdict().items() if text is not None} if found else {}


def require_told(source: Source, told: Iterable[str]) -> None:
    """Refuse a file whose name lacks a required part that nothing else in the file tells."""
    missing = [f.name for f in source.fields if f.from_file_name and f.required and f.name not in set(told)]
    if missing:
        raise Refused("file_name_pattern", missing=missing, expected=example_name(source.file_name or ""))


def example_name(pattern: str) -> str:
    """A name that fits a simple pattern, to show instead of the pattern: four digits become `0000`, `[1-4]` is 1."""
    needed = pattern.split("(?:")[0] or pattern
    plain = re.sub(r"\(\?P<\w+>", "(", needed).replace("(?:", "(")
    plain = re.sub(r"\[(\w)-\w\]", r"\1", plain)
    plain = re.sub(r"\\d\{(\d+),?\}", lambda found: "0" * int(found[1]), plain).replace("\\d+", "1")
    return plain.translate(str.maketrans("", "", "()?^$\\"))
