"""Compile the measure language into SQL: what is counted or added up among the rows of one mart.

Which rows belong to a period and a scope is in `rows.py`, which interval a value has in `intervals.py`.
"""

from mel_pipeline.indicators.measures.aggregates import Aggregates, figures_sql
from mel_pipeline.indicators.measures.compiled import compile_measure, percent_factor
from mel_pipeline.indicators.measures.composites import plain_indicator
from mel_pipeline.indicators.measures.expressions import FACT, expression
from mel_pipeline.indicators.measures.sampled import SampledFigure, sampled_figure
from mel_pipeline.indicators.measures.scale_scores import scale_items, scale_score

__all__ = [
    "FACT",
    "Aggregates",
    "SampledFigure",
    "compile_measure",
    "expression",
    "figures_sql",
    "percent_factor",
    "plain_indicator",
    "sampled_figure",
    "scale_items",
    "scale_score",
]
