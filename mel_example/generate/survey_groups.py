"""Draws what cities answer to the groups of the annual survey besides capacity: plans, youth, resilience and so on.

Scales go around a level of the city. What a city leaves open of them is drawn in `survey_gaps.py`.
"""

import random
from collections.abc import Iterable
from dataclasses import replace

from mel_example.form import MEMBER_ANNUAL, choices
from mel_example.world import SurveyAnswer

_Drawn = dict[str, str | tuple[str, ...]]
_LEVELS = (1.75, 4.5)
_RESILIENCE_ITEMS, _YOUTH_ITEMS = 8, 4
_SCALES = {"nlc/nlc": (6, (1.5, 4.2)), "inf/inf": (3, (1.3, 3.9))}
"""By group of statements: how many there are, and the range of a city's level."""
_INCIDENTS = ("inc/inc_reported", "inc/significant", "inc/first72h")
_NEW_IN_2025 = "dialogue"
"""In-depth work that did not exist in 2024, so that nobody can have chosen it then."""
_REMARKS = {
    "open/barrier": {
        "en": "Staff change too often.",
        "fr": "Le personnel change trop souvent.",
        "ar": "يتغير الموظفون كثيرا.",
    },
    "open/support_needed": {
        "en": "A visit to a city with more experience.",
        "fr": "Une visite dans une ville plus expérimentée.",
        "ar": "زيارة مدينة أكثر خبرة.",
    },
}


def with_all_groups(answers: Iterable[SurveyAnswer], rng: random.Random) -> tuple[SurveyAnswer, ...]:
    """The answers with all groups of the questionnaire filled in."""
    return tuple(replace(answer, resilience=_resilience(rng), others=_others(answer, rng)) for answer in answers)


def _resilience(rng: random.Random) -> tuple[int, ...]:
    """Eight answers around the city's level; a few cities leave out three, which is too many for an index."""
    items = _around(rng.uniform(*_LEVELS), _RESILIENCE_ITEMS, rng)
    left_out = rng.choices((0, 1, 2, 3), weights=(60, 24, 10, 6))[0]
    for place in rng.sample(range(_RESILIENCE_ITEMS), left_out):
        items[place] = rng.choice((-98, -98, -99))
    return tuple(items)


def _around(level: float, count: int, rng: random.Random) -> list[int]:
    return [min(5, max(1, round(rng.gauss(level, 0.9)))) for _ in range(count)]


def _others(answer: SurveyAnswer, rng: random.Random) -> _Drawn:
    drawn: _Drawn = {}
    for draw in (_membership, _system, _youth, _scales, _incidents):
        drawn |= draw(answer, rng)
    for path, words in _REMARKS.items():
        drawn[path] = words[answer.language] if rng.random() < 0.2 else ""
    return drawn


def _membership(answer: SurveyAnswer, rng: random.Random) -> _Drawn:
    not_yet = {_NEW_IN_2025} if answer.answered_on.year < 2025 else set()
    return {
        "mem/accept_principles": rng.choice(("yes", "yes", "yes", "unsure", "no")),
        "mem/poc_confirmed": rng.choice(("yes", "yes", "unsure", "no")),
        "mem/hub_shared": "yes" if answer.hub_shared_items else "no",
        "mem/exchange": str(rng.randint(0, 9)),
        "mem/contrib_tools": _chosen("tools", set(), rng),
        "mem/deepdive": _chosen("deepdives", not_yet, rng),
    }


def _chosen(choice_list: str, left_out: set[str], rng: random.Random) -> tuple[str, ...]:
    codes = [choice.name for choice in choices(MEMBER_ANNUAL) if choice.list_name == choice_list]
    chosen = [code for code in codes if code not in {"none", *left_out} and rng.random() < 0.3]
    return tuple(chosen) or ("none",)


def _system(answer: SurveyAnswer, rng: random.Random) -> _Drawn:
    """Stages; no framework is adopted where there is no plan at all."""
    plan = rng.choices(range(6), weights=(14, 18, 20, 16, 20, 12))[0]
    framework = rng.randint(0, 3 if plan == 0 else 5)
    return {
        "sys/plan_status": str(plan),
        "sys/framework_status": str(framework),
        "sys/response_protocol_status": str(rng.randint(0, 5)),
        "sys/budget_line": rng.choice(("yes", "no", "no", "na")),
    }


def _youth(answer: SurveyAnswer, rng: random.Random) -> _Drawn:
    """Only cities with a council or forum say how often it met and what it may do."""
    if rng.random() < 0.55:
        return {"yth/yth_mech": "no"}
    items = _numbered("yth/yth", _around(rng.uniform(*_LEVELS), _YOUTH_ITEMS, rng))
    return {"yth/yth_mech": "yes", "yth/yth_meetings": str(rng.randint(0, 6)), **items}


def _scales(answer: SurveyAnswer, rng: random.Random) -> _Drawn:
    drawn: _Drawn = {}
    for prefix, (count, levels) in _SCALES.items():
        drawn |= _numbered(prefix, _around(rng.uniform(*levels), count, rng))
    return drawn


def _numbered(prefix: str, items: Iterable[int]) -> _Drawn:
    return {f"{prefix}_{number:02d}": str(item) for number, item in enumerate(items, start=1)}


def _incidents(answer: SurveyAnswer, rng: random.Random) -> _Drawn:
    """Optional: most cities leave the group empty; each figure is part of the one before."""
    if rng.random() < 0.7:
        return {}
    figures: list[int] = [rng.randint(0, 40)]
    for _ in _INCIDENTS[1:]:
        figures.append(rng.randint(0, figures[-1]))
    return {
        **dict(zip(_INCIDENTS, map(str, figures), strict=True)),
        "inc/inc_source": rng.choice(("police", "city", "civil_society", "other")),
        "inc/inc_method_changed": rng.choice(("no", "no", "no", "yes")),
    }
