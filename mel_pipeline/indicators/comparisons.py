"""Parts of a survey side by side, such as its languages: each pair with its difference and interval. Pure functions.

Parts stand in the order of their codes and are never ranked: answers in two languages differ for reasons of wording,
too, and a difference says no more than that the two should be read apart.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple, TypeVar

from mel_pipeline.indicators import means, proportions
from mel_pipeline.indicators.confidence import Interval
from mel_pipeline.indicators.means import Sums

Part = TypeVar("Part")


class Difference(NamedTuple):
    """Two parts by their codes, the second less the first, with the interval at 95 % where the answers can tell one."""

    first: str
    second: str
    value: float
    interval: Interval | None


def shares_side_by_side(parts: Mapping[str, tuple[int, int]]) -> list[Difference]:
    """Differences of a share between all parts that have answers; each part has answers that meet it, and answers."""
    return list(_pairs(parts, proportions.difference))


def means_side_by_side(parts: Mapping[str, Sums]) -> list[Difference]:
    """Differences of a mean between all parts that have answers."""
    return list(_pairs(parts, means.difference))


def _pairs(
    parts: Mapping[str, Part], compare: Callable[[Part, Part], tuple[float, Interval | None] | None]
) -> Iterator[Difference]:
    for first, second in combinations(sorted(parts), 2):
        told = compare(parts[first], parts[second])
        if told is not None:
            yield Difference(first, second, *told)
