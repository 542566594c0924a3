"""Staging a source: every raw file becomes typed rows on disk, and only what changed is read again.

The order of things and the writing stand here; each step of reading belongs to another module.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mel_pipeline.declarations.models import Settings, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.definition import definition_hash, name_staged_files
from mel_pipeline.intake.layout import restricted_schema, staged_schema
from mel_pipeline.intake.one_file import Desk, read_file
from mel_pipeline.intake.privacy import load_key
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.raw_files import RawFile, identify, matching_files
from mel_pipeline.intake.rows import TypedRows
from mel_pipeline.intake.staged import (
    MANIFEST,
    StagedFile,
    load_notes,
    manifest_text,
    notes_path,
    notes_text,
    restricted_folder,
    restricted_parquet,
    staged_parquet,
    staging_folder,
    write_whole,
)
from mel_pipeline.intake.xlsform import FORM, read_form

ROWS_AT_ONCE = 122_880
"""Rows of a group in a staged file: as many as DuckDB reads at once, and never all of a large file in memory."""

__all__ = ["StagedSource", "definition_hash", "matching_files", "stage_source"]


@dataclass(frozen=True)
class StagedSource:
    """What one staging did: how many files were parsed, reused unopened, and removed from staging."""

    source: str
    parsed: int
    reused: int
    removed: int
    files: tuple[StagedFile, ...]


def stage_source(
    programme_settings: Settings,
    source: Source,
    source_directory: Path,
    folders: DataFolder,
    progress: Callable[[str], None] | None = None,
) -> StagedSource:
    """Bring the staging of one source up to date with its raw files.

    A file that cannot be read contributes an empty Parquet and a problem in its notes; the others go on.

    Args:
        programme_settings: the programme, for its missing codes.
        source: the declaration of the source.
        source_directory: where `source.yml` and the form lie.
        folders: the data folder.
        progress: told one line for each file that is read.
    """
    definition = definition_hash(programme_settings, source, source_directory, folders)
    raw_files = [identify(path, folders.raw) for path in matching_files(source, folders.raw)]
    files = name_staged_files(raw_files, definition)
    desk = _desk(programme_settings, source, source_directory, folders)
    originals = [pair for pair in zip(raw_files, files, strict=True) if pair[1].copy_of is None]
    due = [(raw, staged) for raw, staged in originals if not _is_staged(desk, folders, staged)]
    for raw, staged in due:
        if progress is not None:
            progress(f"{source.source}: reading {raw.source_file}")
        _stage(desk, folders, raw, staged)
    removed = _remove_stale(folders, source.source, (staged.name for staged in files))
    dated = [_dated(folders, source.source, staged) for staged in files]
    write_whole(staging_folder(folders, source.source) / MANIFEST, manifest_text(dated))
    return StagedSource(source.source, len(due), len(originals) - len(due), removed, tuple(dated))


def _desk(settings: Settings, source: Source, directory: Path, folders: DataFolder) -> Desk:
    form, problem = None, None
    if (directory / FORM).exists():
        try:
            form = read_form(directory / FORM)
        except Refused as refused:
            problem = refused
    return Desk(source, form, problem, load_key(folders), dict(settings.missing_codes))


def _is_staged(desk: Desk, folders: DataFolder, staged: StagedFile) -> bool:
    """Whether a file was staged before, whole: the notes are written last."""
    source = desk.source.source
    needed = [notes_path(folders, source, staged.name), staged_parquet(folders, source, staged)]
    if restricted_schema(desk.source, desk.form) is not None:
        needed.append(restricted_parquet(folders, source, staged))
    return all(path.exists() for path in needed)


def _stage(desk: Desk, folders: DataFolder, raw: RawFile, staged: StagedFile) -> None:
    rows, notes = read_file(desk, raw)
    source = desk.source.source
    columns = _columns(rows, raw) if rows else None
    kept_apart = restricted_schema(desk.source, desk.form)
    if kept_apart is not None:
        _write_parquet(columns, kept_apart, restricted_parquet(folders, source, staged))
    layout = staged_schema(desk.source, desk.form)
    _write_parquet(columns, layout, staged_parquet(folders, source, staged))
    write_whole(notes_path(folders, source, staged.name), notes_text(notes))


def _columns(rows: TypedRows, raw: RawFile) -> dict[str, Coded]:
    """All columns of a file's rows, those that tell where a row comes from included."""
    count = len(rows.row_numbers)
    each = np.arange(count, dtype=np.int32)
    return {
        **rows.columns,
        "_record_key": Coded(each, rows.record_keys),
        "_source_file": Coded.constant(raw.source_file, count),
        "_source_sheet": rows.sheets,
        "_source_row": Coded(each, pa.array(rows.row_numbers)),
    }


def _write_parquet(columns: dict[str, Coded] | None, schema: pa.Schema, path: Path) -> None:
    """Write a Parquet with the columns of a schema, whole or not at all; without rows for a file with a problem."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    count = len(columns["_record_key"]) if columns else 0
    try:
        with pq.ParquetWriter(beside, schema, compression="zstd", store_schema=False) as writer:
            for start in range(0, count, ROWS_AT_ONCE):
                writer.write_table(_group(columns or {}, schema, slice(start, start + ROWS_AT_ONCE)))
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _group(columns: dict[str, Coded], schema: pa.Schema, rows: slice) -> pa.Table:
    return pa.table([columns[name].take(rows).arrow(schema.field(name).type) for name in schema.names], schema=schema)


def _remove_stale(folders: DataFolder, source: str, names: Iterable[str]) -> int:
    """Remove what belongs to no present file; returns the number of files whose rows went."""
    kept = set(names)
    removed = 0
    for folder in (staging_folder(folders, source), restricted_folder(folders, source)):
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.name == MANIFEST or (path.stem in kept and path.suffix in (".parquet", ".json")):
                continue
            removed += folder == staging_folder(folders, source) and path.suffix == ".parquet"
            with suppress(FileNotFoundError):
                path.unlink()
    return removed


def _dated(folders: DataFolder, source: str, staged: StagedFile) -> StagedFile:
    """A file without a note beside it was received on the date of its cover."""
    if staged.received_on is not None:
        return staged
    return replace(staged, received_on=load_notes(folders, source, staged).cover_date)
