"""What became of each raw file: how many rows were read, accepted, set aside and dropped.

Only the account per file belongs here; what decided about the rows is told by the other findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from mel_pipeline.database import literal, read_parquet
from mel_pipeline.quality.case import JUDGED, Case, FileRecord
from mel_pipeline.quality.treatments import SET_ASIDE

_EMPTY_FILE = "empty"


@dataclass(frozen=True)
class _Counts:
    """Rows of one file; those that a rule dropped are among the dropped ones."""

    accepted: int
    set_aside: int
    dropped: int
    ruled_out: int


def write_source_files(case: Case) -> None:
    """Write one row per raw file; the rows read are what intake counted, the others are counted here."""
    accepted = _per_file(case, f"select _source_file from {JUDGED} where _row not in (from {SET_ASIDE})")
    set_aside = _per_file(case, f"select _source_file from {JUDGED} where _row in (from {SET_ASIDE})")
    rules = ", ".join(literal(rule.id) for rule in case.rules if rule.drop) or "null"
    ruled_out = _per_file(case, f"select _source_file from _dropped where rule_id in ({rules})")
    dropped = _per_file(case, "select _source_file from _dropped")
    for record in case.files:
        file = record.staged.source_file
        counts = _Counts(*(found.get(file, 0) for found in (accepted, set_aside, dropped, ruled_out)))
        case.connection.execute(f"insert into _source_files values {_row(case, record, counts)}")


def _per_file(case: Case, rows: str) -> Mapping[str, int]:
    return dict(case.connection.execute(f"select _source_file, count(*) from ({rows}) group by 1").fetchall())


def _row(case: Case, record: FileRecord, counts: _Counts) -> str:
    staged, notes = record.staged, record.notes
    n_dropped = notes.n_rows if staged.copy_of else counts.dropped + len(notes.dropped)
    status, message = _status(record, counts)
    return (
        f"({literal(case.source.source)}, {literal(staged.source_file)}, {literal(staged.sha256)},"
        f" {literal(staged.received_on)}, {staged.is_synthetic}, {0 if notes.problem else notes.n_rows},"
        f" {counts.accepted}, {counts.set_aside}, {n_dropped}, {literal(status)}, {literal(message)})"
    )


def _status(record: FileRecord, counts: _Counts) -> tuple[str, str | None]:
    staged, notes = record.staged, record.notes
    if staged.copy_of:
        return "copy", f"The same content as {staged.copy_of}; its rows count once."
    if notes.problem:
        status = "empty" if _EMPTY_FILE in notes.problem.code else "unreadable"
        return status, notes.problem.message("en")
    told = " ".join(remark.message("en") for remark in notes.remarks) or None
    if counts.accepted:
        return "accepted", told
    if counts.set_aside:
        return "quarantined", told or "None of its rows is accepted; the quarantine says why."
    if counts.ruled_out:
        return "empty", told or "None of its rows is a record; the repairs say why each was dropped."
    if counts.dropped:
        return "superseded", "Later files replace all of its rows."
    return "empty", told or "The file holds no records."


def files_that_do_not_add_up(connection: duckdb.DuckDBPyConnection, *source_files: Path) -> list[str]:
    """Files whose rows read are not the rows accepted, set aside and dropped, described in words.

    Args:
        connection: any working database.
        source_files: Parquet files of the table `source_files`.
    """
    found = connection.execute(
        "select source, source_file, n_rows, n_accepted, n_quarantined, n_dropped"
        f" from {read_parquet(*source_files)} where n_rows <> n_accepted + n_quarantined + n_dropped order by all"
    ).fetchall()
    return [
        f"{source}: {file} does not add up: found {n_accepted} accepted + {n_set_aside} set aside + {n_dropped}"
        f" dropped, expected {n_rows} rows. This is a fault of the pipeline; please report it."
        for source, file, n_rows, n_accepted, n_set_aside, n_dropped in found
    ]
