"""Faults of indicators against the theory of change, the dimensions and the calendar.

Their verbs are in `lint_verbs.py`, what these read from the marts in `lint_measures.py`.
"""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.lint_theory import references
from mel_pipeline.declarations.lint_words import SHEET_TEXTS
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import parse_period
from mel_pipeline.declarations.programme import Programme


def indicator_faults(programme: Programme) -> Iterator[Fault]:
    """What each indicator says about nodes, dimensions, scopes and its baseline."""
    for indicator in programme.indicators.values():
        if programme.names("node"):
            yield from references(programme, "indicator", indicator.code, ("nodes",), indicator.nodes, "node")
        yield from _sheet_faults(programme, indicator)
        yield from _dimension_faults(programme, indicator)
        yield from _cross_faults(programme, indicator)
        yield from _scope_faults(programme, indicator)
        yield from _baseline_faults(programme, indicator)
        if indicator.level == "assumption" and indicator.weighs:
            message = (
                f"indicator {indicator.code} tests an assumption and weighs in a node: found `weighs: true`, expected "
                "`weighs: false`. Write it."
            )
            yield programme.fault("indicator", indicator.code, message, "weighs")


def _sheet_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    """A reference sheet with gaps is no error: the number can be told, but not handed in with all that is asked."""
    missing = [name for name in SHEET_TEXTS if not getattr(indicator, name)]
    if missing:
        message = (
            f"indicator {indicator.code} has an incomplete reference sheet: found no {', '.join(missing)}, expected "
            f"{', '.join(SHEET_TEXTS)} in every language. Write what is missing."
        )
        yield programme.fault("indicator", indicator.code, message, severity="warning")


def _dimension_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    code, known = indicator.code, programme.names("dimension")
    scope_names = {*programme.settings.scopes, *_scope_columns(programme)}
    seen: set[str] = set()
    lists = (
        ("disaggregate_by", indicator.disaggregate_by),
        ("disaggregate_numerator_by", indicator.disaggregate_numerator_by),
    )
    for key, dimensions in lists:
        for position, dimension in enumerate(dimensions):
            thing = f"indicator {code} `{key}`"
            if dimension in scope_names:
                message = f"{thing} names a scope: found '{dimension}', expected a dimension. Remove it."
                yield programme.fault("indicator", code, message, key, position)
            elif known and dimension not in known:
                message = unknown_name(f"{thing} names an unknown dimension", dimension, known, "Declare it.")
                yield programme.fault("indicator", code, message, key, position)
            if dimension in seen:
                message = f"{thing} repeats a dimension: found '{dimension}' again, expected it once. Remove one."
                yield programme.fault("indicator", code, message, key, position)
            seen.add(dimension)


def _cross_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    """Crossings of one dimension, of a dimension with itself, or with what is no dimension."""
    code, known = indicator.code, programme.names("dimension")
    for position, crossed in enumerate(indicator.cross_by):
        if not 2 <= len(crossed) <= 3:
            message = (
                f"indicator {code} `cross_by` crosses {len(crossed)} dimensions: found {', '.join(crossed) or 'none'}, "
                "expected two or three. Name them together as `[sex, mode]`, or use `disaggregate_by`."
            )
            yield programme.fault("indicator", code, message, "cross_by", position)
        if len(set(crossed)) < len(crossed):
            message = (
                f"indicator {code} `cross_by` crosses a dimension with itself: found {', '.join(crossed)}, expected "
                "each once. Remove one."
            )
            yield programme.fault("indicator", code, message, "cross_by", position)
        for place, dimension in enumerate(crossed):
            if known and dimension not in known:
                thing = f"indicator {code} `cross_by` names an unknown dimension"
                message = unknown_name(thing, dimension, known, "Declare it.")
                yield programme.fault("indicator", code, message, "cross_by", position, place)
    for position, name in enumerate(indicator.crossed):
        if name in indicator.crossed[:position]:
            message = (
                f"indicator {code} `cross_by` repeats a crossing: found {name} again, expected it once. Remove one."
            )
            yield programme.fault("indicator", code, message, "cross_by", position)


def _scope_columns(programme: Programme) -> set[str]:
    return {column for column in programme.settings.scopes.values() if isinstance(column, str)}


def _scope_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    known = ["all", *programme.settings.scopes]
    for position, scope in enumerate(indicator.scopes or []):
        if scope not in known:
            thing = f"indicator {indicator.code} names an unknown scope"
            message = unknown_name(thing, scope, known, "Declare it in programme.yml.")
            yield programme.fault("indicator", indicator.code, message, "scopes", position)


def _baseline_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    if indicator.baseline is None:
        return
    try:
        parse_period(indicator.baseline.period)
    except ValueError as error:
        message = f"indicator {indicator.code} has a baseline of an unknown period: {error}. Correct it."
        yield programme.fault("indicator", indicator.code, message, "baseline", "period")
