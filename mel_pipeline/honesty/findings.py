"""What a check found, in figures and codes, and what checks look at. The words belong to `finding_words.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import duckdb

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.indicators.measures import FACT


class Kind(StrEnum):
    """The checks, as `honesty.yml` names them."""

    PARTS = "parts"
    SIMPSON = "simpson"
    DIGIT_HEAPING = "digit_heaping"
    AT_TARGET = "at_target"
    PANEL = "panel"
    DRIFT = "drift"
    SELF_TOTALS = "self_totals"


class Outcome(StrEnum):
    """What came of a check. A gap that is explained is `named`; what was not declared was not looked at."""

    FOUND = "found"
    NAMED = "named"
    PASSED = "passed"
    NOT_ASSESSABLE = "not_assessable"
    NOT_DECLARED = "not_declared"


@dataclass(frozen=True)
class Finding:
    """One result of a check.

    Attributes:
        kind: the check.
        outcome: what came of it.
        sentence: which sentence tells it, where the check has several; else that of the outcome.
        values: what the sentence names; a mapping holds words by language.
        n: how many numbers or rows it rests on.
        observed: what was found.
        expected: what it is set beside.
        p_value: how likely that much or more is by chance alone.
    """

    kind: Kind
    outcome: Outcome
    sentence: str | None = None
    indicator_code: str | None = None
    scope_type: str | None = None
    scope_code: str | None = None
    period: str | None = None
    dimension: str | None = None
    subject: str | None = None
    n: int | None = None
    observed: float | None = None
    expected: float | None = None
    p_value: float | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """A programme and a connection on which its built tables and accepted sources can be read by name."""

    connection: duckdb.DuckDBPyConnection
    programme: Programme

    def dimension_label(self, dimension: str) -> Mapping[str, str] | str:
        """The label of a dimension by language, or its name where it has none."""
        declared = self.programme.dimensions.get(dimension)
        return declared.label if declared else dimension

    def category_label(self, dimension: str, category: str) -> Mapping[str, str] | str:
        """The label of a category by language, or its code where it has none."""
        declared = self.programme.dimensions.get(dimension)
        known = declared.categories if declared else {}
        return known[category].label if isinstance(known, dict) and category in known else category

    def is_closed_sql(self, mart: MartContract, frequency: str) -> str:
        """SQL condition that a row of a mart lies in a period that has ended, so that nothing more is expected."""
        day = f"{FACT}.{database.quote(str(mart.period_on or mart.snapshot_on))}"
        return f"""exists (
            select 1 from dim_period
            where is_closed and period_type = {database.literal(frequency)}
                and {day} between period_start and period_end
        )"""

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Answer of a query, a dictionary per row."""
        cursor = self.connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
