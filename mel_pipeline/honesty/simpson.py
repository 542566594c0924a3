"""(b) Does a level move one way while every category of a breakdown moves the other way?

Then the groups changed their sizes, and the total tells of that, not of what happened within them. Counts are left
out: their parts add up, so that they cannot part from the total.
"""

from collections.abc import Iterator

from mel_pipeline import database
from mel_pipeline.declarations.models import Indicator, SimpsonCheck
from mel_pipeline.declarations.periods import period_type_of
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome

LEVELS = ("percentage", "mean", "index", "ratio")


def check_simpson(evidence: Evidence, check: SimpsonCheck) -> Iterator[Finding]:
    """A finding for each reversal; one with the number of steps looked at where there is none."""
    programme = evidence.programme
    levels = [
        programme.indicators[code]
        for code in check.indicators or programme.indicators
        if programme.indicators[code].type in LEVELS and programme.indicators[code].disaggregate_by
    ]
    n_steps = n_found = 0
    for indicator in levels:
        for row in evidence.rows(_steps_sql(indicator, check)):
            n_steps += 1
            if row["is_reversed"]:
                n_found += 1
                yield _finding(evidence, indicator, row)
    if not n_found:
        yield Finding(
            Kind.SIMPSON, Outcome.PASSED if n_steps else Outcome.NOT_ASSESSABLE, n=n_steps, values={"steps": n_steps}
        )


def _steps_sql(indicator: Indicator, check: SimpsonCheck) -> str:
    """SQL of each step from a period to the next one, by scope and dimension, that at least two categories tell.

    What restarts each January is compared within the year only.
    """
    named = ", ".join(database.literal(each) for each in ("total", *indicator.disaggregate_by))
    same_year = "and year(period_end) = year(end_before)" if indicator.time == "year_to_date" else ""
    return f"""
        with moves as (
            select
                period, period_end, scope_type, scope_code, dimension, category, n, value,
                lag(value) over steps as value_before,
                lag(n) over steps as n_before,
                lag(period) over steps as period_before,
                lag(period_end) over steps as end_before
            from indicator_values
            where indicator_code = {database.literal(indicator.code)} and dimension in ({named})
                and period_type = {database.literal(period_type_of(indicator))} and value is not null
            window steps as (partition by scope_type, scope_code, dimension, category order by period_end)
        ),
        totals as (
            select *, value - value_before as moved from moves
            where dimension = 'total' and value_before is not null {same_year}
        ),
        parts as (
            select
                totals.period, totals.period_before, totals.scope_type, totals.scope_code, moves.dimension,
                totals.value_before, totals.value, totals.moved,
                count(*) as n_categories,
                bool_and(sign(moves.value - moves.value_before) = -sign(totals.moved)) as all_against,
                sum(moves.n) / any_value(totals.n) as share,
                sum(moves.n_before) / any_value(totals.n_before) as share_before
            from totals
            inner join moves
                on moves.period = totals.period and moves.period_before = totals.period_before
                and moves.scope_type = totals.scope_type and moves.scope_code = totals.scope_code
            where moves.dimension <> 'total' and moves.value_before is not null
                and moves.n >= {check.minimum_n} and moves.n_before >= {check.minimum_n}
            group by all
        )
        select
            * exclude (all_against, share, share_before),
            all_against and moved <> 0 and least(share, share_before) >= {check.minimum_share} as is_reversed
        from parts where n_categories >= 2
        order by period, scope_type, scope_code, dimension
    """


def _finding(evidence: Evidence, indicator: Indicator, row: dict[str, object]) -> Finding:
    dimension = str(row["dimension"])
    return Finding(
        Kind.SIMPSON,
        Outcome.FOUND,
        indicator_code=indicator.code,
        scope_type=str(row["scope_type"]),
        scope_code=str(row["scope_code"]),
        period=str(row["period"]),
        dimension=dimension,
        n=int(str(row["n_categories"])),
        observed=float(str(row["value"])),
        expected=float(str(row["value_before"])),
        values={
            "indicator": indicator.code,
            "scope": f"{row['scope_type']}:{row['scope_code']}",
            "period": row["period"],
            "period_before": row["period_before"],
            "before": row["value_before"],
            "after": row["value"],
            "categories": row["n_categories"],
            "dimension": evidence.dimension_label(dimension),
        },
    )
