"""Draws the annual survey: who is invited, and one answer per city, most from members, one from a city that is none.

What is answered besides the capacity items belongs to `survey_groups.py`.
"""

import math
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from mel_example.names import STORIES, shuffled_names
from mel_example.places import HUBS, LAUNCHED_HUBS, SAME_NAME, countries
from mel_example.quarters import WHOLE_YEARS, YEARS
from mel_example.register_records import City, Membership, SurveyInvitation
from mel_example.world import LANGUAGES, SurveyAnswer

_ANSWERING_SHARE = {2024: 0.47, 2025: 0.56}
_RESOURCES = ("mayor_guide", "nlc_toolkit", "response_kit")
_ROLES = ("poc", "mayor_office", "dept_head", "officer", "other")
_LEVELS = (1.65, 4.4)
"""Range of a city's true level on the five-point scale; its middle gives an index of about 50."""
REVERSED_ITEM = 6
"""Place of `cap_07`, which is worded the other way round."""


def draw_answers(
    cities: Sequence[City], memberships: Sequence[Membership], rng: random.Random
) -> tuple[SurveyAnswer, ...]:
    """Answers of each year's wave by submission number: about half of the members, and one city that is none."""
    names = {hub.hub_code: shuffled_names(hub.hub_code, rng) for hub in LAUNCHED_HUBS}
    answers: list[SurveyAnswer] = []
    for year in WHOLE_YEARS:
        answers += _wave(year, len(answers) + 1, cities, memberships, names, rng)
    return tuple(answers)


def invitations(cities: Sequence[City], memberships: Sequence[Membership]) -> tuple[SurveyInvitation, ...]:
    """Every member on 1 October of each year, and by mistake the city that answers without being a member."""
    language_of = {country.country_code: country.survey_language for country in countries()}
    outsider = _outsider(cities, memberships)
    return tuple(
        SurveyInvitation(year, city.city_code, invited_on, language_of[city.country_code])
        for year, invited_on in ((year, date(year, 10, 1)) for year in YEARS)
        for city in cities
        if city == outsider or city.city_code in _members(memberships, invited_on, invited_on)
    )


def _outsider(cities: Sequence[City], memberships: Sequence[Membership]) -> City:
    known = {member.city_code for member in memberships}
    return next(city for city in cities if city.city_code not in known)


def _members(memberships: Sequence[Membership], begins: date, ends: date) -> set[str]:
    """Cities that are members from one day to another."""
    return {
        member.city_code
        for member in memberships
        if member.joined_on <= begins and (member.left_on is None or member.left_on > ends)
    }


def _wave(
    year: int,
    first_number: int,
    cities: Sequence[City],
    memberships: Sequence[Membership],
    names: Mapping[str, Iterator[str]],
    rng: random.Random,
) -> Iterator[SurveyAnswer]:
    active = _members(memberships, date(year, 10, 1), date(year, 12, 31))
    members = [city for city in cities if city.city_code in active]
    outsider = _outsider(cities, memberships)
    answering = [*_answering_members(members, _ANSWERING_SHARE[year], rng), outsider]
    rng.shuffle(answering)
    few_items = {city.city_code for city in rng.sample([c for c in answering if c != outsider], 3)}
    for number, city in enumerate(answering, start=first_number):
        yield _answer(year, number, city, city.city_code in few_items, names, rng)


def _answering_members(members: Sequence[City], answering_share: float, rng: random.Random) -> list[City]:
    """A share of the members of each language, among them the cities that share a name."""
    language_of = {country.country_code: country.survey_language for country in countries()}
    answering = [city for city in members if city.city_code in SAME_NAME]
    for language in LANGUAGES:
        own = [city for city in members if language_of[city.country_code] == language and city not in answering]
        answering += rng.sample(own, math.ceil(answering_share * len(own)))
    return answering


def _answer(
    year: int, number: int, city: City, has_few_items: bool, names: Mapping[str, Iterator[str]], rng: random.Random
) -> SurveyAnswer:
    country = next(row for row in countries() if row.country_code == city.country_code)
    hub = next(row for row in HUBS if row.hub_code == country.hub_code)
    day = date(year, 10, 7) + timedelta(days=rng.randint(0, 45))
    started_at = datetime.combine(day, time(rng.randint(8, 16), rng.randint(0, 59), rng.randint(0, 59)))
    ended_at = started_at + timedelta(minutes=rng.randint(14, 45), seconds=rng.randint(0, 59))
    submitted_at = ended_at - timedelta(minutes=hub.utc_offset) + timedelta(seconds=rng.randint(5, 300))
    gives_contact = rng.random() < 0.7
    return SurveyAnswer(
        submission_uuid=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        submission_number=4100 + number,
        language=country.survey_language,
        city_code=city.city_code,
        country_code=city.country_code,
        started_at=started_at,
        ended_at=ended_at,
        utc_offset=hub.utc_offset,
        submitted_at=submitted_at,
        respondent_role=rng.choice(_ROLES),
        poc_name=next(names[hub.hub_code]) if gives_contact else None,
        poc_email=f"office{number:04d}@example.org" if gives_contact else None,
        resources_used=_resources(rng),
        hub_shared_items=rng.randint(0, 48),
        items=_items(has_few_items, rng),
        change_story=rng.choice(STORIES[country.survey_language]) if rng.random() < 0.4 else None,
    )


def _resources(rng: random.Random) -> tuple[str, ...]:
    used = rng.sample(_RESOURCES, rng.randint(0, len(_RESOURCES)))
    return tuple(code for code in _RESOURCES if code in used) or ("none",)


def _items(has_few_items: bool, rng: random.Random) -> tuple[int, ...]:
    """Twelve answers around the city's level; `cap_07` is answered the other way round."""
    level = rng.uniform(*_LEVELS)
    items = [min(5, max(1, round(rng.gauss(level, 0.8)))) for _ in range(12)]
    items[REVERSED_ITEM] = 6 - items[REVERSED_ITEM]
    unanswered = rng.randint(5, 7) if has_few_items else rng.choice((0, 0, 0, 1, 2))
    for place in rng.sample(range(12), unanswered):
        items[place] = rng.choice((-98, -98, -99))
    return tuple(items)
