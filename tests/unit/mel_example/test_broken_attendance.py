"""Every declared defect of an attendance list stands in the row that the truth names, and looks as it should."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

AT_LEAST_ONCE = {
    "AT01", "AT02", "AT03", "AT04", "AT06", "AT07", "AT08", "AT09", "AT10", "AT11", "AT12", "AT15", "AT16", "AT17",
    "AT18",
    "AT19", "AT20", "AT21", "AT22", "AT23", "AT24", "AT25", "AT27", "AT28", "AT29", "AT31", "AT33", "AT34", "AT35",
    "AT37",
    "AT38",
}  # fmt: skip
SAYS = {
    "AT06": "@example.org",
    "AT08": ("Otter.ai", "Interpr", "Read.ai"),
    "AT09": ("Salle", "Conference room", "قاعة"),
    "AT10": ("iPhone", "Galaxy", "iPad", "HUAWEI"),
    "AT12": "info@mairie.example.org",
    "AT15": "(",
    "AT27": ("Total", "المجموع"),
    "AT31": ("Femme", "Homme", "Mme", "Man", "1", "2"),
    "AT33": ("UNDP", "UN-Habitat", "Interpol"),
    "AT34": "/",
}
"""What the cells of a row with the defect say, one of these."""


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(path: Path) -> list[list[str]]:
    """The lines of a list as a spreadsheet shows them."""
    content = path.read_bytes()
    is_teams = content.startswith(b"\xff\xfe")
    text = content.decode("utf-16" if is_teams else "utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter="\t" if is_teams else ","))


def cells(raw: Path, defect: dict[str, str]) -> list[str]:
    path, number = raw / defect["source_file"], int(defect["source_row"])
    if path.suffix == ".csv":
        return rows_of(path)[number - 1]
    sheet = openpyxl.load_workbook(path)[defect["source_sheet"]]
    return [str(cell.value) for cell in sheet[number] if cell.value is not None]


@pytest.fixture(scope="session")
def planted(example) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in read(example.truth / "defects.csv"):
        if row["source"] == "event_attendance":
            found.setdefault(row["rule_id"], []).append(row)
    return found


def test_the_whole_world_has_room_for_every_defect(planted) -> None:
    assert set(planted) >= AT_LEAST_ONCE
    assert len(planted["AT24"]) == 12
    assert len(planted["AT11"]) > 50


@pytest.mark.parametrize("rule_id", SAYS)
def test_the_row_says_what_its_defect_is_about(example, planted, rule_id: str) -> None:
    wanted = (SAYS[rule_id],) if isinstance(SAYS[rule_id], str) else SAYS[rule_id]
    for defect in planted[rule_id]:
        row = cells(example.raw, defect)
        assert any(word in cell for word in wanted for cell in row), defect


def test_tools_share_the_online_sessions(example) -> None:
    lists = [path.name for path in (example.raw / "attendance").rglob("*.csv")]
    zoom, teams = (sum(f"_{tool}" in name for name in lists) for tool in ("zoom", "teams"))
    assert 0.4 < zoom / (zoom + teams) < 0.6


def test_what_belongs_to_a_tool_is_noted_once_for_each_file(example, planted) -> None:
    copies = {row["source_file"] for row in planted["AT21"]}
    teams = {
        path.relative_to(example.raw).as_posix()
        for path in (example.raw / "attendance").rglob("*.csv")
        if path.read_bytes().startswith(b"\xff\xfe")
    } - copies
    for rule_id in ("AT01", "AT02"):
        assert sorted(row["source_file"] for row in planted[rule_id]) == sorted(teams)
    for defect in planted["AT04"]:
        assert cells(example.raw, defect)[0] == "Meeting ID"
    for defect in planted["AT03"]:
        assert cells(example.raw, defect)[0] not in ("Name", "Name (Original Name)")


def test_a_copy_has_the_content_of_another_file(example, planted) -> None:
    def content(name: str) -> str:
        return hashlib.sha256((example.raw / name).read_bytes()).hexdigest()

    for defect in planted["AT21"]:
        assert content(defect["source_file"]) == content(defect["source_file"].replace(" (1)", ""))


def test_a_first_version_lacks_people_whom_the_corrected_file_has(example, planted) -> None:
    for name in {row["source_file"] for row in planted["AT22"]}:
        path = example.raw / name
        (later,) = [each for mark in ("_v2", "_FINAL2") for each in path.parent.glob(f"{path.stem}{mark}{path.suffix}")]
        if path.suffix == ".csv":
            first, corrected = ({tuple(row) for row in rows_of(each)} for each in (path, later))
            assert len(corrected - first) >= 2


def test_both_reports_of_a_restarted_meeting_hold_people_who_stayed(example, planted) -> None:
    for defect in planted["AT20"]:
        second = example.raw / defect["source_file"]
        first = second.with_name(second.name.replace("_2.csv", ".csv"))
        names = [{row[0] for row in rows_of(path) if len(row) > 4} for path in (first, second)]
        assert len(names[0] & names[1]) > 2


def test_a_second_device_is_on_the_list_beside_the_first(example, planted) -> None:
    for defect in planted["AT06"]:
        row = cells(example.raw, defect)
        same = [line for line in rows_of(example.raw / defect["source_file"]) if line and line[0] == row[0]]
        assert len([line for line in same if "@" in line[1] + line[-2]]) >= 2


def test_a_list_of_no_event_has_its_own_defect_only(example, planted) -> None:
    files = {row["source_file"] for row in planted["AT24"]}
    codes = {row["event_code"] for row in read(example.raw / "registers" / "events.csv")}
    assert len(files) == 1
    assert not {Path(name).name.split("_")[0] for name in files} & codes
    own = [rule_id for rule_id, rows in planted.items() if any(row["source_file"] in files for row in rows)]
    assert own == ["AT24"]


def test_nobody_else_stays_longer_than_the_session(example, planted) -> None:
    planned = {
        (row["event_code"], row["session_no"]): int(row["planned_minutes"])
        for row in read(example.raw / "registers" / "event_sessions.csv")
    }
    too_long = set()
    for path in sorted((example.raw / "attendance").rglob("*_zoom*.csv")):
        event_code, session = path.name.split("_")[:2]
        for number, row in enumerate(rows_of(path), start=1):
            minutes = row[4] if len(row) > 5 and row[4].isdigit() else "0"
            if int(minutes) > planned[event_code, session[1:]]:
                too_long.add((path.relative_to(example.raw).as_posix(), str(number)))
    copies = {row["source_file"] for row in planted["AT21"]}
    zoom = {(row["source_file"], row["source_row"]) for row in planted["AT38"] if "_zoom" in row["source_file"]}
    assert {found for found in too_long if found[0] not in copies} == zoom


def test_no_place_of_a_list_is_told_twice(planted) -> None:
    places = Counter(tuple(row.values()) for rows in planted.values() for row in rows)
    assert max(places.values()) == 1
