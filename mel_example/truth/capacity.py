"""OCM-03 and IMP-01: how member cities see their capacity and their resilience, from the annual survey."""

from collections.abc import Iterable, Iterator

from mel_example.truth.member_answers import BY_LANGUAGE, by_kind_of_city, survey_values
from mel_example.truth.values import IndicatorValue, mean_value
from mel_example.world import World

_REVERSED_ITEM = 6
_MINIMUM_CAPACITY_ITEMS, _MINIMUM_RESILIENCE_ITEMS = 8, 6


def capacity_index(items: Iterable[int | None]) -> float | None:
    """0 to 100 from twelve items of 1 to 5, the seventh reversed; None with fewer than eight usable items."""
    turned = [6 - item if place == _REVERSED_ITEM and item else item for place, item in enumerate(items)]
    return _mean_index(turned, _MINIMUM_CAPACITY_ITEMS)


def resilience_index(items: Iterable[int | None]) -> float | None:
    """0 to 100 from eight items of 1 to 5; None with fewer than six usable items."""
    return _mean_index(items, _MINIMUM_RESILIENCE_ITEMS)


def _mean_index(items: Iterable[int | None], minimum: int) -> float | None:
    usable = [item for item in items if item is not None and 1 <= item <= 5]
    return (sum(usable) / len(usable) - 1) / 4 * 100 if len(usable) >= minimum else None


def capacity_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-03 by year and scope, in total and by population, income group, year joined and language."""
    dimensions = by_kind_of_city(world) | BY_LANGUAGE
    return survey_values(world, "OCM-03", lambda answer: capacity_index(answer.items), mean_value, dimensions)


def resilience_values(world: World) -> Iterator[IndicatorValue]:
    """IMP-01 by year and scope, in total and by population, income group and year joined."""
    dimensions = by_kind_of_city(world)
    return survey_values(world, "IMP-01", lambda answer: resilience_index(answer.resilience), mean_value, dimensions)
