"""The numbers of a product, in the only form in which renderers get them.

Only shapes belong here: a cell is one value of an indicator, a score is what the programme says about it.
Which of them are hidden is decided in `protect.py`.
"""

from dataclasses import dataclass, replace
from datetime import date

UNDIVIDED = "total"
"""Name of the dimension and of the category of a value that is not broken down."""

WHOLE = ("all", "all")
"""Scope type and code of the whole programme."""

CellKey = tuple[str, str, str, str, str, str, str]
"""Indicator, period type, period, scope type, scope code, dimension, category."""

ScoreKey = tuple[str, str, str, str, str]
"""Indicator, period type, period, scope type, scope code."""


@dataclass(frozen=True)
class Cell:
    """One value of an indicator in a period, a scope and a category; hidden cells hold no number."""

    indicator_code: str
    period_type: str
    period: str
    period_end: date
    scope_type: str
    scope_code: str
    dimension: str
    category: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    coverage: float | None = None
    dqa_grade: str | None = None
    stale_since: date | None = None
    is_hidden: bool = False

    @property
    def key(self) -> CellKey:
        """What no other cell shares."""
        return (*self.score_key, self.dimension, self.category)

    @property
    def score_key(self) -> ScoreKey:
        """The score this cell belongs to."""
        return (self.indicator_code, self.period_type, self.period, self.scope_type, self.scope_code)

    @property
    def size(self) -> float:
        """How many people or answering officials stand behind the cell; a count without `n` is its own size."""
        return next((size for size in (self.n, self.value) if size is not None), 0)

    def hidden(self) -> "Cell":
        """The same cell without any number that would tell its size."""
        return replace(
            self, value=None, numerator=None, denominator=None, n=None, ci_low=None, ci_high=None, is_hidden=True
        )


@dataclass(frozen=True)
class Score:
    """How a value stands against its target; hidden scores hold no number that depends on the value."""

    indicator_code: str
    period_type: str
    period: str
    period_end: date
    scope_type: str
    scope_code: str
    status: str
    baseline: float | None = None
    target: float | None = None
    is_target_inherited: bool = False
    actual: float | None = None
    performance: float | None = None
    certainty: str | None = None
    status_reason: str | None = None
    is_exceeded: bool = False
    coverage: float | None = None
    dqa_grade: str | None = None
    is_hidden: bool = False

    @property
    def key(self) -> ScoreKey:
        """What no other score of the same profile shares."""
        return (self.indicator_code, self.period_type, self.period, self.scope_type, self.scope_code)

    def hidden(self) -> "Score":
        """The same score without the actual, and without the status, which next to a target bounds the actual."""
        return replace(
            self,
            actual=None,
            performance=None,
            status="hidden",
            certainty=None,
            status_reason=None,
            is_exceeded=False,
            is_hidden=True,
        )


@dataclass(frozen=True)
class NodeScore:
    """How far a step of the theory of change has come; hidden where it would tell a hidden score."""

    node_id: str
    period_end: date
    score: float | None
    status: str
    n_indicators: int
    n_assessable: int
    is_hidden: bool = False

    def hidden(self) -> "NodeScore":
        """The same step without its score and status."""
        return replace(self, score=None, status="hidden", is_hidden=True)
