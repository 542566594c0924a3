"""Parts of the programme, and in which of them an indicator owes values at what time.

Which rows of a mart belong to a part is the affair of `indicators`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import Period


class Scope(NamedTuple):
    """A part of the programme, such as hub MENA."""

    scope_type: str
    scope_code: str


WHOLE = Scope("all", "all")
"""The undivided programme."""


@dataclass(frozen=True)
class ExpectedScope:
    """The days on which a part of the programme was active; it owes values for periods that touch them.

    None stands for no limit.
    """

    active_from: date | None = None
    active_to: date | None = None

    def owes(self, period: Period) -> bool:
        """Whether a value is expected for a period."""
        has_begun = self.active_from is None or self.active_from <= period.end
        return has_begun and (self.active_to is None or self.active_to >= period.start)


def scopes_of(
    indicator: Indicator, with_values: Collection[Scope], expected: Mapping[Scope, ExpectedScope]
) -> list[Scope]:
    """Scopes in which an indicator is scored, in order, the undivided programme among them.

    Those it has values or targets in, and every expected one of the same types: a hub that has never
    reported owes what other hubs report, but not what no hub can be told apart in.
    """
    types = {scope.scope_type for scope in with_values}
    candidates = {WHOLE, *with_values, *(scope for scope in expected if scope.scope_type in types)}
    declared = indicator.scopes
    return sorted(scope for scope in candidates if declared is None or scope.scope_type in declared)


def owes(expected: Mapping[Scope, ExpectedScope], scope: Scope, period: Period) -> bool:
    """Whether a scope owes a value for a period; one of which nothing is known always does."""
    return scope not in expected or expected[scope].owes(period)
