"""Random facts and random declarations: every value of every period, scope and category as counted by hand.

Facts have gaps, unknown and several categories, days outside of all periods, scopes by column and by bridge, hubs that
began late or never, events and states on a day. What they are counted again by is in `brute_force.py`.
"""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mel_pipeline.declarations.models import Settings, TheoryOfChange
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.values import build_indicator_values
from tests.unit.indicators.brute_force import Figures, Row, Span, World, recount
from tests.unit.indicators.conftest import WORDS, mart
from tests.unit.indicators.random_measures import TABLES, declarations

COLUMNS = {
    "row_code": "VARCHAR", "day": "DATE", "hub_code": "VARCHAR", "city_code": "VARCHAR", "person_key": "VARCHAR",
    "sex": "VARCHAR", "themes": "VARCHAR[]", "x": "BIGINT", "y": "BIGINT", "z": "DOUBLE", "flag": "BOOLEAN",
    "wave": "VARCHAR", "stage": "BIGINT", "weight": "DOUBLE", "i1": "BIGINT", "i2": "BIGINT", "i3": "BIGINT",
    "_record_keys": "VARCHAR[]",
}  # fmt: skip
BRIDGE = {"row_code": "VARCHAR", "grant_code": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE"}
HUB = {"hub_code": "VARCHAR", "active_from": "DATE", "active_to": "DATE", "launched_on": "DATE"}
GRANT = {"grant_code": "VARCHAR", "active_from": "DATE", "active_to": "DATE"}
PERIOD = {
    "period_type": "VARCHAR", "period": "VARCHAR", "period_start": "DATE", "period_end": "DATE", "is_closed": "BOOLEAN",
}  # fmt: skip
ARROW = {
    "VARCHAR": pa.string(), "DATE": pa.date32(), "VARCHAR[]": pa.list_(pa.string()), "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(),
}  # fmt: skip
BELONGS = {"scopes": {"hub": "hub_code"}, "families": {"rows": "row_code"}}
MARTS = {
    "fct_event": mart("fct_event", COLUMNS, ["row_code"], period_on="day", **BELONGS),
    "fct_state": mart("fct_state", COLUMNS, ["row_code"], snapshot_on="day", **BELONGS),
    "bridge_row_grant": mart(
        "bridge_row_grant", BRIDGE, ["row_code", "grant_code"],
        families={"rows": "row_code"}, valid_between=("valid_from", "valid_to"),
    ),
    "dim_hub": mart("dim_hub", HUB, ["hub_code"]),
}  # fmt: skip
SPANS = {
    "quarter": [
        Span("2024Q1", date(2024, 1, 1), date(2024, 3, 31), 1), Span("2024Q2", date(2024, 4, 1), date(2024, 6, 30), 1),
        Span("2024Q3", date(2024, 7, 1), date(2024, 9, 30), 1),
        Span("2024Q4", date(2024, 10, 1), date(2024, 12, 31), 1),
        Span("2025Q1", date(2025, 1, 1), date(2025, 3, 31), 1),
    ],
    "half_year": [
        Span("2024H1", date(2024, 1, 1), date(2024, 6, 30), 2), Span("2024H2", date(2024, 7, 1), date(2024, 12, 31), 2),
    ],
    "year": [Span("2024", date(2024, 1, 1), date(2024, 12, 31), 4)],
    "year_to_date": [
        Span("2024Q1-ytd", date(2024, 1, 1), date(2024, 3, 31), 1),
        Span("2024Q3-ytd", date(2024, 1, 1), date(2024, 9, 30), 3),
        Span("2024Q4-ytd", date(2024, 1, 1), date(2024, 12, 31), 4),
    ],
    "rolling_4q": [
        Span("2024Q4-r4", date(2024, 1, 1), date(2024, 12, 31), 4),
        Span("2025Q1-r4", date(2024, 4, 1), date(2025, 3, 31), 4),
    ],
    "fiscal_year": [Span("GB-FY2025", date(2024, 4, 1), date(2025, 3, 31), 4)],
}  # fmt: skip
NOT_ENDED = Span("2025Q2", date(2025, 4, 1), date(2025, 6, 30), 1)


def some(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


DAYS = st.sampled_from(
    [None, date(2023, 12, 31), *(date(2024, month, day) for month, day in ((1, 1), (2, 10), (3, 31), (4, 1), (6, 30),
     (8, 15), (9, 30), (12, 31))), date(2025, 3, 31), date(2025, 4, 1)]
)  # fmt: skip
ROW = st.fixed_dictionaries(
    {
        "day": DAYS, "hub_code": some("X", "Y", "Z", "W"), "city_code": some("C1", "C2", "C3"),
        "person_key": some("p", "q"), "sex": some("f", "m"),
        "themes": st.none() | st.lists(some("T1", "T2", "T3"), max_size=3),
        "x": some(0, 1, 2, 5, -3), "y": some(0, 1, 4), "z": some(0.25, 1.5, -2.0, 1e3), "flag": some(True, False),
        "wave": some("pre", "post"), "stage": some(0, 1, 2, 3), "weight": some(0.0, 0.5, 1.0, 2.5),
        "i1": some(1, 3, 5), "i2": some(1, 2, 5), "i3": some(2, 4),
    }
)  # fmt: skip
LINK = st.fixed_dictionaries(
    {
        "row": st.integers(0, 11), "grant_code": st.sampled_from(["G1", "G2"]),
        "valid_from": st.sampled_from([date(2023, 1, 1), date(2024, 4, 1)]),
        "valid_to": st.sampled_from([date(2024, 6, 30), date(2025, 12, 31)]),
    }
)  # fmt: skip
HUBS: list[Row] = [
    dict(zip(HUB, ("X", None, None, date(2023, 1, 1)), strict=True)),
    dict(zip(HUB, ("Y", date(2024, 4, 1), date(2024, 12, 31), date(2024, 8, 1)), strict=True)),
    dict(zip(HUB, ("Z", date(2024, 1, 1), None, None), strict=True)),
]
GRANTS: list[Row] = [
    {"grant_code": "G1", "active_from": date(2023, 1, 1), "active_to": date(2026, 12, 31)},
    {"grant_code": "G2", "active_from": date(2024, 5, 1), "active_to": date(2024, 7, 31)},
]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    # Few rows seldom meet: only now and then is a table empty, as before its first report.
    sizes = {table: draw(st.sampled_from([12, 12, 12, 6, 1, 0])) for table in TABLES}
    tables = {table: draw(st.lists(ROW, min_size=size, max_size=size)) for table, size in sizes.items()}
    for table, rows in tables.items():
        for place, row in enumerate(rows):
            row.update({"row_code": f"R{place}", "_record_keys": [f"{table}-{place}"]})
    links = {(link["row"], link["grant_code"]): link for link in draw(st.lists(LINK, min_size=6, max_size=16))}
    bridge = [link | {"row_code": f"R{link['row']}"} for link in links.values()]
    return World(tables, TABLES, bridge, HUBS, GRANTS, [span for spans in SPANS.values() for span in spans])


def written(world: World, folder: Path) -> DataFolder:
    """The world as the tables of a build folder."""
    folders = DataFolder(folder)
    folders.build.mkdir(parents=True, exist_ok=True)
    periods = [(type_, span, True) for type_, spans in SPANS.items() for span in spans]
    rows_of_periods = [
        dict(zip(PERIOD, (type_, span.code, span.start, span.end, closed), strict=True))
        for type_, span, closed in [*periods, ("quarter", NOT_ENDED, False)]
    ]
    for name, rows, columns in [
        *((table, rows, COLUMNS) for table, rows in world.tables.items()),
        ("bridge_row_grant", world.bridge, BRIDGE), ("dim_hub", world.hubs, HUB), ("dim_grant", world.grants, GRANT),
        ("dim_period", rows_of_periods, PERIOD),
    ]:  # fmt: skip
        schema = pa.schema([(column, ARROW[type_]) for column, type_ in columns.items()])
        pq.write_table(pa.Table.from_pylist(rows, schema), folders.table(name))
    return folders


SETTINGS = Settings.model_validate(
    {
        "programme": "random", "title": WORDS, "subtitle": WORDS, "languages": ["en"],
        "calendar": {"first_quarter": "2024Q1", "last_quarter": "2025Q4"},
        "scopes": {"hub": "hub_code", "grant": {"rows": "bridge_row_grant"}},
    }
)  # fmt: skip
PROGRAMME = Programme(
    directory=Path("programme"), settings=SETTINGS, theory=TheoryOfChange(), dimensions={}, indicators={}, targets=[],
    donors={}, grants={}, sources={}, rules={}, marts=MARTS, mart_sql={}, faults=[],
    places={}, documents={},
)  # fmt: skip
KEYS = ["period", "scope_type", "scope_code", "dimension", "category"]
FIGURES = ["value", "numerator", "denominator", "n"]


# Half an hour of shrinking tells less than the measure, the cell and the figures that a failure names.
SEARCH = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SEARCH
@given(world=worlds(), asked=st.tuples(*(declarations(code) for code in ("I1", "I2", "I3", "I4"))))
def test_every_value_is_what_counting_by_hand_gives(tmp_path: Path, world: World, asked: tuple[Any, ...]) -> None:
    declared = {each.code: each for indicators, _ in asked for each in indicators}
    folders = written(world, tmp_path)
    build_indicator_values(replace(PROGRAMME, indicators=declared), folders)
    values = pd.read_parquet(folders.table("indicator_values"))
    for indicators, counted in asked:
        told = values[values["indicator_code"] == indicators[-1].code]
        found = {
            tuple(row[key] for key in KEYS): tuple(row[name] for name in FIGURES) for row in told.to_dict("records")
        }
        expected = recount(world, counted)
        measure = indicators[-1].measure.model_dump(exclude_none=True)
        assert set(found) == set(expected), measure
        wrong = {
            cell: (found[cell], figures) for cell, figures in expected.items() if not is_same(found[cell], figures)
        }
        assert not wrong, (measure, wrong)


def is_same(found: tuple[Any, ...], expected: Figures) -> bool:
    """Whole numbers are equal, fractions up to 1e-9, and nothing is nothing: never a number that is none."""
    return all(_is_same(one, other) for one, other in zip(found, expected, strict=True))


def _is_same(found: Any, expected: float | None) -> bool:
    if expected is None or pd.isna(found):
        return expected is None and bool(pd.isna(found))
    if float(expected).is_integer():
        return bool(abs(found - expected) <= 1e-9 * max(1.0, abs(expected)))
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
