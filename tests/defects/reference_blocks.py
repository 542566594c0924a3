"""Defects that block a whole register: its last accepted rows stay in use, and it is said since when."""

import json

import pandas as pd

from mel_example.raw_files.sheets import RawFile, RawRow
from tests.defects.declared import Defect
from tests.defects.example_files import from_example, sheet_of
from tests.defects.seen import Seen

WORLD = "registers"
SELECT = (
    *("staging/hubs", "staging/memberships", "accepted/hubs", "accepted/memberships"),
    *("quarantine", "repairs", "warnings", "quality_results", "source_files", "mel"),
)
HUBS, MEMBERS = "registers/hubs.csv", "registers/memberships.csv"
MORE_MEMBERS = "registers/memberships_rf03.csv"
HEADER = "city_code,joined_on,left_on,status,principles_accepted,principles_accepted_on,engagement_level\n"


def _with_namibia(file: RawFile) -> None:
    """A hub whose code reads like "not available"."""
    table = sheet_of(file)
    names = {"name_en": "Namibia", "name_fr": "Namibie", "name_ar": "ناميبيا", "language": "en"}
    table.rows.append(RawRow({"hub_code": "NA", **names, "active_from": "2026-01-01", "weekend_days": "sat;sun"}))


def _without_a_code(file: RawFile) -> None:
    _with_namibia(file)
    sheet_of(file).rows[0].cells["hub_code"] = ""


def _null_hub(seen: Seen) -> None:
    found = seen.findings("quarantine", "RF01", HUBS)
    # Typed reading keeps NA as the code it is; the hub without a code blocks the register.
    assert found["value"].isna().tolist() == [True, *[False] * 8]
    assert found["value"].tolist()[-1] == "NA"
    assert set(found["level"]) == {"source"}
    assert set(found["reason"]) == {"A hub has no code"}
    _last_rows_stay(seen, "hubs", "hub_code", 8)
    assert "RF01" in seen.output
    assert "A hub has no code" in seen.output


def _last_rows_stay(seen: Seen, source: str, column: str, number: int) -> None:
    rows = seen.accepted(source)
    assert len(rows) == number
    assert rows[column].notna().all()
    note = seen.folders.accepted / "blocked" / f"{source}.json"
    assert pd.Timestamp(json.loads(note.read_text(encoding="utf-8"))["stale_since"]).year >= 2024


def _joined_twice(file: RawFile) -> None:
    table = sheet_of(file)
    again = dict(table.rows[0].cells) | {"joined_on": "2023-05-01", "principles_accepted_on": "2023-05-02"}
    table.rows.append(RawRow(again))


def _overlap(seen: Seen) -> None:
    failed = seen.failed("RF02")
    assert failed[["source", "source_file", "n_failed", "treatment"]].values.tolist() == [
        ["memberships", MEMBERS, 2, "block"]
    ]
    found = seen.findings("quarantine", "RF02", MEMBERS)
    assert set(found["reason"]) == {"A city is a member twice at the same time"}
    assert len(found) == 249
    assert seen.file(MEMBERS)["n_accepted"] == 0
    _last_rows_stay(seen, "memberships", "city_code", 248)
    assert "A city is a member twice at the same time" in seen.output


def _left_before(seen: Seen) -> None:
    failed = seen.failed("RF03")
    assert failed[["source", "source_file", "n_failed"]].values.tolist() == [["memberships", MORE_MEMBERS, 1]]
    found = seen.findings("quarantine", "RF03", MORE_MEMBERS)
    assert found[["field", "value", "level"]].values.tolist() == [["left_on", "2015-06-01", "source"]]
    assert found["reason"].tolist() == ["A city left before it joined"]
    assert seen.accepted("memberships", MORE_MEMBERS).empty
    _last_rows_stay(seen, "memberships", "city_code", 248)


BLOCKS: tuple[Defect, ...] = (
    Defect(
        "RF01",
        broken={HUBS: from_example(HUBS, _without_a_code)},
        clean={HUBS: from_example(HUBS, _with_namibia)},
        check=_null_hub,
        world=WORLD,
        select=SELECT,
    ),
    Defect(
        "RF02",
        broken={MEMBERS: from_example(MEMBERS, _joined_twice)},
        clean={MEMBERS: from_example(MEMBERS)},
        check=_overlap,
        world=WORLD,
        select=SELECT,
    ),
    Defect(
        "RF03",
        broken={MORE_MEMBERS: f"{HEADER}SCN-C-0001,2016-01-01,2015-06-01,left,no,,low\n"},
        clean={MORE_MEMBERS: f"{HEADER}SCN-C-0001,2015-06-01,2016-01-01,left,no,,low\n"},
        check=_left_before,
        world=WORLD,
        select=SELECT,
    ),
)
