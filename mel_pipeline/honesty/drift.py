"""(f) Do fewer answer than in the wave before, or others? Then two waves are not about the same people or places.

Many answer twice, so that two waves are more alike than two samples would be: the chi-square test errs towards silence.
"""

from collections.abc import Iterator
from typing import Any

from mel_pipeline import database
from mel_pipeline.declarations.models import DriftCheck
from mel_pipeline.honesty.chance import same_composition
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome
from mel_pipeline.indicators.measures import FACT, expression

RATE = "response_rate"
"""Stands where a dimension would: whether somebody answered at all."""


def check_drift(evidence: Evidence, check: DriftCheck) -> Iterator[Finding]:
    """For each wave with one before it: the rate of answers, and who answered by each dimension.

    The chance is multiplied by the number of tests of the wave.
    """
    asked = _rows_sql(evidence, check)
    waves = [row["wave"] for row in evidence.rows(f"{asked} select distinct wave from asked order by wave")]
    n_tests = 1 + len(check.dimensions)
    for place, wave in enumerate(waves[1:], start=1):
        before = waves[place - 1]
        for dimension in (RATE, *check.dimensions):
            yield _finding(evidence, check, dimension, (before, wave), n_tests)
    if len(waves) < 2:
        yield Finding(
            Kind.DRIFT, Outcome.NOT_ASSESSABLE, subject=check.table, n=len(waves), values={"table": check.table}
        )


def _finding(
    evidence: Evidence, check: DriftCheck, dimension: str, waves: tuple[Any, Any], n_tests: int
) -> Finding:  # fmt: skip
    counts = evidence.rows(_counts_sql(evidence, check, dimension, waves))
    tested = same_composition([row["n_before"] for row in counts], [row["n_after"] for row in counts])
    p_value = min(1.0, n_tests * tested[0]) if tested else None
    outcome = Outcome.NOT_ASSESSABLE
    if p_value is not None:
        outcome = Outcome.FOUND if p_value < check.p_below else Outcome.PASSED
    told = _most_moved(counts) if dimension != RATE else next((row for row in counts if row["category"] == "yes"), None)
    before, after = (_share(counts, told, key) for key in ("n_before", "n_after"))
    category = told["category"] if told else ""
    return Finding(
        Kind.DRIFT,
        outcome,
        sentence=f"{outcome}_rate" if dimension == RATE and outcome is not Outcome.NOT_ASSESSABLE else None,
        period=str(waves[1]),
        dimension=dimension,
        subject=check.table,
        n=sum(row["n_after"] for row in counts),
        observed=after,
        expected=before,
        p_value=p_value,
        values={
            "table": check.table,
            "dimension": evidence.dimension_label(dimension),
            "wave_before": str(waves[0]),
            "wave": str(waves[1]),
            "category": evidence.category_label(dimension, category),
            "before": 100 * before,
            "after": 100 * after,
            "p": p_value,
        },
    )


def _rows_sql(evidence: Evidence, check: DriftCheck) -> str:
    """SQL of everybody asked in a wave that is over."""
    condition = f"and ({expression(check.where)})" if check.where else ""
    closed = evidence.is_closed_sql(evidence.programme.marts[check.table], check.frequency)
    columns = "".join(f", {expression(database.quote(each))} as {database.quote(each)}" for each in check.dimensions)
    return f"""
        with asked as (
            select
                {expression(database.quote(check.wave))} as wave,
                coalesce({expression(check.answered)}, false) as has_answered{columns}
            from {database.quote(check.table)} as {FACT}
            where {closed} {condition}
        )
    """


def _counts_sql(evidence: Evidence, check: DriftCheck, dimension: str, waves: tuple[Any, Any]) -> str:
    """SQL of how many of each category there are in the two waves: of all asked, or of those who answered."""
    before, after = map(database.literal, waves)
    if dimension == RATE:
        category, condition = "case when has_answered then 'yes' else 'no' end", "true"
    else:
        category, condition = f"coalesce({database.quote(dimension)}::varchar, 'unknown')", "has_answered"
    return f"""{_rows_sql(evidence, check)}
        select
            {category} as category,
            count(*) filter (where wave::varchar = {before}) as n_before,
            count(*) filter (where wave::varchar = {after}) as n_after
        from asked
        where {condition} and wave::varchar in ({before}, {after})
        group by category order by category
    """


def _most_moved(counts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The category whose share changed most."""

    def moved(row: dict[str, Any]) -> float:
        return abs(_share(counts, row, "n_after") - _share(counts, row, "n_before"))

    return max(counts, key=moved, default=None)


def _share(counts: list[dict[str, Any]], row: dict[str, Any] | None, key: str) -> float:
    total = sum(each[key] for each in counts)
    return row[key] / total if row and total else 0.0
