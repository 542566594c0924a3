"""Figures put together from sums are those that the rows give: every verb, period, scope and dimension."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import Period, all_periods, periods_telling
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.indicators.atoms import atoms_of, offer_periods
from mel_pipeline.indicators.requests import MEASURE, name_of, requests_of
from mel_pipeline.indicators.roll_up import RollUp
from mel_pipeline.indicators.row_by_row import values_sql
from tests.unit.indicators.conftest import indicator, mart

COLUMNS = {
    "city_code": "VARCHAR", "given_on": "DATE", "hub_code": "VARCHAR", "sex": "VARCHAR", "topic": "VARCHAR[]",
    "person_key": "VARCHAR", "wave": "VARCHAR", "amount": "DOUBLE", "base": "DOUBLE", "item": "BIGINT",
    "_record_keys": "VARCHAR[]",
}  # fmt: skip
GIVEN = mart("fct_given", COLUMNS, ["city_code"], period_on="given_on", scopes={"hub": "hub_code"},
             families={"visits": "city_code"})  # fmt: skip
STATES = GIVEN.model_copy(update={"period_on": None, "snapshot_on": "given_on"})
BRIDGE = mart(
    "bridge_visit_grant",
    {"city_code": "VARCHAR", "grant_code": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE"},
    ["city_code", "grant_code", "valid_from"],
    families={"visits": "city_code"},
    valid_between=["valid_from", "valid_to"],
)
MEASURES: dict[str, dict[str, Any]] = {
    "count": {"count": True, "where": "item >= 2"},
    "people": {"count_distinct": "person_key"},
    "sum": {"sum": "amount"},
    "share": {"share": "item >= 3", "where": "item is not null"},
    "mean": {"mean": "amount"},
    "ratio": {"ratio": {"numerator": "amount", "denominator": "base"}, "where": "item >= 1"},
    "index": {"index": {"items": ["item"], "minimum_items": 1}},
    "mean per city": {"mean": "amount", "per_entity": "city_code"},
    "share per city": {"share": "item >= 3", "per_entity": "city_code"},
    "ratio per city": {"ratio": {"numerator": "amount", "denominator": "base"}, "per_entity": "city_code"},
    "change": {"paired_change": {"score": "amount", "wave": "wave", "before": "pre", "after": "post",
                                 "pair_by": ["person_key"]}},
    "crossing": {"first_crossing": {"stage": "item", "at_least": 3, "entity": "person_key"}},
    "weighted mean": {"mean": "amount", "weight": "base"},
}  # fmt: skip
CROSSED_BY = [["sex", "wave"], ["sex", "topic"], ["topic", "wave", "sex"]]
NUMBERS = st.none() | st.floats(-1e6, 1e9, allow_nan=False).map(lambda number: round(number, 3))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "city_code": st.sampled_from(["C1", "C2", None]),
            "given_on": st.sampled_from([date(2024, 2, 29), date(2024, 6, 30), date(2024, 12, 31), date(2025, 3, 31)]),
            "hub_code": st.sampled_from(["X", "Y", None]),
            "sex": st.sampled_from(["female", "male", None]),
            "topic": st.sampled_from([[], ["T1"], ["T1", "T2", "T1"], None]),
            "person_key": st.sampled_from(["a", "b", "c", None]),
            "wave": st.sampled_from(["pre", "post"]),
            "amount": NUMBERS,
            "base": NUMBERS,
            "item": st.none() | st.integers(1, 5),
        }
    ),
    max_size=14,
)
TYPES = {"VARCHAR": pa.string(), "DATE": pa.date32(), "VARCHAR[]": pa.list_(pa.string()), "DOUBLE": pa.float64(),
         "BIGINT": pa.int64()}  # fmt: skip
BRIDGED = [
    {"city_code": "C1", "grant_code": "G", "valid_from": date(2024, 1, 1), "valid_to": date(2024, 7, 1)},
    {"city_code": "C1", "grant_code": "G", "valid_from": date(2024, 6, 1), "valid_to": date(2025, 12, 31)},
    {"city_code": "C2", "grant_code": "H", "valid_from": date(2024, 3, 1), "valid_to": date(2025, 1, 31)},
]
ACTIVE = {"active_from": date(2000, 1, 1), "active_to": None}


def known(programme: Programme, contract: Any) -> Programme:
    years = {"US": 10, "GB": 4}
    told = programme.settings.model_copy(
        update={
            "fiscal_years": years,
            "calendar": programme.settings.calendar.model_copy(update={"last_quarter": "2025Q4"}),
        }
    )
    return replace(programme, settings=told, marts={"fct_given": contract, "bridge_visit_grant": BRIDGE}, indicators={})


def connect(rows: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    schema = pa.schema([(name, TYPES[type_]) for name, type_ in COLUMNS.items()])
    keyed = [row | {"_record_keys": [f"r{place}"]} for place, row in enumerate(rows)]
    tables = {
        "fct_given": pa.Table.from_pylist(keyed, schema),
        "bridge_visit_grant": pa.Table.from_pylist(BRIDGED),
        "dim_hub": pa.Table.from_pylist([{"hub_code": code, **ACTIVE} for code in "XY"]),
        "dim_grant": pa.Table.from_pylist([{"grant_code": code, **ACTIVE} for code in "GH"]),
    }
    for name, table in tables.items():
        connection.register(name, table)
    return connection


def asked_of(measure: dict[str, Any]) -> Indicator:
    seen = {"from": "fct_given", "received": "item is not null"}
    declared = {"from": "fct_given"} | measure
    return indicator("ASK", declared, type="mean", disaggregate_by=["sex", "topic"], cross_by=CROSSED_BY, coverage=seen)


Told = dict[tuple[str, ...], tuple[float | None, ...]]


def rolled_up(
    connection: duckdb.DuckDBPyConnection, programme: Programme, asked: Indicator, periods: list[Period]
) -> Told:
    atoms = atoms_of(periods)
    offer_periods(connection, atoms)
    requests = [each for each in requests_of(programme, asked) if each.name == name_of(asked, MEASURE)]
    (request,) = requests
    ends = {(each.code, each.end) for each in periods}
    return {
        (scope, row.dimension, row.period, row.scope_code, row.category): _figures(row)
        for _, scope, frame in RollUp(connection, programme, atoms, [request]).frames()
        for row in frame.itertuples()
        if (row.period, row.period_end.date()) in ends
    }


def from_rows(
    connection: duckdb.DuckDBPyConnection, programme: Programme, asked: Indicator, periods: list[Period]
) -> Told:
    return {
        (scope, dimension, row.period, row.scope_code, row.category): _figures(row)
        for scope in ("all", "hub", "grant")
        for dimension in ("total", *asked.dimensions)
        for row in connection.execute(values_sql(programme, asked, scope, periods, dimension)).df().itertuples()
    }


def _figures(row: Any) -> tuple[float | None, ...]:
    names = ("value", "numerator", "denominator", "n", "unidentified", "sum_of_squares")
    found = [getattr(row, name) for name in names]
    return tuple(None if each is None or each != each else float(each) for each in found)


def _agree(one: Told, other: Told) -> Iterator[str]:
    yield from (f"{key} is told once" for key in one.keys() ^ other.keys())
    for key in one.keys() & other.keys():
        for a, b in zip(one[key], other[key], strict=True):
            if (a is None) != (b is None) or (a is not None and a != pytest.approx(b, rel=1e-6, abs=1e-3)):
                yield f"{key}: {one[key]} and {other[key]}"


@pytest.mark.parametrize("contract", [GIVEN, STATES], ids=["events", "states"])
@pytest.mark.parametrize("verb", MEASURES)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_sums_and_rows_tell_the_same(
    programme: Programme, contract: Any, verb: str, rows: list[dict[str, Any]]
) -> None:
    if verb == "crossing" and contract is STATES:
        return
    asked, declared = asked_of(MEASURES[verb]), known(programme, contract)
    closed = [each for each in all_periods(declared.settings) if each.end <= date(2025, 6, 30)]
    periods = periods_telling(asked, closed, contract is STATES)
    with connect(rows) as connection:
        found = rolled_up(connection, declared, asked, periods)
        assert list(_agree(found, from_rows(connection, declared, asked, periods))) == []


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=2, max_size=30), st.randoms())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sums_do_not_depend_on_the_order_of_rows(programme: Programme, numbers: list[float], chance: Any) -> None:
    def told(amounts: list[float]) -> Told:
        blank = dict.fromkeys(COLUMNS) | {"city_code": "C1", "given_on": date(2024, 2, 1), "hub_code": "X"}
        with connect([blank | {"amount": amount} for amount in amounts]) as connection:
            return rolled_up(connection, declared, asked, periods)

    asked, declared = asked_of({"mean": "amount"}), known(programme, GIVEN)
    closed = [each for each in all_periods(declared.settings) if each.end <= date(2024, 12, 31)]
    periods = periods_telling(asked, closed, False)
    mixed = list(numbers)
    chance.shuffle(mixed)
    assert told(numbers) == told(mixed)


def test_a_number_without_end_is_refused(programme: Programme) -> None:
    declared = known(programme, GIVEN)
    row = dict.fromkeys(COLUMNS) | {"given_on": date(2024, 2, 1), "amount": float("inf")}
    periods = [each for each in all_periods(declared.settings) if each.code == "2024Q1"]
    with connect([row]) as connection, pytest.raises(ValueError, match="expected numbers that add up"):
        rolled_up(connection, declared, asked_of({"sum": "amount"}), periods)
