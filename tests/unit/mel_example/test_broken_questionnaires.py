"""Every declared defect of a questionnaire around an event stands in the row that the truth names."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mel_example import write_example
from mel_example.quarters import months_before

TRAINING, FEEDBACK = "training_prepost", "event_feedback"
KEY = ("about/participant_key", "Votre code personnel", "رمزكم الشخصي")
"""How the header of the participant's code begins, in codes and in two languages."""
CODE = ("about/event_code", "Code de l", "رمز")
BOTH = {
    ("SV01", "repair"): 4,
    ("SV05", "repair"): 2,
    ("SV07", "repair"): 3,
    ("SV12", "repair"): 3,
    ("SV13", "quarantine"): 3,
    ("SV20", "repair"): 5,
    ("SV36", "quarantine"): 3,
    ("SV36-SPELLING", "repair"): 5,
    ("SV39", "repair"): 4,
}
OF_TRAININGS = {
    ("SV22", "repair"): 1,
    ("SV31", "repair"): 4,
    ("SV31-NEAR", "quarantine"): 6,
    ("SV32", "quarantine"): 6,
    ("SV34", "repair"): 4,
    ("SV34-DATES", "warn"): 8,
    ("SV39", "repair"): 5,
}

Defect = dict[str, str]


def read(path: Path) -> list[Defect]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def planted(example) -> list[Defect]:
    return [row for row in read(example.truth / "defects.csv") if row["source"] in (TRAINING, FEEDBACK)]


def export(raw: Path, name: str) -> list[list[str]]:
    text = (raw / name).read_text(encoding="utf-8").splitlines()
    return list(csv.reader(text, delimiter="," if name.endswith("_en.csv") else ";"))


def row_of(raw: Path, defect: Defect) -> dict[str, str]:
    lines = export(raw, defect["source_file"])
    return dict(zip(lines[0], lines[int(defect["source_row"]) - 1], strict=True))


def cell(row: dict[str, str], begins: tuple[str, ...]) -> str:
    return next(said for header, said in row.items() if header.startswith(begins))


def months_later(day: str, months: int) -> str:
    return months_before(date.fromisoformat(day), -months).isoformat()


def of(planted: list[Defect], rule_id: str, source: str | None = None) -> list[Defect]:
    return [row for row in planted if row["rule_id"] == rule_id and source in (None, row["source"])]


@pytest.mark.parametrize(("source", "expected"), [(TRAINING, BOTH | OF_TRAININGS), (FEEDBACK, BOTH)])
def test_how_often_each_defect_is_planted(planted, source: str, expected: dict[tuple[str, str], int]) -> None:
    counts = Counter((row["rule_id"], row["treatment"]) for row in planted if row["source"] == source)
    if source == TRAINING:
        assert counts.pop(("SV33", "warn")) > 300
    assert counts == expected


def test_a_second_click_has_the_answers_of_the_first_and_another_number(example, planted) -> None:
    for defect in of(planted, "SV07"):
        copy, first = row_of(example.raw, defect), None
        first = row_of(example.raw, defect | {"source_row": str(int(defect["source_row"]) - 1)})
        differing = {name for name in copy if copy[name] != first[name]}
        assert differing == {"_id", "_uuid", "_submission_time", "_index"}


def test_codes_of_participants_differ_in_one_sign_where_a_slip_was_planted(example, planted) -> None:
    keys: dict[str, list[str]] = {}
    for defect in of(planted, "SV31-NEAR"):
        row = row_of(example.raw, defect)
        keys.setdefault(cell(row, CODE), []).append(cell(row, KEY))
    slips = [pair for found in keys.values() for pair in _neighbours(found)]
    assert len(slips) == 3


def _neighbours(keys: list[str]) -> list[tuple[str, str]]:
    return [
        (one, two)
        for place, one in enumerate(keys)
        for two in keys[place + 1 :]
        if sum(a != b for a, b in zip(one, two, strict=True)) == 1
    ]


def test_two_people_share_their_code_at_a_training(example, planted) -> None:
    told = Counter(
        (cell(row, CODE), cell(row, KEY)) for row in (row_of(example.raw, defect) for defect in of(planted, "SV32"))
    )
    assert sorted(told.values()) == [2, 2, 2]


def test_days_contradict_the_wave_in_exactly_the_rows_that_are_told(example, planted) -> None:
    days = {row["event_code"]: (row["start_on"], row["end_on"]) for row in read(example.raw / "registers/events.csv")}
    tried_out = {(row["source_file"], row["source_row"]) for row in of(planted, "SV20", TRAINING)}
    found = set()
    for path in sorted((example.raw / "surveys").glob("training_prepost_*.csv")):
        name = f"surveys/{path.name}"
        lines = export(example.raw, name)
        for number, line in enumerate(lines[1:], start=2):
            row = dict(zip(lines[0], line, strict=True))
            start, end = days.get(cell(row, CODE), ("", "9999"))
            wave = cell(row, ("about/wave", "Avant la formation, après", "قبل التدريب أم"))
            is_first = wave in ("pre", "Avant", "قبل")
            is_early = "_followup_" in name and row["today"] < months_later(end, 3)
            contradicts = is_early or (row["today"] > end if is_first else row["today"] < start)
            if contradicts and (name, str(number)) not in tried_out:
                found.add((name, str(number)))
    assert found == {(row["source_file"], row["source_row"]) for row in of(planted, "SV34-DATES")}


def test_codes_of_events_that_are_no_codes_of_the_register_are_told(example, planted) -> None:
    registered = {row["event_code"] for row in read(example.raw / "registers/events.csv")}
    told = {(row["source_file"], row["source_row"]) for row in planted if row["rule_id"].startswith("SV36")}
    found = {
        (f"surveys/{path.name}", str(number))
        for pattern in ("training_prepost_*.csv", "event_feedback_*.csv")
        for path in (example.raw / "surveys").glob(pattern)
        for number, row in _rows(example.raw, f"surveys/{path.name}")
        if cell(row, CODE) not in registered
    }
    assert found == told


def _rows(raw: Path, name: str) -> list[tuple[int, dict[str, str]]]:
    lines = export(raw, name)
    return [(number, dict(zip(lines[0], line, strict=True))) for number, line in enumerate(lines[1:], start=2)]


@pytest.mark.parametrize("seed", [3, 11])
def test_a_small_world_has_room_for_each_of_them(seed: int, tmp_path: Path) -> None:
    write_example(tmp_path, seed=seed, scale=0.1)
    planted = read(tmp_path / "truth" / "defects.csv")
    for source, expected in ((TRAINING, BOTH | OF_TRAININGS), (FEEDBACK, BOTH)):
        found = {(row["rule_id"], row["treatment"]) for row in planted if row["source"] == source}
        assert found >= set(expected), source
