"""The figures of one group of rows as SQL, and the query that gives them for every period, scope and category.

What each verb counts or adds up is in `compiled.py`.
"""

from dataclasses import dataclass

from mel_pipeline.indicators.measures.expressions import FACT

CELL = "cell_period, cell_scope, cell_category"
"""Columns that name the period, scope and category of a row."""


@dataclass(frozen=True)
class EntityFigures:
    """SQL of what has one figure, and of that figure out of its rows; rows that name no such thing are left out."""

    entity: str
    figure: str


@dataclass(frozen=True)
class RowFigures:
    """SQL of columns that each row is given before anything is added up, by name, and of which rows take part."""

    columns: dict[str, str]
    where: str


@dataclass(frozen=True)
class Aggregates:
    """SQL of the figures that one group of rows gives.

    Where rows are first brought to one figure per entity, the expressions read the column `entity_figure`; where rows
    are given figures, both read the columns of these.

    Attributes:
        value: in the indicator's unit.
        unidentified: rows of which it is not known whether they are one more.
        sum_of_squares: of the figures; for a ratio, of what its numerators lie off the ratio times their denominators.
    """

    value: str
    numerator: str
    denominator: str
    n: str
    unidentified: str = "0"
    sum_of_squares: str = "null"
    entity_figures: EntityFigures | None = None
    row_figures: RowFigures | None = None


def figures_sql(aggregates: Aggregates, facts_sql: str) -> str:
    """SQL of the figures of every cell, out of the SQL of the rows with their cells."""
    if aggregates.row_figures is not None:
        facts_sql = _with_figures_sql(aggregates.row_figures, facts_sql)
    if aggregates.entity_figures is not None:
        facts_sql = _per_entity_sql(aggregates.entity_figures, facts_sql)
    return f"""
        select
            cell_period as period,
            cell_scope as scope_code,
            cell_category as category,
            {aggregates.value} as value,
            {aggregates.numerator} as numerator,
            {aggregates.denominator} as denominator,
            {aggregates.n} as n,
            {aggregates.unidentified} as unidentified,
            {aggregates.sum_of_squares} as sum_of_squares
        from ({facts_sql}) as {FACT}
        group by all
        order by all
    """


def _per_entity_sql(figures: EntityFigures, facts_sql: str) -> str:
    return f"""
        select {CELL}, {figures.entity} as entity, {figures.figure} as entity_figure
        from ({facts_sql}) as {FACT}
        where {figures.entity} is not null
        group by {CELL}, entity
    """


def _with_figures_sql(figures: RowFigures, facts_sql: str) -> str:
    columns = ", ".join(f"{sql} as {name}" for name, sql in figures.columns.items())
    return f"select {FACT}.*, {columns} from ({facts_sql}) as {FACT} where {figures.where}"
