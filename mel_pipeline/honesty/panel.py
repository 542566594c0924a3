"""(e) Does the change between two waves hold among those who answered both? Else it may be that others answered."""

from collections.abc import Iterator
from typing import Any

from mel_pipeline import database
from mel_pipeline.declarations.models import Indicator, Measure, PanelCheck
from mel_pipeline.honesty.findings import Evidence, Finding, Kind, Outcome
from mel_pipeline.indicators.measures import FACT, expression, scale_score


def check_panel(evidence: Evidence, check: PanelCheck) -> Iterator[Finding]:
    """A finding per pair of waves, with the change of all beside that of those who answered both."""
    pairs = evidence.rows(_pairs_sql(evidence, evidence.programme.indicators[check.indicator], check))
    for pair in pairs:
        yield _finding(check, pair)
    if not pairs:
        values = {"indicator": check.indicator, "n": 0, "minimum": check.minimum_n}
        yield Finding(
            Kind.PANEL, Outcome.NOT_ASSESSABLE, indicator_code=check.indicator, n=0, values=values
        )  # fmt: skip


def figure_sql(measure: Measure) -> str:
    """SQL of the figure of one row: its scale score, its number, or 100 and 0 for those who meet a share or not."""
    if measure.index is not None:
        return scale_score(measure.index)
    if measure.share is not None:
        return f"case when {expression(measure.share)} then 100.0 else 0.0 end"
    return f"({expression(str(measure.mean))})::double"


def _pairs_sql(evidence: Evidence, indicator: Indicator, check: PanelCheck) -> str:
    """SQL of each wave that is over, with the one before: means of all, and of the entities with a figure in both."""
    measure = indicator.measure
    closed = evidence.is_closed_sql(evidence.programme.marts[measure.table], indicator.frequency)
    entity, wave = expression(database.quote(check.entity)), expression(database.quote(check.wave))
    condition = f"and ({expression(measure.where)})" if measure.where else ""
    return f"""
        with figures as (
            select {entity} as entity, {wave} as wave, avg({figure_sql(measure)}) as figure
            from {database.quote(measure.table)} as {FACT}
            where {closed} {condition}
            group by all having figure is not null
        ),
        waves as (
            select
                wave,
                lag(wave) over (order by wave) as wave_before,
                avg(figure order by figure) as mean,
                count(*) as n
            from figures
            group by wave
        ),
        panels as (
            select
                after.wave,
                before.wave as wave_before,
                count(*) as n_panel,
                avg(after.figure - before.figure order by after.figure - before.figure) as panel_change
            from figures as after inner join figures as before on after.entity = before.entity
            group by after.wave, before.wave
        )
        select
            waves.wave, waves.wave_before, waves.n, earlier.n as n_before,
            waves.mean - earlier.mean as whole_change,
            coalesce(panels.n_panel, 0) as n_panel, panels.panel_change
        from waves
        inner join waves as earlier on waves.wave_before = earlier.wave
        left join panels on waves.wave = panels.wave and waves.wave_before = panels.wave_before
        order by waves.wave
    """


def _finding(check: PanelCheck, pair: dict[str, Any]) -> Finding:
    whole, panel = pair["whole_change"], pair["panel_change"]
    is_enough = pair["n_panel"] >= check.minimum_n
    values = {
        "indicator": check.indicator,
        "before": str(pair["wave_before"]),
        "after": str(pair["wave"]),
        "n": pair["n_panel"],
        "minimum": check.minimum_n,
        "whole": whole,
        "panel": panel,
        "n_before": pair["n_before"],
        "n_after": pair["n"],
    }
    outcome = Outcome.NOT_ASSESSABLE
    if is_enough:
        outcome = Outcome.FOUND if abs(whole - panel) > check.larger_than else Outcome.PASSED
    return Finding(
        Kind.PANEL,
        outcome,
        indicator_code=check.indicator,
        period=str(pair["wave"]),
        n=pair["n_panel"],
        observed=whole,
        expected=panel,
        values=values,
    )
