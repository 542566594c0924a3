"""MEM-05: how many of the invited members answered the annual survey."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mel_example.register_records import Membership, SurveyInvitation
from mel_example.truth.members import member_dimensions, members_on
from mel_example.truth.scopes import has_city, scopes
from mel_example.truth.values import Cell, IndicatorValue, grouped, percentage_value, share
from mel_example.truth.windows import YEARLY, windows
from mel_example.world import World


@dataclass(frozen=True)
class Invited:
    """A member on the day of its invitation, and whether an answer of the city counts."""

    invitation: SurveyInvitation
    membership: Membership
    has_answered: bool


def invited_members(world: World) -> list[Invited]:
    """Every invited member of every year; invitations of others do not count."""
    answered = {(answer.answered_on.year, answer.city_code) for answer in world.answers}
    return [
        Invited(invitation, member, (invitation.wave, invitation.city_code) in answered)
        for invitation in world.survey_invitations
        for member in members_on(world, invitation.invited_on)
        if member.city_code == invitation.city_code
    ]


def response_values(world: World) -> Iterator[IndicatorValue]:
    """MEM-05 by year and scope, in total, by kind of member and by language of the invitation."""
    everybody = invited_members(world)
    dimensions = _dimensions(world)
    for window in windows(YEARLY):
        wave = [row for row in everybody if window.contains(row.invitation.invited_on)]
        for scope in scopes(world, window.start, window.end):
            own = [row for row in wave if has_city(world, scope, row.invitation.city_code, row.invitation.invited_on)]
            cell = ("MEM-05", window.period_type, window.code, scope.scope_type, scope.scope_code)
            coverage = share(len(own), len(own))
            yield _rate(Cell(*cell), own, coverage)
            for dimension, categories in dimensions.items():
                for category, rows in grouped(own, categories).items():
                    yield _rate(Cell(*cell, dimension, category), rows, coverage)


def _rate(cell: Cell, invited: list[Invited], coverage: float | None) -> IndicatorValue:
    return percentage_value(cell, sum(row.has_answered for row in invited), len(invited), coverage)


def _dimensions(world: World) -> dict[str, Callable[[Invited], Iterable[str]]]:
    of_members = {name: _of_membership(categories) for name, categories in member_dimensions(world).items()}
    return of_members | {"language": lambda row: [row.invitation.language]}


def _of_membership(categories: Callable[[Membership], Iterable[str]]) -> Callable[[Invited], Iterable[str]]:
    return lambda row: categories(row.membership)
