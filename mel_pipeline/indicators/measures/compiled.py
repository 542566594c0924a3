"""Compile each verb of the measure language into the aggregate expressions of one group of rows.

Which verb there is and how it counts belongs here; samples with a design are in `sampled.py`. Rows without the number
that a verb asks for are left out. Where nothing is left, or the denominator is zero, there is no value.
"""

from collections.abc import Callable
from dataclasses import replace

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.indicators.measures.aggregates import Aggregates, EntityFigures, RowFigures
from mel_pipeline.indicators.measures.expressions import FACT, expression, number, text_literal
from mel_pipeline.indicators.measures.sampled import weighted_median, weighted_ratio, weighted_total
from mel_pipeline.indicators.measures.scale_scores import scale_score

_ENTITY_FIGURE = "entity_figure"
_ABOVE, _BELOW = "measured_numerator", "measured_denominator"
ROUNDING = "1e-12"
"""Share of a sum of squares below which a spread is the rounding of sums."""


def percent_factor(indicator: Indicator) -> int:
    """What a share is multiplied by to stand in the indicator's unit."""
    return 100 if indicator.type == "percentage" else 1


def compile_measure(indicator: Indicator) -> Aggregates:
    """The aggregate expressions of an indicator's verb."""
    measure = indicator.measure
    if measure.is_designed:
        if indicator.adds_up:
            return weighted_total(indicator)
        return weighted_median(indicator) if measure.median else weighted_ratio(indicator, percent_factor(indicator))
    plain = COMPILERS[measure.verb](indicator)
    return plain if measure.per_entity is None else _per_entity(indicator, plain)


def _per_entity(indicator: Indicator, plain: Aggregates) -> Aggregates:
    """One figure per entity, as the verb gives it; then the mean of these figures, or the median of medians."""
    summed = _median_of if indicator.measure.median else _mean_of
    figure = _IN_SHARES.get(indicator.measure.verb, lambda each: each.value)(plain)
    entity = expression(str(indicator.measure.per_entity))
    of_entities = summed(indicator, _ENTITY_FIGURE)
    return replace(of_entities, entity_figures=EntityFigures(entity, figure), row_figures=plain.row_figures)


_IN_SHARES: dict[str, Callable[[Aggregates], str]] = {
    verb: lambda each: f"1.0 * ({each.numerator}) / nullif({each.denominator}, 0)" for verb in ("share", "ratio")
}
"""Verbs whose value is in percent, while figures per entity are added up as shares."""


def _count(indicator: Indicator) -> Aggregates:
    return Aggregates(value="count(*)", numerator="count(*)", denominator="null", n="count(*)")


def _count_distinct(indicator: Indicator) -> Aggregates:
    column = expression(str(indicator.measure.count_distinct))
    distinct = f"count(distinct {column})"
    return Aggregates(
        value=distinct,
        numerator=distinct,
        denominator="null",
        n=distinct,
        unidentified=f"count(*) - count({column})",
    )


def _sum(indicator: Indicator) -> Aggregates:
    return _total(number(str(indicator.measure.sum)))


def _total(figure: str) -> Aggregates:
    # Numbers are added up in a fixed order: floating-point sums in an order of chance differ in the last digits.
    total = f"sum({figure} order by {figure})"
    return Aggregates(value=total, numerator=f"coalesce({total}, 0)", denominator="null", n=f"count({figure})")


def _share(indicator: Indicator) -> Aggregates:
    met = f"count(*) filter (where {expression(str(indicator.measure.share))})"
    return Aggregates(
        value=f"{percent_factor(indicator)}.0 * {met} / nullif(count(*), 0)",
        numerator=met,
        denominator="count(*)",
        n="count(*)",
    )


def _mean(indicator: Indicator) -> Aggregates:
    return _mean_of(indicator, number(str(indicator.measure.mean)))


def _index(indicator: Indicator) -> Aggregates:
    """The mean of scale scores."""
    index = indicator.measure.index
    if index is None:
        raise ValueError(f"Indicator {indicator.code} has no index to compile.")
    return _mean_of(indicator, f"({scale_score(index)})")


def _mean_of(indicator: Indicator, figure: str) -> Aggregates:
    total = f"sum({figure} order by {figure})"
    return Aggregates(
        value=f"{percent_factor(indicator)}.0 * {total} / nullif(count({figure}), 0)",
        numerator=f"coalesce({total}, 0)",
        denominator=f"count({figure})",
        n=f"count({figure})",
        sum_of_squares=f"sum({figure} * {figure} order by {figure})",
    )


def _median(indicator: Indicator) -> Aggregates:
    return _median_of(indicator, number(str(indicator.measure.median)))


def _median_of(indicator: Indicator, figure: str) -> Aggregates:
    """A median is nothing over something: its numerator stays empty."""
    count = f"count({figure})"
    return Aggregates(value=f"median({figure})", numerator="null::double", denominator=count, n=count)


def _ratio(indicator: Indicator) -> Aggregates:
    ratio = indicator.measure.ratio
    if ratio is None:
        raise ValueError(f"Indicator {indicator.code} has no ratio to compile.")
    return _ratio_of(indicator, number(ratio.numerator), number(ratio.denominator))


def _ratio_of(indicator: Indicator, above: str, below: str) -> Aggregates:
    """The sum of the numerators over that of the denominators; a row that lacks one of them gives neither."""
    amount, base = (f"sum({each} order by {each})" for each in (_ABOVE, _BELOW))
    ratio = f"({amount} / nullif({base}, 0))"
    squares = f"sum({_ABOVE} * {_ABOVE} order by {_ABOVE})"
    products = f"sum({_ABOVE} * {_BELOW} order by {_ABOVE} * {_BELOW})"
    residues = f"{squares} - 2 * {ratio} * {products} + {ratio} * {ratio} * sum({_BELOW} * {_BELOW} order by {_BELOW})"
    return Aggregates(
        value=f"{percent_factor(indicator)}.0 * {amount} / nullif({base}, 0)",
        numerator=f"coalesce({amount}, 0)",
        denominator=f"coalesce({base}, 0)",
        n="count(*)",
        sum_of_squares=f"case when {residues} > {ROUNDING} * {squares} then {residues} else 0 end",
        row_figures=RowFigures({_ABOVE: above, _BELOW: below}, f"{_ABOVE} is not null and {_BELOW} is not null"),
    )


def _paired_change(indicator: Indicator) -> Aggregates:
    """The mean of the differences within pairs, after minus before.

    A pair has exactly one score of each wave: which of several would be meant is not for a measure to guess. Rows that
    lack a part of the pair's name could be anybody's.
    """
    pairs = indicator.measure.paired_change
    if pairs is None:
        raise ValueError(f"Indicator {indicator.code} has no pairs to compile.")
    score, wave = expression(pairs.score), expression(pairs.wave)
    of_wave = {name: f"filter (where {wave} = {text_literal(name)})" for name in (pairs.before, pairs.after)}
    counts = " and ".join(f"count({score}) {rows} = 1" for rows in of_wave.values())
    change = f"max({score}) {of_wave[pairs.after]} - max({score}) {of_wave[pairs.before]}"
    names = [expression(column) for column in pairs.pair_by]
    is_named = " and ".join(f"{name} is not null" for name in names)
    pair = EntityFigures(
        entity=f"(case when {is_named} then row({', '.join(names)}) end)",
        figure=f"(case when {counts} then {change} end)::double",
    )
    return replace(_mean_of(indicator, _ENTITY_FIGURE), entity_figures=pair)


def _first_crossing(indicator: Indicator) -> Aggregates:
    """How many things crossed: `crossings.py` leaves one row of each; a row without its thing could be one more."""
    crossing = indicator.measure.first_crossing
    if crossing is None:
        raise ValueError(f"Indicator {indicator.code} has no crossing to compile.")
    crossed = f"count({expression(crossing.entity)})"
    return Aggregates(
        value=crossed, numerator=crossed, denominator="null", n=crossed, unidentified=f"count(*) - {crossed}"
    )


def _sql(indicator: Indicator) -> Aggregates:
    """The figures that the rows of the declared query carry, added up; `n` is what they say stands behind them."""
    n = f"coalesce(sum({FACT}.n), 0)::bigint"
    above = f"{FACT}.numerator::double"
    if indicator.adds_up:
        return replace(_total(above), n=n)
    return replace(_ratio_of(indicator, above, f"{FACT}.denominator::double"), n=n, sum_of_squares="null")


COMPILERS: dict[str, Callable[[Indicator], Aggregates]] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
    "share": _share,
    "mean": _mean,
    "median": _median,
    "ratio": _ratio,
    "paired_change": _paired_change,
    "first_crossing": _first_crossing,
    "index": _index,
    "sql": _sql,
}
"""What compiles each verb; `all_of` is written as a share before."""
