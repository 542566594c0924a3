"""(d) Do results lie exactly at their target more often than one unit beside it? Then somebody may aim at the number.

A unit is one for counts, and one point for percentages and indices, which are compared after rounding. Exact hits of
small targets are common; what counts is how many of the results within one unit are exact ones.
"""

from collections.abc import Iterator

from mel_pipeline.declarations.models import AtTargetCheck
from mel_pipeline.honesty.chance import at_least_by_chance
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome

UNIT_TYPES = ("count", "milestone", "percentage", "index")
"""Types of indicators whose unit is so small that one unit beside the target is a near miss."""


def check_at_target(evidence: Evidence, check: AtTargetCheck) -> Iterator[Finding]:
    """A finding per scope with results near their targets; the chance is multiplied by the scopes tested."""
    scopes = evidence.rows(_near_sql(evidence, check))
    n_tested = sum(scope["n"] >= check.minimum_n for scope in scopes)
    for scope in scopes:
        n, hits = int(scope["n"]), int(scope["hits"])
        p_value = min(1.0, n_tested * at_least_by_chance(hits, n, check.expected_share))
        is_enough = n >= check.minimum_n
        outcome = Outcome.PASSED if p_value >= check.p_below else Outcome.FOUND
        yield Finding(
            Kind.AT_TARGET,
            outcome if is_enough else Outcome.NOT_ASSESSABLE,
            scope_type=scope["scope_type"],
            scope_code=scope["scope_code"],
            n=n,
            observed=hits / n if n else None,
            expected=check.expected_share,
            p_value=p_value if is_enough else None,
            values={
                "scope": f"{scope['scope_type']}:{scope['scope_code']}",
                "hits": hits,
                "n": n,
                "minimum": check.minimum_n,
                "expected": 100 * check.expected_share,
                "p": p_value,
            },
        )
    if not scopes:
        values = {"scope": "all:all", "n": 0, "minimum": check.minimum_n}
        yield Finding(Kind.AT_TARGET, Outcome.NOT_ASSESSABLE, n=0, values=values)


def _near_sql(evidence: Evidence, check: AtTargetCheck) -> str:
    """SQL of each scope with targets: how many results lie within one unit of them, and how many exactly there."""
    codes = [code for code, indicator in evidence.programme.indicators.items() if indicator.type in UNIT_TYPES]
    named = ", ".join(f"'{code}'" for code in codes) or "null"
    return f"""
        select
            scope_type, scope_code,
            count(*) filter (where abs(round(actual - target)) <= 1) as n,
            count(*) filter (where round(actual - target) = 0) as hits
        from indicator_scores
        where scoring_profile = 'default' and indicator_code in ({named})
            and actual is not null and target >= {check.at_least}
        group by scope_type, scope_code
        order by scope_type, scope_code
    """
