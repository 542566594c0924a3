"""Draws what hubs publish: of which kind it is, more of it, and what appears later, translated or revised.

The first resource of a report is drawn in `hub_sheets.py`; streams are apart, so that no other sheet moves.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mel_example.hub_records import Resource
from mel_example.quarters import QUARTERS
from mel_example.world import HubReport

_LANGUAGES = ("ar", "en", "fr")
_TYPES = ("guide", "toolkit", "case_study", "policy", "training_material")
_THEMES = ("T1", "T2", "T3", "T4", "T5", "T6")
_TITLES = {"en": "Practice of a city", "fr": "Pratique d'une ville", "ar": "ممارسة مدينة"}
_TRANSLATED, _REVISED = 0.5, 0.2
"""Share of the resources in one language that the next report adds another to, and of others that are revised."""


def with_resources(
    reports: Sequence[HubReport], homes: Mapping[str, Sequence[str]], rng: random.Random
) -> tuple[HubReport, ...]:
    """The reports in their order, each with its own resources and with later editions of those of the hub's last one.

    Args:
        reports: with the first resources drawn for them.
        homes: codes of the member cities of each hub.
        rng: the stream of the part.
    """
    before: dict[str, tuple[Resource, ...]] = {}
    done = []
    for report in reports:
        own = _own(report, homes[report.hub_code], rng)
        later = tuple(
            edition for each in before.get(report.hub_code, ()) for edition in _later_editions(each, report, rng)
        )
        before[report.hub_code] = own
        done.append(replace(report, resources=(*own, *later)))
    return tuple(done)


def _own(report: HubReport, homes: Sequence[str], rng: random.Random) -> tuple[Resource, ...]:
    first = tuple(replace(each, resource_type=rng.choice(_TYPES)) for each in report.resources)
    numbers = range(len(first) + 1, len(first) + 1 + rng.choice((0, 1, 1, 2, 3)))
    return (*first, *(_resource(report, number, homes, rng) for number in numbers))


def _resource(report: HubReport, number: int, homes: Sequence[str], rng: random.Random) -> Resource:
    count = rng.choices((1, 2, 3), weights=(5, 3, 2))[0]
    return Resource(
        resource_ref=f"RS-{report.hub_code}-{report.period[2:4]}{report.period[4:]}-{number:02d}",
        title=_TITLES[report.language],
        languages=tuple(sorted(rng.sample(_LANGUAGES, count))),
        theme=rng.choice(_THEMES),
        published_on=_day(report, rng),
        city_code=rng.choice(homes),
        resource_type=rng.choice(_TYPES),
    )


def _later_editions(resource: Resource, report: HubReport, rng: random.Random) -> list[Resource]:
    """A translation, told with all languages or with the new one alone, or a revision in the same languages."""
    if len(resource.languages) > 1:
        is_revised = rng.random() < _REVISED
        return [replace(resource, published_on=_day(report, rng))] if is_revised else []
    if rng.random() >= _TRANSLATED:
        return []
    new = rng.choice([each for each in _LANGUAGES if each not in resource.languages])
    told = (new,) if rng.random() < 0.5 else tuple(sorted({new, *resource.languages}))
    return [replace(resource, languages=told, published_on=_day(report, rng))]


def _day(report: HubReport, rng: random.Random) -> date:
    quarter = next(quarter for quarter in QUARTERS if quarter.code == report.period)
    return quarter.start + timedelta(days=rng.randint(2, 80))
