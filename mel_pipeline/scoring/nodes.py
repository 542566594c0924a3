"""The score of one node of the theory of change at a quarter's end, from the indicators that weigh in it.

No score flows along a link. Verdicts on links do not belong here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mel_pipeline.declarations.models import Indicator, Node, Thresholds
from mel_pipeline.scoring.criteria import is_context
from mel_pipeline.scoring.performance import ROUNDING
from mel_pipeline.scoring.status import Band, band

EVIDENCE_WEIGHTS = {"strong": 1.0, "moderate": 0.7, "weak": 0.4}
MONTHS_OF_FREQUENCY = {"quarter": 3, "half_year": 6, "year": 12}
MINIMUM_ASSESSED_SHARE = 0.60
NOTHING_DUE = ("context", "no_target", "not_due")
"""Statuses of a period for which no value is owed."""


@dataclass(frozen=True)
class ScoredPeriod:
    """What became of one indicator in one period; performance is unclipped, None where not assessable."""

    period: str
    period_end: date
    status: str
    performance: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Contribution:
    """The latest due value of one indicator that weighs in a node; `due` None where none is due."""

    indicator_code: str
    weight: float
    due: ScoredPeriod | None


@dataclass(frozen=True)
class NodeScore:
    """A node at the end of a quarter. Scores and shares run from 0 to 1; None where nothing is assessable.

    `contributions` keep the period of each value that was used; `counts_by_status` counts them.
    """

    score: float | None
    score_low: float | None
    score_high: float | None
    assessed_share: float | None
    status: Band | None
    weakest_indicator: str | None
    contributions: tuple[Contribution, ...]
    n_assessable: int

    @property
    def n_indicators(self) -> int:
        """Indicators that weigh in the node and are due."""
        return sum(item.due is not None for item in self.contributions)

    @property
    def counts_by_status(self) -> dict[str, int]:
        """Number of weighing indicators by the status of their latest due value, in alphabetical order."""
        counts = Counter(item.due.status if item.due else "not_due" for item in self.contributions)
        return dict(sorted(counts.items()))


def weighing_indicators(node: Node, indicators: Iterable[Indicator]) -> list[Indicator]:
    """Indicators that weigh in a node: it is their first; composites and context weigh nothing."""
    return [
        indicator
        for indicator in indicators
        if indicator.nodes[0] == node.id and indicator.weighs and not is_context(indicator)
    ]


def latest_due(periods: Iterable[ScoredPeriod], quarter_end: date, frequency: str) -> ScoredPeriod | None:
    """Find the latest due value at a quarter's end that is not older than the indicator's own frequency.

    A value that is due and has not come is found too: an older one does not stand in for it.
    """
    fresh = [
        period
        for period in periods
        if period.status not in NOTHING_DUE
        and 0 <= months_between(period.period_end, quarter_end) < MONTHS_OF_FREQUENCY[frequency]
    ]
    return max(fresh, key=lambda period: period.period_end, default=None)


def months_between(earlier: date, later: date) -> int:
    """How many months one day's month lies before another's; negative when it lies after."""
    return 12 * (later.year - earlier.year) + later.month - earlier.month


@dataclass(frozen=True)
class _Weighed:
    """An assessable value ready to be averaged; an exact value is its own ends."""

    indicator_code: str
    weight: float
    performance: float
    low: float
    high: float


def score_node(contributions: Sequence[Contribution], thresholds: Thresholds) -> NodeScore:
    """Score a node: the mean performance of its assessable indicators, weighted by strength of evidence.

    Each performance is clipped to [0, 1] first, so that no excess makes up for a shortfall. Below an assessed
    share of 0.60 there is a score but no status.
    """
    assessed = [item for item in map(_weighed, contributions) if item is not None]
    weight_due = sum(item.weight for item in contributions if item.due is not None)
    assessed_share = sum(item.weight for item in assessed) / weight_due if weight_due else None
    score = _weighted_mean((item.weight, item.performance) for item in assessed)
    weakest = min(assessed, key=lambda item: (item.performance, item.indicator_code), default=None)
    return NodeScore(
        score=score,
        score_low=_weighted_mean((item.weight, item.low) for item in assessed),
        score_high=_weighted_mean((item.weight, item.high) for item in assessed),
        assessed_share=assessed_share,
        status=_status(score, assessed_share, thresholds),
        weakest_indicator=weakest.indicator_code if weakest else None,
        contributions=tuple(contributions),
        n_assessable=len(assessed),
    )


def _weighed(item: Contribution) -> _Weighed | None:
    if item.due is None or item.due.performance is None:
        return None
    exact = item.due.performance
    low = exact if item.due.low is None else item.due.low
    high = exact if item.due.high is None else item.due.high
    return _Weighed(item.indicator_code, item.weight, exact, low, high)


def _weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    clipped = [(weight, min(max(value, 0.0), 1.0)) for weight, value in pairs]
    whole = sum(weight for weight, _ in clipped)
    return sum(weight * value for weight, value in clipped) / whole if whole else None


def _status(score: float | None, assessed_share: float | None, thresholds: Thresholds) -> Band | None:
    if score is None or assessed_share is None or assessed_share < MINIMUM_ASSESSED_SHARE - ROUNDING:
        return None
    return band(score, thresholds)
