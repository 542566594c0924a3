"""What each indicator asks of the marts: its figures, what its numerator is divided by, its coverage and population.

How requests are answered is in `roll_up.py`; what becomes of the answers is in `values.py`.
"""

from collections.abc import Iterator

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator, RowsOf
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.alphas import figures_of_items
from mel_pipeline.indicators.crossings import measured_table_sql
from mel_pipeline.indicators.fine_tables import Request
from mel_pipeline.indicators.measures import compile_measure, expression
from mel_pipeline.indicators.parts import UndividedError, divide, divide_measure, figures_of
from mel_pipeline.indicators.row_by_row import of_numerator

MEASURE, NUMERATOR, COVERAGE, POPULATION, ITEMS = "measure", "numerator", "coverage", "population", "items"


def name_of(indicator: Indicator, part: str) -> str:
    """Name of a request."""
    return f"{indicator.code}/{part}"


def requests_of(programme: Programme, indicator: Indicator) -> Iterator[Request]:
    """The requests of an indicator whose figures have parts that add up; for others those of its surroundings."""
    divided = (rows.TOTAL, *indicator.dimensions)
    yield from _measure(programme, indicator, MEASURE, divided)
    if indicator.disaggregate_numerator_by:
        dimensions = tuple(indicator.disaggregate_numerator_by)
        yield from _measure(programme, of_numerator(indicator), NUMERATOR, dimensions)
    coverage = indicator.coverage
    received = f"count(*) filter (where {expression(coverage.received)})"
    yield _rows_of(programme, indicator, COVERAGE, coverage, {"n_units": "count(*)", "received": received}, ())
    population = indicator.measure.population
    if indicator.measure.index is not None:
        rows_of_items = RowsOf.model_validate({"from": indicator.measure.table, "where": indicator.measure.where})
        figures = figures_of_items(indicator.measure.index)
        yield _rows_of(programme, indicator, ITEMS, rows_of_items, figures, tuple(indicator.dimensions))
    if isinstance(population, RowsOf):
        mart = programme.marts[population.table]
        asked = (*indicator.dimensions, *indicator.disaggregate_numerator_by)
        dimensions = tuple(each for each in asked if rows.tells(mart, each))
        yield _rows_of(programme, indicator, POPULATION, population, {"size": "count(*)"}, dimensions)


def scopes_of(programme: Programme, indicator: Indicator) -> list[str]:
    """Scopes in which an indicator is told: those it declares, as far as its mart can be divided by them."""
    available = [rows.ALL, *programme.scopes_of(programme.marts[indicator.measure.table])]
    declared = indicator.scopes if indicator.scopes is not None else [rows.ALL, *programme.settings.scopes]
    return [scope for scope in available if scope in declared]


def _measure(programme: Programme, indicator: Indicator, part: str, dimensions: tuple[str, ...]) -> Iterator[Request]:
    measure, mart = indicator.measure, programme.marts[indicator.measure.table]
    aggregates = compile_measure(indicator)
    try:
        divided = divide_measure(aggregates, expression(measure.where) if measure.where else None)
    except UndividedError:
        return
    yield Request(
        name=name_of(indicator, part),
        mart=mart,
        table=measured_table_sql(mart, measure),
        divided=divided,
        dimensions=dimensions,
        scopes=tuple(scopes_of(programme, indicator)),
        of_entities=figures_of(aggregates) if aggregates.entity_figures else None,
    )


def _rows_of(
    programme: Programme,
    indicator: Indicator,
    part: str,
    asked: RowsOf,
    figures: dict[str, str],
    dimensions: tuple[str, ...],
) -> Request:
    mart = programme.marts[asked.table]
    return Request(
        name=name_of(indicator, part),
        mart=mart,
        table=mart.table,
        divided=divide(figures, expression(asked.where) if asked.where else None),
        dimensions=(rows.TOTAL, *dimensions),
        scopes=tuple(scopes_of(programme, indicator)),
    )
