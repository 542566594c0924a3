"""Who attended an event, and whether officials of cities were among them: marts on a few rows made by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.programme import load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.build import build_mart

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"
DAY = date(2025, 5, 20)
PEOPLE = {
    "minister": ("national_government", "male", "45_59"),
    "mayor": ("mayor", "female", "45_59"),
    "clerk": ("local_official", "female", "30_44"),
    "colleague": ("local_official", None, "18_29"),
    "student": ("youth", "female", "18_29"),
    "pupil": ("youth", "male", "under_18"),
    "unknown": (None, None, None),
}


def event(code: str, line: str = "convening", status: str = "delivered", theme: str = "T2") -> dict[str, Any]:
    return {
        "event_code": code,
        "activity_line": line,
        "status": status,
        "theme": [theme],
        "end_on": DAY,
        "hub_code": "MENA",
        "country_code": "JOR",
        "_record_keys": [f"event {code}"],
    }


def seat(code: str, person: str, city: str | None = None, attended: bool = True, session: int = 1) -> dict[str, Any]:
    return {
        "event_code": code,
        "session_no": session,
        "person_key": person,
        "city_code": city,
        "is_attended": attended,
        "_record_keys": [f"{code} {person} {session}"],
    }


@pytest.fixture
def built(tmp_path: Path) -> Any:
    programme, folders = load_programme(PROGRAMME), DataFolder(tmp_path / "data")

    def build(mart: str, events: list[dict[str, Any]], seats: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
        people = [
            {"person_key": name, "stakeholder_type": kind, "sex": sex, "age_band": age}
            for name, (kind, sex, age) in PEOPLE.items()
        ]
        folders.build.mkdir(parents=True)
        for table, rows in (("fct_event", events), ("fct_attendance", seats), ("dim_person", people)):
            pq.write_table(pa.Table.from_pylist(rows), folders.table(table))
        if mart != "fct_event_presence":
            build_mart(programme.marts["fct_event_presence"], programme.mart_sql["fct_event_presence"], folders)
        build_mart(programme.marts[mart], programme.mart_sql[mart], folders)
        key = programme.marts[mart].key
        rows = pq.read_table(folders.table(mart)).to_pylist()
        return {tuple(row[column] for column in key): row for row in rows}

    return build


def test_people_and_authorities_count_once_each_and_only_where_they_attended(built) -> None:
    seats = [
        seat("E1", "minister", "C9"),
        seat("E1", "mayor", "C1"),
        seat("E1", "mayor", "C1", session=2),
        seat("E1", "clerk", "C1"),
        seat("E1", "colleague", "C2"),
        seat("E1", "student", "C3"),
        seat("E1", "unknown", "C4"),
        seat("E2", "minister", attended=False),
        seat("E2", "clerk"),
    ]
    rows = built("fct_event_presence", [event("E1"), event("E2"), event("E3"), event("E4", status="planned")], seats)
    counts = ("n_people", "n_national", "n_city_officials", "n_local_authorities")
    told = {code: tuple(row[count] for count in counts) for (code,), row in rows.items()}
    assert told == {"E1": (6, 1, 3, 2), "E2": (1, 0, 1, 0), "E3": (0, 0, 0, 0)}
    assert len(rows["E1",]["_record_keys"]) == 8


def test_young_people_are_told_with_whether_a_city_official_attended(built) -> None:
    seats = [
        seat("E1", "clerk"),
        seat("E1", "student"),
        seat("E1", "student", session=2),
        seat("E1", "pupil"),
        seat("E1", "unknown"),
        seat("E2", "clerk", attended=False),
        seat("E2", "student"),
        seat("E3", "student"),
    ]
    events = [event("E1", "youth"), event("E2", "youth"), event("E3", "forum")]
    lines = {each["event_code"]: each["activity_line"] for each in events}
    told = {"event_ended_on": DAY, "hub_code": "MENA"}
    rows = built(
        "fct_youth_participation",
        events,
        [each | told | {"activity_line": lines[each["event_code"]]} for each in seats],
    )
    assert {key: (row["is_young"], row["has_city_official"]) for key, row in rows.items()} == {
        ("E1", "clerk"): (False, True),
        ("E1", "student"): (True, True),
        ("E1", "pupil"): (True, True),
        ("E1", "unknown"): (False, True),
        ("E2", "student"): (True, False),
    }
    assert rows["E1", "student"]["sex"] == "female"
