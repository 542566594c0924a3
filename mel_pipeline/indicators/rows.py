"""Compile which rows of a mart belong to a period, a scope and a category.

What is then counted or added up among these rows is in `measures.py`. A scope is a column of the mart, or a
bridge that is joined by `exists`, so that no row counts twice.
"""

from collections.abc import Sequence

from mel_pipeline.database import literal
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import CROSSED, MartContract
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators.measures import FACT, expression

TOTAL = "total"
ALL = "all"
UNKNOWN = "unknown"


LAUNCHED_ON = "launched_on"
"""Column of a scope's dimension that tells since when a part has really worked; empty for never.

What is due from it is still told by `active_from`, so that a part which never began is not reported.
"""


def cells_sql(programme: Programme, scope_type: str, periods: Sequence[Period]) -> str:
    """SQL of every one of the periods and every code of a scope that was active, and launched, in it.

    Columns: period_type, period, period_start, period_end, scope_type, scope_code.
    """
    if scope_type == ALL:
        codes = f"select '{ALL}' as scope_code, null::date as active_from, null::date as active_to"
    else:
        mart = programme.marts.get(f"dim_{scope_type}")
        began = f"greatest(active_from, {LAUNCHED_ON})" if mart and LAUNCHED_ON in mart.column_types else "active_from"
        never = f" where {LAUNCHED_ON} is not null" if began != "active_from" else ""
        codes = (
            f"select {scope_type}_code as scope_code, {began} as active_from, active_to from dim_{scope_type}{never}"
        )
    return f"""
        select
            periods.period_type,
            periods.period,
            periods.period_start,
            periods.period_end,
            '{scope_type}' as scope_type,
            codes.scope_code
        from ({_periods_sql(periods)}) as periods
        inner join ({codes}) as codes
            on coalesce(codes.active_from, periods.period_end) <= periods.period_end
            and coalesce(codes.active_to, periods.period_start) >= periods.period_start
    """


def _periods_sql(periods: Sequence[Period]) -> str:
    """SQL of periods as rows, also of none."""
    columns = ("period_type", "period", "period_start", "period_end")
    told = [
        f"({literal(each.period_type)}, {literal(each.code)}, date {literal(each.start)}, date {literal(each.end)})"
        for each in periods
    ]
    if not told:
        return (
            "select null::varchar as period_type, null::varchar as period, null::date as period_start,"
            " null::date as period_end where false"
        )
    return f"select * from (values {', '.join(told)}) as told({', '.join(columns)})"


def membership_sql(programme: Programme, mart: MartContract, scope_type: str) -> str:
    """SQL condition that a row of the mart belongs to the cell's period and scope."""
    if mart.snapshot_on:
        when = f"{FACT}.{mart.snapshot_on} = cells.period_end"
    else:
        when = f"{FACT}.{mart.period_on} between cells.period_start and cells.period_end"
    return f"{when} and {_scope_sql(programme, mart, scope_type)}"


def _scope_sql(programme: Programme, mart: MartContract, scope_type: str) -> str:
    if scope_type == ALL:
        return "true"
    declared = programme.settings.scopes[scope_type]
    if isinstance(declared, str):
        return f"{FACT}.{mart.scopes[scope_type]} = cells.scope_code"
    return _bridge_sql(programme, mart, scope_type)


def _bridge_of(programme: Programme, mart: MartContract, scope_type: str) -> tuple[str, MartContract]:
    """The family by which a mart is joined to a scope, and the bridge that joins it."""
    declared = programme.settings.scopes[scope_type]
    if isinstance(declared, str):
        raise ValueError(f"scope {scope_type} is the column {declared}, expected bridges")
    family = next(family for family in declared if family in mart.families)
    return family, programme.marts[declared[family]]


def _bridge_sql(programme: Programme, mart: MartContract, scope_type: str) -> str:
    family, bridge = _bridge_of(programme, mart, scope_type)
    conditions = [
        f"bridge.{bridge.families[family]} = {FACT}.{mart.families[family]}",
        f"bridge.{scope_type}_code = cells.scope_code",
    ]
    if bridge.valid_between:
        begins, ends = bridge.valid_between
        conditions.append(f"{FACT}.{mart.snapshot_on or mart.period_on} between bridge.{begins} and bridge.{ends}")
    return f"exists (select 1 from {bridge.table} as bridge where {' and '.join(conditions)})"


def members_sql(programme: Programme, mart: MartContract, scope_type: str, table: str) -> str:
    """SQL of the rows of a mart with the code of each part of a bridged scope that they belong to (`cell_scope`).

    A row appears once per code, however many rows of the bridge say so.
    """
    family, bridge = _bridge_of(programme, mart, scope_type)
    key, day = mart.families[family], mart.snapshot_on or mart.period_on
    matched, same = [f"bridge.{bridge.families[family]} = {FACT}.{key}"], [f"members.{key} = {FACT}.{key}"]
    found = [f"{FACT}.{key}"]
    if bridge.valid_between:
        begins, ends = bridge.valid_between
        matched.append(f"{FACT}.{day} between bridge.{begins} and bridge.{ends}")
        found.append(f"{FACT}.{day}")
        same.append(f"members.{day} = {FACT}.{day}")
    return f"""
        select {FACT}.*, members.cell_scope
        from {table} as {FACT}
        inner join (
            select distinct {", ".join(found)}, bridge.{scope_type}_code as cell_scope
            from {table} as {FACT}
            inner join {bridge.table} as bridge on {" and ".join(matched)}
        ) as members on {" and ".join(same)}
    """


def tells(mart: MartContract, dimension: str) -> bool:
    """Whether the rows of a mart have what a dimension, or each one of a crossing, is told by."""
    return all(each in mart.column_types for each in dimension.split(CROSSED))


def is_list(mart: MartContract, dimension: str) -> bool:
    """Whether a row can bear several categories of a dimension, or of one that is crossed."""
    return dimension != TOTAL and any(_holds_list(mart, each) for each in dimension.split(CROSSED))


def _holds_list(mart: MartContract, column: str) -> bool:
    return mart.column_types[column].endswith("[]")


def category_sql(mart: MartContract, dimension: str) -> str:
    """SQL of a row's category; a column that holds a list gives one row per distinct value.

    A crossing (`sex*mode`) gives one row per pair of categories, an empty value being a category like the others.
    """
    if dimension == TOTAL:
        return f"'{TOTAL}'"
    columns = dimension.split(CROSSED)
    if not is_list(mart, dimension):
        return f" || '{CROSSED}' || ".join(f"coalesce({FACT}.{column}::varchar, '{UNKNOWN}')" for column in columns)
    first, *others = (_categories_sql(mart, column) for column in columns)
    for other in others:
        pairs = f"list_transform({other}, lambda second: first || '{CROSSED}' || second)"
        first = f"flatten(list_transform({first}, lambda first: {pairs}))"
    return f"unnest({first})"


def _categories_sql(mart: MartContract, column: str) -> str:
    """SQL of the categories of a row as a list."""
    value = f"{FACT}.{column}"
    if _holds_list(mart, column):
        named = f"list_distinct({value})"  # without empty entries: a list of nothing else names no category
        return f"case when len({named}) > 0 then {named} else ['{UNKNOWN}'] end"
    return f"[coalesce({value}::varchar, '{UNKNOWN}')]"


def rows_sql(
    programme: Programme,
    mart: MartContract,
    *,
    where: str | None,
    periods: Sequence[Period],
    scope_type: str,
    dimension: str = TOTAL,
    table: str | None = None,
) -> str:
    """SQL of the rows that a measure reads, with cell_period, cell_scope and cell_category before its columns.

    A row appears once per period and scope code it belongs to, and once per category it bears. `table` is the SQL of
    what stands in for the mart where a measure reads only some of its rows.
    """
    condition = f"and ({expression(where)})" if where else ""
    return f"""
        select
            cells.period as cell_period,
            cells.scope_code as cell_scope,
            {category_sql(mart, dimension)} as cell_category,
            {FACT}.*
        from ({cells_sql(programme, scope_type, periods)}) as cells
        inner join {table or mart.table} as {FACT}
            on {membership_sql(programme, mart, scope_type)}
            {condition}
    """
