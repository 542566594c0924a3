"""What members have done by the end of a quarter, worked out by hand on the programme's own tables of city actions."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.programme import load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.layout import staged_schema
from mel_pipeline.marts.build import build_mart
from mel_pipeline.marts.contracts import ENGINE_CONTRACTS, arrow_schema

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"
SINCE = date(2020, 1, 1)
QUARTERS = {"2024Q1": date(2024, 3, 31), "2024Q2": date(2024, 6, 30), "2025Q1": date(2025, 3, 31)}
Rows = dict[str, list[dict[str, Any]]]
Told = Callable[[str, str], dict[str, Any]]

ACCEPTED: Rows = {
    "memberships": [
        {"city_code": "C1", "joined_on": SINCE, "principles_accepted": True, "principles_accepted_on": SINCE},
        {"city_code": "C2", "joined_on": SINCE, "principles_accepted": True},
        {
            "city_code": "C3",
            "joined_on": date(2024, 2, 1),
            "principles_accepted": True,
            "principles_accepted_on": date(2024, 4, 1),
        },
        {"city_code": "C4", "joined_on": SINCE, "principles_accepted": False},
    ],
    "contacts": [],
    "hub_countries": [
        {"hub_code": "MENA", "country_code": "JOR", "valid_from": SINCE, "valid_to": date(2024, 4, 30)},
        {"hub_code": "ESA", "country_code": "JOR", "valid_from": date(2024, 5, 1)},
        {"hub_code": "WB", "country_code": "SRB", "valid_from": SINCE},
    ],
    "hub_priorities": [{"priority_year": 2024, "hub_code": "MENA"}, {"priority_year": 2025, "hub_code": "WB"}],
}
EVENTS = {"E1": "exchange", "E2": "workshop", "E3": None}
BUILT: Rows = {
    "dim_city": [
        {"city_code": code, "country_code": "SRB" if code == "C4" else "JOR"} for code in ("C1", "C2", "C3", "C4")
    ],
    "dim_period": [
        {"period_type": "quarter", "period": code, "period_end": end, "is_closed": True}
        for code, end in QUARTERS.items()
    ],
    "fct_event": [{"event_code": code, "event_type": kind} for code, kind in EVENTS.items()],
    "fct_attendance": [
        {"event_code": event, "city_code": city, "session_on": on, "is_attended": came, "is_eligible": eligible,
         "mode": mode, "modality": "M1", "person_key": key, "session_no": 1}
        for event, city, on, came, eligible, mode, key in (
            ("E1", "C1", date(2024, 2, 1), True, False, "online", "p1"),
            ("E2", "C1", date(2024, 5, 1), True, True, "online", "p1"),
            ("E2", "C1", date(2024, 5, 1), True, True, "in_person", "p2"),
            ("E3", "C2", date(2024, 1, 1), True, True, "online", "p3"),
            ("E1", "C4", date(2024, 2, 1), False, True, "online", "p4"),
            ("E1", None, date(2024, 2, 1), True, True, "online", "p5"),
        )
    ],
    "fct_resource": [
        {"resource_key": "MENA:R1", "city_code": "C2", "published_on": date(2024, 2, 1), "theme": ["T1", "T2"],
         "is_first_edition": True},
        {"resource_key": "MENA:R1", "city_code": "C2", "published_on": date(2025, 2, 1), "is_first_edition": False},
        {"resource_key": "MENA:R2", "city_code": None, "published_on": date(2024, 2, 1), "is_first_edition": True},
    ],
    "fct_support": [
        {"hub_code": "MENA", "support_ref": "S1", "city_code": "C1", "start_on": date(2024, 3, 31)},
        {"hub_code": "MENA", "support_ref": "S2", "city_code": "C1", "start_on": date(2024, 4, 1),
         "support_type": "study_visit"},
    ],
    "fct_member_survey": [
        {"city_code": "C4", "wave": 2024, "answered_on": date(2024, 4, 1), "has_contributed_to_tools": True},
        {"city_code": "C1", "wave": 2024, "answered_on": date(2024, 4, 1), "has_contributed_to_tools": False},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The row of a city and quarter."""
    programme, folders = load_programme(PROGRAMME), DataFolder(tmp_path_factory.mktemp("members"))
    for name, rows in ACCEPTED.items():
        _write(folders.accepted_rows(name), rows, staged_schema(programme.sources[name], None), "_record_key", name)
    for name, rows in BUILT.items():
        contract = programme.marts.get(name) or ENGINE_CONTRACTS[name]
        _write(folders.table(name), rows, arrow_schema(contract, programme.settings.languages), "_record_keys", [name])
    for mart in ("fct_city_action", "fct_member_quarter"):
        build_mart(programme.marts[mart], programme.mart_sql[mart], folders)
    found = {
        (row["city_code"], row["period"]): row for row in pq.read_table(folders.table("fct_member_quarter")).to_pylist()
    }
    return lambda city, period: found[city, period]


def _write(path: Path, rows: list[dict[str, Any]], schema: pa.Schema, key: str, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    complete = [dict.fromkeys(schema.names) | row | ({key: value} if key in schema.names else {}) for row in rows]
    pq.write_table(pa.Table.from_pylist(complete, schema=schema), path)


def test_principles_count_from_the_day_of_acceptance_on(told: Told) -> None:
    def acceptance(city: str, period: str) -> tuple[bool, str | None]:
        row = told(city, period)
        return row["has_accepted_principles"], row["acceptance"]

    assert acceptance("C1", "2024Q1") == (True, "accepted")
    assert acceptance("C2", "2024Q1") == (False, None)
    assert acceptance("C3", "2024Q1") == (False, "not_accepted")
    assert acceptance("C3", "2024Q2") == (True, "accepted")
    assert acceptance("C4", "2024Q1") == (False, "not_accepted")


def test_taking_part_wants_an_eligible_event_and_an_exchange_wants_its_type(told: Told) -> None:
    first, second, other = told("C1", "2024Q1"), told("C1", "2024Q2"), told("C2", "2024Q1")
    assert (first["has_participated"], first["has_exchanged"], first["mode"]) == (False, True, [])
    assert (second["has_participated"], second["mode"], second["modality"]) == (True, ["in_person", "online"], ["M1"])
    assert (other["has_participated"], other["has_exchanged"]) == (True, False)
    assert not told("C4", "2024Q1")["has_exchanged"]


def test_a_resource_is_shared_and_contributed_once_and_a_survey_adds_contributions_alone(told: Told) -> None:
    def given(city: str, period: str) -> tuple[bool, list[str], bool]:
        row = told(city, period)
        return row["has_shared_resource"], row["theme"], row["has_contributed"]

    assert given("C2", "2024Q1") == (True, ["T1", "T2"], True)
    assert given("C2", "2025Q1") == (False, [], False)
    assert given("C4", "2024Q2") == (False, [], True)
    assert given("C4", "2024Q1") == given("C1", "2024Q2") == (False, [], False)


def test_priorities_are_those_of_the_year_and_of_the_hub_on_the_day(told: Told) -> None:
    first = {city: told(city, "2024Q1")["is_in_priority_hub"] for city in ("C1", "C4")}
    assert first == {"C1": True, "C4": False}
    assert not told("C1", "2024Q2")["is_in_priority_hub"]
    assert told("C4", "2025Q1")["is_in_priority_hub"]


def test_support_counts_in_the_year_in_which_it_starts(told: Told) -> None:
    states = [(told("C1", period)["was_supported"], told("C1", period)["support_type"]) for period in QUARTERS]
    assert states == [(True, []), (True, ["study_visit"]), (False, [])]


def test_nothing_done_is_no_and_never_unknown(told: Told) -> None:
    row = told("C3", "2024Q1")
    assert not any(row[name] for name in row if name.startswith(("has_", "was_")))
    assert row["_record_keys"] == ["memberships"]
