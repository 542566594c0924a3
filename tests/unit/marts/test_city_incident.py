"""The restricted mart of incidents: which cities give figures, and which parts are told together."""

from collections import Counter
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
Answer = dict[str, Any]


def answer(city: str, year: int = 2025, region: str = "africa", **changes: Any) -> Answer:
    usual = {
        "city": city,
        "year": year,
        "region": region,
        "population": 200_000,
        "is_member": True,
        "inc_reported": 4,
        "inc_significant": 2,
        "inc_first72h": 1,
        "inc_source": "police",
        "inc_method_changed": "no",
    }
    return usual | changes


def several(count: int, region: str, year: int = 2025, **changes: Any) -> list[Answer]:
    return [answer(f"{region} {number}", year, region, **changes) for number in range(count)]


@pytest.fixture
def built(tmp_path: Path) -> Any:
    programme, folders = load_programme(PROGRAMME), DataFolder(tmp_path / "data")

    def build(answers: list[Answer]) -> dict[tuple[str, int], dict[str, Any]]:
        figures = [name for name in answers[0] if name.startswith("inc_")]
        submissions = [
            {"_record_key": f"{each['city']} {each['year']}", **{name: each[name] for name in figures}}
            for each in answers
        ]
        counted = [
            {
                "city_code": each["city"],
                "wave": each["year"],
                "answered_on": date(each["year"], 10, 20),
                "is_member": each["is_member"],
                "_record_keys": [f"{each['city']} {each['year']}"],
            }
            for each in answers
        ]
        cities = {
            each["city"]: {
                "city_code": each["city"],
                "region": each["region"],
                "population_band": "100k_to_500k",
                "population": each["population"],
            }
            for each in answers
        }
        for path, rows in (
            (folders.accepted_rows("member_annual"), submissions),
            (folders.table("fct_member_survey"), counted),
            (folders.table("dim_city"), list(cities.values())),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.Table.from_pylist(rows), path)
        build_mart(programme.marts["fct_city_incident"], programme.mart_sql["fct_city_incident"], folders)
        rows = pq.read_table(folders.restricted_table("fct_city_incident")).to_pylist()
        return {(row["city_code"], row["wave"]): row for row in rows}

    return build


def regions(rows: dict[tuple[str, int], dict[str, Any]]) -> Counter[str]:
    return Counter(row["region"] for row in rows.values() if row["has_figures"])


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"africa": 5, "asia": 6}, {"africa": 5, "asia": 6}),
        ({"africa": 2, "asia": 8, "europe": 9}, {"other": 10, "europe": 9}),
        ({"africa": 2, "asia": 3, "europe": 9}, {"other": 5, "europe": 9}),
        ({"africa": 4, "asia": 9}, {"other": 13}),
        ({"africa": 4}, {}),
    ],
)
def test_no_part_of_the_world_holds_fewer_than_five_cities(built, sizes, expected) -> None:
    rows = built([each for region, size in sizes.items() for each in several(size, region)])
    assert regions(rows) == expected


def test_a_city_without_all_figures_is_asked_but_tells_nothing(built) -> None:
    rows = built(
        [
            *several(5, "africa"),
            answer("no response told", inc_first72h=None),
            answer("nobody knows how many live there", population=None),
            answer("no member", is_member=False),
        ]
    )
    assert rows["africa 0", 2025]["incidents_per_100k"] == 2
    assert [rows[city, 2025]["has_figures"] for city in ("no response told", "nobody knows how many live there")] == [
        False,
        False,
    ]
    assert ("no member", 2025) not in rows
    assert regions(rows) == {"africa": 5}


def test_a_change_is_told_within_a_city_that_records_in_the_same_way(built) -> None:
    before = several(7, "asia", 2024, inc_reported=6)
    rows = built([*before, *several(5, "asia"), answer("asia 5", region="asia", inc_source="city"),
                  answer("asia 6", region="asia", inc_method_changed="yes")])  # fmt: skip
    assert [rows[f"asia {number}", 2025]["change_per_100k"] for number in range(7)] == [-1.0] * 5 + [None] * 2
    assert rows["asia 0", 2024]["change_per_100k"] is None


def test_changes_of_fewer_than_five_cities_are_not_told(built) -> None:
    rows = built([*several(5, "asia", 2024), *several(4, "asia"), answer("asia 9", region="asia")])
    assert {row["change_per_100k"] for row in rows.values()} == {None}
