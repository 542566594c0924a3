"""Compile the first crossing of a stage: which one row of a thing tells when it first stood there.

A thing crosses once, whatever is reported of it later, and in whatever order reports arrive. So the row is found
among all rows of the mart; periods, scopes and categories (`rows.py`) then look at that row alone.
"""

from mel_pipeline.declarations.models import MartContract, Measure
from mel_pipeline.indicators.measures import FACT, expression


def measured_table_sql(mart: MartContract, measure: Measure) -> str:
    """What a measure reads its rows from: the mart, the query that stands in for it, or the rows of first crossings."""
    if measure.sql is not None:
        return f"({measure.sql.rstrip().removesuffix(';')})"
    if measure.first_crossing is None:
        return mart.table
    return f"({_crossing_rows_sql(mart, measure)})"


def _crossing_rows_sql(mart: MartContract, measure: Measure) -> str:
    """SQL of the earliest row of each thing that meets the condition at the stage or above it.

    Rows of one day are put in order by their record keys, so that the same rows always give the same answer. Rows
    that do not name their thing cannot be told apart and all stay.
    """
    crossing = measure.first_crossing
    if crossing is None:
        raise ValueError(f"The measure of {mart.table} has no crossing to compile.")
    entity = expression(crossing.entity)
    order = f"{FACT}.{mart.period_on} nulls last, {FACT}._record_keys"
    condition = f"and ({expression(measure.where)})" if measure.where else ""
    return f"""
        select {FACT}.*
        from {mart.table} as {FACT}
        where {expression(crossing.stage)} >= {crossing.at_least:g} {condition}
        qualify {entity} is null
            or row_number() over (partition by {entity} order by {order}) = 1
    """
