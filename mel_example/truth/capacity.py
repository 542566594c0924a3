"""OCM-03: the capacity index of member cities, from the annual survey."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.quarters import WHOLE_YEARS
from mel_example.truth.members import member_since_band, members_on, population_band
from mel_example.truth.scopes import Scope, has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, mean_value, share
from mel_example.world import Membership, SurveyAnswer, World

_REVERSED_ITEM = 6
_MINIMUM_ITEMS = 8


@dataclass(frozen=True)
class MemberAnswer:
    """The answer of a city that was a member on the day of the answer; `index` is None with too few items."""

    answer: SurveyAnswer
    membership: Membership
    index: float | None


def capacity_index(items: Iterable[int | None]) -> float | None:
    """0 to 100 from twelve items of 1 to 5, the seventh reversed; None with fewer than eight usable items."""
    usable = [
        6 - item if place == _REVERSED_ITEM else item
        for place, item in enumerate(items)
        if item is not None and 1 <= item <= 5
    ]
    if len(usable) < _MINIMUM_ITEMS:
        return None
    return (sum(usable) / len(usable) - 1) / 4 * 100


def member_answers(world: World) -> list[MemberAnswer]:
    """One answer per member city, in the order of submission."""
    answers = []
    for answer in world.answers:
        for member in members_on(world, answer.answered_on):
            if member.city_code == answer.city_code:
                answers.append(MemberAnswer(answer, member, capacity_index(answer.items)))
    return answers


def capacity_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-03 by year and scope, in total and by population, income group, year joined and language."""
    answers = member_answers(world)
    dimensions = _dimensions(world)
    for year in WHOLE_YEARS:
        begins, ends = date(year, 1, 1), date(year, 12, 31)
        wave = [row for row in answers if row.answer.answered_on.year == year]
        for scope in scopes(world, begins, ends):
            own = [row for row in wave if has_city(world, scope, row.answer.city_code, row.answer.answered_on)]
            coverage = share(len(own), _active_members(world, scope, ends))
            cell = ("OCM-03", "year", str(year), scope.scope_type, scope.scope_code)
            scored = [row for row in own if row.index is not None]
            yield mean_value(Cell(*cell), _indices(scored), coverage)
            for dimension, categories in dimensions.items():
                for category, rows in grouped(scored, categories).items():
                    yield mean_value(Cell(*cell, dimension, category), _indices(rows), coverage)


def _active_members(world: World, scope: Scope, day: date) -> int:
    return sum(has_city(world, scope, row.city_code, day) for row in members_on(world, day))


def _indices(rows: Iterable[MemberAnswer]) -> list[float]:
    return [row.index for row in rows if row.index is not None]


def _dimensions(world: World) -> dict[str, Callable[[MemberAnswer], Iterable[str]]]:
    cities = {city.city_code: city for city in world.cities}
    return {
        "population_band": lambda row: [population_band(cities[row.answer.city_code].population)],
        "income_group": lambda row: [cities[row.answer.city_code].income_group],
        "member_since_band": lambda row: [member_since_band(row.membership.joined_on)],
        "language": lambda row: [row.answer.language],
    }
