"""The cleaning log of a real water assessment, applied to its raw data: its origin tells how many remain."""

import csv
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "surveys" / "water_assessment"
DATA, LOG = SAMPLES / "cleaningtools_raw_data.csv", SAMPLES / "cleaningtools_cleaning_log.csv"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not there")

NUMBERS = (
    "air_coolers_nb",
    "water_tank_litres_nb",
    "num_hh_hosting",
    "number_pumps",
    "pay_water_charges_amount",
    "connection_fees_amount",
    "tot_expenses",
)
FLAGS = ("water_sources.borehole", "treat_drink_water_how.filter", "treat_drink_water_how.expose_sunlight")


def field(header: str, type_: str) -> dict[str, Any]:
    return {"name": header.casefold().replace(".", "_"), "type": type_, "headers": [header]}


@pytest.fixture
def water(bench: Any) -> Any:
    """The raw data as an officer receives them, and the log where she puts it."""
    fields = [
        field("X_uuid", "code"),
        *(field(name, "integer") for name in NUMBERS),
        *(field(name, "flag") for name in FLAGS),
        field("return_date", "date"),
        field("treat_drink_water", "code"),
    ]
    bench.declare("water", {}, kind="survey", fields=fields, key=["x_uuid"])
    bench.folders.raw.mkdir(parents=True)
    shutil.copyfile(DATA, bench.folders.raw / "water.csv")
    return bench


def drop_log(bench: Any, name: str = "cleaning_log.csv") -> None:
    (bench.folders.raw / "corrections").mkdir(exist_ok=True)
    shutil.copyfile(LOG, bench.folders.raw / "corrections" / name)


def by_submission(bench: Any) -> dict[str, dict[str, Any]]:
    return {
        row["x_uuid"]: {name: value for name, value in row.items() if not name.startswith("_source")}
        for row in bench.accepted("water")
    }


def test_every_row_of_the_log_is_applied(water: Any) -> None:
    before = water.judge("water")
    came = by_submission(water)
    drop_log(water)
    after = water.judge("water")
    cleaned = by_submission(water)

    corrections = water.found("water", "corrections")
    assert Counter(row["change_type"] for row in corrections if row["applied"]) == {
        "no_action": 620,
        "remove_survey": 55,
        "change_response": 48,
        "blank_response": 3,
    }
    assert (before.n_accepted, after.n_accepted, after.n_dropped) == (632, 578, 54)
    assert after.n_rows == after.n_accepted + after.n_quarantined + after.n_dropped
    changes = [row for row in corrections if row["change_type"] == "change_response"]
    assert len({(row["record_key"], row["question"]) for row in changes}) == 46
    assert sum(row["outcome"] == "removed_besides" for row in changes) == 2
    assert sum(row["outcome"] == "old_value_not_stated" for row in changes) == 35

    moved = {(uuid, name) for uuid, row in cleaned.items() for name, value in row.items() if value != came[uuid][name]}
    assert len(moved) == 46 - 2 + 3
    assert cleaned["3ef4cdde-bdce-4378-8e12-b7488ff68180"]["connection_fees_amount"] == 45000
    assert cleaned["51324001-970c-4fb5-bacf-de696e1b7eaa"]["water_sources_borehole"] is True
    assert cleaned["489b4d13-7eaf-4732-af22-28d6cfd77466"]["return_date"] is None
    assert "1a80239e-a815-4fcd-8549-294fb190c27f" not in cleaned


def test_a_second_application_changes_nothing(water: Any) -> None:
    drop_log(water)
    water.judge("water")
    once, content = water.found("water", "corrections"), by_submission(water)
    drop_log(water, "the_same_again.csv")
    water.judge("water")
    assert by_submission(water) == content
    twice = water.found("water", "corrections")
    assert len(twice) == 2 * len(once)
    assert all(row["applied"] for row in twice)


def test_decisions_outlive_another_export_of_the_same_data(water: Any) -> None:
    drop_log(water)
    water.judge("water")
    content = by_submission(water)
    with DATA.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    random.Random(4).shuffle(rows)
    with (water.folders.raw / "water.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    water.judge("water")
    assert by_submission(water) == content
    assert all(row["applied"] for row in water.found("water", "corrections"))
