"""Hostile files: a clear error or a correct reading, within a gigabyte, without a hang; and the others go on.

All of them are read by one process, so that a crash of a parser would be seen here and would not end the tests.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.hostile_corpus import CORPUS, HOSTILE_NAMES, HOSTILE_NOTES, write_corpus

LIMIT_MB = 1_000
SLOWEST_SECONDS = 60

REFUSED = {
    "nothing.csv": "empty_file",
    "only_zeros.csv": "empty_file",
    "all_bytes.csv": "not_a_table",
    "null_in_a_cell.csv": "not_a_table",
    "null_far_down.csv": "not_a_table",
    "utf16_without_mark.csv": "not_a_table",
    "utf16_odd_length.csv": "unknown_encoding",
    "utf16_lone_surrogate.csv": "unknown_encoding",
    "utf32.csv": "not_a_table",
    "lone_surrogate.csv": "unknown_encoding",
    "overlong_slash.csv": "unknown_encoding",
    "cut_within_a_letter.csv": "unknown_encoding",
    "two_encodings.csv": "unknown_encoding",
    "huge_cell.csv": "broken_quotes",
    "open_quote.csv": "broken_quotes",
    "quotes_only.csv": "broken_quotes",
    "million_columns.csv": "too_many_columns",
    "million_separators.csv": "too_many_columns",
    "same_header_twice.csv": "ambiguous_header",
    "same_header_twice.xlsx": "ambiguous_header",
    "deep.jsonl": "broken_record",
    "same_name_twice.jsonl": "broken_record",
    "long_number.jsonl": "broken_record",
    "no_number.jsonl": "broken_record",
    "many_columns.jsonl": "too_many_columns",
    "noise.sav": "unreadable_table",
    "noise.dta": "unreadable_table",
    "noise.xls": "not_a_table",
    "noise.parquet": "unreadable_table",
    "plain_zip.xlsx": "not_a_table",
    "empty_zip.xlsx": "not_a_table",
    "word.xlsx": "not_a_table",
    "zip_in_zip.xlsx": "not_a_table",
    "no_sheets.xlsx": "header_not_found",
    "missing_part.xlsx": "unreadable_workbook",
    "missing_string.xlsx": "unreadable_workbook",
    "not_xml.xlsx": "unreadable_workbook",
    "pdf_named.csv": "not_a_table",
    "bomb.xlsx": "oversized_workbook",
    "lying_bomb.xlsx": "unreadable_workbook",
    "many_entries.xlsx": "oversized_workbook",
    "far_cell.xlsx": "far_cell",
    "far_cell_honest.xlsx": "far_cell",
    "far_cell_false.xlsx": "far_cell",
    "place_beyond.xlsx": "unreadable_workbook",
    "place_nonsense.xlsx": "unreadable_workbook",
    "laughing_strings.xlsx": "unreadable_workbook",
    "laughing_sheet.xlsx": "unreadable_workbook",
    "outside_entity.xlsx": "unreadable_workbook",
    "outside_entity_in_strings.xlsx": "unreadable_workbook",
    "deep_xml.xlsx": "header_not_found",
}
"""Files that contribute no rows, and the problem that is told."""

READ: dict[str, tuple[int, list[str]]] = {
    "million_empty_lines.csv": (1, []),
    "carriage_returns.csv": (3, []),
    "long_number.csv": (1, ["people"]),
    "endless_number.csv": (3, ["people", "people", "people", "founded"]),
    "slow_pattern.csv": (2, []),
    "many_addresses.csv": (1, []),
    "formula.csv": (1, ["people"]),
    "sql_in_a_cell.csv": (1, []),
    "list_in_a_cell.jsonl": (2, ["people"]),
    "text_named.xlsx": (1, []),
    "many_sheets.xlsx": (1, []),
    "climbing_name.xlsx": (1, []),
    "far_extent_only.xlsx": (1, []),
    "huge_string.xlsx": (1, []),
    "laughing_styles.xlsx": (1, []),
    "odd_dates.xlsx": (1, ["people", "founded"]),
    "formula_without_value.xlsx": (1, ["people"]),
    "formula_to_the_outside.xlsx": (1, []),
}
"""Files that are read after all: rows, and fields of the cells that could not be read."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of each hostile file."""
    folder = tmp_path_factory.mktemp("hostile")
    write_corpus(folder / "raw")
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("hostile_child.py"), folder, str(LIMIT_MB)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
        cwd=folder,
        env={**os.environ, "MEL_HASH_KEY": "of hostile files"},
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert not (folder / "hacked").exists()
    assert not list(folder.parent.rglob("climbed*"))
    files: dict[str, Any] = json.loads(done.stdout)["files"]
    return files


def test_every_file_of_the_corpus_has_an_expected_end() -> None:
    assert set(CORPUS) == set(REFUSED) | set(READ)
    assert not set(REFUSED) & set(READ)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_plain_words(told: dict[str, Any], name: str) -> None:
    assert (told[name]["problem"], told[name]["n_rows"]) == (REFUSED[name], 0)
    assert name in told[name]["message"]
    assert "Traceback" not in told[name]["message"]


@pytest.mark.parametrize("name", READ)
def test_a_file_that_only_looks_hostile_is_read(told: dict[str, Any], name: str) -> None:
    assert (told[name]["problem"], told[name]["n_rows"], told[name]["unreadable"]) == (None, *READ[name])


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_a_name(told: dict[str, Any], name: str) -> None:
    assert (told[name]["problem"], told[name]["n_rows"]) == (None, 1)


@pytest.mark.parametrize("name", HOSTILE_NOTES)
def test_a_hostile_note_beside_a_file_is_a_faulty_note(told: dict[str, Any], name: str) -> None:
    assert told[name]["problem"] == "faulty_meta"


def test_no_file_takes_long(told: dict[str, Any]) -> None:
    assert max(file["seconds"] for file in told.values()) < SLOWEST_SECONDS
