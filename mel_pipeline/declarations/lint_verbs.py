"""Faults of an indicator's verb: that there is one, that it fits the type, and that what stands beside it is defined.

What a measure reads from the marts is in `lint_measures.py`.
"""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, one_of, unknown_name
from mel_pipeline.declarations.models import TOTALS, VERBS, Indicator, Measure
from mel_pipeline.declarations.programme import Programme

_VERBS_OF_TYPE = {
    "count": ("count", "count_distinct", "sum", "sql"),
    "percentage": ("share", "ratio", "all_of", "sql"),
    "mean": ("mean", "median", "ratio", "paired_change", "index", "sql"),
    "index": ("index", "mean", "median", "sql"),
    "ratio": ("ratio", "mean", "median", "sql"),
    "milestone": ("first_crossing", "sql"),
}
_TYPES_PER_ENTITY = ("mean", "ratio")
"""Types of a total that is first told for each entity: the mean of these totals is no total."""

_SAMPLED_VERBS = ("count", "sum", "share", "mean", "median", "ratio", "index", "all_of")
"""Verbs for which weights, strata and clusters have a meaning."""

_OWN_ENTITY = {
    "paired_change": "`pair_by` alone",
    "first_crossing": "`entity` alone",
    "all_of": "the rows of the table",
    "sql": "a query that gives one row per entity",
}
"""Verbs that say themselves what one figure is about, and where."""


def verb_faults(programme: Programme) -> Iterator[Fault]:
    """What the measure of each indicator says by itself, without the marts."""
    for indicator in programme.indicators.values():
        verbs = [verb for verb in VERBS if getattr(indicator.measure, verb) is not None]
        if len(verbs) != 1:
            message = (
                f"indicator {indicator.code} `measure` does not have one verb: found {', '.join(verbs) or 'none'}, "
                f"expected exactly {one_of(VERBS)}. Write one of them."
            )
            yield programme.fault("indicator", indicator.code, message, "measure")
        for verb in verbs:
            yield from _type_faults(programme, indicator, verb)
            yield from _entity_faults(programme, indicator, verb)
            yield from _numerator_faults(programme, indicator, verb)
        yield from _denominator_faults(programme, indicator)
        yield from _index_faults(programme, indicator)
        yield from _pair_faults(programme, indicator)
        yield from _design_faults(programme, indicator, verbs)
        if len(verbs) == 1:
            yield from _population_faults(programme, indicator)


def _type_faults(programme: Programme, indicator: Indicator, verb: str) -> Iterator[Fault]:
    fitting = _VERBS_OF_TYPE[indicator.type]
    if verb in TOTALS and indicator.measure.per_entity is not None:
        if indicator.type not in _TYPES_PER_ENTITY:
            message = (
                f"indicator {indicator.code} `type` does not fit a mean of totals: found {indicator.type} beside "
                f"`{verb}` with `per_entity`, expected {one_of(_TYPES_PER_ENTITY)}. Change the type, or remove "
                "`per_entity`."
            )
            yield programme.fault("indicator", indicator.code, message, "type")
    elif verb not in fitting:
        thing = f"indicator {indicator.code} of type {indicator.type} has a verb that does not fit"
        message = f"{thing}: found {verb}, expected {one_of(fitting)}. Change type or verb."
        yield programme.fault("indicator", indicator.code, message, "measure", verb)


def _denominator_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    if indicator.type == "percentage" and not indicator.denominator:
        message = (
            f"indicator {indicator.code} is a percentage without denominator: found none, expected who or what 100 % "
            "is. Add `denominator:` in every language."
        )
        yield programme.fault("indicator", indicator.code, message, "denominator")


def _numerator_faults(programme: Programme, indicator: Indicator, verb: str) -> Iterator[Fault]:
    is_share_of_rows = verb in ("share", "all_of") and indicator.measure.per_entity is None
    if indicator.disaggregate_numerator_by and not is_share_of_rows:
        message = (
            f"indicator {indicator.code} has no numerator to break down: found `disaggregate_numerator_by`, expected "
            "it with `share` or `all_of` of rows only. Use `disaggregate_by`."
        )
        yield programme.fault("indicator", indicator.code, message, "disaggregate_numerator_by")


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


def _entity_faults(programme: Programme, indicator: Indicator, verb: str) -> Iterator[Fault]:
    """Verbs that say themselves what one figure is about leave nothing for `per_entity` to say."""
    if verb in _OWN_ENTITY and indicator.measure.per_entity is not None:
        message = (
            f"indicator {indicator.code} names what one figure is about twice: found `per_entity` beside "
            f"`{verb}`, expected {_OWN_ENTITY[verb]}. Remove `per_entity`."
        )
        yield programme.fault("indicator", indicator.code, message, "measure", "per_entity")


def _design_faults(programme: Programme, indicator: Indicator, verbs: list[str]) -> Iterator[Fault]:
    """What a sample with weights, strata or clusters cannot stand beside."""
    measure = indicator.measure
    keys = [key for key in ("weight", "stratum", "cluster") if getattr(measure, key) is not None]
    if measure.interval is not None and (not keys or not {"share", "all_of"} & set(verbs)):
        message = (
            f"indicator {indicator.code} `measure.interval` is for the share of a sample with `weight`, `stratum` or "
            f"`cluster`: found {measure.interval} for another measure, expected none. Remove it."
        )
        yield programme.fault("indicator", indicator.code, message, "measure", "interval")
    for other in _undefined_beside_design(measure, verbs) if keys else ():
        message = (
            f"indicator {indicator.code} `measure.{keys[0]}` has no meaning here: found it beside `{other}`, expected "
            f"it with {one_of(_SAMPLED_VERBS)} of rows. Remove one of them."
        )
        yield programme.fault("indicator", indicator.code, message, "measure", keys[0])


def _undefined_beside_design(measure: Measure, verbs: list[str]) -> Iterator[str]:
    yield from (verb for verb in verbs if verb not in _SAMPLED_VERBS)
    if measure.per_entity is not None:
        yield "per_entity"
    if measure.population == "census":
        yield "population: census"


def _population_faults(programme: Programme, indicator: Indicator) -> Iterator[Fault]:
    """A total of all rows is complete, and of a query's rows nobody knows how they were drawn."""
    measure = indicator.measure
    has_interval = measure.is_designed or not (indicator.adds_up or measure.sql is not None)
    is_census_query = measure.sql is not None and measure.population == "census" and not indicator.adds_up
    if measure.population is not None and not has_interval and not is_census_query:
        message = (
            f"indicator {indicator.code} `measure.population` has no meaning here: found it beside `{measure.verb}`, "
            "which has no sampling error, expected it with a share, a mean or another sampled figure. Remove it."
        )
        yield programme.fault("indicator", indicator.code, message, "measure", "population")
