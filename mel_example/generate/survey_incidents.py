"""Lets cities that gave figures of incidents in one year give them again in the next, mostly recorded in the same way.

Who gives figures at all is drawn in `survey_groups.py`.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

from mel_example.world import SurveyAnswer

_GIVES_AGAIN, _SAME_SOURCE, _CHANGED_METHOD = 0.75, 0.9, 0.1
_CHANGE = (0.7, 1.25)
"""Range of the figures of a year as parts of those of the year before."""
_SIGNIFICANT_SHARE, _IN_TIME_SHARE = 0.5, {2024: 0.39, 2025: 0.44}
_SOURCES = ("police", "city", "civil_society", "other")

_Others = Mapping[str, str | tuple[str, ...]]


def with_incidents_again(answers: Iterable[SurveyAnswer], rng: random.Random) -> tuple[SurveyAnswer, ...]:
    """The answers, in the same order, with figures that go on from year to year."""
    before: dict[str, _Others] = {}
    told = []
    for answer in answers:
        others = _others(answer, before.get(answer.city_code), rng)
        before[answer.city_code] = others
        told.append(replace(answer, others=others))
    return tuple(told)


def _others(answer: SurveyAnswer, before: _Others | None, rng: random.Random) -> _Others:
    year = answer.answered_on.year
    if before and "inc/inc_reported" in before and rng.random() < _GIVES_AGAIN:
        reported = round(int(str(before["inc/inc_reported"])) * rng.uniform(*_CHANGE))
        source = str(before["inc/inc_source"]) if rng.random() < _SAME_SOURCE else rng.choice(_SOURCES)
        return {**answer.others, **_figures(reported, source, year, rng)}
    if "inc/inc_reported" in answer.others:
        reported = int(str(answer.others["inc/inc_reported"]))
        return {**answer.others, **_figures(reported, str(answer.others["inc/inc_source"]), year, rng)}
    return answer.others


def _figures(reported: int, source: str, year: int, rng: random.Random) -> dict[str, str]:
    """Each figure is part of the one before."""
    significant = sum(rng.random() < _SIGNIFICANT_SHARE for _ in range(reported))
    return {
        "inc/inc_reported": str(reported),
        "inc/significant": str(significant),
        "inc/first72h": str(sum(rng.random() < _IN_TIME_SHARE[year] for _ in range(significant))),
        "inc/inc_source": source,
        "inc/inc_method_changed": "yes" if rng.random() < _CHANGED_METHOD else "no",
    }
