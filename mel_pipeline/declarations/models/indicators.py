"""`indicators/*.yml` and `targets.csv`: what is measured, how, and what was promised."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from mel_pipeline.declarations.models.base import Code, Declared, Words


class IndexOf(Declared):
    """A scale score: the mean of items, moved from the item scale onto the index scale."""

    items: list[str] = Field(min_length=1)
    reverse: list[str] = []
    minimum_items: int = Field(ge=1)
    item_scale: tuple[float, float] = (1, 5)
    scale: tuple[float, float] = (0, 100)


class PairedChange(Declared):
    """A score of the same person or thing before and after: rows of two waves, paired by equal columns."""

    score: str
    wave: str
    before: Code
    after: Code
    pair_by: list[str] = Field(min_length=1)


class FirstCrossing(Declared):
    """The first time that a thing reported again and again stands at a stage or above it."""

    stage: str
    at_least: float
    entity: str


class RatioOf(Declared):
    """Two expressions over a row; what is told is the sum of the one over the sum of the other."""

    numerator: str
    denominator: str


class RowsOf(Declared):
    """Rows of a mart, named by a table and a condition."""

    table: str = Field(alias="from")
    where: str | None = None


class Measure(Declared):
    """How an indicator is computed: one verb over the rows of one mart.

    `all_of` names indicators whose conditions a row has to meet together. `sql` is a query whose rows stand in for
    those of the mart: its day, scopes and `_record_keys`, and besides `numerator`, `denominator` and `n`.
    `per_entity` is the column of the thing that has one figure each, of which the mean (or the median) is told.
    `interval: symmetric` gives the share of a sample with weights, strata or clusters the interval that published
    survey tables have (Student's t, which may end beyond 0 or 100 %), in place of Wilson's.
    """

    table: str = Field(alias="from")
    where: str | None = None
    count: Literal[True] | None = None
    count_distinct: str | None = None
    sum: str | None = None
    share: str | None = None
    mean: str | None = None
    median: str | None = None
    ratio: RatioOf | None = None
    paired_change: PairedChange | None = None
    first_crossing: FirstCrossing | None = None
    index: IndexOf | None = None
    all_of: list[str] | None = Field(default=None, min_length=1)
    sql: str | None = None
    per_entity: str | None = None
    population: Literal["census"] | RowsOf | None = None
    weight: str | None = None
    stratum: str | None = None
    cluster: str | None = None
    interval: Literal["symmetric"] | None = None

    @property
    def is_designed(self) -> bool:
        """Whether the rows are a sample with weights, strata or clusters; rows without a weight are not of it."""
        return any((self.weight, self.stratum, self.cluster))

    @property
    def verb(self) -> str:
        """The one verb this measure uses."""
        return next(name for name in VERBS if getattr(self, name) is not None)


VERBS = (
    "count",
    "count_distinct",
    "sum",
    "share",
    "mean",
    "median",
    "ratio",
    "paired_change",
    "first_crossing",
    "index",
    "all_of",
    "sql",
)

TOTALS = ("count", "count_distinct", "sum", "first_crossing")
"""Verbs that count or add up rows."""
COUNTED_TYPES = ("count", "milestone")
"""Types of indicators that are told as totals."""


class Coverage(RowsOf):
    """Share of the units due in a period that have been received."""

    received: str


class DefinitionChange(Declared):
    """A day on which the definition of an indicator changed, and what changed; values told before it keep theirs."""

    changed_on: date
    what: Words


class Baseline(Declared):
    """Where the indicator stood before the programme."""

    value: float
    period: Code


CROSSED = "*"
"""Between the names of dimensions that are crossed, and between their categories."""


class Indicator(Declared):
    """One indicator, with everything that a performance indicator reference sheet asks for.

    `collection` is how the data come about, `rationale` what the number is used for, `responsible` the role that
    answers for it, `assessed_on` the day of the last assessment of its data by people, `changes` the history of its
    definition. `cross_by` are two or three dimensions each whose categories are told together, as women online. The
    other fields of such a sheet stand in the baseline here, in `targets.csv` and in the theory.
    """

    code: str
    nodes: list[str] = Field(min_length=1)
    title: Words
    definition: Words
    numerator: Words
    denominator: Words | None = None
    data_source: Words
    collection: Words = {}
    rationale: Words = {}
    responsible: Words = {}
    assessed_on: date | None = None
    changes: list[DefinitionChange] = []
    unit: Words
    type: Literal["count", "percentage", "mean", "index", "ratio", "milestone"]
    direction: Literal["increase", "decrease", "maintain", "context"]
    time: Literal["period", "year_to_date", "latest", "rolling_4q"]
    frequency: Literal["quarter", "half_year", "year"]
    measure: Measure
    disaggregate_by: list[str] = []
    disaggregate_numerator_by: list[str] = []
    cross_by: list[list[str]] = []
    coverage: Coverage
    evidence_weight: Literal["strong", "moderate", "weak"]
    counts_people: bool = False
    scopes: list[str] | None = None
    tolerance: float | None = Field(default=None, ge=0)
    minimum_n: int | None = Field(default=None, ge=0)
    minimum_coverage: float | None = Field(default=None, ge=0, le=1)
    baseline: Baseline | None = None
    scored: bool = True
    weighs: bool = True
    tier: Literal["core", "extended"] = "core"
    level: Literal["membership", "activity", "output", "outcome", "impact", "assumption"]
    expectation: dict[str, Any] | None = None
    kirkpatrick: str | None = None
    limits: Words

    @property
    def crossed(self) -> list[str]:
        """Names of the crossings of dimensions: `sex*mode`, with categories such as `female*online`."""
        return [CROSSED.join(dimensions) for dimensions in self.cross_by]

    @property
    def dimensions(self) -> list[str]:
        """Everything by which the whole value is broken down, crossings among them."""
        return [*self.disaggregate_by, *self.crossed]

    @property
    def adds_up(self) -> bool:
        """Whether the value is a total, which is zero where there is no row; means and rates then have no value."""
        if self.measure.sql is not None:
            return self.type in COUNTED_TYPES
        return self.measure.verb in TOTALS and self.measure.per_entity is None


class Target(Declared):
    """One row of `targets.csv`; `line` is where it stands in the file."""

    indicator_code: str
    scope_type: str
    scope_code: str
    period_type: str
    period: str
    value: float
    set_on: date
    set_by: str
    reason: str
    line: int
