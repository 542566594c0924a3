"""Only what changed is read again; nothing on disk moves when nothing changed."""

import os
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.definition import definition_hash
from mel_pipeline.intake.privacy import HashKey, load_key, person_hashes
from mel_pipeline.intake.raw_files import matching_files, unclaimed_files
from mel_pipeline.intake.staged import load_manifest

FIELDS = [
    {"name": "contact_ref", "type": "code", "headers": ["ref"], "required": True},
    {"name": "name_raw", "type": "text", "headers": ["name"]},
    {"name": "email_raw", "type": "text", "headers": ["email"]},
]
PRIVACY = {"hash": {"person_key": ["email_raw", ["name_raw"]]}, "restricted": ["name_raw", "email_raw"]}


@pytest.fixture
def contacts(declare: Any) -> Any:
    return declare(
        source="contacts", format="table", files=["*.csv"], fields=FIELDS, key=["contact_ref"], privacy=PRIVACY
    )


def outputs(bench: Any) -> dict[Path, int]:
    folders = (bench.folders.staging, bench.folders.restricted)
    return {p: p.stat().st_mtime_ns for folder in folders for p in folder.rglob("*") if p.is_file()}


def counts(staged: Any) -> tuple[int, int, int]:
    return staged.parsed, staged.reused, staged.removed


def test_an_unchanged_file_is_not_read_again_and_nothing_is_rewritten(bench: Any, contacts: Any) -> None:
    bench.write("a.csv", "ref,name\nR-1,Amina\n")
    bench.write("b.csv", "ref,name\nR-2,Sami\n")
    assert counts(bench.stage(contacts)) == (2, 0, 0)
    before = outputs(bench)
    bench.progress.clear()
    assert counts(bench.stage(contacts)) == (0, 2, 0)
    assert bench.progress == []
    assert outputs(bench) == before


def test_a_changed_file_is_read_and_its_old_rows_go(bench: Any, contacts: Any) -> None:
    bench.write("a.csv", "ref,name\nR-1,Amina\n")
    bench.write("b.csv", "ref,name\nR-2,Sami\n")
    bench.stage(contacts)
    bench.write("a.csv", "ref,name\nR-1,Amina\nR-3,Lina\n")
    bench.progress.clear()
    assert counts(bench.stage(contacts)) == (1, 1, 1)
    assert bench.progress == ["contacts: reading a.csv"]
    assert [row["contact_ref"] for row in bench.rows(contacts)] == ["R-1", "R-3", "R-2"]


def test_a_deleted_file_disappears_with_its_restricted_columns(bench: Any, contacts: Any) -> None:
    path = bench.write("a.csv", "ref,name\nR-1,Amina\n")
    bench.stage(contacts)
    path.unlink()
    assert counts(bench.stage(contacts)) == (0, 0, 1)
    assert load_manifest(bench.folders, "contacts") == []
    assert b"Amina" not in bench.everything_on_disk(bench.folders.restricted)


def test_a_renamed_file_bears_its_new_name(bench: Any, contacts: Any) -> None:
    bench.write("a.csv", "ref,name\nR-1,Amina\n").rename(bench.folders.raw / "renamed.csv")
    bench.stage(contacts)
    assert bench.rows(contacts)[0]["_source_file"] == "renamed.csv"


def test_the_same_content_under_two_names_is_staged_once(bench: Any, contacts: Any) -> None:
    bench.write("list (1).csv", "ref,name\nR-1,Amina\n")
    bench.write("list.csv", "ref,name\nR-1,Amina\n")
    staged = bench.stage(contacts)
    assert counts(staged) == (1, 0, 0)
    copy, original = staged.files
    assert (copy.source_file, copy.copy_of, original.copy_of) == ("list (1).csv", "list.csv", None)
    assert copy.name == original.name
    assert len(bench.rows(contacts)) == 1


def test_the_file_received_first_is_the_original(bench: Any, contacts: Any) -> None:
    for name, day in (("a.csv", "2024-05-01"), ("sent earlier.csv", "2024-04-01")):
        bench.write(name, "ref,name\nR-1,Amina\n")
        bench.write(f"{name}.meta.yml", f"received_on: {day}\n")
    first, second = bench.stage(contacts).files
    assert (first.copy_of, second.copy_of) == ("sent earlier.csv", None)
    assert second.received_on == date(2024, 4, 1)


def test_what_decides_how_a_file_is_read_makes_it_read_again(
    bench: Any, contacts: Any, declare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write("a.csv", "ref,name,note\nR-1,Amina,x\n")
    bench.stage(contacts)
    words = contacts.model_copy(update={"title": {"en": "Other words"}, "supersedes_by": ["contact_ref"]})
    assert bench.stage(words).parsed == 0
    fields = [*FIELDS, {"name": "note", "type": "code", "headers": ["note"]}]
    more = declare(**{**contacts.model_dump(by_alias=True), "fields": fields})
    assert counts(bench.stage(more)) == (1, 0, 1)
    assert bench.rows(more)[0]["note"] == "x"
    monkeypatch.setenv("MEL_HASH_KEY", "another key")
    assert bench.stage(more).parsed == 1


def test_a_planner_sees_a_change_without_parsing(bench: Any, contacts: Any) -> None:
    from mel_pipeline.declarations.models import Settings

    settings = Settings.model_validate(
        {
            "programme": "t",
            "title": {"en": "T"},
            "subtitle": {"en": "T"},
            "languages": ["en"],
            "calendar": {"first_quarter": "2024Q1", "last_quarter": "2024Q4"},
        }
    )
    before = definition_hash(settings, contacts, bench.directory, bench.folders)
    assert before == definition_hash(settings, contacts, bench.directory, bench.folders)
    (bench.directory / "form.xlsx").write_bytes(b"a form")
    assert definition_hash(settings, contacts, bench.directory, bench.folders) != before


def test_staging_that_was_cut_short_is_done_again(bench: Any, contacts: Any) -> None:
    bench.write("a.csv", "ref,name\nR-1,Amina\n")
    bench.stage(contacts)
    [notes] = [p for p in (bench.folders.staging / "contacts").glob("*.json") if p.name != "manifest.json"]
    notes.unlink()
    (bench.folders.staging / "contacts" / ".half.parquet.123").write_bytes(b"half")
    assert bench.stage(contacts).parsed == 1
    assert not list((bench.folders.staging / "contacts").glob(".half*"))


def test_what_is_no_input_is_not_taken(bench: Any, contacts: Any, declare: Any) -> None:
    everything = declare(source="all", files=["**/*"], format="table", fields=FIELDS, key=["contact_ref"])
    for name in ("~$a.csv", ".hidden.csv", ".git/x.csv", "README.md", "a.csv.meta.yml", "deep/a.csv"):
        bench.write(name, "ref\nR-1\n")
    names = [path.relative_to(bench.folders.raw).as_posix() for path in matching_files(everything, bench.folders.raw)]
    assert names == ["deep/a.csv"]
    assert matching_files(contacts, bench.folders.raw) == []
    bench.write("corrections/log.csv", "uuid\n")
    assert [path.name for path in unclaimed_files([contacts], bench.folders.raw)] == ["a.csv"]


def test_two_sources_may_read_the_same_file(bench: Any, contacts: Any, declare: Any) -> None:
    refs = declare(source="refs", format="table", files=["*.csv"], fields=FIELDS[:1], key=["contact_ref"])
    bench.write("a.csv", "ref,name\nR-1,Amina\n")
    bench.stage(contacts)
    bench.stage(refs)
    assert bench.rows(contacts)[0]["contact_ref"] == bench.rows(refs)[0]["contact_ref"] == "R-1"


def test_persons_are_keyed_by_address_else_by_name(bench: Any, contacts: Any) -> None:
    bench.write(
        "a.csv",
        "ref,name,email\nR-1,Amina,Amina@Example.org \nR-2,A. Haddad,amina@example.org\nR-3,AMINA,aucun\n"
        "R-4,Amína,\nR-5,,\n",
    )
    bench.stage(contacts)
    keys = [row["person_key"] for row in bench.rows(contacts)]
    assert keys[0] == keys[1] != keys[2]
    assert keys[2] == keys[3]
    assert keys[4] is None
    assert all(len(key) == 32 for key in keys[:4])


def test_without_the_key_a_person_cannot_be_found_by_guessing() -> None:
    one, other = HashKey(b"one"), HashKey(b"other")
    inputs = [[("email_raw", Coded.of(["amina@example.org"]))]]
    assert person_hashes(one, inputs, 1) != person_hashes(other, inputs, 1)
    assert "one" not in repr(one)


def test_the_key_is_made_once_for_its_owner_only(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEL_HASH_KEY")
    first = load_key(bench.folders)
    assert load_key(bench.folders) == first
    if os.name == "posix":
        mode = stat.S_IMODE((bench.folders.restricted / "person.key").stat().st_mode)
        assert mode == 0o600
