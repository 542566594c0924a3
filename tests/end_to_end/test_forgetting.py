"""A person asks to be forgotten: what the officer is told, what becomes of raw files, and what the next run leaves."""

import hashlib
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from mel_pipeline.folders import DataFolder
from tests.end_to_end.conftest import PROGRAMME, ROOT, Finished, mel, mel_run
from tests.end_to_end.searching import told
from tests.end_to_end.test_running_again import HOLDER

WHO = ("--by", "MEL officer", "--reason", "request of the person", "--on", "2026-11-24")


@dataclass(frozen=True)
class Person:
    """Somebody on lists of every kind, and what tells of them."""

    key: str
    words: frozenset[str]
    records: frozenset[str]
    files: frozenset[str]


def ask(sql: str, *arguments: object) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql, arguments).fetchall()


def staged(folders: DataFolder) -> str:
    return f"read_parquet('{folders.staging}/event_attendance/*.parquet', union_by_name = true) as staged"


def person_on_many_lists(folders: DataFolder) -> Person:
    apart = f"read_parquet('{folders.restricted}/staging/event_attendance/*.parquet', union_by_name = true) as apart"
    [(key,)] = ask(
        f"select person_key from {staged(folders)} join {apart} using (_record_key) where email_raw is not null"
        " group by 1 having count(distinct source_format) = 3 order by count(*) desc, 1 limit 1"
    )
    rows = ask(
        f"select _record_key, _source_file, name_raw, email_raw from {staged(folders)} join {apart}"
        " using (_record_key) where person_key = ?",
        key,
    )
    words = {str(word) for row in rows for word in row[2:] if word and (" " in str(word) or "@" in str(word))}
    return Person(
        str(key), frozenset(words), frozenset(str(row[0]) for row in rows), frozenset(str(row[1]) for row in rows)
    )


def raw_hashes(folders: DataFolder) -> dict[str, str]:
    files = (path for path in folders.raw.rglob("*") if path.is_file())
    return {path.relative_to(folders.raw).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@dataclass(frozen=True)
class Forgotten:
    """The world before, the erasure, and the run after it."""

    folders: DataFolder
    person: Person
    other: str
    before: dict[str, str]
    records_before: Counter[str]
    asked: subprocess.CompletedProcess[str]
    run: subprocess.CompletedProcess[str]


def records(folders: DataFolder) -> Counter[str]:
    rows = ask(f"select _record_key from read_parquet('{folders.accepted}/event_attendance.parquet')")
    return Counter(str(row[0]) for row in rows)


@pytest.fixture(scope="module")
def forgotten(small: Finished, tmp_path_factory: pytest.TempPathFactory) -> Forgotten:
    """The person is a contact too, is named in a survey, and two decisions were made: one about them, one not."""

    data = Path(shutil.copytree(small.folders.root, tmp_path_factory.mktemp("forgotten") / "data"))
    folders = DataFolder(data)
    person = person_on_many_lists(folders)
    email = next(word for word in person.words if "@" in word)
    contacts = folders.raw / "registers" / "contacts.csv"
    lines = contacts.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = ",".join(email.upper() if "@" in cell else cell for cell in lines[1].split(","))
    contacts.write_text("".join(lines), encoding="utf-8", newline="")
    [(other,)] = ask(
        f"select min(_record_key) from {staged(folders)} where person_key <> ? and sex = 'female'", person.key
    )
    log = folders.raw / "corrections" / "event_attendance" / "log.csv"
    log.parent.mkdir(parents=True)
    log.write_text(
        "uuid,question,old_value,new_value,issue,change_type,reason\n"
        f"{min(person.records)},sex,,another,{email} wrote,change_response,typing error\n"
        f"{other},sex,female,another,,change_response,typing error\n",
        encoding="utf-8",
    )
    mel_run(data)
    before, records_before = raw_hashes(folders), records(folders)
    asked = mel("forget", person.key, "--data", data, "--programme", PROGRAMME, *WHO, "--yes")
    return Forgotten(folders, person, str(other), before, records_before, asked, mel_run(data))


def test_the_officer_is_told_which_files_change(forgotten: Forgotten) -> None:
    assert forgotten.asked.returncode == 0, forgotten.asked.stderr
    for file in (*forgotten.person.files, "registers/contacts.csv", "corrections/event_attendance/log.csv"):
        assert file in forgotten.asked.stdout
    assert not told(forgotten.person.words, *_printed(forgotten))
    assert forgotten.run.returncode == 0, forgotten.run.stdout


def _printed(forgotten: Forgotten) -> list[Path]:
    paths = []
    for name, done in (("asked", forgotten.asked), ("run", forgotten.run)):
        path = forgotten.folders.root.parent / name
        path.write_text(done.stdout + done.stderr, encoding="utf-8")
        paths.append(path)
    return paths


def test_changed_files_have_tombstones_and_the_others_are_as_received(forgotten: Forgotten) -> None:
    now = raw_hashes(forgotten.folders)
    stones = {name for name in now if name.endswith(".tombstone.yml")}
    changed = {name for name, sha256 in forgotten.before.items() if now[name] != sha256}
    assert {f"{name}.tombstone.yml" for name in changed} == stones
    assert set(now) - set(forgotten.before) == stones
    assert changed >= forgotten.person.files
    for name in changed:
        text = (forgotten.folders.raw / f"{name}.tombstone.yml").read_text(encoding="utf-8")
        (entry,) = yaml.safe_load(text)["erasures"]
        assert (entry["sha256_before"], entry["sha256_after"]) == (forgotten.before[name], now[name])
        assert (entry["by_role"], entry["erased_on"]) == ("MEL officer", date(2026, 11, 24))
        assert entry["reason"] == "request of the person"
        assert entry["rows"] + entry["cells"] > 0
        assert forgotten.person.key not in text


def test_nothing_of_the_person_is_left_anywhere(forgotten: Forgotten) -> None:
    words = {*forgotten.person.words, forgotten.person.key, *forgotten.person.records}
    assert told(words, forgotten.folders.root) == set()


def test_every_other_row_is_still_there_and_rows_add_up(forgotten: Forgotten) -> None:
    expected = {key: n for key, n in forgotten.records_before.items() if key not in forgotten.person.records}
    assert dict(records(forgotten.folders)) == expected
    marts = forgotten.folders.database
    with duckdb.connect(str(marts), read_only=True) as connection:
        lost = "select count(*) from source_files where n_rows <> n_accepted + n_quarantined + n_dropped"
        assert connection.execute(lost).fetchone() == (0,)
        decided = "select record_key, outcome from corrections"
        assert connection.execute(decided).fetchall() == [(forgotten.other, "changed")]
        gone = "select count(*) from dim_person where person_key = ?"
        assert connection.execute(gone, [forgotten.person.key]).fetchone() == (0,)


def test_a_second_call_says_that_nothing_is_left(forgotten: Forgotten) -> None:
    arguments = ("--data", forgotten.folders.root, "--programme", PROGRAMME, *WHO, "--yes")
    again = mel("forget", forgotten.person.key, *arguments)
    assert again.returncode == 0, again.stderr
    assert "2026-11-24" in again.stdout
    before = raw_hashes(forgotten.folders)
    unknown = mel("forget", "Amina Haddad", *arguments, "--language", "fr")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "dim_person" in unknown.stderr
    assert "Amina" not in unknown.stderr
    assert raw_hashes(forgotten.folders) == before


@pytest.fixture(scope="module")
def untouched(small: Finished, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A copy of the small world in which nobody is forgotten: other tests read the first one meanwhile."""
    data = Path(shutil.copytree(small.folders.root, tmp_path_factory.mktemp("untouched") / "data"))
    return Finished(DataFolder(data), small.truth, small.output, small.exit_code)


def test_without_a_yes_or_with_a_name_as_reason_nothing_changes(untouched: Finished) -> None:
    person = person_on_many_lists(untouched.folders)
    before = raw_hashes(untouched.folders)
    arguments = ("--data", untouched.folders.root, "--programme", PROGRAMME, "--by", "MEL officer")
    asked = mel("forget", person.key, *arguments, "--reason", "request", "--language", "ar")
    assert asked.returncode == 1
    assert "هل يُمحى الآن؟" in asked.stdout
    named = mel("forget", person.key, *arguments, "--reason", f"{max(person.words, key=len)} asked", "--yes")
    assert named.returncode == 2
    assert not told(person.words, _saved(untouched.folders, named.stdout + named.stderr))
    assert raw_hashes(untouched.folders) == before


def _saved(folders: DataFolder, text: str) -> Path:
    path = folders.root.parent / "named.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_in_use_is_not_touched(untouched: Finished) -> None:
    person, before = person_on_many_lists(untouched.folders), raw_hashes(untouched.folders)
    root = untouched.folders.root
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        refused = mel("forget", person.key, "--data", root, "--programme", PROGRAMME, *WHO, "--yes")
        holder.stdin.close()
    assert refused.returncode == 2
    assert f"process {holder.pid}" in refused.stderr
    assert raw_hashes(untouched.folders) == before


def test_one_row_can_be_erased_by_its_record_key(untouched: Finished, tmp_path: Path) -> None:

    folders = DataFolder(Path(shutil.copytree(untouched.folders.root, tmp_path / "data")))
    answers = f"read_parquet('{folders.staging}/member_annual/*.parquet', union_by_name = true)"
    [(record, file)] = ask(f"select _record_key, _source_file from {answers} order by 1 limit 1")
    n_before = len(ask(f"from {answers}"))
    done = mel("forget", record, "--data", folders.root, "--programme", PROGRAMME, *WHO, "--yes")
    assert done.returncode == 0, done.stderr
    changed = {path.name for path in folders.raw.rglob("*.tombstone.yml")}
    assert changed == {f"{Path(str(file)).name}.tombstone.yml"}
    left = ask(f"select _record_key from {answers}")
    assert len(left) == n_before - 1
    assert (record,) not in left
