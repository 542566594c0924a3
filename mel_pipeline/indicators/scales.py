"""Items of a scale: how well they hang together, and how answers spread over one of them. Pure functions.

Scores of a scale are computed in SQL (`measures`). "Don't know" and refusals are no step of a scale: they are told
apart and count in no share. Everything is defined where nobody answered or everybody gave the same answer.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mel_pipeline.indicators.confidence import UPPER_TAIL_95, Interval
from mel_pipeline.indicators.means import Sums, standard_deviation
from mel_pipeline.indicators.proportions import wilson


class Alpha(NamedTuple):
    """Cronbach's alpha with its interval; it may lie below zero where items contradict each other."""

    value: float
    interval: Interval | None


class AnswerShare(NamedTuple):
    """How often one answer, or a group of answers, was given; the share is among those who took a step of the scale."""

    n: int
    share: float | None
    interval: Interval | None


class Distribution(NamedTuple):
    """Answers to one item: each step of the scale, its two highest steps together, and the answers that are no step."""

    steps: dict[int, AnswerShare]
    top_two: AnswerShare
    not_answered: dict[str, int]


def cronbach_alpha(items: Sequence[Sums], total: Sums) -> Alpha | None:
    """Cronbach's alpha of the items of a scale, with Feldt's interval at 95 % (1965).

    Args:
        items: sums of each item over the rows that answer all items, reversed items turned round.
        total: sums of the rows' totals over all items.

    Returns:
        Alpha; 1 without an interval where every row gives all items alike; None with fewer than two items or rows,
        and where all rows have the same total, so that nothing can hang together.
    """
    k, n = len(items), total.n
    if k < 2 or n < 2:
        return None
    of_total = standard_deviation(*total)
    if of_total is None:
        return None
    variances = [(standard_deviation(*item) or 0.0) ** 2 for item in items]
    alpha = k / (k - 1) * (1 - math.fsum(variances) / of_total**2)
    if alpha >= 1 - 1e-12:
        return Alpha(1.0, None)
    return Alpha(alpha, _feldt(alpha, k, n))


def _feldt(alpha: float, k: int, n: int) -> Interval:
    # scipy takes a moment to load, and most runs of the command need no alpha.
    from scipy.special import fdtri

    above, below = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * float(fdtri(above, below, tail)) for tail in (UPPER_TAIL_95, 1 - UPPER_TAIL_95))
    return Interval(low, high)


def distribution(
    counts: Mapping[int, int],
    not_answered: Mapping[str, int],
    scale: tuple[int, int] = (1, 5),
    population: int | None = None,
) -> Distribution:
    """Share of each answer to an item and of the two highest together, with Wilson's intervals.

    Args:
        counts: how often each step was taken; steps that nobody took may be left out.
        not_answered: how often each answer was given that is no step, such as "don't know".
        scale: lowest and highest step.
        population: all who could have answered; None for a population without end.

    Raises:
        ValueError: a step lies outside the scale.
    """
    low, high = scale
    outside = sorted(step for step in counts if not low <= step <= high)
    if outside:
        raise ValueError(f"found the answer {outside[0]}, expected {low} to {high}")
    n = sum(counts.values())
    steps = {step: _share(counts.get(step, 0), n, population) for step in range(low, high + 1)}
    top_two = _share(sum(counts.get(step, 0) for step in (high - 1, high)), n, population)
    return Distribution(steps, top_two, dict(not_answered))


def _share(k: int, n: int, population: int | None) -> AnswerShare:
    return AnswerShare(k, k / n if n else None, wilson(k, n, population))
