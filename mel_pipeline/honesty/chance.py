"""How likely a result is by chance alone: the two tests that the checks share."""

from collections.abc import Sequence

SMALLEST_EXPECTED = 5
"""Expected cells below this make the chi-square test unreliable; such categories are put together."""


def at_least_by_chance(hits: int, n: int, share: float) -> float:
    """Exact binomial: the chance of so many hits or more among `n`, when each hits with that share."""
    if hits <= 0:
        return 1.0
    # scipy takes a moment to load, and hardly a run of the command needs a test.
    from scipy.special import bdtrc

    return float(bdtrc(hits - 1, n, share))


def same_composition(before: Sequence[int], after: Sequence[int]) -> tuple[float, int] | None:
    """Chi-square test that two waves are made up alike: p-value and degrees of freedom; None for too few to tell.

    Small categories are put together, smallest first, until each wave expects five in every cell.
    """
    columns = _pooled(sorted(zip(before, after, strict=True), key=sum))
    if len(columns) < 2:
        return None
    totals = [sum(column[wave] for column in columns) for wave in (0, 1)]
    statistic = sum(
        (column[wave] - _expected(column, wave, totals)) ** 2 / _expected(column, wave, totals)
        for column in columns
        for wave in (0, 1)
    )
    from scipy.special import chdtrc

    degrees = len(columns) - 1
    return float(chdtrc(degrees, statistic)), degrees


def _expected(column: tuple[int, int], wave: int, totals: Sequence[int]) -> float:
    return sum(column) * totals[wave] / sum(totals)


def _pooled(columns: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Columns, smallest first, of which the smallest were put together until all expect enough."""
    totals = [sum(column[wave] for column in columns) for wave in (0, 1)]
    if not all(totals):
        return []
    while len(columns) > 1 and min(_expected(columns[0], wave, totals) for wave in (0, 1)) < SMALLEST_EXPECTED:
        (first, second), *others = (columns[0], columns[1]), *columns[2:]
        columns = sorted([(first[0] + second[0], first[1] + second[1]), *others], key=sum)
    return columns
