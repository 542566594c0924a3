"""Takes from the answers to the annual survey what cities leave open, and the resources that they do not use.

What is answered is drawn in `survey.py` and `survey_groups.py`. Here some questions lose their answer, so that every
value of them rests on fewer cities than have answered the survey.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

from mel_example.world import SurveyAnswer

_USES_NOTHING = 0.3
"""Share of cities that say they used no resource, on top of those that were drawn so."""
_LEFT_OPEN = {"sys/framework_status": 0.04, "yth/yth_meetings": 0.06}
_TICKED_NOTHING = 0.03
_ITEMS_LEFT_OUT = {"nlc/nlc": (6, (60, 24, 10, 6)), "inf/inf": (3, (80, 14, 6))}
"""By group: how many items it has, and the weights of leaving out none, one, two and so on; the last is too many."""


def with_gaps(answers: Iterable[SurveyAnswer], rng: random.Random) -> tuple[SurveyAnswer, ...]:
    """The answers with some questions left open."""
    return tuple(
        replace(answer, resources_used=_resources(answer, rng), others=_with_open_questions(answer.others, rng))
        for answer in answers
    )


def _resources(answer: SurveyAnswer, rng: random.Random) -> tuple[str, ...]:
    """Nothing used, nothing ticked at all, or what was drawn."""
    drawn = rng.random()
    if drawn < _TICKED_NOTHING:
        return ()
    return ("none",) if drawn < _TICKED_NOTHING + _USES_NOTHING else answer.resources_used


def _with_open_questions(
    others: Mapping[str, str | tuple[str, ...]], rng: random.Random
) -> dict[str, str | tuple[str, ...]]:
    left = dict(others)
    for path, share in _LEFT_OPEN.items():
        if rng.random() < share and path in left:
            left[path] = ""
    for prefix, (count, weights) in _ITEMS_LEFT_OUT.items():
        left_out = rng.choices(range(len(weights)), weights=weights)[0]
        for number in rng.sample(range(1, count + 1), left_out):
            left[f"{prefix}_{number:02d}"] = rng.choice(("-98", "-98", "-99"))
    return left
