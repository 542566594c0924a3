"""What every questionnaire sent from a device has: its number, its version, and when it was filled in and sent."""

import random
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from mel_example.places import HUBS, cities, countries


@cache
def language_of_city(city_code: str) -> str:
    """The language in which a city's people answer."""
    return _country(city_code).survey_language


@cache
def utc_offset_of_city(city_code: str) -> int:
    """Minutes by which the clocks of a city's people are ahead of UTC."""
    hub_code = _country(city_code).hub_code
    return next(hub.utc_offset for hub in HUBS if hub.hub_code == hub_code)


@cache
def _countries_of_cities() -> Mapping[str, Any]:
    by_code = {country.country_code: country for country in countries()}
    return {city.city_code: by_code[city.country_code] for city in cities()}


def _country(city_code: str) -> Any:
    return _countries_of_cities()[city_code]


def sent(city_code: str, day: date, hours: tuple[int, int], minutes: tuple[int, int], rng: random.Random) -> Any:
    """Fields of a submission that somebody from a city fills in on a day, between two hours, in some minutes."""
    started_at = datetime.combine(day, time(rng.randint(*hours), rng.randint(0, 59), rng.randint(0, 59)))
    ended_at = started_at + timedelta(minutes=rng.randint(*minutes), seconds=rng.randint(0, 59))
    offset = utc_offset_of_city(city_code)
    return {
        "submission_uuid": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        "language": language_of_city(city_code),
        "started_at": started_at,
        "ended_at": ended_at,
        "utc_offset": offset,
        "submitted_at": ended_at - timedelta(minutes=offset) + timedelta(seconds=rng.randint(5, 300)),
    }
