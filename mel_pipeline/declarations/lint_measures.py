"""Faults of measures against the marts: tables, columns, and expressions over them."""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, path_words, unknown_name
from mel_pipeline.declarations.mart_reader import NUMBERS, MartReader, Path, categories_of
from mel_pipeline.declarations.measure_queries import query_faults
from mel_pipeline.declarations.models import Indicator, MartContract, Measure, RowsOf
from mel_pipeline.declarations.programme import Programme

_DIVIDING = ("VARCHAR", "VARCHAR[]", "BIGINT")
"""Types of columns that divide a numerator: a choice, several choices, or a step of a scale."""


def measure_faults(programme: Programme) -> Iterator[Fault]:
    """What the measure, coverage and break-downs of each indicator read from the marts."""
    for indicator in programme.indicators.values():
        yield from _measure(programme, indicator)
        yield from _rows(programme, indicator, indicator.coverage, ("coverage",), indicator.coverage.received)
        if isinstance(indicator.measure.population, RowsOf):
            yield from _rows(programme, indicator, indicator.measure.population, ("measure", "population"), None)


def _measure(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    measure = indicator.measure
    yield from _table_faults(programme, indicator, measure.table, ("measure", "from"))
    mart = programme.marts.get(measure.table)
    if mart is None:
        return
    reader = MartReader(programme, indicator.code, mart)
    if mart.period_on is None and mart.snapshot_on is None:
        message = (
            f"names a table without time: found {mart.table}, expected one with `period_on` or `snapshot_on`. Add it."
        )
        yield reader.fault(message, ("measure", "from"))
    for key, text in (("where", measure.where), ("share", measure.share)):
        if text is not None:
            yield from reader.condition(text, ("measure", key))
    for key, column in (("count_distinct", measure.count_distinct), ("per_entity", measure.per_entity)):
        if column is not None:
            yield from reader.column(column, ("measure", key))
    for position, item in enumerate(measure.index.items if measure.index else []):
        yield from reader.column(item, ("measure", "index", "items", position), NUMBERS)
    yield from _figures(reader, measure)
    yield from _crossing(reader, measure)
    yield from _design(reader, indicator)
    yield from query_faults(reader, indicator)
    for position, dimension in enumerate(indicator.disaggregate_by):
        yield from reader.column(dimension, ("disaggregate_by", position))
    for position, crossed in enumerate(indicator.cross_by):
        for place, dimension in enumerate(crossed):
            yield from reader.column(dimension, ("cross_by", position, place))
    for position, dimension in enumerate(indicator.disaggregate_numerator_by):
        yield from reader.column(dimension, ("disaggregate_numerator_by", position), _DIVIDING)


def _figures(reader: MartReader, measure: Measure) -> Iterator[Fault]:
    """What sums, means, medians, ratios and the change of a score read."""
    numbers: dict[Path, str | None] = {(key,): getattr(measure, key) for key in ("sum", "mean", "median")}
    if measure.ratio is not None:
        numbers |= {("ratio", key): getattr(measure.ratio, key) for key in ("numerator", "denominator")}
    for path, text in numbers.items():
        if text is not None:
            yield from reader.number(text, ("measure", *path))
    if measure.paired_change is None:
        return
    pairs, at = measure.paired_change, ("measure", "paired_change")
    yield from reader.number(pairs.score, (*at, "score"))
    yield from reader.column(pairs.wave, (*at, "wave"))
    for position, column in enumerate(pairs.pair_by):
        yield from reader.column(column, (*at, "pair_by", position))
    for key, wave in (("before", pairs.before), ("after", pairs.after)):
        known = categories_of(reader.programme, pairs.wave)
        if known and wave not in known:
            message = unknown_name("names an unknown wave", wave, known, "Declare it where the column comes from.")
            yield reader.fault(message, (*at, key))


def _crossing(reader: MartReader, measure: Measure) -> Iterator[Fault]:
    """What a first crossing reads: a stage, a thing, and the day of each row, by which the first is told."""
    if measure.first_crossing is None:
        return
    path = ("measure", "first_crossing")
    yield from reader.column(measure.first_crossing.stage, (*path, "stage"), NUMBERS)
    yield from reader.column(measure.first_crossing.entity, (*path, "entity"))
    if reader.mart.snapshot_on is not None:
        message = (
            f"names a table of snapshots: found {reader.mart.table}, expected one with `period_on`, by which the first "
            "row is told. Choose another."
        )
        yield reader.fault(message, ("measure", "from"))


def _design(reader: MartReader, indicator: Indicator) -> Iterator[Fault]:
    """The columns of a sample with weights, strata or clusters."""
    measure = indicator.measure
    for key in ("weight", "stratum", "cluster"):
        column = getattr(measure, key)
        if column is not None:
            yield from reader.column(column, ("measure", key), NUMBERS if key == "weight" else ())
    mart = reader.programme.marts.get(measure.population.table) if isinstance(measure.population, RowsOf) else None
    for key, column in (("stratum", measure.stratum), ("cluster", measure.cluster)):
        if mart is not None and column is not None:
            yield from MartReader(reader.programme, reader.code, mart).column(column, ("measure", key))


def _rows(
    programme: Programme, indicator: Indicator, rows: RowsOf, path: Path, received: str | None
) -> Iterator[Fault]:
    yield from _table_faults(programme, indicator, rows.table, (*path, "from"))
    mart = programme.marts.get(rows.table)
    if mart is None:
        return
    yield from _scope_faults(programme, indicator, mart, (*path, "from"))
    reader = MartReader(programme, indicator.code, mart)
    for key, text in (("where", rows.where), ("received", received)):
        if text is not None:
            yield from reader.condition(text, (*path, key))


def _scope_faults(programme: Programme, indicator: Indicator, mart: MartContract, path: Path) -> Iterator[Fault]:
    """Coverage and population have to be told in every scope in which the measure is."""
    measured = programme.marts.get(indicator.measure.table)
    if measured is None:
        return
    for scope in programme.scopes_of(measured):
        asked = indicator.scopes is None or scope in indicator.scopes
        if asked and scope not in programme.scopes_of(mart):
            message = (
                f"indicator {indicator.code} `{path_words(path)}` cannot be told by {scope}: found {mart.table}, "
                f"expected a mart that can be divided by {scope} as {measured.table} can. "
                "Choose another, or leave the scope out of `scopes`."
            )
            yield programme.fault("indicator", indicator.code, message, *path)


def _table_faults(programme: Programme, indicator: Indicator, table: str, path: Path) -> Iterator[Fault]:
    if table not in programme.names("mart"):
        thing = f"indicator {indicator.code} `{path_words(path)}` names an unknown table"
        message = unknown_name(thing, table, programme.names("mart"), "Add the mart.")
        yield programme.fault("indicator", indicator.code, message, *path)
