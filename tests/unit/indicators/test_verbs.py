"""Sums, ratios, medians, composites, figures per entity and queries, counted on fingers; gaps and zeros among them."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from scipy import stats

from mel_pipeline import database
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.indicators.row_by_row import Cell, periods_of_indicator, record_keys, values_sql
from mel_pipeline.indicators.values import build_indicator_values, tables_read
from mel_pipeline.marts.build import offer
from tests.unit.indicators.conftest import Q1, Q2, indicator, mart

COLUMNS = {
    "city_code": "VARCHAR", "told_on": "DATE", "hub_code": "VARCHAR", "theme": "VARCHAR", "done": "BIGINT",
    "asked": "BIGINT", "_record_keys": "VARCHAR[]",
}  # fmt: skip
REQUESTS = mart("fct_request", COLUMNS, ["city_code"], period_on="told_on", scopes={"hub": "hub_code"})
ROWS = [
    ("C1", Q1, "X", "A", 3, 10), ("C1", Q1, "X", "A", 1, 2), ("C2", Q1, "X", "B", 0, 4), ("C3", Q1, "X", None, None, 9),
    ("C4", Q1, "X", "B", 5, None), (None, Q1, "X", "B", 2, 4),
    ("C1", Q2, "X", "A", None, 3), ("C2", Q2, "Y", "B", 7, 0), ("C2", Q2, "Y", "B", 1, 0),
]  # fmt: skip
SEEN = {"from": "fct_request", "received": "done is not null"}


@pytest.fixture
def programme(programme: Programme) -> Programme:
    return replace(programme, marts={**programme.marts, "fct_request": REQUESTS}, indicators={})


@pytest.fixture
def compute(programme: Programme, folders: DataFolder):
    keyed = [dict(zip(COLUMNS, (*row, [f"r{i}"]), strict=True)) for i, row in enumerate(ROWS)]
    pq.write_table(pa.Table.from_pylist(keyed), folders.table("fct_request"))

    def values_of(measure: dict[str, Any], *others: Any, **more: Any) -> pd.DataFrame:
        asked = indicator("ASK", {"from": "fct_request"} | measure, coverage=SEEN, **more)
        programme.indicators.clear()
        programme.indicators.update({each.code: each for each in (asked, *others)})
        build_indicator_values(programme, folders)
        values = pd.read_parquet(folders.table("indicator_values"))
        values = values[(values["indicator_code"] == "ASK") & (values["period_type"] == "quarter")]
        return values.set_index(["period", "scope_code", "category"]).sort_index()

    return values_of


def figures(values: pd.DataFrame, *cell: str) -> list[float | None]:
    row = values.loc[cell, ["value", "numerator", "denominator", "n"]]
    return [None if pd.isna(each) else float(each) for each in row]


def test_a_sum_leaves_out_rows_without_a_number(compute) -> None:
    values = compute({"sum": "done"}, disaggregate_by=["theme"])
    assert figures(values, "2024Q1", "all", "total") == [11, 11, None, 5]
    assert figures(values, "2024Q1", "all", "A") == [4, 4, None, 2]
    assert ("2024Q1", "all", "unknown") not in values.index, "its only row has no number"
    assert values.loc[("2024Q1", "all", "total"), "interval_method"] == "complete_count"


def test_a_sum_of_no_rows_is_zero_and_of_rows_without_numbers_is_unknown(compute) -> None:
    values = compute({"sum": "done", "where": "theme = 'A'"})
    assert figures(values, "2024Q2", "Y", "total") == [0, 0, None, 0]
    assert figures(values, "2024Q2", "X", "total") == [None, 0, None, 0]


def test_a_ratio_pools_sums_of_the_rows_that_have_both(compute) -> None:
    values = compute({"ratio": {"numerator": "done", "denominator": "asked"}}, type="percentage")
    assert figures(values, "2024Q1", "all", "total") == [100 * 6 / 20, 6, 20, 4]
    ratio, pairs = 6 / 20, [(3, 10), (1, 2), (0, 4), (2, 4)]
    error = (4 / 3 * sum((y - ratio * x) ** 2 for y, x in pairs)) ** 0.5 / 20
    told = values.loc[("2024Q1", "all", "total")]
    assert told["ci_high"] - told["value"] == pytest.approx(100 * stats.t.ppf(0.975, 3) * error)
    assert told["interval_method"] == "linearised_t"


def test_a_ratio_over_zero_or_over_nothing_has_no_value(compute) -> None:
    values = compute({"ratio": {"numerator": "done", "denominator": "asked"}}, type="ratio")
    assert figures(values, "2024Q2", "Y", "total") == [None, 8, 0, 2]
    assert figures(values, "2024Q2", "X", "total") == [None, 0, 0, 0]
    assert values.loc[("2024Q2", "Y", "total"), ["ci_low", "ci_high"]].isna().all()


def test_a_quotient_within_a_row_that_divides_by_zero_is_no_number(compute) -> None:
    values = compute({"mean": "done / asked"}, type="mean")
    assert figures(values, "2024Q2", "all", "total") == [None, 0, 0, 0]
    assert figures(values, "2024Q1", "all", "total")[0] == pytest.approx((0.3 + 0.5 + 0 + 0.5) / 4)


def test_a_median_lies_in_the_middle_and_has_no_numerator(compute) -> None:
    values = compute({"median": "done"}, type="mean")
    assert figures(values, "2024Q1", "all", "total") == [2, None, 5, 5]
    assert figures(values, "2024Q2", "all", "total") == [4, None, 2, 2]
    assert figures(values, "2024Q2", "X", "total") == [None, None, 0, 0]
    assert values.loc[("2024Q1", "all", "total"), "interval_method"] == "order_statistics"
    quarters = values[values["period_type"] == "quarter"]
    assert quarters["ci_low"].isna().all(), "five figures are too few"


@pytest.mark.parametrize(
    ("measure", "type_", "told"),
    [
        ({"count": True}, "mean", [5 / 4, 5, 4, 4]),
        ({"count_distinct": "theme"}, "mean", [3 / 4, 3, 4, 4]),
        ({"sum": "done"}, "mean", [(4 + 0 + 5) / 3, 9, 3, 3]),
        ({"mean": "done"}, "mean", [(2 + 0 + 5) / 3, 7, 3, 3]),
        ({"median": "done"}, "mean", [2, None, 3, 3]),
        ({"share": "done > 1"}, "percentage", [100 * 1.5 / 4, 1.5, 4, 4]),
        ({"ratio": {"numerator": "done", "denominator": "asked"}}, "percentage", [100 * (4 / 12) / 2, 4 / 12, 2, 2]),
    ],
)
def test_per_entity_gives_each_city_one_figure(compute, measure, type_, told) -> None:
    values = compute(measure | {"per_entity": "city_code"}, type=type_)
    assert figures(values, "2024Q1", "all", "total") == pytest.approx(told)


def test_all_of_asks_each_row_for_every_condition(compute, programme: Programme, folders: DataFolder) -> None:
    many = indicator("MANY", {"from": "fct_request", "where": "asked > 2", "share": "done >= 2"}, coverage=SEEN)
    themed = indicator("THEME", {"from": "fct_request", "share": "theme is not null"}, coverage=SEEN)
    both = indicator("BOTH", {"from": "fct_request", "all_of": ["MANY", "THEME"]}, coverage=SEEN)
    values = compute({"all_of": ["BOTH", "THEME"], "where": "asked is not null"}, many, themed, both, type="percentage")
    assert figures(values, "2024Q1", "all", "total") == [40, 2, 5, 5]
    assert values.loc[("2024Q1", "all", "total"), "interval_method"] == "wilson"
    part = compute({"all_of": ["MANY"]}, many, type="percentage", disaggregate_numerator_by=["theme"])
    assert figures(part, "2024Q1", "all", "A") == pytest.approx([100 / 6, 1, 6, 6])


def test_a_query_stands_in_for_the_rows_of_its_mart(compute) -> None:
    query = """
        select told_on, hub_code, theme, sum(done) as numerator, sum(asked) as denominator, count(*) as n,
            list_sort(flatten(list(_record_keys))) as _record_keys
        from fct_request where asked > 0 group by all;
    """
    values = compute({"sql": query}, type="percentage", disaggregate_by=["theme"])
    assert figures(values, "2024Q1", "all", "total") == [100 * 6 / 20, 6, 20, 4]
    assert figures(values, "2024Q1", "X", "A") == [100 * 4 / 12, 4, 12, 2]
    assert figures(values, "2024Q2", "Y", "total") == [None, 0, 0, 0]
    assert values.loc[("2024Q1", "all", "total"), "interval_method"] == "not_estimated"


@pytest.mark.parametrize(
    ("measure", "type_"),
    [
        ({"sum": "done"}, "count"),
        ({"median": "done"}, "mean"),
        ({"median": "done", "per_entity": "city_code"}, "mean"),
        ({"median": "done", "weight": "asked"}, "mean"),
        ({"ratio": {"numerator": "done", "denominator": "asked"}, "per_entity": "city_code"}, "percentage"),
        ({"ratio": {"numerator": "done", "denominator": "asked"}, "weight": "asked"}, "ratio"),
        ({"all_of": ["PART"], "where": "asked > 2"}, "percentage"),
    ],
)
def test_the_sql_and_the_rows_that_explain_a_value_give_it(compute, programme, folders, measure, type_) -> None:
    part = indicator("PART", {"from": "fct_request", "share": "done / asked > 0.2"}, coverage=SEEN)
    told = compute(measure, part, type=type_)
    asked = programme.indicators["ASK"]
    with database.connect() as connection:
        for table in tables_read(programme):
            offer(connection, table, folders, table=table)
        told_in = periods_of_indicator(connection, programme, asked)
        periods = [period for period in told_in if period.period_type == "quarter"]
        sql = sqlglot.transpile(values_sql(programme, asked, "all", periods), read="duckdb", pretty=True)[0]
        for row in connection.execute(sql).df().itertuples():
            value = told.loc[(row.period, row.scope_code, row.category), "value"]
            assert row.value == pytest.approx(value, nan_ok=True)
        keys = record_keys(connection, programme, asked, Cell("2024Q1"))
    expected = range(6) if "where" not in measure else (0, 2, 3, 5)
    assert keys == [f"r{place}" for place in expected]
