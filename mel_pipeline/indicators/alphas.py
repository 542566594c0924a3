"""Cronbach's alpha beside each value of an index, over the rows of its cell that answer all items.

The formula is in `scales.py`; here the sums that it needs are asked for and brought to it.
"""

from typing import Any

import pandas as pd

from mel_pipeline.declarations.models import IndexOf
from mel_pipeline.indicators.means import Sums
from mel_pipeline.indicators.measures import scale_items
from mel_pipeline.indicators.scales import Alpha, cronbach_alpha

CellKey = tuple[Any, ...]
_KEYS = ["period", "period_end", "scope_code", "dimension", "category"]


def figures_of_items(index: IndexOf) -> dict[str, str]:
    """SQL of the number of rows that answer all items, and of the sums and squares of each item and of their total."""
    items = scale_items(index)
    answered = f"filter (where {' and '.join(f'{item} is not null' for item in items)})"
    figures = {"answered": f"count(*) {answered}"}
    for number, item in enumerate([*items, f"({' + '.join(items)})"]):
        figures[f"sum_{number}"] = f"sum({item}) {answered}"
        figures[f"squares_{number}"] = f"sum({item} * {item}) {answered}"
    return figures


def alphas_of(index: IndexOf, of_items: pd.DataFrame, values: pd.DataFrame) -> list[Alpha | None]:
    """Alpha of every value, in their order; none where an index has one item only.

    `of_items` are the figures of `figures_of_items` by period, scope code, dimension and category.
    """
    if len(index.items) < 2:
        return [None] * len(values)
    alphas = {
        tuple(row[key] for key in _KEYS): _alpha(len(index.items), row)
        for row in of_items.to_dict("records")
        if row["answered"] > 0
    }
    return [alphas.get(key) for key in zip(*(values[name] for name in _KEYS), strict=True)]


def _alpha(n_items: int, row: dict[Any, Any]) -> Alpha | None:
    *items, total = [
        Sums(row[f"sum_{number}"], row[f"squares_{number}"], int(row["answered"])) for number in range(n_items + 1)
    ]
    return cronbach_alpha(items, total)
