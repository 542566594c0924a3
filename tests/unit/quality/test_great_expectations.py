"""Great Expectations inside DuckDB, against counts made by hand with plain Python, for every expectation allowed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from mel_pipeline import database
from mel_pipeline.declarations.conditions import parse_condition
from mel_pipeline.declarations.expectations import EXPECTATIONS, UNEXPECTED_ROWS
from mel_pipeline.quality.great_expectations import Check, validate

Row = dict[str, Any]
LANGUAGES = ("en", "fr", None)
CODES = ("EV-1", "EV-22", "ev-3", "x%y", None, "it's")


def _row(number: int) -> Row:
    return {
        "_row": number,
        "a": None if number % 7 == 0 else number % 11,
        "b": None if number % 5 == 0 else number % 13,
        "code": CODES[number % len(CODES)],
        "language": LANGUAGES[number % 3],
        "flag": number % 2 == 0,
    }


ROWS = [_row(number) for number in range(120)]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with database.connect() as opened:
        opened.execute("create table judged (_row int, a int, b int, code varchar, language varchar, flag boolean)")
        opened.executemany("insert into judged values (?, ?, ?, ?, ?, ?)", [list(row.values()) for row in ROWS])
        yield opened


def both(row: Row) -> bool:
    return row["a"] is not None and row["b"] is not None


def filled(column: str) -> Callable[[Row], bool]:
    return lambda row: row[column] is not None


def anything(row: Row) -> bool:
    return True


PAIR = {"column_A": "a", "column_B": "b"}
LIST = {"column_list": ["a", "b"]}
ON_ROWS: list[tuple[str, dict[str, Any], Callable[[Row], bool], Callable[[Row], bool]]] = [
    # expectation, arguments, is the row tested, does a tested row pass
    ("expect_column_values_to_not_be_null", {"column": "a"}, anything, filled("a")),
    ("expect_column_values_to_be_null", {"column": "a"}, anything, lambda r: r["a"] is None),
    (
        "expect_column_values_to_be_in_set",
        {"column": "a", "value_set": [1, 2]},
        filled("a"),
        lambda r: r["a"] in (1, 2),
    ),
    (
        "expect_column_values_to_not_be_in_set",
        {"column": "code", "value_set": ["EV-1", "it's"]},
        filled("code"),
        lambda r: r["code"] not in ("EV-1", "it's"),
    ),
    (
        "expect_column_values_to_be_between",
        {"column": "a", "min_value": 2, "max_value": 8, "strict_max": True},
        filled("a"),
        lambda r: 2 <= r["a"] < 8,
    ),
    (
        "expect_column_values_to_match_regex",
        {"column": "code", "regex": r"^EV-\d{1,2}$"},
        filled("code"),
        lambda r: re.search(r"^EV-\d{1,2}$", r["code"]) is not None,
    ),
    (
        "expect_column_values_to_not_match_regex",
        {"column": "code", "regex": "%y|'"},
        filled("code"),
        lambda r: re.search("%y|'", r["code"]) is None,
    ),
    (
        "expect_column_values_to_match_like_pattern",
        {"column": "code", "like_pattern": "EV%"},
        filled("code"),
        lambda r: r["code"].startswith("EV"),
    ),
    (
        "expect_column_values_to_not_match_like_pattern",
        {"column": "code", "like_pattern": "EV%"},
        filled("code"),
        lambda r: not r["code"].startswith("EV"),
    ),
    (
        "expect_column_value_lengths_to_be_between",
        {"column": "code", "min_value": 4, "max_value": 4},
        filled("code"),
        lambda r: len(r["code"]) == 4,
    ),
    (
        "expect_column_value_lengths_to_equal",
        {"column": "code", "value": 5},
        filled("code"),
        lambda r: len(r["code"]) == 5,
    ),
    ("expect_column_pair_values_a_to_be_greater_than_b", PAIR, both, lambda r: r["a"] > r["b"]),
    (
        "expect_column_pair_values_a_to_be_greater_than_b",
        {**PAIR, "or_equal": True},
        both,
        lambda r: r["a"] >= r["b"],
    ),
    ("expect_column_pair_values_to_be_equal", PAIR, both, lambda r: r["a"] == r["b"]),
    ("expect_multicolumn_sum_to_equal", {**LIST, "sum_total": 12}, both, lambda r: r["a"] + r["b"] == 12),
    ("expect_multicolumn_values_to_be_equal", LIST, both, lambda r: r["a"] == r["b"]),
    ("expect_select_column_values_to_be_unique_within_record", LIST, both, lambda r: r["a"] != r["b"]),
]
CONDITIONS: list[tuple[str | None, Callable[[Row], bool]]] = [
    (None, anything),
    ("language = 'fr'", lambda r: r["language"] == "fr"),
    (
        "language is null or flag = true and a >= 4",
        lambda r: r["language"] is None or (r["flag"] and (r["a"] or 0) >= 4),
    ),
    ("language in ('en', 'fr') and b is not null", lambda r: r["language"] is not None and r["b"] is not None),
    ("language = 'zz'", lambda r: False),
]


def judged(connection: duckdb.DuckDBPyConnection, checks: list[Check]) -> list[Any]:
    return validate(connection, "judged", checks)


def rows_where(connection: duckdb.DuckDBPyConnection, condition: str | None) -> list[int]:
    return numbers(connection, f"select _row from judged where {condition}")


def numbers(connection: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    return sorted(row[0] for row in connection.execute(query).fetchall())


@pytest.mark.parametrize(("when", "meets"), CONDITIONS, ids=lambda value: value if isinstance(value, str) else None)
def test_failing_and_tested_rows_are_those_counted_by_hand(
    connection: duckdb.DuckDBPyConnection, when: str | None, meets: Callable[[Row], bool]
) -> None:
    condition = parse_condition(when) if when else None
    checks = [Check(expect, arguments, condition) for expect, arguments, _, _ in ON_ROWS]
    verdicts = judged(connection, checks)
    for verdict, (expect, _, is_tested, passes) in zip(verdicts, ON_ROWS, strict=True):
        tested = [row for row in ROWS if meets(row) and is_tested(row)]
        failing = [row["_row"] for row in tested if not passes(row)]
        assert rows_where(connection, verdict.tested) == [row["_row"] for row in tested], expect
        assert numbers(connection, verdict.failed) == failing, expect
        assert verdict.n_failed == len(failing), expect
        assert verdict.success == (not failing), expect


@pytest.mark.parametrize(("when", "meets"), CONDITIONS, ids=lambda value: value if isinstance(value, str) else None)
def test_repeated_values_are_found_among_the_rows_that_meet_the_condition(
    connection: duckdb.DuckDBPyConnection, when: str | None, meets: Callable[[Row], bool]
) -> None:
    condition = parse_condition(when) if when else None
    single = Check("expect_column_values_to_be_unique", {"column": "b"}, condition)
    together = Check("expect_compound_columns_to_be_unique", LIST, condition)
    verdicts = judged(connection, [single, together])
    keys: list[Callable[[Row], Any]] = [lambda r: r["b"], lambda r: (r["a"], r["b"])]
    for verdict, key, is_tested in zip(verdicts, keys, [filled("b"), both], strict=True):
        tested = [row for row in ROWS if meets(row) and is_tested(row)]
        often = Counter(map(key, tested))
        failing = [row["_row"] for row in tested if often[key(row)] > 1]
        assert numbers(connection, verdict.failed) == failing
        assert verdict.n_failed == len(failing)
        assert rows_where(connection, verdict.tested) == [row["_row"] for row in tested]


A = [row["a"] for row in ROWS if row["a"] is not None]
AGGREGATES: list[tuple[str, dict[str, Any], float]] = [
    ("expect_table_row_count_to_be_between", {}, len(ROWS)),
    ("expect_column_mean_to_be_between", {"column": "a"}, sum(A) / len(A)),
    ("expect_column_median_to_be_between", {"column": "a"}, 5),
    ("expect_column_stdev_to_be_between", {"column": "a"}, 3.17),
    ("expect_column_sum_to_be_between", {"column": "a"}, sum(A)),
    ("expect_column_min_to_be_between", {"column": "a"}, min(A)),
    ("expect_column_max_to_be_between", {"column": "a"}, max(A)),
    ("expect_column_unique_value_count_to_be_between", {"column": "a"}, 11),
    ("expect_column_proportion_of_non_null_values_to_be_between", {"column": "a"}, len(A) / len(ROWS)),
]


def limits(value: float, away: float = 0) -> dict[str, float]:
    """Limits around a value, or as far above it as said; counts have to be met exactly."""
    spread = 0 if isinstance(value, int) else 0.1
    return {"min_value": value - spread + away, "max_value": value + spread + away}


def test_aggregates_pass_around_the_true_value_and_fail_beside_it(connection: duckdb.DuckDBPyConnection) -> None:
    around = [Check(name, {**more, **limits(value)}) for name, more, value in AGGREGATES]
    beside = [Check(name, {**more, **limits(value, away=1)}) for name, more, value in AGGREGATES]
    verdicts = judged(connection, [*around, *beside])
    assert [verdict.success for verdict in verdicts[: len(around)]] == [True] * len(around)
    assert [verdict.success for verdict in verdicts[len(around) :]] == [False] * len(beside)
    assert {verdict.n_failed for verdict in verdicts[len(around) :]} == {1}
    assert all(verdict.failed is None for verdict in verdicts)


def test_rows_selected_by_sql_fail(connection: duckdb.DuckDBPyConnection) -> None:
    verdict = judged(connection, [Check(UNEXPECTED_ROWS, {}, sql="select _row from {batch} where a > 8")])[0]
    expected = [row["_row"] for row in ROWS if row["a"] is not None and row["a"] > 8]
    assert verdict.n_failed == len(expected)
    assert numbers(connection, verdict.failed) == expected


def test_every_expectation_of_the_table_is_known_to_great_expectations_and_was_tried_here() -> None:
    from mel_pipeline.quality import duckdb_adapter  # noqa: F401, I001 -- first: silences what its imports warn of
    from great_expectations.expectations.registry import get_expectation_impl

    for name, expectation in EXPECTATIONS.items():
        known = "unexpected_rows_expectation" if name == UNEXPECTED_ROWS else name
        fields = get_expectation_impl(known).__fields__
        assert set(expectation.arguments) <= set(fields), name
    tried = {case[0] for case in ON_ROWS} | {case[0] for case in AGGREGATES}
    tried |= {"expect_column_values_to_be_unique", "expect_compound_columns_to_be_unique", UNEXPECTED_ROWS}
    assert tried == set(EXPECTATIONS)


NOT_RUN = [
    ("expect_column_values_to_not_be_null", {"column": "nobody"}),
    ("expect_column_values_to_match_regex", {"column": "a", "regex": "^x$"}),
    ("expect_column_values_to_be_in_set", {"column": "a", "valueset": [1]}),
    ("expect_column_values_to_be_between", {"column": "code", "min_value": 3}),
]


def test_a_check_that_cannot_run_is_no_pass_and_stops_no_other(connection: duckdb.DuckDBPyConnection) -> None:
    checks = [Check(name, arguments) for name, arguments in NOT_RUN]
    checks.append(Check("expect_column_values_to_not_be_null", {"column": "_row"}))
    checks.append(Check("expect_column_mean_to_be_between", {"column": "a"}, parse_condition("language = 'zz'")))
    verdicts = judged(connection, checks)
    assert [verdict.success for verdict in verdicts] == [None, None, None, None, True, None]
    assert all(verdict.problem for verdict in verdicts if verdict.success is None)


def test_a_reason_for_not_running_quotes_no_cell(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "select _row from {batch} where cast(code as int) > 3"
    verdict = judged(connection, [Check(UNEXPECTED_ROWS, {}, sql=sql)])[0]
    assert verdict.success is None
    assert "Conversion Error" in (verdict.problem or "")
    assert "EV-1" not in (verdict.problem or "")


def test_what_great_expectations_drops_without_a_word_is_told(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    import mel_pipeline.quality.great_expectations as adapter

    original = adapter._results
    monkeypatch.setattr(adapter, "_results", lambda batch, expectations: original(batch, expectations[1:]))
    checks = [Check("expect_column_values_to_not_be_null", {"column": column}) for column in ("a", "_row")]
    verdicts = judged(connection, checks)
    assert [verdict.success for verdict in verdicts] == [None, True]
    assert "dropped" in (verdicts[0].problem or "")
