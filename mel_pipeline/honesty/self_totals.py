"""(g) Do the totals that parts of the programme report of themselves agree with ours? Theirs are never counted."""

from collections.abc import Iterator

from mel_pipeline import database
from mel_pipeline.declarations.models import SelfTotalsCheck
from mel_pipeline.declarations.periods import period_type_of
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome


def check_self_totals(evidence: Evidence, check: SelfTotalsCheck) -> Iterator[Finding]:
    """A finding per indicator and part of the programme: sums over the periods for which both are known."""
    n_compared = 0
    for code in check.indicators:
        for row in evidence.rows(_sums_sql(evidence, check, code)):
            n_compared += 1
            theirs, ours = float(row["theirs"]), float(row["ours"])
            is_off = abs(theirs - ours) > check.tolerance * abs(ours) and theirs != ours
            yield Finding(
                Kind.SELF_TOTALS,
                Outcome.FOUND if is_off else Outcome.PASSED,
                indicator_code=code,
                scope_type=check.scope,
                scope_code=row["scope_code"],
                n=row["n_periods"],
                observed=theirs,
                expected=ours,
                values={
                    "indicator": code,
                    "scope": f"{check.scope}:{row['scope_code']}",
                    "theirs": theirs,
                    "ours": ours,
                    "periods": row["n_periods"],
                    "different": row["n_different"],
                },
            )
    if not n_compared:
        yield Finding(
            Kind.SELF_TOTALS, Outcome.NOT_ASSESSABLE, subject=check.source, n=0, values={"table": check.source}
        )


def _sums_sql(evidence: Evidence, check: SelfTotalsCheck, code: str) -> str:
    indicator = evidence.programme.indicators[code]
    columns = {key: database.quote(getattr(check, key)) for key in ("indicator", "total", "period", "scope_code")}
    return f"""
        with told as (
            select {columns["scope_code"]} as scope_code, {columns["period"]} as period, {columns["total"]} as total
            from {database.quote(check.source)}
            where {columns["indicator"]} = {database.literal(code)} and {columns["total"]} is not null
        ),
        ours as (
            select scope_code, period, value from indicator_values
            where indicator_code = {database.literal(code)} and dimension = 'total' and value is not null
                and scope_type = {database.literal(check.scope)}
                and period_type = {database.literal(period_type_of(indicator))}
        )
        select
            scope_code, count(*) as n_periods, sum(told.total) as theirs, sum(ours.value) as ours,
            count(*) filter (where told.total <> ours.value) as n_different
        from told inner join ours using (scope_code, period)
        group by scope_code order by scope_code
    """
