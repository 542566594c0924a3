"""(a) Do the categories of each breakdown add up to the total, or is the gap one that can be named?

A gap is named where one unit may stand in several categories, where a pair may be torn apart, where the answer is not
known, and where pages will hide small groups. Any other gap is found.
"""

from collections.abc import Iterator
from typing import Any

from mel_pipeline import database
from mel_pipeline.declarations.models import Indicator, PartsCheck
from mel_pipeline.declarations.periods import period_type_of
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome


def check_parts(evidence: Evidence, check: PartsCheck) -> Iterator[Finding]:
    """A finding for each breakdown with a gap, named or not; one that all others add up."""
    programme = evidence.programme
    chosen = check.indicators or list(programme.indicators)
    n_whole = n_cells = 0
    for code in chosen:
        indicator = programme.indicators[code]
        for dimension in (*indicator.disaggregate_by, *indicator.disaggregate_numerator_by):
            gaps = _gaps(evidence, indicator, dimension)
            n_cells += gaps["n_cells"]
            finding = _finding(evidence, indicator, dimension, gaps)
            if finding is None:
                n_whole += 1
            else:
                yield finding
    outcome = Outcome.PASSED if n_cells else Outcome.NOT_ASSESSABLE
    yield Finding(Kind.PARTS, outcome, n=n_cells, values={"breakdowns": n_whole, "cells": n_cells})


def may_stand_in_several(programme: Programme, indicator: Indicator, dimension: str) -> bool:
    """Whether one unit of an indicator may stand in several categories of a dimension."""
    measure, mart = indicator.measure, programme.marts[indicator.measure.table]
    declared = programme.dimensions.get(dimension)
    if dimension in indicator.disaggregate_numerator_by or measure.verb == "sql":
        return True
    if mart.column_types.get(dimension, "").endswith("[]"):
        return True
    is_of_one = declared is not None and declared.counts_people_once
    return (measure.count_distinct is not None or measure.per_entity is not None) and not is_of_one


def _gaps(evidence: Evidence, indicator: Indicator, dimension: str) -> dict[str, Any]:
    """Counts of cells whose parts are more or fewer than the total, of unknown ones and of small ones."""
    of_numerator = dimension in indicator.disaggregate_numerator_by
    compared = "numerator" if of_numerator else "n"
    minimum = evidence.programme.settings.disclosure.minimum_cell if indicator.counts_people else 0
    (found,) = evidence.rows(f"""
        with own as (
            select * from indicator_values
            where indicator_code = {database.literal(indicator.code)}
                and period_type = {database.literal(period_type_of(indicator))}
        ),
        parts as (
            select
                period, scope_type, scope_code,
                sum({compared}) as units,
                sum(numerator order by numerator) as amount,
                coalesce(sum({compared}) filter (where category = 'unknown'), 0) as unknown,
                count(*) filter (where n > 0 and n < {minimum}) as small
            from own where dimension = {database.literal(dimension)}
            group by period, scope_type, scope_code
        ),
        compared as (
            select
                totals.{compared} as whole,
                coalesce(parts.units, 0) - totals.{compared} as gap,
                coalesce(parts.amount, 0) - coalesce(totals.numerator, 0) as amount_gap,
                1e-9 * greatest(1, abs(coalesce(totals.numerator, 0))) as rounding,
                coalesce(parts.unknown, 0) as unknown,
                coalesce(parts.small, 0) as small
            from own as totals left join parts using (period, scope_type, scope_code)
            where totals.dimension = 'total'
        )
        select
            count(*) as n_cells,
            count(*) filter (where gap > 1e-9 or amount_gap > rounding) as n_more,
            count(*) filter (where gap < -1e-9 or amount_gap < -rounding) as n_fewer,
            coalesce(sum(unknown), 0) as n_unknown,
            coalesce(sum(whole), 0) as n_units,
            coalesce(sum(small), 0) as n_small
        from compared
    """)
    return found


def _finding(evidence: Evidence, indicator: Indicator, dimension: str, gaps: dict[str, Any]) -> Finding | None:
    may_repeat = may_stand_in_several(evidence.programme, indicator, dimension)
    may_tear = indicator.measure.paired_change is not None
    unexplained = (0 if may_repeat else gaps["n_more"]) + (0 if may_tear else gaps["n_fewer"])
    is_named = bool(gaps["n_more"] or gaps["n_fewer"] or gaps["n_unknown"] or gaps["n_small"])
    if not unexplained and not is_named:
        return None
    return Finding(
        Kind.PARTS,
        Outcome.FOUND if unexplained else Outcome.NAMED,
        indicator_code=indicator.code,
        dimension=dimension,
        n=int(gaps["n_cells"]),
        observed=float(gaps["n_more"] + gaps["n_fewer"]),
        expected=0.0,
        values={
            "indicator": indicator.code,
            "dimension": evidence.dimension_label(dimension),
            "cells": gaps["n_cells"],
            "unexplained": unexplained,
            "several": gaps["n_more"] if may_repeat else 0,
            "torn": gaps["n_fewer"] if may_tear else 0,
            "unknown": _share(gaps["n_unknown"], gaps["n_units"]),
            "small": gaps["n_small"],
        },
    )


def _share(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0
