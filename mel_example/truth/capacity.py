"""OCM-03 and IMP-01: how member cities see their capacity and their resilience, from the annual survey."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.register_records import Membership
from mel_example.truth.members import member_since_band, members_on, population_band
from mel_example.truth.scopes import Scope, has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, mean_value, share
from mel_example.truth.windows import YEARLY, windows
from mel_example.world import SurveyAnswer, World

_REVERSED_ITEM = 6
_MINIMUM_CAPACITY_ITEMS, _MINIMUM_RESILIENCE_ITEMS = 8, 6
_Index = Callable[[SurveyAnswer], float | None]


@dataclass(frozen=True)
class MemberAnswer:
    """The answer of a city that was a member on the day of the answer."""

    answer: SurveyAnswer
    membership: Membership


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


def city_answers(world: World) -> list[SurveyAnswer]:
    """One answer per city and year: the point of contact's, else the latest."""
    chosen: dict[tuple[str, int], SurveyAnswer] = {}
    for answer in sorted(world.answers, key=lambda each: (each.respondent_role == "poc", each.submitted_at)):
        chosen[answer.city_code, answer.answered_on.year] = answer
    return list(chosen.values())


def member_answers(world: World) -> list[MemberAnswer]:
    """The answers of cities that were members on the day."""
    return [
        MemberAnswer(answer, member)
        for answer in city_answers(world)
        for member in members_on(world, answer.answered_on)
        if member.city_code == answer.city_code
    ]


def capacity_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-03 by year and scope, in total and by population, income group, year joined and language."""
    by_language = {"language": lambda row: [row.answer.language]}
    dimensions = _dimensions(world) | by_language
    return _index_values(world, "OCM-03", lambda answer: capacity_index(answer.items), dimensions)


def resilience_values(world: World) -> Iterator[IndicatorValue]:
    """IMP-01 by year and scope, in total and by population, income group and year joined."""
    return _index_values(world, "IMP-01", lambda answer: resilience_index(answer.resilience), _dimensions(world))


def _index_values(
    world: World, code: str, index: _Index, dimensions: dict[str, Callable[[MemberAnswer], Iterable[str]]]
) -> Iterator[IndicatorValue]:
    answers = member_answers(world)
    for window in windows(YEARLY):
        wave = [row for row in answers if window.contains(row.answer.answered_on)]
        for scope in scopes(world, window.start, window.end):
            own = [row for row in wave if has_city(world, scope, row.answer.city_code, row.answer.answered_on)]
            coverage = share(len(own), _active_members(world, scope, window.end))
            cell = (code, window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield mean_value(Cell(*cell), _indices(own, index), coverage)
            scored = [row for row in own if index(row.answer) is not None]
            for dimension, categories in dimensions.items():
                for category, rows in grouped(scored, categories).items():
                    yield mean_value(Cell(*cell, dimension, category), _indices(rows, index), coverage)


def _active_members(world: World, scope: Scope, day: date) -> int:
    return sum(has_city(world, scope, row.city_code, day) for row in members_on(world, day))


def _indices(rows: Iterable[MemberAnswer], index: _Index) -> list[float]:
    return [found for found in (index(row.answer) for row in rows) if found is not None]


def _dimensions(world: World) -> dict[str, Callable[[MemberAnswer], Iterable[str]]]:
    cities = {city.city_code: city for city in world.cities}
    return {
        "population_band": lambda row: [population_band(cities[row.answer.city_code].population)],
        "income_group": lambda row: [cities[row.answer.city_code].income_group],
        "member_since_band": lambda row: [member_since_band(row.membership.joined_on)],
    }
