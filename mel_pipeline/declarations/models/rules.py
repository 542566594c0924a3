"""`sources/<source>/rules.yml`: what must hold for the rows of a source."""

from typing import Any, Literal

from pydantic import ConfigDict

from mel_pipeline.declarations.models.base import Declared, Words

DqaDimension = Literal["validity", "integrity", "precision", "reliability", "timeliness"]
DQA_DIMENSIONS: tuple[DqaDimension, ...] = ("validity", "integrity", "precision", "reliability", "timeliness")


class Within(Declared):
    """Which part of the programme a row is about: the scope, the field with its code, and the field with the day."""

    scope: str
    code: str
    day: str


class Rule(Declared):
    """One data-quality rule: a Great Expectations expectation with the words an officer needs.

    A repair either replaces a cell (`fix`) or takes rows out that are no records (`drop`). With `also_warn` a repaired
    row is listed among the warnings, too, for repairs that somebody should look at.
    With `blocks: indicator`, `indicators` are the codes of those whose status cannot be told while the rule fails; with
    `within`, only in the part of the programme that a failing row is about, and in the periods of its day.
    Arguments of the expectation (column, value_set, min_value …) stand beside these keys.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    expect: str
    when: str | None = None
    sql: str | None = None
    treatment: Literal["repair", "quarantine", "warn", "block"]
    fix: str | None = None
    drop: bool = False
    also_warn: bool = False
    level: Literal["row", "answer", "file"] = "row"
    field: str | None = None
    blocks: Literal["file", "source", "indicator", "publication"] | None = None
    indicators: list[str] = []
    within: Within | None = None
    dqa_dimension: DqaDimension
    reason: Words

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of the expectation itself."""
        return dict(self.model_extra or {})
