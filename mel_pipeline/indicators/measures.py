"""Compile the measure language into SQL: what is counted or added up among the rows of one mart.

Each verb is one class of aggregate expressions. Which rows belong to a period and a scope is in `rows.py`;
expressions are those of the programme, parsed again here so that only one scalar expression can pass.
"""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from mel_pipeline.declarations.models import IndexOf, Indicator
from mel_pipeline.indicators.intervals import percent_factor

FACT = "facts"
"""Alias of the mart's rows in every compiled query."""


@dataclass(frozen=True)
class Aggregates:
    """SQL of the figures that one group of rows gives.

    `entity` is set where rows are first brought to one figure per entity; the other expressions then
    read the columns `entity_figure` of those figures.
    """

    value: str
    numerator: str
    denominator: str
    n: str
    unidentified: str = "0"
    sum_of_squares: str = "null"
    entity: str | None = None
    entity_figure: str | None = None


def expression(text: str) -> str:
    """Parse a declared expression and write it again, its columns bound to the mart's rows.

    Raises:
        ValueError: the text is not one scalar expression.
    """
    parsed = sqlglot.parse_one(text, dialect="duckdb")
    if parsed.find(exp.Query, exp.DDL, exp.DML, exp.Command):
        raise ValueError(f"found '{text}', expected one expression over the columns of the mart")
    bound = parsed.transform(_bind)
    return bound.sql(dialect="duckdb")


def _bind(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Column) and not node.table:
        return exp.column(node.this, table=FACT)
    return node


def compile_measure(indicator: Indicator) -> Aggregates:
    """The aggregate expressions of an indicator's verb."""
    if indicator.measure.is_designed:
        return _weighted(indicator)
    return COMPILERS[indicator.measure.verb](indicator)


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


@dataclass(frozen=True)
class SampledFigure:
    """SQL over the rows of a designed sample: the figure of a row, its weight, and whether it counts."""

    figure: str
    weight: str
    is_sampled: str
    is_answer: str


def sampled_figure(indicator: Indicator) -> SampledFigure:
    """What each row of a designed sample gives: 1 or 0 to a share, its number to a mean.

    A row without a weight above zero is not of the sample; one without a number is of it, but gives no answer.
    """
    measure = indicator.measure
    weight = f"{expression(measure.weight)}::double" if measure.weight else "1.0::double"
    if measure.share is not None:
        figure = f"(case when {expression(measure.share)} then 1.0 else 0.0 end)"
    else:
        figure = f"({expression(str(measure.mean))})::double"
    is_sampled = f"{weight} > 0"
    return SampledFigure(figure, weight, is_sampled, f"{is_sampled} and {figure} is not null")


def _weighted(indicator: Indicator) -> Aggregates:
    """The weighted share or mean of a designed sample; `n` stays the number of rows."""
    sampled = sampled_figure(indicator)
    product, answers = f"{sampled.weight} * {sampled.figure}", f"filter (where {sampled.is_answer})"
    amount = f"sum({product} order by {product}) {answers}"
    base = f"sum({sampled.weight} order by {sampled.weight}) {answers}"
    return Aggregates(
        value=f"{percent_factor(indicator)}.0 * {amount} / {base}",
        numerator=f"coalesce({amount}, 0)",
        denominator=f"coalesce({base}, 0)",
        n=f"count(*) {answers}",
    )


def _share(indicator: Indicator) -> Aggregates:
    met = f"count(*) filter (where {expression(str(indicator.measure.share))})"
    return Aggregates(
        value=f"{percent_factor(indicator)}.0 * {met} / nullif(count(*), 0)",
        numerator=met,
        denominator="count(*)",
        n="count(*)",
    )


def _mean(indicator: Indicator) -> Aggregates:
    """The mean of an expression: of rows, or of one mean per entity; rows without a number are left out."""
    return _mean_of(
        f"avg({expression(str(indicator.measure.mean))} order by {FACT}._record_keys)",
        entity=expression(indicator.measure.per_entity) if indicator.measure.per_entity else None,
    )


def _paired_change(indicator: Indicator) -> Aggregates:
    """The mean of the differences within pairs, after minus before.

    A pair has exactly one score of each wave: which of several would be meant is not for a measure to guess.
    """
    pairs = indicator.measure.paired_change
    if pairs is None:
        raise ValueError(f"Indicator {indicator.code} has no pairs to compile.")
    score, wave = expression(pairs.score), expression(pairs.wave)
    of_wave = {name: f"filter (where {wave} = {_text(name)})" for name in (pairs.before, pairs.after)}
    counts = " and ".join(f"count({score}) {rows} = 1" for rows in of_wave.values())
    change = f"max({score}) {of_wave[pairs.after]} - max({score}) {of_wave[pairs.before]}"
    return _mean_of(
        f"case when {counts} then {change} end",
        entity=f"row({', '.join(map(expression, pairs.pair_by))})",
    )


def _first_crossing(indicator: Indicator) -> Aggregates:
    """How many things crossed: `crossings.py` leaves one row of each; a row without its thing could be one more."""
    crossing = indicator.measure.first_crossing
    if crossing is None:
        raise ValueError(f"Indicator {indicator.code} has no crossing to compile.")
    crossed = f"count({expression(crossing.entity)})"
    return Aggregates(
        value=crossed, numerator=crossed, denominator="null", n=crossed, unidentified=f"count(*) - {crossed}"
    )


def _text(value: str) -> str:
    return exp.Literal.string(value).sql(dialect="duckdb")


def _index(indicator: Indicator) -> Aggregates:
    """The mean of scale scores: of rows, or of one mean per entity."""
    index = indicator.measure.index
    if index is None:
        raise ValueError(f"Indicator {indicator.code} has no index to compile.")
    return _mean_of(
        f"avg({scale_score(index)} order by {FACT}._record_keys)",
        entity=expression(indicator.measure.per_entity) if indicator.measure.per_entity else None,
    )


def _mean_of(entity_figure: str, entity: str | None) -> Aggregates:
    # Numbers are added up in a fixed order: floating-point sums in an order of chance differ in the last digits.
    total = "sum(entity_figure order by entity_figure)"
    return Aggregates(
        value=f"{total} / nullif(count(entity_figure), 0)",
        numerator=f"coalesce({total}, 0)",
        denominator="count(entity_figure)",
        n="count(entity_figure)",
        sum_of_squares="sum(entity_figure * entity_figure order by entity_figure)",
        entity=entity,
        entity_figure=entity_figure,
    )


def scale_score(index: IndexOf) -> str:
    """SQL of one row's scale score: the mean of its valid items, moved onto the index scale.

    A reversed item counts as its mirror image on the item scale (6 - x on 1 to 5); a row with fewer valid
    items than the minimum has no score. Formula: (mean - low) / (high - low), stretched to the index scale: for
    items from 1 to 5 and an index from 0 to 100 the usual (mean - 1) / 4 * 100.
    """
    low, high = index.item_scale
    floor, ceiling = index.scale
    items = [f"({low + high:g} - {FACT}.{item})" if item in index.reverse else f"{FACT}.{item}" for item in index.items]
    total = " + ".join(f"coalesce({item}, 0)" for item in items)
    valid = " + ".join(f"(case when {item} is null then 0 else 1 end)" for item in items)
    mean = f"(({total}) * 1.0 / ({valid}))"
    return (
        f"case when ({valid}) >= {index.minimum_items} "
        f"then {floor:g} + ({mean} - {low:g}) / {high - low:g} * {ceiling - floor:g} end"
    )


COMPILERS = {
    "count": _count,
    "count_distinct": _count_distinct,
    "share": _share,
    "mean": _mean,
    "paired_change": _paired_change,
    "first_crossing": _first_crossing,
    "index": _index,
}
"""What compiles each verb."""
