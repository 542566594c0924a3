"""Which target a value is held to: the one in force, the original one, and that of the whole programme.

A change of target is a new row; nothing is overwritten. Reading `targets.csv` belongs to `declarations`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mel_pipeline.declarations.models import Target
from mel_pipeline.scoring.scopes import WHOLE, Scope

WHOLE_PROGRAMME_PERIOD = "programme"


@dataclass(frozen=True)
class HeldTarget:
    """A target with where it comes from; `is_inherited` when it is that of the undivided programme."""

    value: float
    set_on: date
    is_inherited: bool


class TargetHistory:
    """All targets that were set up to a day, by what they are set for."""

    def __init__(self, targets: Iterable[Target], as_of: date) -> None:
        self._rows: dict[tuple[str, Scope, str, str], list[Target]] = defaultdict(list)
        for target in sorted(targets, key=lambda row: (row.set_on, row.line)):
            if target.set_on <= as_of:
                scope = Scope(target.scope_type, target.scope_code)
                key = (target.indicator_code, scope, target.period_type, target.period)
                self._rows[key].append(target)

    def in_force(
        self, indicator_code: str, scope: Scope, period_type: str, period: str, *, inherits: bool
    ) -> HeldTarget | None:
        """Find the target set last.

        Where it `inherits`, a scope without a row of its own takes that of `all`: rates do, counts never.
        """
        for holder in _holders(scope, inherits):
            rows = self._rows.get((indicator_code, holder, period_type, period), [])
            if rows:
                return HeldTarget(rows[-1].value, rows[-1].set_on, is_inherited=holder != scope)
        return None

    def original(
        self,
        indicator_code: str,
        scope: Scope,
        period_type: str,
        period: str,
        period_end: date,
        *,
        inherits: bool,
    ) -> HeldTarget | None:
        """Find the target set first, before the period ended; a later one would be set to known results."""
        for holder in _holders(scope, inherits):
            rows = self._rows.get((indicator_code, holder, period_type, period), [])
            if rows and rows[0].set_on <= period_end:
                return HeldTarget(rows[0].value, rows[0].set_on, is_inherited=holder != scope)
        return None

    def final(self, indicator_code: str, scope: Scope, *, inherits: bool) -> HeldTarget | None:
        """Find the target of the whole programme that is in force."""
        return self.in_force(indicator_code, scope, WHOLE_PROGRAMME_PERIOD, WHOLE_PROGRAMME_PERIOD, inherits=inherits)

    def scopes_of(self, indicator_code: str) -> set[Scope]:
        """Parts of the programme for which an indicator has targets of their own."""
        return {scope for code, scope, _, _ in self._rows if code == indicator_code}


def _holders(scope: Scope, inherits: bool) -> tuple[Scope, ...]:
    """Scopes whose targets hold for a scope, its own first."""
    return (scope, WHOLE) if inherits and scope != WHOLE else (scope,)
