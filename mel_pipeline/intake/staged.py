"""What intake leaves on disk for one source: the manifest, one Parquet and one page of notes per file.

Only the shapes and where they lie belong here. How they come about belongs to `staging.py`.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.problems import Problem

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class StagedFile:
    """One raw file that is present now, and under which name its rows are staged.

    Attributes:
        source_file: POSIX path below the raw folder.
        name: stem of the Parquet and of the notes; a copy bears the name of its original.
        copy_of: the other source file with the same content that is staged in its place.
    """

    source_file: str
    sha256: str
    received_on: date | None
    is_synthetic: bool
    received_from: str | None
    name: str
    copy_of: str | None


@dataclass(frozen=True)
class Dropped:
    """A row that is no record: a total, a numbered but empty line of a template."""

    source_sheet: str
    source_row: int
    rule_id: str
    treatment: str = "repair"


@dataclass(frozen=True)
class Repair:
    """A cell (or a header) that was read as something else than it literally says."""

    rule_id: str
    source_sheet: str
    source_row: int
    record_key: str | None
    field: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Unreadable:
    """A cell that is not of its field's type: staged as null, its text kept here."""

    source_sheet: str
    source_row: int
    record_key: str | None
    field: str
    value: str


@dataclass(frozen=True)
class FileNotes:
    """What happened while one file was read.

    Every row read is staged or dropped: `n_rows = n_staged + len(dropped)`.

    Attributes:
        problem: why the file contributes no rows, if so.
        remarks: what an officer should know about a file that was read nevertheless.
        cover_date: the date on a report's cover, for files that came without a `.meta.yml`.
    """

    format: str | None
    n_rows: int
    n_staged: int
    dropped: tuple[Dropped, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    problem: Problem | None = None
    remarks: tuple[Problem, ...] = ()
    cover_date: date | None = None


def staging_folder(folders: DataFolder, source: str) -> Path:
    """Where the staged files of a source lie."""
    return folders.staging / source


def restricted_folder(folders: DataFolder, source: str) -> Path:
    """Where the restricted columns of a source's staged files lie."""
    return folders.restricted / "staging" / source


def staged_parquet(folders: DataFolder, source: str, staged: StagedFile) -> Path:
    """The typed rows of a file."""
    return staging_folder(folders, source) / f"{staged.name}.parquet"


def restricted_parquet(folders: DataFolder, source: str, staged: StagedFile) -> Path:
    """The restricted columns of a file by `_record_key`; only for sources that declare such columns."""
    return restricted_folder(folders, source) / f"{staged.name}.parquet"


def notes_path(folders: DataFolder, source: str, name: str) -> Path:
    """The notes of a file."""
    return staging_folder(folders, source) / f"{name}.json"


def load_manifest(folders: DataFolder, source: str) -> list[StagedFile]:
    """The files of a source that were present at the last staging, by path; empty before the first one."""
    path = staging_folder(folders, source) / MANIFEST
    if not path.exists():
        return []
    return [_staged_file(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def load_notes(folders: DataFolder, source: str, staged: StagedFile) -> FileNotes:
    """The notes of one staged file; a copy shares those of its original."""
    return read_notes(notes_path(folders, source, staged.name))


def read_notes(path: Path) -> FileNotes:
    """Read a page of notes."""
    notes = json.loads(path.read_text(encoding="utf-8"))
    return FileNotes(
        format=notes["format"],
        n_rows=notes["n_rows"],
        n_staged=notes["n_staged"],
        dropped=tuple(Dropped(**entry) for entry in notes["dropped"]),
        repairs=tuple(Repair(**entry) for entry in notes["repairs"]),
        unreadable=tuple(Unreadable(**entry) for entry in notes["unreadable"]),
        problem=Problem(**notes["problem"]) if notes["problem"] else None,
        remarks=tuple(Problem(**entry) for entry in notes["remarks"]),
        cover_date=_day(notes["cover_date"]),
    )


def manifest_text(files: list[StagedFile]) -> str:
    """The manifest as written: sorted by path, so that equal inputs give equal bytes."""
    return _json([_manifest_entry(file) for file in sorted(files, key=lambda file: file.source_file)])


def notes_text(notes: FileNotes) -> str:
    """Notes as written."""
    return _json(vars(notes))


def write_whole(path: Path, content: str) -> None:
    """Write a text file whole or not at all; a file that already says so is left alone."""
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(content, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _manifest_entry(file: StagedFile) -> dict[str, Any]:
    entry = asdict(file)
    entry["synthetic"] = entry.pop("is_synthetic")
    return entry


def _staged_file(entry: dict[str, Any]) -> StagedFile:
    known = dict(entry)
    known["is_synthetic"] = known.pop("synthetic")
    known["received_on"] = _day(known["received_on"])
    return StagedFile(**known)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _json(content: object) -> str:
    """JSON with one entry of a list on a line: without indents it is written ten times as fast."""
    if isinstance(content, list):
        return f"[\n{_joined(map(_line, content))}\n]\n" if content else "[]\n"
    told = content.items() if isinstance(content, dict) else []
    return f"{{\n{_joined(f'{_line(name)}: {_value(value)}' for name, value in told)}\n}}\n"


def _value(value: object) -> str:
    return f"[\n{_joined(map(_line, value))}\n]" if isinstance(value, (list, tuple)) and value else _line(value)


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """Dates as JSON knows them, and the small records of notes."""
    return value.isoformat() if isinstance(value, date) else vars(value)
