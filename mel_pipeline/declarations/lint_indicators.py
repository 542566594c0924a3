"""Faults of indicators against the theory of change, the dimensions and their own kind.

What concerns the columns of the marts is in `lint_measures.py`.
"""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, one_of, unknown_name
from mel_pipeline.declarations.lint_theory import references
from mel_pipeline.declarations.models import VERBS, Indicator
from mel_pipeline.declarations.periods import parse_period
from mel_pipeline.declarations.programme import Programme

_VERBS_OF_TYPE = {
    "count": ("count", "count_distinct"),
    "percentage": ("share",),
    "mean": ("mean", "paired_change", "index"),
    "index": ("index",),
    "milestone": ("first_crossing",),
}


def indicator_faults(programme: Programme) -> Iterator[Fault]:
    """What each indicator says about nodes, dimensions, scopes, its type and its verb."""
    for indicator in programme.indicators.values():
        if programme.names("node"):
            yield from references(programme, "indicator", indicator.code, ("nodes",), indicator.nodes, "node")
        yield from _dimension_faults(programme, indicator)
        yield from _scope_faults(programme, indicator)
        yield from _type_faults(programme, indicator)
        yield from _index_faults(programme, indicator)
        yield from _pair_faults(programme, indicator)
        yield from _entity_faults(programme, indicator)
        yield from _baseline_faults(programme, indicator)


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


def _scope_columns(programme: Programme) -> set[str]:
    return {column for column in programme.settings.scopes.values() if isinstance(column, str)}


def _scope_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    known = ["all", *programme.settings.scopes]
    for position, scope in enumerate(indicator.scopes or []):
        if scope not in known:
            thing = f"indicator {indicator.code} names an unknown scope"
            message = unknown_name(thing, scope, known, "Declare it in programme.yml.")
            yield programme.fault("indicator", indicator.code, message, "scopes", position)


def _type_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    code, measure = indicator.code, indicator.measure
    verbs = [verb for verb in VERBS if getattr(measure, verb) is not None]
    if len(verbs) != 1:
        message = (
            f"indicator {code} `measure` does not have one verb: found {', '.join(verbs) or 'none'}, expected "
            f"exactly {one_of(VERBS)}. Write one of them."
        )
        yield programme.fault("indicator", code, message, "measure")
    fitting = _VERBS_OF_TYPE.get(indicator.type, ())
    for verb in verbs:
        if verb not in fitting:
            expected = one_of(fitting) if fitting else "no verb: this type cannot be computed yet"
            thing = f"indicator {code} of type {indicator.type} has a verb that does not fit"
            message = f"{thing}: found {verb}, expected {expected}. Change type or verb."
            yield programme.fault("indicator", code, message, "measure", verb)
    if indicator.type == "percentage" and not indicator.denominator:
        message = (
            f"indicator {code} is a percentage without denominator: found none, expected who or what 100 % is. "
            "Add `denominator:` in every language."
        )
        yield programme.fault("indicator", code, message, "denominator")
    if indicator.disaggregate_numerator_by and "share" not in verbs:
        message = (
            f"indicator {code} has no numerator to break down: found `disaggregate_numerator_by`, expected it with "
            "`share` only. Use `disaggregate_by`."
        )
        yield programme.fault("indicator", code, message, "disaggregate_numerator_by")


def _index_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    index, code = indicator.measure.index, indicator.code
    if index is None:
        return
    for position, item in enumerate(index.reverse):
        if item not in index.items:
            thing = f"indicator {code} reverses an unknown item"
            message = unknown_name(thing, item, index.items, "Add it to `items` or remove it here.")
            yield programme.fault("indicator", code, message, "measure", "index", "reverse", position)
    if len(set(index.items)) < len(index.items):
        found = next(item for item in index.items if index.items.count(item) > 1)
        message = f"indicator {code} repeats an item: found '{found}' again, expected it once. Remove one."
        yield programme.fault("indicator", code, message, "measure", "index", "items")
    if index.minimum_items > len(index.items):
        message = (
            f"indicator {code} asks for more items than it has: found minimum_items {index.minimum_items}, expected "
            f"at most {len(index.items)}. Lower it."
        )
        yield programme.fault("indicator", code, message, "measure", "index", "minimum_items")
    for key, (low, high) in (("item_scale", index.item_scale), ("scale", index.scale)):
        if low >= high:
            thing = f"indicator {code} `{key}` has no width"
            message = f"{thing}: found {low:g} to {high:g}, expected lowest, then highest value. Exchange them."
            yield programme.fault("indicator", code, message, "measure", "index", key)


def _pair_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    pairs, code = indicator.measure.paired_change, indicator.code
    if pairs is None:
        return
    if pairs.before == pairs.after:
        message = (
            f"indicator {code} compares a wave with itself: found '{pairs.before}' before and after, expected two "
            "waves. Correct one of them."
        )
        yield programme.fault("indicator", code, message, "measure", "paired_change", "after")


def _entity_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    """Verbs that say themselves what one figure is about leave nothing for `per_entity` to say."""
    own = {"paired_change": "pair_by", "first_crossing": "entity"}
    for verb, key in own.items():
        if getattr(indicator.measure, verb) is not None and indicator.measure.per_entity is not None:
            message = (
                f"indicator {indicator.code} names what one figure is about twice: found `per_entity` beside "
                f"`{verb}`, expected `{key}` alone. Remove `per_entity`."
            )
            yield programme.fault("indicator", indicator.code, message, "measure", "per_entity")


def _baseline_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    if indicator.baseline is None:
        return
    try:
        parse_period(indicator.baseline.period)
    except ValueError as error:
        message = f"indicator {indicator.code} has a baseline of an unknown period: {error}. Correct it."
        yield programme.fault("indicator", indicator.code, message, "baseline", "period")
