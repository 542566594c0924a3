"""What each row of a sample with weights, strata or clusters gives to its indicator, as SQL.

The sums by stratum and cluster, and intervals out of them, are in `designs.py`.
"""

from dataclasses import dataclass

from mel_pipeline.declarations.models import Indicator, Measure
from mel_pipeline.indicators.measures.aggregates import CELL, Aggregates, RowFigures
from mel_pipeline.indicators.measures.expressions import expression, number
from mel_pipeline.indicators.measures.scale_scores import scale_score

ROUNDING = "1e-12"
"""Share of a weight that is the rounding of sums."""


@dataclass(frozen=True)
class SampledFigure:
    """SQL over the rows of a designed sample: figure and base of a row, its weight, and whether it counts.

    The value is the weighted sum of the figures, for a ratio or mean over that of the bases.
    """

    figure: str
    base: str
    weight: str
    is_sampled: str
    is_answer: str


def sampled_figure(indicator: Indicator) -> SampledFigure:
    """What each row of a designed sample gives: 1 or 0 to a share, its number to a mean or sum, 1 to a count.

    A row without a weight above zero is not of the sample; one without a number is of it, but gives no answer.
    """
    measure = indicator.measure
    weight = number(measure.weight) if measure.weight else "1.0::double"
    figure, base = _figure_and_base(measure)
    is_sampled = f"{weight} > 0"
    is_answer = f"{is_sampled} and {figure} is not null and {base} is not null"
    return SampledFigure(figure, base, weight, is_sampled, is_answer)


def _figure_and_base(measure: Measure) -> tuple[str, str]:
    if measure.share is not None:
        return f"(case when {expression(measure.share)} then 1.0 else 0.0 end)", "1.0"
    if measure.ratio is not None:
        return number(measure.ratio.numerator), number(measure.ratio.denominator)
    if measure.index is not None:
        return f"({scale_score(measure.index)})", "1.0"
    if measure.count:
        return "1.0", "1.0"
    return number(str(measure.sum or measure.mean or measure.median)), "1.0"


def weighted_ratio(indicator: Indicator, factor: int) -> Aggregates:
    """The weighted share, mean or ratio of a designed sample; `n` stays the number of rows."""
    sampled = sampled_figure(indicator)
    amount, base = _sum(sampled, sampled.figure), _sum(sampled, sampled.base)
    return Aggregates(
        value=f"{factor}.0 * {amount} / nullif({base}, 0)",
        numerator=f"coalesce({amount}, 0)",
        denominator=f"coalesce({base}, 0)",
        n=f"count(*) filter (where {sampled.is_answer})",
    )


def weighted_total(indicator: Indicator) -> Aggregates:
    """The count or sum in the population that a designed sample stands for."""
    sampled = sampled_figure(indicator)
    amount = _sum(sampled, sampled.figure)
    value = f"coalesce({amount}, 0)" if indicator.measure.count else amount
    return Aggregates(
        value=value,
        numerator=f"coalesce({amount}, 0)",
        denominator="null",
        n=f"count(*) filter (where {sampled.is_answer})",
    )


def weighted_median(indicator: Indicator) -> Aggregates:
    """The figure that parts the weight into halves; midway between two figures where they meet between these."""
    sampled = sampled_figure(indicator)
    figures = {
        "measured_figure": sampled.figure,
        "weight_so_far": f"sum({sampled.weight}) over (partition by {CELL} order by {sampled.figure})",
        "whole_weight": f"sum({sampled.weight}) over (partition by {CELL})",
    }
    at_least = f"min(measured_figure) filter (where 2 * weight_so_far >= whole_weight * (1 - {ROUNDING}))"
    beyond = f"min(measured_figure) filter (where 2 * weight_so_far > whole_weight * (1 + {ROUNDING}))"
    return Aggregates(
        value=f"({at_least} + {beyond}) / 2",
        numerator="null::double",
        denominator="max(whole_weight)",
        n="count(*)",
        row_figures=RowFigures(figures, sampled.is_answer),
    )


def _sum(sampled: SampledFigure, term: str) -> str:
    product = sampled.weight if term == "1.0" else f"{sampled.weight} * {term}"
    return f"sum({product} order by {product}) filter (where {sampled.is_answer})"
