"""The shape of a true value, and the arithmetic that all indicators share: counts, shares, coverage."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

Member = TypeVar("Member")


@dataclass(frozen=True, order=True)
class Cell:
    """Which value is meant: indicator, period, scope and category."""

    indicator_code: str
    period_type: str
    period: str
    scope_type: str
    scope_code: str
    dimension: str = "total"
    category: str = "total"


@dataclass(frozen=True, order=True)
class IndicatorValue:
    """One true value. None stands for what cannot be said: a share of nothing, a count's denominator."""

    cell: Cell
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    coverage: float | None


def count_value(cell: Cell, count: int, coverage: float | None) -> IndicatorValue:
    """A count: it is its own numerator, and has no denominator."""
    return IndicatorValue(cell, count, count, None, count, coverage)


def percentage_value(cell: Cell, numerator: int, denominator: int, coverage: float | None) -> IndicatorValue:
    """`100 * numerator / denominator`; empty where the denominator is 0."""
    value = 100 * numerator / denominator if denominator else None
    return IndicatorValue(cell, value, numerator, denominator, denominator, coverage)


def mean_value(cell: Cell, numbers: list[float], coverage: float | None) -> IndicatorValue:
    """The mean of some numbers, with their sum as numerator; empty where there are none."""
    value = sum(numbers) / len(numbers) if numbers else None
    return IndicatorValue(cell, value, sum(numbers), len(numbers), len(numbers), coverage)


def share(part: int, whole: int) -> float | None:
    """A part of a whole as 0 to 1; None where there is no whole."""
    return part / whole if whole else None


def grouped(members: Iterable[Member], categories: Callable[[Member], Iterable[str]]) -> dict[str, list[Member]]:
    """Members by category; one member may stand in several categories."""
    groups: dict[str, list[Member]] = {}
    for member in members:
        for category in sorted(set(categories(member))):
            groups.setdefault(category, []).append(member)
    return dict(sorted(groups.items()))
