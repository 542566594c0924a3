"""Whole files that were damaged on their way, byte by byte: never an exception, never a row without an account."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import FileNotes, load_notes, staged_parquet
from mel_pipeline.intake.staging import stage_source
from tests.unit.intake.conftest import SETTINGS, declare

FIELDS = [
    {"name": "code", "type": "code", "headers": ["code"], "required": True},
    {"name": "name", "type": "text", "headers": ["name", "الاسم"]},
    {"name": "people", "type": "integer", "headers": ["people"]},
    {"name": "founded", "type": "date", "headers": ["founded"]},
]
HEADER = ["code", "name", "people", "founded"]
ROWS = [[f"C{number:02d}", f"Ville {number}, بلدة", str(number), "2020-01-31"] for number in range(30)]


def _text(separator: str, end: str, encoding: str) -> bytes:
    lines = [separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in [HEADER, *ROWS]]
    return (end.join(lines) + end).encode(encoding)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _records() -> bytes:
    lines = [json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) for row in ROWS]
    return ("\n".join(lines) + "\n").encode()


def _columns() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table([list(column) for column in zip(*ROWS, strict=True)], HEADER), stream, row_group_size=7)
    return stream.getvalue()


def _json_lines() -> bytes:
    return "".join(json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) + "\n" for row in ROWS).encode()


def _parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(dict(zip(HEADER, map(list, zip(*ROWS, strict=True)), strict=True))), stream)
    return stream.getvalue()


WHOLE = {
    "comma.csv": _text(",", "\n", "utf-8"),
    "semicolon.csv": _text(";", "\r\n", "utf-8-sig"),
    "tab.csv": _text("\t", "\r\n", "utf-16"),
    "book.xlsx": _workbook(),
    "lines.jsonl": _json_lines(),
    "table.parquet": _parquet(),
    "records.jsonl": _records(),
    "columns.parquet": _columns(),
}


def _source(kind: str, name: str) -> Source:
    return declare(source="places", kind=kind, files=[name], fields=FIELDS, key=["code"])


def _staged(folder: Path, name: str, content: bytes, kind: str) -> FileNotes:
    folders = DataFolder(folder)
    folders.raw.mkdir(parents=True, exist_ok=True)
    path = folders.raw / name
    path.write_bytes(content)
    source = _source(kind, name)
    (staged,) = stage_source(SETTINGS, source, folder, folders).files
    notes = load_notes(folders, source.source, staged)
    assert staged_parquet(folders, source.source, staged).exists()
    return notes


damage = st.lists(
    st.tuples(
        st.sampled_from(["cut", "flip", "drop", "put", "swap"]),
        st.integers(0, 1_000_000),
        st.binary(min_size=1, max_size=9),
    ),
    min_size=1,
    max_size=4,
)


def _damaged(content: bytes, steps: list[tuple[str, int, bytes]]) -> bytes:
    for how, place, other in steps:
        at = place % (len(content) + 1)
        if how == "cut":
            content = content[:at]
        elif how == "flip":
            content = content[:at] + other + content[at + len(other) :]
        elif how == "drop":
            content = content[:at] + content[at + len(other) * 7 :]
        elif how == "put":
            content = content[:at] + other + content[at:]
        else:
            content = content[at:] + content[:at]
    return content


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEL_HASH_KEY", "of damaged files")
        yield tmp_path_factory.mktemp("damaged")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(WHOLE)), kind=st.sampled_from(["reference", "attendance"]), steps=damage)
def test_a_damaged_file_is_read_or_refused(folder: Path, name: str, kind: str, steps: Any) -> None:
    notes = _staged(folder, name, _damaged(WHOLE[name], steps), kind)
    assert notes.n_rows == notes.n_staged + len(notes.dropped)
    assert notes.problem is not None or notes.n_staged > 0
    if notes.problem is not None:
        assert notes.n_staged == 0
        for language in ("en", "fr", "ar"):
            assert notes.problem.message(language)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=2_000), kind=st.sampled_from(["reference", "attendance", "survey"]))
def test_any_bytes_are_read_or_refused(folder: Path, content: bytes, kind: str) -> None:
    notes = _staged(folder, "bytes.csv", content, kind)
    assert notes.problem is not None
    assert notes.n_staged == 0


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_file_is_read_whole(tmp_path: Path, name: str) -> None:
    notes = _staged(tmp_path, name, WHOLE[name], "reference")
    assert (notes.problem, notes.n_staged) == (None, len(ROWS))
