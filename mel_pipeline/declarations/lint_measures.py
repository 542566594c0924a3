"""Faults of measures against the marts: tables, columns, and expressions over them."""

from collections.abc import Iterator
from dataclasses import dataclass

from mel_pipeline.declarations.expressions import ExpressionError, read_expression
from mel_pipeline.declarations.faults import Fault, path_words, unknown_name
from mel_pipeline.declarations.models import VERBS, Indicator, MartContract, Measure, RowsOf
from mel_pipeline.declarations.programme import Programme

Path = tuple[str | int, ...]
_NUMBERS = ("BIGINT", "INTEGER", "DOUBLE")


@dataclass(frozen=True)
class _Reader:
    """One indicator and the contract of the table that a part of it reads."""

    programme: Programme
    code: str
    mart: MartContract

    def fault(self, message: str, path: Path) -> Fault:
        thing = f"indicator {self.code} `{path_words(path)}`"
        return self.programme.fault("indicator", self.code, f"{thing} {message}", *path)

    def column(self, name: str, path: Path, types: tuple[str, ...] = ()) -> Iterator[Fault]:
        """The column exists and has one of the types (any, when none is given)."""
        found = self.mart.column_types.get(name)
        if found is None:
            thing = f"reads an unknown column of {self.mart.table}"
            yield self.fault(unknown_name(thing, name, self.mart.column_types, "Add it to the mart."), path)
        elif types and found not in types:
            message = (
                f"reads a column of another type: found {name} {found}, expected {' or '.join(types)}. Choose another."
            )
            yield self.fault(message, path)

    def number(self, text: str, path: Path) -> Iterator[Fault]:
        """The text is one expression over known columns; a column alone holds numbers."""
        try:
            expression = read_expression(text)
        except ExpressionError as error:
            yield self.fault(f"is not one expression: {error}. Rewrite it.", path)
            return
        for column in expression.columns:
            yield from self.column(column, path, _NUMBERS if expression.is_column else ())

    def condition(self, text: str, path: Path) -> Iterator[Fault]:
        """The text is one expression over known columns whose answer is yes or no."""
        try:
            expression = read_expression(text)
        except ExpressionError as error:
            yield self.fault(f"is not one expression: {error}. Rewrite it.", path)
            return
        if not expression.is_condition:
            yield self.fault(
                f"is not a condition: found '{text}', expected yes or no, as in `a > b`. Rewrite it.", path
            )
        types = ("BOOLEAN",) if expression.is_column else ()
        for column in expression.columns:
            yield from self.column(column, path, types)
        for column, category in expression.compared:
            known = _categories(self.programme, column)
            if known and category not in known:
                thing = f"compares {column} with an unknown category"
                yield self.fault(unknown_name(thing, category, known, "Declare it where the column comes from."), path)


def _categories(programme: Programme, column: str) -> set[str]:
    """Categories that a column of that name can hold, as far as sources and dimensions declare them."""
    dimension = programme.dimensions.get(column)
    labelled = set(dimension.categories) if dimension and isinstance(dimension.categories, dict) else set()
    fields = (source.field(column) for source in programme.sources.values())
    return labelled.union(*(field.values for field in fields if field is not None))


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
    reader = _Reader(programme, indicator.code, mart)
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
        yield from reader.column(item, ("measure", "index", "items", position), _NUMBERS)
    yield from _figures(reader, measure)
    yield from _crossing(reader, measure)
    yield from _design(reader, indicator)
    for position, dimension in enumerate(indicator.disaggregate_by):
        yield from reader.column(dimension, ("disaggregate_by", position))
    for position, dimension in enumerate(indicator.disaggregate_numerator_by):
        yield from reader.column(dimension, ("disaggregate_numerator_by", position), ("VARCHAR", "VARCHAR[]"))


def _figures(reader: _Reader, measure: Measure) -> Iterator[Fault]:
    """What the mean and the change of a score read."""
    if measure.mean is not None:
        yield from reader.number(measure.mean, ("measure", "mean"))
    if measure.paired_change is None:
        return
    pairs, path = measure.paired_change, ("measure", "paired_change")
    yield from reader.number(pairs.score, (*path, "score"))
    yield from reader.column(pairs.wave, (*path, "wave"))
    for position, column in enumerate(pairs.pair_by):
        yield from reader.column(column, (*path, "pair_by", position))
    for key, wave in (("before", pairs.before), ("after", pairs.after)):
        known = _categories(reader.programme, pairs.wave)
        if known and wave not in known:
            message = unknown_name("names an unknown wave", wave, known, "Declare it where the column comes from.")
            yield reader.fault(message, (*path, key))


def _crossing(reader: _Reader, measure: Measure) -> Iterator[Fault]:
    """What a first crossing reads: a stage, a thing, and the day of each row, by which the first is told."""
    if measure.first_crossing is None:
        return
    path = ("measure", "first_crossing")
    yield from reader.column(measure.first_crossing.stage, (*path, "stage"), _NUMBERS)
    yield from reader.column(measure.first_crossing.entity, (*path, "entity"))
    if reader.mart.snapshot_on is not None:
        message = (
            f"names a table of snapshots: found {reader.mart.table}, expected one with `period_on`, by which the first "
            "row is told. Choose another."
        )
        yield reader.fault(message, ("measure", "from"))


def _design(reader: _Reader, indicator: Indicator) -> Iterator[Fault]:
    """What a sample with weights, strata or clusters reads, and what cannot stand beside them."""
    measure = indicator.measure
    named = {"weight": measure.weight, "stratum": measure.stratum, "cluster": measure.cluster}
    keys = [key for key, column in named.items() if column is not None]
    for key in keys:
        yield from reader.column(str(named[key]), ("measure", key), _NUMBERS if key == "weight" else ())
    if measure.interval is not None and (not keys or measure.share is None):
        message = (
            f"is for the share of a sample with `weight`, `stratum` or `cluster`: found {measure.interval} for another "
            "measure, expected none. Remove it."
        )
        yield reader.fault(message, ("measure", "interval"))
    if not keys:
        return
    beside = [verb for verb in VERBS if verb not in ("share", "mean") and getattr(measure, verb) is not None]
    if measure.per_entity is not None:
        beside.append("per_entity")
    if measure.population == "census":
        beside.append("population: census")
    if measure.cluster is not None and isinstance(measure.population, RowsOf):
        beside.append("population with cluster")
    for other in beside:
        message = (
            f"is for the rows of a sampled share or mean: found it beside `{other}`, expected it without. "
            "Remove one of them."
        )
        yield reader.fault(message, ("measure", keys[0]))
    if isinstance(measure.population, RowsOf) and measure.stratum is not None:
        mart = reader.programme.marts.get(measure.population.table)
        if mart is not None:
            yield from _Reader(reader.programme, reader.code, mart).column(measure.stratum, ("measure", "stratum"))


def _rows(
    programme: Programme, indicator: Indicator, rows: RowsOf, path: Path, received: str | None
) -> Iterator[Fault]:
    yield from _table_faults(programme, indicator, rows.table, (*path, "from"))
    mart = programme.marts.get(rows.table)
    if mart is None:
        return
    yield from _scope_faults(programme, indicator, mart, (*path, "from"))
    reader = _Reader(programme, indicator.code, mart)
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
