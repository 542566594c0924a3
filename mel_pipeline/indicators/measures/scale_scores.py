"""The scale score of one row, as SQL: the mean of its items on the index scale."""

from mel_pipeline.declarations.models import IndexOf
from mel_pipeline.indicators.measures.expressions import FACT


def scale_score(index: IndexOf) -> str:
    """SQL of one row's scale score: the mean of its valid items, moved onto the index scale.

    A reversed item counts as its mirror image on the item scale (6 - x on 1 to 5); a row with fewer valid
    items than the minimum has no score. Formula: (mean - low) / (high - low), stretched to the index scale: for
    items from 1 to 5 and an index from 0 to 100 the usual (mean - 1) / 4 * 100.
    """
    low, high = index.item_scale
    floor, ceiling = index.scale
    items = scale_items(index)
    total = " + ".join(f"coalesce({item}, 0)" for item in items)
    valid = " + ".join(f"(case when {item} is null then 0 else 1 end)" for item in items)
    mean = f"(({total}) * 1.0 / ({valid}))"
    return (
        f"case when ({valid}) >= {index.minimum_items} "
        f"then {floor:g} + ({mean} - {low:g}) / {high - low:g} * {ceiling - floor:g} end"
    )


def scale_items(index: IndexOf) -> list[str]:
    """SQL of each item of a scale, reversed items turned round."""
    ends = sum(index.item_scale)
    return [f"({ends:g} - {FACT}.{item})" if item in index.reverse else f"{FACT}.{item}" for item in index.items]
