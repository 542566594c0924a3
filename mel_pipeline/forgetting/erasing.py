"""Erases a person or a record: first says what would change, then changes it, and looks whether anything is left.

Only the order of things belongs here; finding, planning and copying have modules of their own.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.forgetting.left_overs import remove_left_overs
from mel_pipeline.forgetting.mentions import may_mention
from mel_pipeline.forgetting.people import Found, find_person, staged_places
from mel_pipeline.forgetting.plan import Changes, Traces, plan_data, plan_decisions, traces_of
from mel_pipeline.forgetting.text_copy import redacted_text
from mel_pipeline.forgetting.tombstones import Erasure, bury, erasures, hash_of
from mel_pipeline.forgetting.workbook_copy import redacted_workbook
from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.personal_data import holds_contact
from mel_pipeline.intake.privacy import load_key
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.raw_files import META_SUFFIX, is_input, matching_files
from mel_pipeline.intake.staging import stage_source
from mel_pipeline.intake.words import fold
from mel_pipeline.quality.decisions.reading import correction_files


class UnknownKeyError(LookupError):
    """No row and no tombstone knows the key."""


class NothingLeftError(LookupError):
    """The person or record was erased before, and nothing is left.

    Attributes:
        erased_on: the last day of an erasure.
        n_files: files with a tombstone that speaks of it.
    """

    def __init__(self, erased_on: date, n_files: int) -> None:
        super().__init__(str(erased_on))
        self.erased_on, self.n_files = erased_on, n_files


class NotErasedError(Exception):
    """A file could not be changed; the others were.

    Attributes:
        files: paths below the raw folder.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self.files = list(files)
        super().__init__(", ".join(self.files))


@dataclass(frozen=True)
class FilePlan:
    """What becomes of one raw file: rows that go as a whole, and single cells in rows of others."""

    path: Path
    source_file: str
    changes: Changes

    @property
    def n_rows(self) -> int:
        """Rows that go."""
        return sum(change is None for change in self.changes.values())

    @property
    def n_cells(self) -> int:
        """Cells that are emptied in rows that stay."""
        return sum(len(change) for change in self.changes.values() if change)


@dataclass(frozen=True)
class Plan:
    """All that would be changed.

    Attributes:
        look_at: files in which the person's words stand, but where nothing is changed: an officer has to look.
        with_pictures: workbooks that change and hold pictures, of which one may be a signature.
    """

    key: str
    found: Found
    files: tuple[FilePlan, ...]
    look_at: tuple[str, ...]
    with_pictures: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """Why a person is erased, who decided it, and when."""

    reason: str
    by_role: str
    erased_on: date


def plan_erasure(programme: Programme, folders: DataFolder, key: str) -> Plan:
    """Bring staging up to date and find out what an erasure would change; no raw file is touched.

    Raises:
        UnknownKeyError: nothing knows the key.
        NothingLeftError: it was erased before.
    """
    for name in programme.sources:
        _stage(programme, folders, name)
    found = find_person(programme.sources, folders, key)
    if not found.rows:
        buried = list(erasures(folders, [hash_of(load_key(folders), key)]))
        if not buried:
            raise UnknownKeyError(key)
        raise NothingLeftError(max(day for _, day in buried), len({path for path, _ in buried}))
    traces = traces_of(found)
    files = tuple(_file_plans(programme.sources, folders, traces))
    planned = {file.source_file for file in files}
    return Plan(key, found, files, tuple(_others(folders, found, planned)), tuple(_with_pictures(files)))


def _stage(programme: Programme, folders: DataFolder, source: str) -> None:
    directory = programme.directory / "sources" / source
    stage_source(programme.settings, programme.sources[source], directory, folders)


def _file_plans(sources: Mapping[str, Source], folders: DataFolder, traces: Traces) -> Iterator[FilePlan]:
    """Files with rows of the person, those in which their address stands, and logs of decisions."""
    rows: dict[str, set[tuple[str, int]]] = {}
    for row in traces.found.rows:
        rows.setdefault(row.source_file, set()).add(row.place)
    data = sorted({path for source in sources.values() for path in matching_files(source, folders.raw)})
    logs = correction_files(folders)
    for path in (*data, *logs):
        name = path.relative_to(folders.raw).as_posix()
        if path not in logs and name not in rows and not may_mention(path, traces.found.addresses):
            continue
        try:
            sheets = read_grids(path).sheets
        except (Refused, OSError):
            continue  # it is among the files to look at
        if path in logs:
            changes = plan_decisions(sheets, traces)
        else:
            changes = plan_data(sheets, rows.get(name, set()), staged_places(sources, folders, name), traces)
        if changes:
            yield FilePlan(path, name, changes)


def _others(folders: DataFolder, found: Found, planned: set[str]) -> Iterator[str]:
    """Files that stay as they are although the person's words stand there."""
    words = found.names | found.addresses
    for path in sorted(folders.raw.rglob("*")):
        name = path.relative_to(folders.raw).as_posix()
        is_looked_at = is_input(path.relative_to(folders.raw)) or path.name.endswith(META_SUFFIX)
        if path.is_file() and is_looked_at and name not in planned and may_mention(path, words):
            yield name


def _with_pictures(files: Iterable[FilePlan]) -> Iterator[str]:
    for file in files:
        if b"xl/media/" in file.path.read_bytes():
            yield file.source_file


def is_plain(plan: Plan, decision: Decision) -> bool:
    """Whether what a tombstone would say of the decision tells of nobody."""
    texts = (decision.reason, decision.by_role)
    words = plan.found.names | plan.found.addresses
    return not any(holds_contact(text) or any(word in fold(text) for word in words) for text in texts)


def erase(programme: Programme, folders: DataFolder, plan: Plan, decision: Decision) -> None:
    """Replace the planned files by redacted copies with tombstones, and remove what was made of the old ones.

    Raises:
        NotErasedError: some file could not be changed, or rows of the person are left in it.
    """
    failed = [file.source_file for file in plan.files if not _replace(folders, file, plan, decision)]
    for name in programme.sources:
        _stage(programme, folders, name)
    remove_left_overs(programme.sources, folders, plan.found)
    left = {row.source_file for row in find_person(programme.sources, folders, plan.key).rows}
    if failed or left:
        raise NotErasedError(sorted({*failed, *left}))


def _replace(folders: DataFolder, file: FilePlan, plan: Plan, decision: Decision) -> bool:
    before = file.path.read_bytes()
    try:
        after = _redacted(file, plan.found)
        _write(file.path, after)
    except (Refused, OSError, ValueError):
        return False
    hashes = (hashlib.sha256(content).hexdigest() for content in (before, after))
    key = load_key(folders)
    about = tuple(sorted({hash_of(key, each) for each in (plan.key, *plan.found.keys)}))
    entry = (decision.reason, decision.by_role, decision.erased_on, file.n_rows, file.n_cells)
    bury(file.path, Erasure(about, *entry, *hashes))
    return True


def _redacted(file: FilePlan, found: Found) -> bytes:
    grids = read_grids(file.path)
    if grids.is_text:
        return redacted_text(file.path, grids, file.changes)
    if not grids.is_workbook:
        raise ValueError("rows of such a file cannot be taken out")
    return redacted_workbook(file.path, file.changes, found.spellings)


def _write(path: Path, content: bytes) -> None:
    """Replace a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
