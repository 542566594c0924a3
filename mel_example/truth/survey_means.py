"""OCM-06 and OCM-08: how cities see cooperation with the national level, and their own influence, from 1 to 5."""

from collections.abc import Iterator

from mel_example.truth.member_answers import BY_LANGUAGE, MemberAnswer, by_kind_of_city, survey_values
from mel_example.truth.values import IndicatorValue, mean_value
from mel_example.world import SurveyAnswer, World

_COOPERATION = ("nlc/nlc", 6, 4)
_INFLUENCE = ("inf/inf", 3, 2)
"""What the questions of a group begin with, how many there are, and how many a city must have answered."""


def cooperation(answer: SurveyAnswer) -> float | None:
    """The mean of a city's answers on cooperation; None with fewer than four of six."""
    return _mean(answer, *_COOPERATION)


def influence(answer: SurveyAnswer) -> float | None:
    """The mean of a city's answers on its influence; None with fewer than two of three."""
    return _mean(answer, *_INFLUENCE)


def _mean(answer: SurveyAnswer, prefix: str, count: int, minimum: int) -> float | None:
    told = [answer.others.get(f"{prefix}_{number:02d}") for number in range(1, count + 1)]
    usable = [int(str(item)) for item in told if item and 1 <= int(str(item)) <= 5]
    return sum(usable) / len(usable) if len(usable) >= minimum else None


def cooperation_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-06 by year and scope, in total and by language."""
    return survey_values(world, "OCM-06", cooperation, mean_value, BY_LANGUAGE)


def influence_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-08 by year and scope, in total, by population and by seat in the steering committee."""

    def seat(row: MemberAnswer) -> list[str]:
        day = row.answer.answered_on
        seats = [each for each in world.steering_members if each.city_code == row.answer.city_code]
        return ["yes" if any(each.valid_from <= day <= (each.valid_to or day) for each in seats) else "no"]

    dimensions = {"population_band": by_kind_of_city(world)["population_band"], "isc_member": seat}
    return survey_values(world, "OCM-08", influence, mean_value, dimensions)
