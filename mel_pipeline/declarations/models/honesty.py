"""`honesty.yml`: where to look for numbers that are in order one by one and yet tell no true story."""

from typing import Literal

from pydantic import Field

from mel_pipeline.declarations.models.base import Declared


class PartsCheck(Declared):
    """Do the categories of a breakdown add up to the total? Without `indicators` all are looked at."""

    indicators: list[str] = []


class SimpsonCheck(Declared):
    """Does a level move one way while all its categories move the other way?

    Categories with fewer than `minimum_n` behind them are left out; the others have to hold `minimum_share` of all.
    """

    indicators: list[str] = []
    minimum_n: int = Field(default=10, ge=1)
    minimum_share: float = Field(default=0.9, gt=0, le=1)


class HeapingCheck(Declared):
    """Do reported numbers end in 0 or 5 more often than counted ones would?

    `table` is a source or a mart; numbers below `at_least` are left out, because few end in 0 or 5 among them.
    """

    table: str
    number: str
    by: str
    at_least: int = Field(default=10, ge=1)
    minimum_n: int = Field(default=20, ge=1)
    expected_share: float = Field(default=0.2, gt=0, lt=1)
    p_below: float = Field(default=0.01, gt=0, lt=1)


class AtTargetCheck(Declared):
    """Do results lie exactly at their target more often than one unit above or below it?

    `expected_share` is the share of those within one unit that would lie exactly there if nobody aimed at it. Targets
    below `at_least` are left out: that one was planned and one was held is no wonder.
    """

    at_least: float = Field(default=5, ge=0)
    minimum_n: int = Field(default=10, ge=1)
    expected_share: float = Field(default=1 / 3, gt=0, lt=1)
    p_below: float = Field(default=0.01, gt=0, lt=1)


class PanelCheck(Declared):
    """Does a change between two waves hold among those who answered both? `larger_than` is in the indicator's unit."""

    indicator: str
    entity: str
    wave: str
    larger_than: float = Field(ge=0)
    minimum_n: int = Field(default=10, ge=2)


class DriftCheck(Declared):
    """Do fewer answer than in the wave before, or others? `table` is a mart of those who were asked.

    Only rows of periods of the `frequency` that have ended are looked at, so that no wave is judged before it is over.
    """

    table: str
    wave: str
    answered: str
    frequency: Literal["quarter", "half_year", "year"] = "year"
    where: str | None = None
    dimensions: list[str] = []
    p_below: float = Field(default=0.05, gt=0, lt=1)


class SelfTotalsCheck(Declared):
    """Do the totals that somebody reports agree with ours? The names are fields of the source.

    `scope` is the declared scope whose codes stand in `scope_code`; a difference above `tolerance` of ours is told.
    """

    source: str
    indicator: str
    total: str
    period: str
    scope: str
    scope_code: str
    indicators: list[str] = Field(min_length=1)
    tolerance: float = Field(default=0.1, ge=0)


class Honesty(Declared):
    """All checks that a programme declares; what it does not declare is not looked at, and not passed either."""

    parts: PartsCheck | None = None
    simpson: SimpsonCheck | None = None
    at_target: AtTargetCheck | None = None
    digit_heaping: list[HeapingCheck] = []
    panel: list[PanelCheck] = []
    drift: list[DriftCheck] = []
    self_totals: list[SelfTotalsCheck] = []
