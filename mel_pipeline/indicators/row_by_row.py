"""One indicator's figures straight from the rows, for what is explained and for what has no parts that add up.

All figures of all indicators together are told by `roll_up.py`; both give the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import Period, periods_telling
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.crossings import measured_table_sql
from mel_pipeline.indicators.measures import compile_measure, figures_sql, plain_indicator


@dataclass(frozen=True)
class Cell:
    """Which value of an indicator is meant."""

    period: str
    scope_type: str = rows.ALL
    scope_code: str = rows.ALL
    dimension: str = rows.TOTAL
    category: str = rows.TOTAL


def closed_periods(connection: duckdb.DuckDBPyConnection) -> list[Period]:
    """Every period that has ended, of every type."""
    found = connection.execute(
        "select period_start, period_end, period_type, period from dim_period where is_closed order by all"
    ).fetchall()
    return [Period(*row) for row in found]


def periods_of_indicator(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator
) -> list[Period]:
    """The closed periods, of every type, in which an indicator is told."""
    is_snapshot = programme.marts[indicator.measure.table].snapshot_on is not None
    return periods_telling(indicator, closed_periods(connection), is_snapshot)


def values_sql(
    programme: Programme, indicator: Indicator, scope: str, periods: Sequence[Period], dimension: str = rows.TOTAL
) -> str:
    """SQL of one indicator's figures per period, scope code and category of one dimension."""
    plain = plain_indicator(programme, indicator)
    return figures_sql(compile_measure(plain), measured_sql(programme, plain, scope, periods, dimension))


def measured_sql(
    programme: Programme, indicator: Indicator, scope: str, periods: Sequence[Period], dimension: str
) -> str:
    """SQL of the rows that an indicator's verb counts or adds up, with their cells."""
    mart, measure = programme.marts[indicator.measure.table], indicator.measure
    return rows.rows_sql(
        programme,
        mart,
        where=measure.where,
        periods=periods,
        scope_type=scope,
        dimension=dimension,
        table=measured_table_sql(mart, measure),
    )


def of_numerator(indicator: Indicator) -> Indicator:
    """The indicator narrowed to the rows that its share counts above the line."""
    met = f"({indicator.measure.where or 'true'}) and ({indicator.measure.share})"
    return indicator.model_copy(update={"measure": indicator.measure.model_copy(update={"where": met})})


def record_keys(
    connection: duckdb.DuckDBPyConnection, programme: Programme, indicator: Indicator, cell: Cell
) -> list[str]:
    """Keys of the accepted rows behind one value, in order."""
    indicator = plain_indicator(programme, indicator)
    if cell.dimension in indicator.disaggregate_numerator_by:
        indicator = of_numerator(indicator)
    periods = [each for each in periods_of_indicator(connection, programme, indicator) if each.code == cell.period]
    measured = measured_sql(programme, indicator, cell.scope_type, periods, cell.dimension)
    found = connection.execute(
        f"select distinct unnest(_record_keys) from ({measured}) "
        "where cell_period = ? and cell_scope = ? and cell_category = ? order by 1",
        [cell.period, cell.scope_code, cell.category],
    ).fetchall()
    return [row[0] for row in found]
