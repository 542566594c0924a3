"""Draws which member cities sit in the steering committee, and in which years."""

import random
from collections.abc import Sequence
from datetime import date

from mel_example.register_records import Membership, SteeringMember

_SEATS = 25
_FIRST_TERM = (date(2023, 9, 19), date(2025, 9, 18))
_SECOND_TERM_FROM = date(2025, 9, 19)
_RENEWED = 15
"""Seats whose city stays for the second term."""
_CO_CHAIRS = 2


def draw_steering_members(memberships: Sequence[Membership], rng: random.Random) -> tuple[SteeringMember, ...]:
    """Twenty-five seats in each of two terms, all of cities that are members throughout, in the order of terms."""
    since = _FIRST_TERM[0]
    lasting = [member.city_code for member in memberships if member.joined_on <= since and member.left_on is None]
    drawn = rng.sample(lasting, 2 * _SEATS - _RENEWED)
    first, second = drawn[:_SEATS], drawn[_SEATS - _RENEWED :]
    return (
        *(SteeringMember(city, *_FIRST_TERM, _role(place)) for place, city in enumerate(first)),
        *(SteeringMember(city, _SECOND_TERM_FROM, None, _role(place)) for place, city in enumerate(second)),
    )


def _role(place: int) -> str:
    return "co_chair" if place < _CO_CHAIRS else "member"
