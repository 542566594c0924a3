"""A CSV that was cut on its way: read whole, refused, or flagged; and never silently short where its rows are known."""

import random
from pathlib import Path
from typing import Any, Literal

import pytest

from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import load_notes
from mel_pipeline.intake.staging import stage_source
from tests.unit.intake.conftest import SETTINGS, declare

N_ROWS, N_CUTS = 60, 200
FIELDS = [
    {"name": "code", "type": "code", "headers": ["code"], "required": True},
    {"name": "name", "type": "text", "headers": ["name"]},
    {"name": "people", "type": "integer", "headers": ["people"]},
    {"name": "story", "type": "text", "headers": ["story"]},
]
SOURCE: Any = declare(source="places", files=["*.csv"], fields=FIELDS, key=["code"])
End = Literal["whole", "refused", "flagged", "silent"]


def _whole() -> bytes:
    rows = [
        f'C{number:03d},"Ville, {number}",{number * 11},"Première ligne\nالسطر الثاني ""{number}"""'
        for number in range(N_ROWS)
    ]
    return ("code,name,people,story\n" + "\n".join(rows) + "\n").encode()


def _end_of(folder: Path, content: bytes, n_rows: int | None) -> End:
    folders = DataFolder(folder)
    folders.raw.mkdir(parents=True, exist_ok=True)
    (folders.raw / "cut.csv").write_bytes(content)
    note = folders.raw / "cut.csv.meta.yml"
    note.write_text("synthetic: true\n" + (f"rows: {n_rows}\n" if n_rows else ""), encoding="utf-8")
    (staged,) = stage_source(SETTINGS, SOURCE, folder, folders).files
    notes = load_notes(folders, SOURCE.source, staged)
    if notes.problem is not None:
        return "refused"
    if any(remark.code == "no_last_line_break" for remark in notes.remarks):
        return "flagged"
    return "whole" if notes.n_rows == N_ROWS else "silent"


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[End]]:
    """What came of 200 cuts, with and without a note that says how many rows were sent."""
    content, folder = _whole(), tmp_path_factory.mktemp("cut")
    places = random.Random(5).sample(range(1, len(content)), N_CUTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEL_HASH_KEY", "of cut files")
        return {
            "announced": [_end_of(folder, content[:place], N_ROWS) for place in places],
            "unknown": [_end_of(folder, content[:place], None) for place in places],
        }


def test_no_cut_passes_silently_where_the_rows_are_announced(ends: dict[str, list[End]]) -> None:
    assert ends["announced"].count("silent") == 0
    assert ends["announced"].count("whole") == 0
    assert ends["announced"].count("refused") > 0.95 * N_CUTS


def test_without_a_note_only_a_cut_between_two_rows_cannot_be_seen(ends: dict[str, list[End]]) -> None:
    told = {end: ends["unknown"].count(end) for end in ("whole", "refused", "flagged", "silent")}
    assert told["silent"] <= 0.03 * N_CUTS, told
    assert told["refused"] + told["flagged"] >= 0.97 * N_CUTS, told


def test_the_whole_file_is_read_whole(tmp_path: Path) -> None:
    assert _end_of(tmp_path, _whole(), N_ROWS) == "whole"
    assert _end_of(tmp_path, _whole()[:-1], None) == "flagged"
