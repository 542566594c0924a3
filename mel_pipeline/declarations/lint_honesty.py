"""Faults of `honesty.yml`: what its checks name has to exist, and must not tell who somebody is."""

from collections.abc import Iterable, Iterator

from mel_pipeline.declarations.expressions import ExpressionError, read_expression
from mel_pipeline.declarations.faults import Fault, one_of, unknown_name
from mel_pipeline.declarations.models import DriftCheck, HeapingCheck, PanelCheck, SelfTotalsCheck
from mel_pipeline.declarations.programme import Programme

PANEL_VERBS = ("index", "mean", "share")
"""Verbs that give every row a figure of its own, which can be told again a wave later."""

_NUMBERS = ("BIGINT", "INTEGER", "DOUBLE", "integer", "number")
Path = tuple[str | int, ...]


def honesty_faults(programme: Programme) -> Iterator[Fault]:
    """What each declared check names: indicators, tables, columns, dimensions and scopes."""
    honesty = programme.honesty
    for key, check in (("parts", honesty.parts), ("simpson", honesty.simpson)):
        yield from _indicators(programme, check.indicators if check else (), (key, "indicators"))
    for place, heaping in enumerate(honesty.digit_heaping):
        yield from _heaping(programme, heaping, ("digit_heaping", place))
    for place, panel in enumerate(honesty.panel):
        yield from _panel(programme, panel, ("panel", place))
    for place, drift in enumerate(honesty.drift):
        yield from _drift(programme, drift, ("drift", place))
    for place, totals in enumerate(honesty.self_totals):
        yield from _self_totals(programme, totals, ("self_totals", place))


def _fault(programme: Programme, message: str, path: Path) -> Fault:
    return programme.fault("honesty", "", f"honesty check `{path[0]}` {message}", *path)


def _indicators(programme: Programme, codes: Iterable[str], path: Path) -> Iterator[Fault]:
    known = programme.names("indicator")
    for place, code in enumerate(codes):
        if code not in known:
            message = unknown_name("names an unknown indicator", code, known, "Declare the indicator.")
            yield _fault(programme, message, (*path, place))


def _types(programme: Programme, table: str) -> dict[str, str] | None:
    """Names and types of what a mart or a source holds; None where there is no such table."""
    if table in programme.marts:
        return programme.marts[table].column_types
    if table in programme.sources:
        return {field.name: field.type for field in programme.sources[table].fields}
    return None


def _columns(
    programme: Programme, table: str, named: dict[str, str], path: Path, types: tuple[str, ...] = ()
) -> Iterator[Fault]:
    """The columns, by key, exist in the table and have one of the types (any, when none is given)."""
    known = _types(programme, table)
    for key, column in named.items() if known is not None else ():
        if column not in (known or {}):
            message = unknown_name(f"reads an unknown column of {table}", column, known or {}, "Correct the name.")
            yield _fault(programme, message, (*path, key))
        elif types and (known or {})[column] not in types:
            found = (known or {})[column]
            message = f"reads a column of another type: found {column} {found}, expected a number. Choose another."
            yield _fault(programme, message, (*path, key))


def _table(programme: Programme, table: str, known: Iterable[str], path: Path) -> Iterator[Fault]:
    names = list(known)
    if table not in names:
        yield _fault(programme, unknown_name("names an unknown table", table, names, "Correct the name."), path)


def _heaping(programme: Programme, check: HeapingCheck, path: Path) -> Iterator[Fault]:
    known = (*programme.names("source"), *programme.names("mart"))
    yield from _table(programme, check.table, known, (*path, "table"))
    yield from _columns(programme, check.table, {"number": check.number}, path, _NUMBERS)
    yield from _columns(programme, check.table, {"by": check.by}, path)
    yield from _private(programme, check.table, {"by": check.by}, path)


def _private(programme: Programme, table: str, named: dict[str, str], path: Path) -> Iterator[Fault]:
    """What a finding shows is kept in the database, so that it may name nobody."""
    source = programme.sources.get(table)
    for key, column in named.items() if source else ():
        field = source.field(column) if source else None
        is_hidden = source is not None and column in (*source.privacy.restricted, *source.privacy.drop)
        if field is not None and (field.type == "text" or is_hidden):
            message = f"would show free text: found {column}, expected a code or a category. Choose another."
            yield _fault(programme, message, (*path, key))


def _panel(programme: Programme, check: PanelCheck, path: Path) -> Iterator[Fault]:
    known = programme.names("indicator")
    if check.indicator not in known:
        message = unknown_name("names an unknown indicator", check.indicator, known, "Declare the indicator.")
        yield _fault(programme, message, (*path, "indicator"))
    indicator = programme.indicators.get(check.indicator)
    if indicator is None:
        return
    if indicator.measure.verb not in PANEL_VERBS:
        message = (
            f"follows an indicator whose rows have no figure of their own: found {indicator.measure.verb}, expected "
            f"{one_of(PANEL_VERBS)}. Choose another."
        )
        yield _fault(programme, message, (*path, "indicator"))
    named = {"entity": check.entity, "wave": check.wave}
    yield from _columns(programme, indicator.measure.table, named, path)


def _drift(programme: Programme, check: DriftCheck, path: Path) -> Iterator[Fault]:
    yield from _table(programme, check.table, programme.names("mart"), (*path, "table"))
    yield from _columns(programme, check.table, {"wave": check.wave, "answered": check.answered}, path)
    for place, dimension in enumerate(check.dimensions):
        yield from _columns(programme, check.table, {str(place): dimension}, (*path, "dimensions"))
        if dimension not in programme.names("dimension"):
            known = programme.names("dimension")
            message = unknown_name("names an unknown dimension", dimension, known, "Declare it.")
            yield _fault(programme, message, (*path, "dimensions", place))
    if check.where is not None:
        try:
            read = read_expression(check.where)
        except ExpressionError as error:
            yield _fault(programme, f"is not one expression: {error}. Rewrite it.", (*path, "where"))
        else:
            for column in read.columns:
                yield from _columns(programme, check.table, {"where": column}, path)


def _self_totals(programme: Programme, check: SelfTotalsCheck, path: Path) -> Iterator[Fault]:
    yield from _table(programme, check.source, programme.names("source"), (*path, "source"))
    named = {key: getattr(check, key) for key in ("indicator", "period", "scope_code")}
    yield from _columns(programme, check.source, named, path)
    yield from _columns(programme, check.source, {"total": check.total}, path, _NUMBERS)
    yield from _indicators(programme, check.indicators, (*path, "indicators"))
    if check.scope not in programme.settings.scopes:
        known = programme.settings.scopes
        message = unknown_name("names an unknown scope", check.scope, known, "Declare it in programme.yml.")
        yield _fault(programme, message, (*path, "scope"))
