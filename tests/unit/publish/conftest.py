"""What the tests of the pages share: a database as scoring would leave it, and the pages made of it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline import database
from mel_pipeline.declarations.programme import Programme, load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.publish import write_donor_pages

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"

HUBS = {
    "ESA": ("East and Southern Africa", "Afrique de l’Est et australe", "شرق أفريقيا وجنوبها"),
    "MENA": ("Middle East and North Africa", "Moyen-Orient et Afrique du Nord", "الشرق الأوسط وشمال أفريقيا"),
    "SAS": ("South Asia", "Asie du Sud", "جنوب آسيا"),
    "WB": ("Western Balkans", "Balkans occidentaux", "غرب البلقان"),
}
EU, DK = ("grant", "EU-STRIVE-2023"), ("grant", "DK-2024")
ALL = ("all", "all")
QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4")
SMALL_GROUP = 3
"""Size of the one group that has to be hidden; the numbers around it are chosen so that no other equals it."""

VALUE_COLUMNS = {
    "indicator_code": pa.string(), "period_type": pa.string(), "period": pa.string(), "period_start": pa.date32(),
    "period_end": pa.date32(), "scope_type": pa.string(), "scope_code": pa.string(), "dimension": pa.string(),
    "category": pa.string(), "value": pa.float64(), "numerator": pa.float64(), "denominator": pa.float64(),
    "n": pa.int64(), "ci_low": pa.float64(), "ci_high": pa.float64(), "interval_method": pa.string(),
    "coverage": pa.float64(), "dqa_grade": pa.string(), "stale_since": pa.date32(),
}  # fmt: skip
SCORE_COLUMNS = {
    "indicator_code": pa.string(), "period_type": pa.string(), "period": pa.string(), "scope_type": pa.string(),
    "scope_code": pa.string(), "scoring_profile": pa.string(), "baseline": pa.float64(), "target": pa.float64(),
    "is_target_inherited": pa.bool_(), "final_target": pa.float64(), "actual": pa.float64(),
    "performance": pa.float64(), "performance_low": pa.float64(), "performance_high": pa.float64(),
    "progress": pa.float64(), "status": pa.string(), "certainty": pa.string(), "status_reason": pa.string(),
    "is_exceeded": pa.bool_(), "original_status": pa.string(), "coverage": pa.float64(), "dqa_grade": pa.string(),
}  # fmt: skip
NODE_COLUMNS = {
    "node_id": pa.string(), "period_type": pa.string(), "period": pa.string(), "scope_type": pa.string(),
    "scope_code": pa.string(), "score": pa.float64(), "score_low": pa.float64(), "score_high": pa.float64(),
    "assessed_share": pa.float64(), "status": pa.string(), "weakest_indicator": pa.string(),
    "n_indicators": pa.int64(), "n_assessable": pa.int64(),
}  # fmt: skip


class ExampleDatabase:
    """Collects rows as a test needs them, and writes the database."""

    def __init__(self) -> None:
        self.values: list[dict[str, Any]] = []
        self.scores: list[dict[str, Any]] = []
        self.nodes: list[dict[str, Any]] = []

    def value(
        self,
        code: str,
        period: str,
        scope: tuple[str, str],
        value: float,
        by: tuple[str, str] = ("total", "total"),
        **more: Any,
    ) -> None:
        """One value; counts carry no `n`."""
        start, end = _bounds(period)
        self.values.append(
            {"indicator_code": code, "period_type": _type(period), "period": period, "period_start": start,
             "period_end": end, "scope_type": scope[0], "scope_code": scope[1], "dimension": by[0],
             "category": by[1], "value": float(value), **more}
        )  # fmt: skip

    def score(self, code: str, period: str, scope: tuple[str, str], status: str, **more: Any) -> None:
        """One score."""
        self.scores.append(
            {"indicator_code": code, "period_type": _type(period), "period": period, "scope_type": scope[0],
             "scope_code": scope[1], "scoring_profile": "default", "status": status, **more}
        )  # fmt: skip

    def result(
        self, code: str, period: str, scope: tuple[str, str], actual: float, target: float, status: str, **more: Any
    ) -> None:
        """A value with its score."""
        of_value = {k: more.pop(k) for k in ("n", "ci_low", "ci_high", "numerator", "denominator") if k in more}
        shared = {"coverage": more.pop("coverage", 0.92), "dqa_grade": more.pop("dqa_grade", "A")}
        self.value(code, period, scope, actual, **of_value, **shared)
        performance = actual / target if target else None
        self.score(code, period, scope, status, actual=actual, target=target, performance=performance, **shared, **more)

    def categories(self, code: str, period: str, scope: tuple[str, str], by: str, **sizes: float) -> None:
        """The values of one dimension."""
        for category, size in sizes.items():
            self.value(code, period, scope, size, by=(by, category.lstrip("_")))

    def node(self, node: str, score: float, status: str, period: str = "2024Q4") -> None:
        """The score of one step of the theory of change for the whole programme."""
        self.nodes.append(
            {"node_id": node, "period_type": "quarter", "period": period, "scope_type": "all", "scope_code": "all",
             "score": score, "assessed_share": 1.0, "status": status, "n_indicators": 1, "n_assessable": 1}
        )  # fmt: skip

    def write(self, folder: Path) -> Path:
        """Write everything collected, and the tables beside it, as `mel.duckdb`."""
        tables = {
            "indicator_values": pa.Table.from_pylist(self.values, pa.schema(VALUE_COLUMNS)),
            "indicator_scores": pa.Table.from_pylist(self.scores, pa.schema(SCORE_COLUMNS)),
            "toc_node_scores": pa.Table.from_pylist(self.nodes, pa.schema(NODE_COLUMNS)),
            "dim_hub": pa.table(
                {"hub_code": list(HUBS), **{f"name_{language}": [name[i] for name in HUBS.values()]
                                            for i, language in enumerate(("en", "fr", "ar"))}}
            ),
            "dim_period": _periods(),
            "source_files": _source_files(),
            "quality_results": _quality_results(),
        }  # fmt: skip
        paths = {}
        for name, table in tables.items():
            paths[name] = folder / f"{name}.parquet"
            pq.write_table(table, paths[name])
        return database.assemble(paths, {}, folder / "mel.duckdb")


def everyday_example() -> ExampleDatabase:
    """The year 2024 as it could have been: five indicators, two grants, four hubs."""
    example = ExampleDatabase()
    _activities(example)
    _people(example)
    _members(example)
    _capacity(example)
    for node, score, status in (
        ("A2", 0.95, "on_track"), ("OP1", 0.82, "at_risk"), ("OP2", 1.0, "on_track"), ("OP8", 0.61, "off_track"),
        ("OC1", 0.93, "on_track"),
    ):  # fmt: skip
        example.node(node, score, status)
    return example


def _activities(example: ExampleDatabase) -> None:
    for quarter, done, planned in zip(QUARTERS, (5, 6, 7, 8), (5, 6, 7, 8), strict=True):
        example.result("ACT-05", quarter, ALL, done, planned, "on_track", baseline=19, certainty="certain")
        example.result("ACT-05", quarter, EU, done - 3, planned - 3, "on_track", baseline=8, certainty="certain")
        example.score("ACT-05", quarter, DK, "not_reported", target=4, coverage=0.0)


def _people(example: ExampleDatabase) -> None:
    planned, done = (60, 130, 190, 260), (72, 141, 205, 288)
    for quarter, target, actual in zip(QUARTERS, planned, done, strict=True):
        period = f"{quarter}-ytd"
        example.result(
            "OUT-02", period, ALL, actual, target, "on_track", baseline=480, certainty="certain", is_exceeded=True
        )
        example.result("OUT-02", period, EU, round(actual * 0.47), round(target * 0.5), "on_track", baseline=210,
                       certainty="certain")  # fmt: skip
        example.result("OUT-02", period, DK, round(actual * 0.3), round(target * 0.4), "at_risk", certainty="leaning")
    year = "2024Q4-ytd"
    example.categories("OUT-02", year, EU, "sex", female=68, male=60, unknown=7)
    example.categories("OUT-02", year, EU, "age_band", under_18=SMALL_GROUP, _18_29=31, _30_44=57, _45_59=44)
    example.categories("OUT-02", year, EU, "stakeholder_type", mayor=11, local_official=74, civil_society=39, youth=26)
    example.categories("OUT-02", year, DK, "sex", female=41, male=45)
    for hub, people in zip(HUBS, (96, 80, 57, 61), strict=True):
        example.result("OUT-02", year, ("hub", hub), people, 70, "on_track")


def _members(example: ExampleDatabase) -> None:
    took_part = {ALL: (64.4, 78, "at_risk"), EU: (58.1, 78, "off_track"), DK: (70.0, 78, "at_risk")}
    reachable = {ALL: (84.2, 90, "off_track"), EU: (87.5, 90, "at_risk"), DK: (80.0, 90, "off_track")}
    for code, period, baseline, results in (
        ("MEM-04", "2024Q4-ytd", 63, took_part),
        ("MEM-03", "2024Q4", 81, reachable),
    ):
        for scope, (actual, target, status) in results.items():
            example.result(code, period, scope, actual, target, status, baseline=baseline, certainty="certain",
                           is_target_inherited=scope != ALL, numerator=29, denominator=45, n=45,
                           dqa_grade="B")  # fmt: skip
    for hub, share, status in zip(HUBS, (55.0, 61.5, 80.0, 72.7), ("off_track", "off_track", "on_track", "at_risk"),
                                  strict=True):  # fmt: skip
        example.result("MEM-04", "2024Q4-ytd", ("hub", hub), share, 78, status, baseline=63, is_target_inherited=True)


def _capacity(example: ExampleDatabase) -> None:
    example.result("OCM-03", "2024", ALL, 50.6, 51, "on_track", baseline=47.0, n=38, ci_low=47.3, ci_high=53.9,
                   certainty="cannot_tell", coverage=0.64)  # fmt: skip
    example.result("OCM-03", "2024", EU, 52.3, 51, "on_track", baseline=47.0, n=17, ci_low=48.8, ci_high=55.8,
                   certainty="leaning", coverage=0.58, is_target_inherited=True)  # fmt: skip
    example.result("OCM-03", "2024", DK, 46.1234, 51, "off_track", baseline=47.0, n=SMALL_GROUP, ci_low=30.987,
                   ci_high=60.321, certainty="cannot_tell", is_target_inherited=True)  # fmt: skip


def _type(period: str) -> str:
    if period.endswith("-ytd"):
        return "year_to_date"
    return "quarter" if "Q" in period else "year"


def _bounds(period: str) -> tuple[date, date]:
    year = int(period[:4])
    if "Q" not in period:
        return date(year, 1, 1), date(year, 12, 31)
    quarter = int(period[5])
    start = date(year, 1 if period.endswith("-ytd") else 3 * quarter - 2, 1)
    return start, date(year, 3 * quarter, {1: 31, 2: 30, 3: 30, 4: 31}[quarter])


def _periods() -> pa.Table:
    periods = [*QUARTERS, *(f"{quarter}-ytd" for quarter in QUARTERS), "2024"]
    return pa.table(
        {
            "period_type": [_type(period) for period in periods],
            "period": periods,
            "period_start": [_bounds(period)[0] for period in periods],
            "period_end": [_bounds(period)[1] for period in periods],
        }
    )


def _source_files() -> pa.Table:
    rows: Sequence[tuple[str, int, int, int, int]] = (
        ("event_attendance", 1284, 1251, 24, 9), ("hub_activities", 96, 95, 1, 0), ("member_annual", 41, 40, 0, 1),
        ("contacts", 66, 66, 0, 0),
    )  # fmt: skip
    names = ("source", "n_rows", "n_accepted", "n_quarantined", "n_dropped")
    columns: dict[str, Any] = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return pa.table({**columns, "source_file": ["f"] * len(rows), "file_status": ["accepted"] * len(rows)})


def _quality_results() -> pa.Table:
    rows = [
        ("event_attendance", "validity", 1284, 24, False), ("event_attendance", "integrity", 1284, 90, False),
        ("event_attendance", "reliability", 1284, 0, True), ("member_annual", "validity", 492, 2, False),
        ("member_annual", "precision", 41, 6, False), ("hub_activities", "timeliness", 12, 1, False),
        ("contacts", "integrity", 66, 0, True),
    ]  # fmt: skip
    names = ("source", "dqa_dimension", "n_tested", "n_failed", "success")
    columns: dict[str, Any] = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return pa.table({**columns, "rule_id": ["R1"] * len(rows), "reason": ["Something is wrong"] * len(rows)})


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme(PROGRAMME)


@pytest.fixture
def everyday() -> Callable[[], ExampleDatabase]:
    """Makes the example, to be changed by a test."""
    return everyday_example


@pytest.fixture(scope="session")
def example_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return everyday_example().write(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def pages(
    programme: Programme, example_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """The pages of the example by donor and language."""
    folders = DataFolder(tmp_path_factory.mktemp("data"))
    written = write_donor_pages(programme, example_database, folders, "2024Q4", date(2025, 1, 31), True)
    return {(path.parent.name, path.name.split(".")[1]): path for path in written}
