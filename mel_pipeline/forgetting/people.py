"""Finds every staged row of one person, or of one record, and by which words the person is known in raw files.

Only looking belongs here; nothing is changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.personal_data import is_full_name
from mel_pipeline.intake.persons import stands_for_several
from mel_pipeline.intake.staged import StagedFile, load_manifest, restricted_parquet, staged_parquet
from mel_pipeline.intake.value_texts import as_text
from mel_pipeline.intake.words import fold
from mel_pipeline.quality.decisions.reading import read_logs

Place = tuple[str, int]
"""A sheet (empty in a CSV file) and a row as a spreadsheet numbers it."""


@dataclass(frozen=True)
class FoundRow:
    """One row of the person: in which raw file and where, and its record."""

    source: str
    source_file: str
    place: Place
    record_key: str


@dataclass(frozen=True)
class Found:
    """All that is known of a person, or of the record that a key is about.

    Attributes:
        keys: the person's keys; several where persons were merged. Empty for a record.
        addresses: folded e-mail addresses that are the person's alone.
        names: folded full names.
        spellings: the same addresses and names as they are written.
        identifiers: what logs of decisions may call the rows: their keys, and identifiers of their own.
    """

    rows: tuple[FoundRow, ...]
    keys: frozenset[str]
    addresses: frozenset[str]
    names: frozenset[str]
    spellings: frozenset[str]
    identifiers: frozenset[str]


def find_person(sources: Mapping[str, Source], folders: DataFolder, key: str) -> Found:
    """Find the rows of a person, else of a record; no rows where the key is neither."""
    keys = _merged_with(folders, key)
    hits = [hit for source in sources.values() for hit in _hits(folders, source, tuple(source.privacy.hash), keys)]
    is_person = bool(hits)
    if not is_person:
        hits = [hit for source in sources.values() for hit in _hits(folders, source, ("_record_key",), {key})]
    spellings = {text for hit in hits for text in hit.texts} if is_person else set()
    words = {fold(text) for text in spellings}
    rows = tuple(row for hit in hits for row in hit.rows)
    return Found(
        rows=rows,
        keys=frozenset(keys) if is_person else frozenset(),
        addresses=frozenset(word for word in words if "@" in word),
        names=frozenset(word for word in words if is_full_name(word)),
        spellings=frozenset(text for text in spellings if "@" in text or is_full_name(text)),
        identifiers=frozenset(
            {*keys, *(row.record_key for row in rows), *(name for hit in hits for name in hit.named)}
        ),
    )


def _merged_with(folders: DataFolder, key: str) -> set[str]:
    """The key, and those of persons that people decided to be the same one."""
    pairs = [
        {each.old_value or "", as_text(each.new_value)}
        for log in read_logs(folders)
        for each in log.decisions
        if each.change_type == "merge_persons"
    ]
    keys, grown = {key}, True
    while grown:
        size = len(keys)
        keys |= {other for pair in pairs if pair & keys for other in pair if other}
        grown = len(keys) > size
    return keys


@dataclass(frozen=True)
class _Hit:
    """What one staged file tells of the person."""

    rows: list[FoundRow]
    texts: set[str]
    named: set[str]


def _hits(folders: DataFolder, source: Source, columns: Iterable[str], keys: set[str]) -> Iterator[_Hit]:
    """What each staged file of a source tells; a copy of a file holds the same rows in the same places."""
    files = load_manifest(folders, source.source)
    for file in files:
        if file.copy_of is not None:
            continue
        table = pq.read_table(staged_parquet(folders, source.source, file))
        wanted = _rows_with(table, columns, keys)
        if wanted:
            bearing = [file, *(other for other in files if other.copy_of == file.source_file)]
            found = table.take(wanted)
            records = found["_record_key"].to_pylist()
            yield _Hit(
                [row for each in bearing for row in _found_rows(source, each, found)],
                set(_texts(folders, source, file, records)),
                _own_names(source, found),
            )


def _rows_with(table: pa.Table, columns: Iterable[str], keys: set[str]) -> list[int]:
    places: set[int] = set()
    for column in columns:
        is_wanted = pc.is_in(table[column], value_set=pa.array(sorted(keys), pa.string()))
        places |= set(pc.indices_nonzero(is_wanted).to_pylist())
    return sorted(places)


def _found_rows(source: Source, file: StagedFile, found: pa.Table) -> Iterator[FoundRow]:
    origin = (found[name].to_pylist() for name in ("_source_sheet", "_source_row", "_record_key"))
    for sheet, number, record_key in zip(*origin, strict=True):
        yield FoundRow(source.source, file.source_file, (sheet or "", number), record_key)


def _texts(folders: DataFolder, source: Source, file: StagedFile, records: list[str]) -> Iterator[str]:
    """Names and addresses of some records, from what is kept apart; an office's mailbox is nobody's."""
    fields = _naming_fields(source)
    path = restricted_parquet(folders, source.source, file)
    if not fields or not path.exists():
        return
    apart = pq.read_table(path, columns=["_record_key", *fields])
    apart = apart.take(_rows_with(apart, ["_record_key"], set(records)))
    for name in fields:
        for text in apart[name].to_pylist():
            if text and not stands_for_several(source, name, text):
                yield text.strip()


def _naming_fields(source: Source) -> list[str]:
    """Texts kept apart by which a person is called; stories are none."""
    privacy = source.privacy
    texts = {field.name for field in source.fields if field.type == "text"}
    return [name for name in privacy.restricted if name in texts and name not in privacy.redacted]


def _own_names(source: Source, found: pa.Table) -> set[str]:
    """How a cleaning log may call the records: the identifier that is their whole key."""
    if len(source.key) != 1 or source.key[0] not in found.column_names:
        return set()
    return {as_text(value) for value in found[source.key[0]].to_pylist() if value is not None}


def staged_places(sources: Mapping[str, Source], folders: DataFolder, source_file: str) -> set[Place]:
    """Where records of any source stand in a raw file."""
    places: set[Place] = set()
    for name in sources:
        files = {file.source_file: file for file in load_manifest(folders, name)}
        file = files.get(source_file)
        if file is not None:
            path: Path = staged_parquet(folders, name, file)
            rows = pq.read_table(path, columns=["_source_sheet", "_source_row"]).to_pydict()
            places |= {(sheet or "", row) for sheet, row in zip(*rows.values(), strict=True)}
    return places
