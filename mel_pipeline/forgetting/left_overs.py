"""What earlier runs made of rows that were erased since, and that the next run might leave standing.

Staged rows are renewed with their files. Here go accepted rows, which a blocked source would use again, and what
officers are asked about; the next run writes all of it anew.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from mel_pipeline import database
from mel_pipeline.database import literal, quote, read_parquet
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.forgetting.people import Found
from mel_pipeline.quality.findings import set_aside_values
from mel_pipeline.quality.open_rows import open_findings, open_names
from mel_pipeline.quality.register import suggestions
from mel_pipeline.quality.same_persons import open_persons

QUESTIONS = "review*.xlsx"
"""Workbooks of questions in the restricted folder."""


def remove_left_overs(sources: Mapping[str, Source], folders: DataFolder, found: Found) -> None:
    """Remove the person from accepted rows and from all that waits for a decision."""
    for name in sorted({row.source for row in found.rows}):
        _leave_out(folders.accepted_rows(name), _of_person(sources[name], found))
        for path in _waiting(folders, name):
            path.unlink(missing_ok=True)
    for workbook in folders.restricted.glob(QUESTIONS):
        workbook.unlink(missing_ok=True)


def _waiting(folders: DataFolder, source: str) -> Iterable[Path]:
    asked = (open_findings(folders, source), open_names(folders, source), open_persons(folders, source))
    return (*asked, set_aside_values(folders, source), suggestions(folders, source))


def _of_person(source: Source, found: Found) -> str:
    """SQL of the rows of the person or record."""
    wanted = {"_record_key": {row.record_key for row in found.rows}}
    wanted |= {name: set(found.keys) for name in source.privacy.hash if found.keys}
    return " or ".join(
        f"coalesce({quote(name)} in ({', '.join(map(literal, sorted(keys)))}), false)" for name, keys in wanted.items()
    )


def _leave_out(path: Path, condition: str) -> None:
    """Write a Parquet without some of its rows, in the same order."""
    if not path.exists():
        return
    with database.connect() as connection:
        rows = read_parquet(path)
        held = connection.execute(f"select count(*) from {rows} where {condition}").fetchone()
        if held and held[0]:
            kept = f"select * from {rows} where not ({condition})"
            said = {name.decode(): note.decode() for name, note in (pq.read_metadata(path).metadata or {}).items()}
            database.write_parquet(connection, kept, path, order_by=None, notes=said)
