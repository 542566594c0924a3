"""Another hashing key: everything is read again, all numbers are the same, and nothing of the old key is left."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from mel_pipeline.folders import DataFolder
from tests.end_to_end.conftest import PROGRAMME, Finished, mel
from tests.end_to_end.searching import texts_of

ANY_KEY = re.compile("(?=([0-9a-f]{32}))")
"""Any 32 hexadecimal digits in a row, also where other letters stand around them."""


def ask(sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def keys_of(folders: DataFolder) -> tuple[set[str], set[str]]:
    """Keys of persons, and of records, as they stand in staged and accepted rows now."""
    persons: set[str] = set()
    records: set[str] = set()
    for path in (*folders.staging.rglob("*.parquet"), *folders.accepted.glob("*.parquet")):
        table = pq.read_table(path)
        for column, keys in (("person_key", persons), ("_record_key", records)):
            if column in table.column_names:
                keys |= {key for key in table[column].to_pylist() if key}
    return persons, records


def values(folders: DataFolder) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folders.database), read_only=True) as connection:
        return connection.execute("from indicator_values order by all").fetchall()


def outcomes(folders: DataFolder) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folders.database), read_only=True) as connection:
        return connection.execute("select source_row, outcome from corrections order by 1").fetchall()


@dataclass(frozen=True)
class Rotated:
    folders: DataFolder
    persons_before: set[str]
    records_before: set[str]
    values_before: list[tuple[object, ...]]
    outcomes_before: list[tuple[object, ...]]
    output: str
    exit_code: int


@pytest.fixture(scope="module")
def rotated(small: Finished, tmp_path_factory: pytest.TempPathFactory) -> Rotated:
    """Three decisions: about a submission by its own identifier, about a row by its key, about two persons."""
    data = Path(shutil.copytree(small.folders.root, tmp_path_factory.mktemp("rotated") / "data"))
    folders = DataFolder(data)
    answers = f"read_parquet('{folders.accepted}/member_annual.parquet')"
    [(submission,)] = ask(f"select min(submission_uuid) from {answers} where cap_02 between 2 and 4")
    lists = f"read_parquet('{folders.accepted}/event_attendance.parquet')"
    [(record,)] = ask(f"select min(_record_key) from {lists} where sex = 'female' and source_format = 'signin'")
    [(old, new)] = ask(f"select min(person_key), max(person_key) from {lists}")
    log = folders.raw / "corrections" / "log.csv"
    log.parent.mkdir()
    log.write_text(
        "source,uuid,question,old_value,new_value,change_type\n"
        f"member_annual,{submission},cap_02,,5,change_response\n"
        f"event_attendance,{record},sex,female,another,change_response\n"
        f",,person_key,{old},{new},merge_persons\n",
        encoding="utf-8",
    )
    run = ("run", "--programme", PROGRAMME, "--data", data)
    assert mel(*run).returncode == 0
    before = (*keys_of(folders), values(folders), outcomes(folders))
    (folders.restricted / "person.key").unlink()
    done = mel(*run, "--language", "en", MEL_HASH_KEY="quite another key")
    return Rotated(folders, *before, done.stdout + done.stderr, done.returncode)


def test_every_file_is_read_again(rotated: Rotated, small: Finished) -> None:
    assert rotated.exit_code == 0, rotated.output
    (told,) = [line for line in rotated.output.splitlines() if line.endswith("files read")]
    assert told in small.output


def test_the_officer_is_told_which_decisions_do_not_hold_and_what_to_do(rotated: Rotated) -> None:
    assert "3, of which 1 applied" in rotated.output
    for row in (3, 4):
        (line,) = [line for line in rotated.output.splitlines() if f"corrections/log.csv:{row} " in line]
        assert "hashing key" in line
        assert "decide again" in line


def test_no_old_key_of_a_person_or_record_is_left_outside_raw_files(rotated: Rotated) -> None:
    persons, records = keys_of(rotated.folders)
    assert len(persons) > 100
    assert not persons & rotated.persons_before
    assert not records & rotated.records_before
    old = rotated.persons_before | rotated.records_before
    searched = 0
    places = [place for place in rotated.folders.root.iterdir() if place.name != "raw"]
    for where, text in texts_of(*places):
        searched += 1
        assert not old.intersection(match[1] for match in ANY_KEY.finditer(text)), where
    assert searched > 300


def test_all_values_are_the_same_save_for_decisions_that_name_an_old_key(rotated: Rotated, small: Finished) -> None:
    assert len(rotated.values_before) > 10_000
    assert rotated.outcomes_before == [(2, "old_value_not_stated"), (3, "changed"), (4, "merged")]
    assert outcomes(rotated.folders) == [(2, "old_value_not_stated"), (3, "unknown_record"), (4, "unknown_person")]
    (rotated.folders.raw / "corrections" / "log.csv").unlink()
    run = ("run", "--programme", PROGRAMME, "--data", rotated.folders.root)
    assert mel(*run, MEL_HASH_KEY="quite another key").returncode == 0
    assert values(rotated.folders) == values(small.folders)
