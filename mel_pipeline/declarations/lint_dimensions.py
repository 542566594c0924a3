"""Faults of the categories by which values are broken down: bands that overlap, and labels that two of them share."""

import re
from collections.abc import Iterator
from itertools import combinations

from mel_pipeline.declarations.faults import Fault
from mel_pipeline.declarations.models import Dimension
from mel_pipeline.declarations.programme import Programme

_NUMBER = r"(\d+(?:\.\d+)?)([km]?)"
_BELOW = re.compile(rf"(?:under|below|before)_{_NUMBER}")
_FROM = re.compile(rf"(?:over|from)_{_NUMBER}|{_NUMBER}_(?:plus|on|and_over)")
_UP_TO_AND_WITH = re.compile(rf"{_NUMBER}_{_NUMBER}")
_UP_TO = re.compile(rf"{_NUMBER}_to_{_NUMBER}")
_FACTORS = {"": 1.0, "k": 1e3, "m": 1e6}

Band = tuple[float, float]
"""The first number of a band, and the first beyond it."""


def dimension_faults(programme: Programme) -> Iterator[Fault]:
    """What the categories of each dimension say about each other."""
    for name, dimension in programme.dimensions.items():
        yield from _overlaps(programme, name, dimension)
        yield from _shared_labels(programme, name, dimension)


def _overlaps(programme: Programme, name: str, dimension: Dimension) -> Iterator[Fault]:
    """Codes that are bands of numbers (`18_29`, `under_18`, `100k_to_500k`, `60_plus`) share no number."""
    if not isinstance(dimension.categories, dict):
        return
    bands = {code: band for code in dimension.categories if (band := band_of(code)) is not None}
    for (first, one), (second, other) in combinations(bands.items(), 2):
        if max(one[0], other[0]) < min(one[1], other[1]):
            message = (
                f"dimension {name} has overlapping categories: found {first} and {second}, expected bands that share "
                "no number, so that each row has one. Change an end of one of them."
            )
            yield programme.fault("dimension", name, message, "categories", second)


def band_of(code: str) -> Band | None:
    """The numbers that the code of a category spans, or None where it names no band.

    `18_29` holds its last number, as ages and years are told; `100k_to_500k` does not, as amounts are told.
    """
    for pattern in (_BELOW, _FROM, _UP_TO, _UP_TO_AND_WITH):
        match = pattern.fullmatch(code)
        if match is None:
            continue
        numbers = [float(number) * _FACTORS[unit] for number, unit in _pairs(match.groups()) if number is not None]
        if pattern is _BELOW:
            return float("-inf"), numbers[0]
        if pattern is _FROM:
            return numbers[0], float("inf")
        return numbers[0], numbers[1] + (1 if pattern is _UP_TO_AND_WITH else 0)
    return None


def _pairs(groups: tuple[str | None, ...]) -> Iterator[tuple[str | None, str]]:
    return ((number, unit or "") for number, unit in zip(groups[::2], groups[1::2], strict=True))


def _shared_labels(programme: Programme, name: str, dimension: Dimension) -> Iterator[Fault]:
    categories = dimension.categories if isinstance(dimension.categories, dict) else {}
    first: dict[tuple[str, str], str] = {}
    for code, category in categories.items():
        for language, text in category.label.items():
            earlier = first.setdefault((language, text.strip().casefold()), code)
            if earlier != code:
                message = (
                    f"dimension {name} has one label for two categories: found '{text}' for {earlier} and {code}, "
                    "expected two. Rename one."
                )
                # A reader cannot tell them apart, but the numbers are right: forms in draft have such labels.
                path = ("categories", code, "label", language)
                yield programme.fault("dimension", name, message, *path, severity="warning")
