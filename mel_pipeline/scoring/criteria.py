"""What the rules ask of one indicator: how it is measured against a target, and how much evidence it needs.

Derived from its declaration alone; no value and no target is known here.
"""

from dataclasses import dataclass
from typing import Literal

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.declarations.periods import is_accumulating
from mel_pipeline.scoring.performance import Direction

EvidenceKind = Literal["count", "register", "survey", "pairs"]

COUNTED_TYPES = ("count", "milestone")
SCALE_TOLERANCES = {"0-100": 1.0, "1-5": 0.05}
DEFAULT_MINIMUM_N: dict[EvidenceKind, int] = {"count": 0, "register": 1, "survey": 10, "pairs": 8}
DEFAULT_MINIMUM_COVERAGE: dict[EvidenceKind, float] = {
    "count": 0.60,
    "register": 0.60,
    "survey": 0.30,
    "pairs": 0.30,
}
SMALL_SCOPE_UNITS = 15
SMALL_SCOPE_MINIMUM_N = 5


@dataclass(frozen=True)
class Criteria:
    """The scoring rules of one indicator. `declared_*` are None where the defaults apply."""

    is_context: bool
    is_accumulating: bool
    direction: Direction
    tolerance: float
    kind: EvidenceKind
    declared_minimum_n: int | None = None
    declared_minimum_coverage: float | None = None

    @property
    def is_sampled(self) -> bool:
        """Whether the value rests on the answers of those who chose to answer."""
        return self.kind in ("survey", "pairs")

    @property
    def minimum_coverage(self) -> float:
        """Share of what was expected that must have come in."""
        declared = self.declared_minimum_coverage
        return DEFAULT_MINIMUM_COVERAGE[self.kind] if declared is None else declared

    def minimum_n(self, n_units: float | None) -> int:
        """Answers needed, less in a scope that has few units (cities, say) to ask; None units: not known."""
        if self.declared_minimum_n is not None:
            return self.declared_minimum_n
        if self.kind == "survey" and n_units is not None and n_units < SMALL_SCOPE_UNITS:
            return SMALL_SCOPE_MINIMUM_N
        return DEFAULT_MINIMUM_N[self.kind]


def criteria_of(indicator: Indicator) -> Criteria:
    """Derive the scoring rules of a declared indicator."""
    return Criteria(
        is_context=is_context(indicator),
        is_accumulating=is_accumulating(indicator),
        direction="increase" if indicator.direction == "context" else indicator.direction,
        tolerance=default_tolerance(indicator) if indicator.tolerance is None else indicator.tolerance,
        kind=evidence_kind(indicator),
        declared_minimum_n=indicator.minimum_n,
        declared_minimum_coverage=indicator.minimum_coverage,
    )


def is_context(indicator: Indicator) -> bool:
    """Whether an indicator is shown for understanding only and never scored."""
    return indicator.direction == "context" or not indicator.scored


def is_rate(indicator: Indicator) -> bool:
    """Whether a part of the programme can be held to the value of the whole: true of all but counts."""
    return indicator.type not in COUNTED_TYPES


def evidence_kind(indicator: Indicator) -> EvidenceKind:
    """Tell what a value rests on: a count, a whole register, answers, or pairs of answers of one person."""
    if not is_rate(indicator):
        return "count"
    if indicator.measure.verb == "paired_change":
        return "pairs"
    return "register" if indicator.measure.population == "census" else "survey"


def default_tolerance(indicator: Indicator) -> float:
    """Tolerance by the scale of the unit: 1 on 0-100, 0.05 on 1-5, else none."""
    units = [text.replace("–", "-") for text in indicator.unit.values()]
    for scale, tolerance in SCALE_TOLERANCES.items():
        if any(scale in unit for unit in units):
            return tolerance
    return SCALE_TOLERANCES["0-100"] if indicator.type in ("percentage", "index") else 0.0
