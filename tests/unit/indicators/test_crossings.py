"""First crossings of a stage, counted on fingers and against a count in plain Python."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mel_pipeline.declarations.periods import parse_period
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.row_by_row import Cell, record_keys, values_sql
from mel_pipeline.indicators.values import build_indicator_values
from tests.unit.indicators.conftest import indicator, mart

COLUMNS = {
    "change_no": "VARCHAR", "stage": "INTEGER", "told_on": "DATE", "hub_code": "VARCHAR", "evidence": "INTEGER",
    "topic": "VARCHAR[]", "_record_keys": "VARCHAR[]",
}  # fmt: skip
CONTRACT = mart("fct_change", COLUMNS, ["change_no", "told_on"], period_on="told_on", scopes={"hub": "hub_code"})
QUARTERS = (parse_period("2024Q1"), parse_period("2024Q2"))
DAYS = (date(2024, 2, 1), date(2024, 3, 1), date(2024, 5, 1), date(2024, 6, 1))
ADOPTED = indicator(
    "ADO",
    {
        "from": "fct_change",
        "where": "evidence >= 2",
        "first_crossing": {"stage": "stage", "at_least": 3, "entity": "change_no"},
    },
    type="milestone",
    disaggregate_by=["topic"],
    coverage={"from": "fct_change", "received": "stage is not null"},
)


def row(change: str | None, stage: int | None, day: int, hub: str = "X", **more: Any) -> dict[str, Any]:
    told = {"change_no": change, "stage": stage, "told_on": DAYS[day], "hub_code": hub, "evidence": 2, "topic": ["T1"]}
    return told | more


def known(programme: Programme) -> Programme:
    marts = {**programme.marts, "fct_change": CONTRACT}
    return replace(programme, marts=marts, indicators={"ADO": ADOPTED})


def keyed(rows: Iterable[dict[str, Any]]) -> pa.Table:
    schema = pa.schema(
        [
            ("change_no", pa.string()), ("stage", pa.int32()), ("told_on", pa.date32()), ("hub_code", pa.string()),
            ("evidence", pa.int32()), ("topic", pa.list_(pa.string())), ("_record_keys", pa.list_(pa.string())),
        ]
    )  # fmt: skip
    numbered = [{"_record_keys": [f"k{place}"]} | each for place, each in enumerate(rows)]
    return pa.Table.from_pylist(numbered, schema)


def told(programme: Programme, folders: DataFolder, rows: list[dict[str, Any]], scope: str = "all") -> pd.DataFrame:
    """Values in one scope, by period, dimension and category."""
    pq.write_table(keyed(rows), folders.table("fct_change"))
    build_indicator_values(known(programme), folders)
    values = pd.read_parquet(folders.table("indicator_values"))
    chosen = values[(values["scope_code"] == scope) & (values["period_type"] == "quarter")]
    return chosen.set_index(["period", "dimension", "category"])


def totals(values: pd.DataFrame) -> list[int]:
    return [int(values.loc[(period, "total", "total"), "value"]) for period in ("2024Q1", "2024Q2")]


def test_a_change_counts_once_when_it_first_reaches_the_stage(programme: Programme, folders: DataFolder) -> None:
    rows = [row("a", 1, 0), row("a", 3, 1), row("a", 2, 2), row("a", 4, 3), row("b", 2, 0), row("b", 5, 2)]
    values = told(programme, folders, rows)
    assert totals(values) == [1, 1]
    first = values.loc[("2024Q1", "total", "total")]
    assert (first["numerator"], first["n"], first["interval_method"]) == (1, 1, "complete_count")
    assert pd.isna(first["denominator"])


def test_a_late_row_of_an_earlier_day_moves_the_crossing(programme: Programme, folders: DataFolder) -> None:
    rows = [row("a", 4, 2)]
    assert totals(told(programme, folders, rows)) == [0, 1]
    assert totals(told(programme, folders, [*rows, row("a", 3, 0)])) == [1, 0]


def test_only_rows_that_meet_the_condition_can_cross(programme: Programme, folders: DataFolder) -> None:
    rows = [row("a", 3, 0, evidence=1), row("a", 3, 2, evidence=2), row("b", None, 0), row("c", 3, 0, evidence=None)]
    assert totals(told(programme, folders, rows)) == [0, 1]


def test_scope_and_category_are_those_of_the_row_that_crossed(programme: Programme, folders: DataFolder) -> None:
    rows = [
        row("a", 3, 0, hub="Y", topic=["T1", "T2"]),
        row("a", 4, 2, hub="X", topic=["T3"]),
        row("b", 4, 2, hub="X", topic=["T1"]),
    ]
    everywhere = told(programme, folders, rows)
    assert everywhere["value"].to_dict() == {
        ("2024Q1", "total", "total"): 1, ("2024Q1", "topic", "T1"): 1, ("2024Q1", "topic", "T2"): 1,
        ("2024Q2", "total", "total"): 1, ("2024Q2", "topic", "T1"): 1,
    }  # fmt: skip
    # What crossed elsewhere before does not cross again here.
    assert totals(told(programme, folders, rows, scope="X")) == [0, 1]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_rows_of_one_day_the_record_key_decides(programme: Programme, folders: DataFolder, turned: bool) -> None:
    rows = [row("a", 3, 0, topic=["T1"], _record_keys=["m"]), row("a", 3, 0, topic=["T2"], _record_keys=["n"])]
    values = told(programme, folders, rows[::-1] if turned else rows)
    assert ("2024Q1", "topic", "T1") in values.index
    assert ("2024Q1", "topic", "T2") not in values.index


def test_rows_that_name_no_change_widen_the_bounds(programme: Programme, folders: DataFolder) -> None:
    values = told(programme, folders, [row("a", 3, 0), row(None, 3, 0), row(None, 4, 0), row(None, 1, 0)])
    first = values.loc[("2024Q1", "total", "total")]
    assert first[["value", "ci_low", "ci_high", "interval_method"]].tolist() == [1, 1, 3, "unidentified_rows"]


def test_an_explanation_names_the_one_row_that_crossed(programme: Programme, folders: DataFolder) -> None:
    table = keyed([row("a", 3, 1), row("a", 4, 2), row("b", 1, 1)])
    with duckdb.connect() as connection:
        connection.register("fct_change", table)
        connection.execute(f"create table dim_period as from '{folders.table('dim_period')}'")
        used = {
            period: record_keys(connection, known(programme), ADOPTED, Cell(period)) for period in ("2024Q1", "2024Q2")
        }
    assert used == {"2024Q1": ["k0"], "2024Q2": []}


MANY = st.lists(
    st.builds(row, st.sampled_from("abc"), st.integers(0, 5), st.integers(0, 3), evidence=st.integers(1, 3)),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=MANY)
def test_periods_add_up_to_the_changes_that_ever_cross(programme: Programme, rows: list[dict[str, Any]]) -> None:
    crossed = [each for each in rows if each["evidence"] >= 2 and each["stage"] >= 3]
    firsts = {change: min(each["told_on"] for each in crossed if each["change_no"] == change)
              for change in {each["change_no"] for each in crossed}}  # fmt: skip
    expected = {
        period: sum(begin <= day <= end for day in firsts.values())
        for period, begin, end in (("2024Q1", DAYS[0], DAYS[1]), ("2024Q2", DAYS[2], DAYS[3]))
    }
    with duckdb.connect() as connection:
        connection.register("fct_change", keyed(rows))
        found = connection.execute(values_sql(known(programme), ADOPTED, "all", QUARTERS)).fetchall()
    counted = {period: value for period, _, _, value, *_ in found}
    assert counted == {period: number for period, number in expected.items() if number}
    assert sum(counted.values()) == len(firsts)
