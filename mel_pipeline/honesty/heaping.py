"""(c) Do reported numbers end in 0 or 5 more often than counted ones would? Then somebody guessed or rounded."""

from collections.abc import Iterator

from mel_pipeline import database
from mel_pipeline.declarations.models import HeapingCheck
from mel_pipeline.honesty.chance import at_least_by_chance
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome


def check_heaping(evidence: Evidence, check: HeapingCheck) -> Iterator[Finding]:
    """A finding per group that reports enough numbers, found or not, and one per group with too few.

    The chance is multiplied by the number of groups tested: among many, one is odd by chance (Bonferroni).
    """
    groups = evidence.rows(_endings_sql(check))
    n_tested = sum(group["n"] >= check.minimum_n for group in groups)
    for group in groups:
        n, hits = int(group["n"]), int(group["hits"])
        p_value = min(1.0, n_tested * at_least_by_chance(hits, n, check.expected_share))
        outcome = Outcome.PASSED if p_value >= check.p_below else Outcome.FOUND
        is_enough = n >= check.minimum_n
        yield Finding(
            Kind.DIGIT_HEAPING,
            outcome if is_enough else Outcome.NOT_ASSESSABLE,
            subject=f"{check.table}.{check.number}: {group['name']}",
            n=n,
            observed=hits / n if n else None,
            expected=check.expected_share,
            p_value=p_value if is_enough else None,
            values={
                "name": group["name"],
                "number": check.number,
                "table": check.table,
                "n": n,
                "minimum": check.minimum_n,
                "share": 100 * hits / n if n else 0.0,
                "expected": 100 * check.expected_share,
                "p": p_value,
            },
        )
    if not groups:
        values = {"name": check.table, "number": check.number, "n": 0, "minimum": check.minimum_n}
        yield Finding(Kind.DIGIT_HEAPING, Outcome.NOT_ASSESSABLE, subject=check.table, n=0, values=values)


def _endings_sql(check: HeapingCheck) -> str:
    number, by = database.quote(check.number), database.quote(check.by)
    return f"""
        select
            coalesce({by}::varchar, 'unknown') as name,
            count(*) as n,
            count(*) filter (where {number}::bigint % 5 = 0) as hits
        from {database.quote(check.table)}
        where {number} >= {check.at_least} and {number} = floor({number})
        group by name order by name
    """
