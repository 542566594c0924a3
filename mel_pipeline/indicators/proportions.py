"""Shares from a simple random sample or a census, and differences of two shares: pure functions, no input or output.

Designed samples (strata, clusters, weights), what counts as an answer, and what a status makes of an interval
do not belong here. Every function is defined for p = 0, p = 1 and n = N, and gives None where there are no answers.
"""

import math

from mel_pipeline.indicators.confidence import Z_95, Interval


def wilson(k: int, n: int, population: int | None = None) -> Interval | None:
    """Interval at 95 % of the share k / n, after Wilson (1927), as shares from 0 to 1.

    With a finite population N, n is replaced by n(N-1)/(N-n). It is sampling error only: those who did not
    answer are taken to be like those who did.

    Args:
        k: answers with the property, 0 to n.
        n: answers.
        population: all who could have answered; None for a population without end. A population not larger
            than n is a census, which has no sampling error.

    Returns:
        The interval; (p, p) for a census; None without answers.
    """
    if n == 0:
        return None
    share = k / n
    if population is not None and population <= n:
        return Interval(share, share)
    effective_n = n if population is None else n * (population - 1) / (population - n)
    return wilson_of_share(share, effective_n)


def wilson_of_share(share: float, effective_n: float) -> Interval:
    """Wilson's interval of a share that is as well known as from `effective_n` answers."""
    shrink = 1 + Z_95**2 / effective_n
    centre = (share + Z_95**2 / (2 * effective_n)) / shrink
    half = Z_95 / shrink * math.sqrt(share * (1 - share) / effective_n + (Z_95 / (2 * effective_n)) ** 2)
    # Where none or all have the property an end is exactly 0 or 1; rounding would leave it a hair outside.
    return Interval(0.0 if share == 0 else centre - half, 1.0 if share == 1 else centre + half)


def range_without_assumption(k: int, n: int, population: int) -> Interval | None:
    """Range of the share in the whole population if those who did not answer could be anything.

    Returns:
        [k/N, (k + N - n)/N] as shares from 0 to 1; (k/n, k/n) where all answered; None where there is nobody.
    """
    missing = max(population - n, 0)
    everyone = n + missing
    return Interval(k / everyone, (k + missing) / everyone) if everyone else None


def difference(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, Interval] | None:
    """Difference of the shares of two independent samples, the second less the first, after Newcombe (1998, method 10).

    Args:
        first: answers with the property, and answers.
        second: the same of the other sample.

    Returns:
        The difference and its interval, within -1 and 1; None where one of the samples has no answers.
    """
    one, two = wilson(*first), wilson(*second)
    if one is None or two is None:
        return None
    before, after = first[0] / first[1], second[0] / second[1]
    below = math.hypot(after - two.low, one.high - before)
    above = math.hypot(two.high - after, before - one.low)
    return after - before, Interval(after - before - below, after - before + above)


def paired_difference(both: int, lost: int, gained: int, neither: int) -> tuple[float, Interval] | None:
    """Change of a share among the same persons, after less before, after Newcombe (1998, method 10 for pairs).

    Args:
        both: pairs with the property before and after.
        lost: pairs that had it before only.
        gained: pairs that have it after only.
        neither: pairs that never had it.

    Returns:
        The change and its interval, within -1 and 1; None without pairs.
    """
    n = both + lost + gained + neither
    one, two = wilson(both + lost, n), wilson(both + gained, n)
    if one is None or two is None:
        return None
    before, after = (both + lost) / n, (both + gained) / n
    phi = _phi(both, lost, gained, neither)
    below = _joined(after - two.low, one.high - before, phi)
    above = _joined(two.high - after, before - one.low, phi)
    return after - before, Interval(after - before - below, after - before + above)


def mcnemar(lost: int, gained: int) -> float:
    """Exact two-sided p of McNemar's test: whether as many lost a property as gained it; 1 where nobody changed."""
    if lost + gained == 0:
        return 1.0
    # scipy takes a moment to load, and hardly a run needs a test.
    from scipy.special import bdtr

    return min(1.0, 2 * float(bdtr(min(lost, gained), lost + gained, 0.5)))


def _phi(both: int, lost: int, gained: int, neither: int) -> float:
    """Correlation within pairs, lessened for small samples as Newcombe does; 0 where one side does not vary."""
    margins = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    if margins == 0:
        return 0.0
    determinant = both * neither - lost * gained
    n = both + lost + gained + neither
    lessened = max(determinant - n / 2, 0) if determinant > 0 else determinant
    return lessened / math.sqrt(margins)


def _joined(one: float, two: float, phi: float) -> float:
    # Rounding alone could leave the radicand a hair below zero.
    return math.sqrt(max(one**2 - 2 * phi * one * two + two**2, 0.0))
