"""Which answers to the annual survey count, and values made of one figure per member city.

What a figure is belongs to the modules of the indicators: capacity, cooperation, influence and so on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.register_records import Membership
from mel_example.truth.members import member_since_band, members_on, population_band
from mel_example.truth.scopes import Scope, has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, share
from mel_example.truth.windows import YEARLY, windows
from mel_example.world import SurveyAnswer, World

Figure = Callable[[SurveyAnswer], float | None]
"""What one answer gives to a value; None where the city has not answered what is asked for."""
Pooled = Callable[[Cell, list[float], float | None], IndicatorValue]
"""How the figures of some cities become one value, with its coverage."""


@dataclass(frozen=True)
class MemberAnswer:
    """The answer of a city that was a member on the day of the answer."""

    answer: SurveyAnswer
    membership: Membership


Dimensions = dict[str, Callable[[MemberAnswer], Iterable[str]]]


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


def by_kind_of_city(world: World) -> Dimensions:
    """Population, income group and the years in which the city joined."""
    cities = {city.city_code: city for city in world.cities}
    return {
        "population_band": lambda row: [population_band(cities[row.answer.city_code].population)],
        "income_group": lambda row: [cities[row.answer.city_code].income_group],
        "member_since_band": lambda row: [member_since_band(row.membership.joined_on)],
    }


BY_LANGUAGE: Dimensions = {"language": lambda row: [row.answer.language]}


def survey_values(
    world: World, code: str, figure: Figure, pooled: Pooled, dimensions: Dimensions
) -> Iterator[IndicatorValue]:
    """Values by year and scope, in total and by category; cities without the figure stand only in the coverage."""
    answers = member_answers(world)
    for window in windows(YEARLY):
        wave = [row for row in answers if window.contains(row.answer.answered_on)]
        for scope in scopes(world, window.start, window.end):
            own = [row for row in wave if has_city(world, scope, row.answer.city_code, row.answer.answered_on)]
            coverage = share(len(own), _active_members(world, scope, window.end))
            cell = (code, window.period_type, window.code, scope.scope_type, scope.scope_code)
            yield pooled(Cell(*cell), _figures(own, figure), coverage)
            told = [row for row in own if figure(row.answer) is not None]
            for dimension, categories in dimensions.items():
                for category, rows in grouped(told, categories).items():
                    yield pooled(Cell(*cell, dimension, category), _figures(rows, figure), coverage)


def _active_members(world: World, scope: Scope, day: date) -> int:
    return sum(has_city(world, scope, row.city_code, day) for row in members_on(world, day))


def _figures(rows: Iterable[MemberAnswer], figure: Figure) -> list[float]:
    return [found for found in (figure(row.answer) for row in rows) if found is not None]
