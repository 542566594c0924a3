"""Asks Great Expectations, inside DuckDB, which rows of a table break which expectation.

Translating a check into an expectation, reading the verdict, and taking over the condition that Great
Expectations compiles belong here. What happens to the rows belongs to `treatments.py`. Great Expectations is
imported inside functions: it takes seconds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from mel_pipeline.database import quote
from mel_pipeline.declarations.conditions import Comparison, Condition
from mel_pipeline.declarations.expectations import EXPECTATIONS, UNEXPECTED_ROWS, Expectation

ROW = "_row"
"""The column that tells rows of a judged table apart."""

_BASIC = {"result_format": "BASIC"}
_SKIP_ROWS_WITH_EMPTY_CELLS = {"pair": "either_value_is_missing", "columns": "any_value_is_missing"}
# The compiled conditions of these two name no row of their own; a window says the same.
_UNIQUENESS = {
    "expect_column_values_to_be_unique": "column",
    "expect_compound_columns_to_be_unique": "column_list",
}


@dataclass(frozen=True)
class Check:
    """One expectation to be judged: its name, its arguments, which rows it is about.

    Attributes:
        sql: for `unexpected_rows`, a query over `{batch}` that selects `_row` of the faulty rows.
    """

    expect: str
    arguments: dict[str, Any]
    when: Condition | None = None
    sql: str | None = None

    @property
    def expectation(self) -> Expectation:
        """What the table of expectations says about it."""
        return EXPECTATIONS[self.expect]


@dataclass(frozen=True)
class Verdict:
    """What Great Expectations found.

    Attributes:
        success: None when the check did not run; `problem` then says why, without any value of the data.
        n_failed: rows that break the expectation; for an aggregate 1 when it is broken.
        tested: SQL condition of the rows tested; None for an aggregate.
        failed: SQL that selects `_row` of the failing rows; None for an aggregate.
    """

    success: bool | None
    n_failed: int = 0
    problem: str | None = None
    tested: str | None = None
    failed: str | None = None


def validate(connection: duckdb.DuckDBPyConnection, table: str, checks: Sequence[Check]) -> list[Verdict]:
    """Judge a table by all checks in one validation; one verdict per check, in the order of the checks.

    The table has a unique column `_row`. A check that Great Expectations refuses, drops or fails to compute
    gets a verdict that did not run; it never raises and never passes.
    """
    from mel_pipeline.quality import duckdb_adapter

    expectations, verdicts = _expectations(checks)
    with duckdb_adapter.batch_of(connection, table) as (batch, engine):
        results = _results(batch, list(expectations.values()))
        for number in expectations:
            verdicts[number] = _verdict(checks[number], results.get(number), table)
        _add_row_selections(batch, engine, checks, expectations, verdicts)
    return [verdicts[number] for number in range(len(checks))]


def _expectations(checks: Sequence[Check]) -> tuple[dict[int, Any], dict[int, Verdict]]:
    """Expectations by number of their check, and verdicts on the checks that cannot become one."""
    made: dict[int, Any] = {}
    refused: dict[int, Verdict] = {}
    for number, check in enumerate(checks):
        try:
            made[number] = _expectation(check, number)
        except Exception as error:  # pydantic's and Great Expectations' own errors share no base class
            refused[number] = _did_not_run(check, f"its arguments were refused ({type(error).__name__})")
    return made, refused


def _expectation(check: Check, number: int) -> Any:
    from great_expectations.expectations.registry import get_expectation_impl

    meta = {"check": number}
    if check.expect == UNEXPECTED_ROWS:
        query: dict[str, Any] = {"unexpected_rows_query": check.sql}
        return get_expectation_impl("unexpected_rows_expectation")(**query, meta=meta)
    arguments = dict(check.arguments)
    if check.expectation.kind in _SKIP_ROWS_WITH_EMPTY_CELLS:
        arguments["ignore_row_if"] = _SKIP_ROWS_WITH_EMPTY_CELLS[check.expectation.kind]
    if check.when is not None:
        arguments["row_condition"] = row_condition(check.when)
    return get_expectation_impl(check.expect)(**arguments, meta=meta)


def row_condition(condition: Condition) -> Any:
    """A condition in the words of Great Expectations."""
    from great_expectations.expectations.row_conditions import AndCondition, OrCondition

    alternatives = [[_comparison(comparison) for comparison in some] for some in condition.alternatives]
    joined = [parts[0] if len(parts) == 1 else AndCondition(conditions=parts) for parts in alternatives]
    return joined[0] if len(joined) == 1 else OrCondition(conditions=joined)


def _comparison(comparison: Comparison) -> Any:
    from great_expectations.expectations.row_conditions import (
        Column,
        ComparisonCondition,
        NullityCondition,
        Operator,
    )

    column = Column(comparison.column)
    if comparison.operator in ("is null", "is not null"):
        return NullityCondition(column=column, is_null=comparison.operator == "is null")
    if comparison.operator in ("in", "not in"):
        operator = Operator.IN if comparison.operator == "in" else Operator.NOT_IN
        return ComparisonCondition(column=column, operator=operator, parameter=list(comparison.values))
    operator = Operator("==" if comparison.operator == "=" else comparison.operator)
    return ComparisonCondition(column=column, operator=operator, parameter=comparison.values[0])


def _results(batch: Any, expectations: list[Any]) -> dict[int, Any]:
    """Results by number of their check; what Great Expectations dropped is missing."""
    import great_expectations as gx

    if not expectations:
        return {}
    suite = gx.ExpectationSuite(name="rules", expectations=expectations)
    validation = batch.validate(suite, result_format="BASIC")
    return {result.expectation_config.meta["check"]: result for result in validation.results}


def _verdict(check: Check, result: Any, table: str) -> Verdict:
    if result is None:
        return _did_not_run(check, "Great Expectations dropped it")
    error = _error_kind(result.exception_info)
    if error is not None:
        return _did_not_run(check, error)
    if check.expectation.kind == "aggregate":
        if result.result.get("observed_value") is None:
            return _did_not_run(check, "there is no value to judge")
        return Verdict(success=bool(result.success), n_failed=int(not result.success))
    if check.expectation.kind == "rows":
        sql = (check.sql or "").format(batch=quote(table))
        n_failed = int(result.result["observed_value"])
        return Verdict(success=n_failed == 0, n_failed=n_failed, tested="true", failed=sql)
    # A condition that no row meets gives no count at all.
    n_failed = int(result.result.get("unexpected_count") or 0)
    return Verdict(success=n_failed == 0, n_failed=n_failed)


def _did_not_run(check: Check, why: str) -> Verdict:
    columns = ", ".join(_columns(check)) or "the table"
    return Verdict(None, problem=f"{check.expect} on {columns}: {why}.")


def _columns(check: Check) -> list[str]:
    given = check.arguments
    single = [str(given[name]) for name in ("column", "column_A", "column_B") if name in given]
    return [*single, *map(str, given.get("column_list", []))]


def _error_kind(exception_info: dict[str, Any]) -> str | None:
    """The kind of error, never its message: DuckDB quotes cells in conversion errors."""
    entries = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    raised = [entry for entry in entries if entry.get("raised_exception")]
    if not raised:
        return None
    kinds = {kind for entry in raised for kind in re.findall(r"\b[A-Z]\w+ Error(?=:)", entry["exception_message"])}
    return f"it cannot be computed ({', '.join(sorted(kinds)) or 'error in Great Expectations'})"


def _add_row_selections(
    batch: Any, engine: Any, checks: Sequence[Check], expectations: dict[int, Any], verdicts: dict[int, Verdict]
) -> None:
    """Give each verdict on rows the SQL of its tested and its failing rows, compiled by Great Expectations."""
    wanted = {
        number: _condition_metric(expectation, engine)
        for number, expectation in expectations.items()
        if verdicts[number].success is not None and checks[number].expectation.kind not in ("rows", "aggregate")
    }
    if not wanted:
        return
    conditions = _compute(batch, engine, list(wanted.values()))
    for number, metric in wanted.items():
        tested, failed = _selections(checks[number], engine, conditions[metric.id])
        verdict = verdicts[number]
        verdicts[number] = Verdict(verdict.success, verdict.n_failed, tested=tested, failed=failed)


def _condition_metric(expectation: Any, engine: Any) -> Any:
    """The metric that holds the condition of failing rows, over the same rows as the count of them."""
    from great_expectations.validator.metric_configuration import MetricConfiguration

    dependencies = expectation.get_validation_dependencies(
        execution_engine=engine, runtime_configuration={"result_format": _BASIC}
    )
    counted = dependencies.get_metric_configuration(f"{expectation.map_metric}.unexpected_count")
    return MetricConfiguration(
        f"{expectation.map_metric}.condition", counted.metric_domain_kwargs, counted.metric_value_kwargs
    )


def _compute(batch: Any, engine: Any, metrics: list[Any]) -> dict[Any, Any]:
    from great_expectations.validator.validator import Validator

    from mel_pipeline.quality.duckdb_adapter import context

    validator = Validator(execution_engine=engine, batches=[batch], data_context=context())
    computed, _ = validator.compute_metrics(metrics)
    return dict(computed)


def _selections(check: Check, engine: Any, condition: tuple[Any, dict[str, Any], dict[str, Any]]) -> tuple[str, str]:
    import sqlalchemy as sa

    failing, domain, accessor = condition
    records = engine.get_domain_records({**domain, **accessor})
    rows = sa.select(sa.text("*")).select_from(records.subquery() if isinstance(records, sa.Select) else records)
    conditions = [f"({_sql(condition, engine)})" for condition in _conditions(records)]
    tested = " and ".join([*conditions, *_filled(check)]) or "true"
    if check.expect in _UNIQUENESS:
        return tested, _repeated(check, _sql(rows, engine))
    return tested, _sql(sa.select(sa.column(ROW)).select_from(rows.subquery()).where(failing), engine)


def _conditions(records: Any) -> list[Any]:
    """What Great Expectations asks of rows before it judges them; it selects from selections."""
    import sqlalchemy as sa

    if isinstance(records, sa.Subquery):
        return _conditions(records.element)
    if not isinstance(records, sa.Select):
        return []
    inner = [condition for source in records.get_final_froms() for condition in _conditions(source)]
    return inner if records.whereclause is None else [*inner, records.whereclause]


def _filled(check: Check) -> list[str]:
    """Pairs and several columns leave rows with empty cells out themselves."""
    if check.expectation.kind != "column" or check.expectation.empty_cells == "tested":
        return []
    return [f"{quote(check.arguments['column'])} is not null"]


def _repeated(check: Check, rows: str) -> str:
    """Every row whose value, or combination of values, occurs more than once."""
    named = check.arguments[_UNIQUENESS[check.expect]]
    columns = ", ".join(quote(name) for name in ([named] if isinstance(named, str) else named))
    filled = " and ".join(_filled(check)) or "true"
    return f"select {ROW} from ({rows}) as tested where {filled} qualify count(*) over (partition by {columns}) > 1"


def _sql(query: Any, engine: Any) -> str:
    return str(query.compile(engine.engine, compile_kwargs={"literal_binds": True}))
