"""OUT-04, OCM-05 and OCM-07: shares of the member cities that answered a question of the annual survey.

A city that left a question open says neither yes nor no and is left out of its share.
"""

from collections.abc import Iterator

from mel_example.truth.member_answers import BY_LANGUAGE, by_kind_of_city, survey_values
from mel_example.truth.values import Cell, IndicatorValue, percentage_value
from mel_example.world import SurveyAnswer, World

_ADOPTED_STAGE = 4
_FEWEST_MEETINGS = 2


def uses_a_resource(answer: SurveyAnswer) -> bool | None:
    """Whether a city used at least one resource; None where it ticked nothing, not even "none"."""
    return answer.resources_used != ("none",) if answer.resources_used else None


def has_framework(answer: SurveyAnswer) -> bool | None:
    """Whether the framework with several actors is adopted, in use or not; None without an answer."""
    stage = answer.others.get("sys/framework_status")
    return int(str(stage)) >= _ADOPTED_STAGE if stage else None


def has_youth_mechanism(answer: SurveyAnswer) -> bool | None:
    """Whether a council or forum of young people met at least twice; None where either answer is missing."""
    exists, meetings = (answer.others.get(path) for path in ("yth/yth_mech", "yth/yth_meetings"))
    if exists == "no":
        return False
    return int(str(meetings)) >= _FEWEST_MEETINGS if exists and meetings else None


def resource_use_values(world: World) -> Iterator[IndicatorValue]:
    """OUT-04 by year and scope, in total and by population, income group, year joined and language."""
    return survey_values(world, "OUT-04", uses_a_resource, _percentage, by_kind_of_city(world) | BY_LANGUAGE)


def framework_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-05 by year and scope, in total and by population, income group and year joined."""
    return survey_values(world, "OCM-05", has_framework, _percentage, by_kind_of_city(world))


def youth_mechanism_values(world: World) -> Iterator[IndicatorValue]:
    """OCM-07 by year and scope, in total and by population, income group and year joined."""
    return survey_values(world, "OCM-07", has_youth_mechanism, _percentage, by_kind_of_city(world))


def _percentage(cell: Cell, answers: list[float], coverage: float | None) -> IndicatorValue:
    return percentage_value(cell, sum(map(bool, answers)), len(answers), coverage)
