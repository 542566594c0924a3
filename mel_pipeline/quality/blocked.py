"""What a blocked source leaves behind: its last accepted rows are used again, and it is said since when.

A rule with `blocks: source` says that the rows as a whole cannot be trusted. All of them are set aside; the rows
accepted before stay in use, and everything that reads them carries the day after which nothing new counted.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from mel_pipeline.database import quote, read_parquet
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.privacy import load_key
from mel_pipeline.intake.staged import write_whole
from mel_pipeline.quality.case import Case
from mel_pipeline.quality.evaluation import Outcome

KEY_NOTE = "hash_key"
"""What accepted rows say about themselves: the id of the key with which their persons were hashed."""

UNKNOWN_DAY = date(1900, 1, 1)
"""Said where no file behind the rows in use tells when it came: too old is safer than looking fresh."""


def blocks_source(outcomes: Iterable[Outcome]) -> bool:
    """Whether a rule that blocks the whole source failed, or did not run."""
    stopping = [each for each in outcomes if each.rule.treatment == "block" and each.rule.blocks == "source"]
    return any(each.success is False or each.problem is not None for each in stopping)


def stale_since(folders: DataFolder, sources: Iterable[str]) -> date | None:
    """The earliest day since which some of these sources use old rows; None where all are fresh."""
    days = []
    for source in sources:
        path = _note(folders, source)
        if path.exists():
            days.append(date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["stale_since"]))
    return min(days, default=None)


def keep_last_accepted(case: Case, columns: Iterable[str]) -> bool:
    """Leave the rows accepted before in use, and note since when; to be called before findings are replaced.

    Args:
        case: the blocked source.
        columns: of the rows that would be accepted now; rows laid out otherwise, or in which persons
            were hashed with another key, cannot be used again.

    Returns:
        Whether there were such rows: otherwise the source contributes none.
    """
    path, note = case.folders.accepted_rows(case.source.source), _note(case.folders, case.source.source)
    is_usable = path.exists() and set(pq.read_schema(path).names) == set(columns) and _has_the_key(case, path)
    if not (is_usable and note.exists()):
        day = _last_arrival(case, path) if is_usable else UNKNOWN_DAY
        write_whole(note, json.dumps({"stale_since": day.isoformat()}) + "\n")
    return is_usable


def _has_the_key(case: Case, accepted: Path) -> bool:
    """Whether persons in the rows were hashed with the key of today: persons of two keys would count twice."""
    if not case.source.privacy.hash:
        return True
    said = pq.read_metadata(accepted).metadata or {}
    key = said.get(KEY_NOTE.encode())
    return key is None or key.decode() == load_key(case.folders).id


def forget_block(case: Case) -> None:
    """The source is whole again."""
    _note(case.folders, case.source.source).unlink(missing_ok=True)


def _note(folders: DataFolder, source: str) -> Path:
    return folders.accepted / "blocked" / f"{source}.json"


def _last_arrival(case: Case, accepted: Path) -> date:
    """The latest day on which a file came whose rows stay in use."""
    files = case.folders.findings(case.source.source, "source_files")
    if not files.exists():
        return UNKNOWN_DAY
    row = case.connection.execute(
        f"select max(received_on) from {read_parquet(files)} where source_file in"
        f" (select {quote('_source_file')} from {read_parquet(accepted)})"
    ).fetchone()
    return row[0] if row and row[0] else UNKNOWN_DAY
