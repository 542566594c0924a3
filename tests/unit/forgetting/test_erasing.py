"""An erasure over a few files: merged persons, copies, addresses in other rows, and files that refuse to change."""

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from mel_pipeline.declarations.models import Settings, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.forgetting import erasing
from mel_pipeline.forgetting.people import find_person
from mel_pipeline.intake.privacy import load_key
from mel_pipeline.intake.staged import load_manifest, load_notes

SETTINGS = Settings.model_validate(
    {
        "programme": "test",
        "title": {"en": "Test"},
        "subtitle": {"en": "Of forgetting"},
        "languages": ["en"],
        "calendar": {"first_quarter": "2024Q1", "last_quarter": "2025Q4"},
    }
)
USUAL = {"title": {"en": "x"}, "format": "table"}
LISTS = Source.model_validate(
    {
        **USUAL,
        "source": "lists",
        "kind": "attendance",
        "files": ["list*.csv"],
        "fields": [
            {"name": "name", "type": "text", "headers": ["name"]},
            {"name": "email", "type": "text", "headers": ["email"]},
            {"name": "city", "type": "code", "headers": ["city"]},
        ],
        "key": ["person_key", "city"],
        "privacy": {
            "hash": {"person_key": ["email", ["name", "city"]]},
            "shared": {"email": ["^office@"]},
            "restricted": ["name", "email"],
        },
    }
)
SURVEY = Source.model_validate(
    {
        **USUAL,
        "source": "survey",
        "kind": "reference",
        "files": ["survey*.csv"],
        "fields": [
            {"name": "uuid", "type": "code", "headers": ["uuid"]},
            {"name": "contact", "type": "text", "headers": ["contact"]},
            {"name": "address", "type": "text", "headers": ["address"]},
        ],
        "key": ["uuid"],
        "privacy": {"restricted": ["contact", "address"]},
    }
)
DECISION = erasing.Decision("request", "MEL officer", date(2025, 1, 2))


@dataclass
class Bench:
    """A programme of two sources, and raw files."""

    folders: DataFolder
    directory: Path
    settings: Settings = SETTINGS
    sources: dict[str, Source] = field(default_factory=lambda: {"lists": LISTS, "survey": SURVEY})

    def write(self, name: str, *lines: str) -> None:
        path = self.folders.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")

    def lines(self, name: str) -> list[str]:
        return (self.folders.raw / name).read_text(encoding="utf-8").splitlines()

    def plan(self, key: str) -> erasing.Plan:
        return erasing.plan_erasure(self, self.folders, key)  # type: ignore[arg-type]

    def erase(self, plan: erasing.Plan) -> None:
        erasing.erase(self, self.folders, plan, DECISION)  # type: ignore[arg-type]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("MEL_HASH_KEY", "a key for tests only")
    bench = Bench(DataFolder(tmp_path / "data"), tmp_path / "programme")
    bench.write("list_1.csv", "name,email,city", "Amina Haddad,amina@example.org,Karak", "Sami,office@example.org,K")
    bench.write("list_2.csv", "name,email,city", "Amina Haddad,,Karak")
    bench.write("list_2 (1).csv", "name,email,city", "Amina Haddad,,Karak")
    bench.write("list_3.csv", "name,email,city", "Amina Haddad,other@example.org,Irbid")
    bench.write("survey.csv", "uuid,contact,address", "u1,AMINA HADDAD,Amina@Example.org", "u2,Amina Haddad,x@y.org")
    return bench


def key_of(bench: Bench, *parts: str) -> str:
    return load_key(bench.folders).hash("person", *parts)


def test_rows_go_and_addresses_in_other_rows_too(bench: Bench) -> None:
    plan = bench.plan(key_of(bench, "amina@example.org"))
    assert {file.source_file: (file.n_rows, file.n_cells) for file in plan.files} == {
        "list_1.csv": (1, 0),
        "survey.csv": (0, 2),
    }
    assert plan.look_at == ("list_2 (1).csv", "list_2.csv", "list_3.csv")
    bench.erase(plan)
    assert bench.lines("list_1.csv") == ["name,email,city", ",,", "Sami,office@example.org,K"]
    assert bench.lines("survey.csv") == ["uuid,contact,address", "u1,,", "u2,Amina Haddad,x@y.org"]
    assert len(bench.lines("list_3.csv")[1]) > 10


def test_persons_that_were_merged_are_one_and_copies_go_with_their_originals(bench: Bench) -> None:
    other, key = key_of(bench, "amina haddad", "karak"), key_of(bench, "amina@example.org")
    bench.write(
        "corrections/log.csv",
        "question,old_value,new_value,change_type,uuid",
        f"person_key,{other},{key},merge_persons,",
        "address,x,y,change_response,u2",
    )
    bench.erase(bench.plan(key))
    for name in ("list_2.csv", "list_2 (1).csv"):
        assert bench.lines(name) == ["name,email,city", ",,"]
    assert bench.lines("corrections/log.csv")[1:] == [",,,,", "address,x,y,change_response,u2"]
    for file in load_manifest(bench.folders, "lists"):
        assert load_notes(bench.folders, "lists", file).problem is None, "an erased list is no faulty file"
    with pytest.raises(erasing.NothingLeftError) as nothing:
        bench.plan(other)
    assert nothing.value.erased_on == date(2025, 1, 2)


def test_a_second_person_gets_a_second_entry_in_the_same_note(bench: Bench) -> None:
    bench.erase(bench.plan(key_of(bench, "amina@example.org")))
    bench.erase(bench.plan(key_of(bench, "sami", "k")))
    assert bench.lines("list_1.csv") == ["name,email,city", ",,", ",,"]
    note = (bench.folders.raw / "list_1.csv.tombstone.yml").read_text(encoding="utf-8")
    first, second = yaml.safe_load(note)["erasures"]
    assert second["sha256_before"] == first["sha256_after"]
    assert "office@example.org" not in note


def test_an_office_mailbox_is_nobodys_address(bench: Bench) -> None:
    bench.write("survey_2.csv", "uuid,contact,address", "u3,Rana,office@example.org")
    plan = bench.plan(key_of(bench, "sami", "k"))
    assert [file.source_file for file in plan.files] == ["list_1.csv"]


def test_a_file_that_cannot_be_replaced_is_told_and_the_others_are_done(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def refuse(source: Any, target: Any) -> None:
        if Path(target).name == "list_1.csv":
            raise PermissionError("open elsewhere")
        replace(source, target)

    key = key_of(bench, "amina@example.org")
    plan = bench.plan(key)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(erasing.NotErasedError) as failed:
        bench.erase(plan)
    assert failed.value.files == ["list_1.csv"]
    assert bench.lines("survey.csv")[1] == "u1,,"
    assert not list(bench.folders.raw.glob("list_1.csv.tombstone.yml"))
    monkeypatch.setattr(os, "replace", replace)
    bench.erase(bench.plan(key))
    assert find_person(bench.sources, bench.folders, key).rows == ()


def test_one_record_goes_alone(bench: Bench) -> None:
    record = load_key(bench.folders).hash("record", "survey", "u2")
    plan = bench.plan(record)
    bench.erase(plan)
    assert bench.lines("survey.csv") == ["uuid,contact,address", "u1,AMINA HADDAD,Amina@Example.org", ",,"]
    assert bench.lines("list_1.csv")[1].startswith("Amina")


@pytest.mark.parametrize("text", ["Amina Haddad asked", "ask amina@example.org", "call +962 79 123 4567"])
def test_a_reason_that_tells_of_the_person_is_refused(bench: Bench, text: str) -> None:
    plan = bench.plan(key_of(bench, "amina@example.org"))
    assert erasing.is_plain(plan, DECISION)
    assert not erasing.is_plain(plan, erasing.Decision(text, "officer", date(2025, 1, 2)))
    assert not erasing.is_plain(plan, erasing.Decision("request", text, date(2025, 1, 2)))


def test_an_unknown_key_is_said_to_be_one(bench: Bench) -> None:
    with pytest.raises(erasing.UnknownKeyError):
        bench.plan("amina@example.org")
