"""Who answered, out of whom: response rates of a survey, as pure functions of how its invitations ended.

A response rate is itself the coverage of a survey and no estimate: it has no interval. Which answer is complete, and
who was to be invited, does not belong here.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Outcomes(NamedTuple):
    """How the invitations of a survey ended, counted or added up by their weights.

    Attributes:
        answered: gave an answer.
        not_answered: were reached as far as is known, could have answered, and did not.
        not_eligible: turned out not to be of those who are asked (left office, are no member any more).
        not_reached: never had the invitation (returned mail); whether they are eligible is not known.
    """

    answered: float
    not_answered: float
    not_eligible: float = 0
    not_reached: float = 0

    @property
    def invited(self) -> float:
        """All invitations, however they ended."""
        return sum(self)


class ResponseRates(NamedTuple):
    """Shares from 0 to 1; None where there was nobody who could have answered."""

    of_invited: float | None
    of_eligible: float | None
    of_eligible_estimated: float | None


def response_rates(outcomes: Outcomes) -> ResponseRates:
    """Answers out of all invitations, and out of those who could have answered.

    `of_eligible` takes everybody who was not reached to be eligible, which is the lowest it can be (RR1 of the
    American Association for Public Opinion Research); `of_eligible_estimated` takes as many of them as among the others
    (RR3).
    """
    known = outcomes.answered + outcomes.not_answered
    likely = known / (known + outcomes.not_eligible) if known else 0.0
    return ResponseRates(
        of_invited=_share(outcomes.answered, outcomes.invited),
        of_eligible=_share(outcomes.answered, known + outcomes.not_reached),
        of_eligible_estimated=_share(outcomes.answered, known + likely * outcomes.not_reached),
    )


def weighted(invitations: Iterable[tuple[str, float]]) -> Outcomes:
    """Outcomes by weight: each invitation with the name of its outcome and the number of units it stands for.

    Raises:
        ValueError: an outcome is unknown, or a weight is below zero.
    """
    sums = dict.fromkeys(Outcomes._fields, 0.0)
    for outcome, weight in invitations:
        if outcome not in sums:
            raise ValueError(f"found the outcome '{outcome}', expected one of {', '.join(sums)}")
        if weight < 0:
            raise ValueError(f"found the weight {weight:g}, expected none below zero")
        sums[outcome] += weight
    return Outcomes(**sums)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
