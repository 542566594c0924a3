"""Whether the indicators of a node moved in the direction that is wanted: what a contribution needs to be seen.

How a value is judged against its target does not belong here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.scoring.criteria import criteria_of
from mel_pipeline.scoring.nodes import EVIDENCE_WEIGHTS
from mel_pipeline.scoring.performance import ROUNDING


@dataclass(frozen=True)
class Movement:
    """An indicator's value now and the one that it is compared with; None where there is none."""

    indicator: Indicator
    before: float | None
    now: float | None

    @property
    def has_moved(self) -> bool | None:
        """Whether it moved as wanted by more than its tolerance; None where one of the values is missing.

        An indicator that is to be held has done what is wanted when it has not moved beyond its tolerance.
        """
        if self.before is None or self.now is None:
            return None
        criteria = criteria_of(self.indicator)
        # Tolerance is declared for levels; what accumulates has none.
        tolerance = 0.0 if criteria.is_accumulating else criteria.tolerance
        change = self.now - self.before
        if criteria.direction == "maintain":
            return abs(change) <= tolerance + ROUNDING
        return (change if criteria.direction == "increase" else -change) > tolerance + ROUNDING


def has_node_moved(movements: Iterable[Movement]) -> bool:
    """Whether more than half of what can be compared moved as wanted, weighed by the strength of evidence."""
    known = [(EVIDENCE_WEIGHTS[each.indicator.evidence_weight], each.has_moved) for each in movements]
    compared = [(weight, moved) for weight, moved in known if moved is not None]
    whole = sum(weight for weight, _ in compared)
    return whole > 0 and sum(weight for weight, moved in compared if moved) > whole / 2
