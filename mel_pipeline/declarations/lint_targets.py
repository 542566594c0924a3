"""Faults of targets: whose they are, when they are due, and on which side of the baseline they lie.

Codes of hubs and other scopes whose table comes from data cannot be known here; those of grants can.
"""

from collections.abc import Iterator
from itertools import pairwise

from mel_pipeline.declarations.faults import Fault, Severity, unknown_name
from mel_pipeline.declarations.lint_scopes import ALL, GRANT
from mel_pipeline.declarations.models import Indicator, Target
from mel_pipeline.declarations.periods import Period, is_accumulating, parse_period, period_type_of, periods_of
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.declarations.targets import TARGETS_FILE

PROGRAMME = "programme"
Series = dict[tuple[str, str, str, str], list[Target]]


def target_faults(programme: Programme) -> Iterator[Fault]:
    """Each row against its indicator, scope and period, and the rows of a year against each other."""
    known = programme.names("indicator")
    for target in programme.targets:
        if target.indicator_code not in known:
            message = unknown_name("target names an unknown indicator", target.indicator_code, known, "Declare it.")
            yield fault_at(target, message)
        indicator = programme.indicators.get(target.indicator_code)
        if indicator is not None:
            yield from _scope_faults(programme, indicator, target)
            yield from _period_faults(programme, indicator, target)
            yield from _side_faults(indicator, target)
    yield from _repeated_rows(programme)
    yield from _falling_targets(programme)


def fault_at(target: Target, message: str, severity: Severity = "error") -> Fault:
    """A fault of one row of the targets."""
    return Fault(TARGETS_FILE, target.line, message, severity)


def _scope_faults(programme: Programme, indicator: Indicator, target: Target) -> Iterator[Fault]:
    thing = f"target of {target.indicator_code}"
    known = [ALL, *programme.settings.scopes]
    if target.scope_type not in known:
        yield fault_at(target, unknown_name(f"{thing} names an unknown scope", target.scope_type, known, "Declare it."))
        return
    if target.scope_type == ALL and target.scope_code != ALL:
        message = f"{thing} has a code for the undivided scope: found '{target.scope_code}', expected all. Write all."
        yield fault_at(target, message)
    if indicator.scopes is not None and target.scope_type not in indicator.scopes:
        message = (
            f"{thing} is for a scope in which the indicator does not exist: found '{target.scope_type}', expected "
            f"{', '.join(indicator.scopes)}. Remove the row or widen `scopes` of the indicator."
        )
        yield fault_at(target, message)
    if not _table_serves(programme, indicator, target.scope_type):
        message = (
            f"{thing} is for a scope that its table cannot tell apart: found '{target.scope_type}', expected a scope "
            f"or family of {indicator.measure.table}. Remove the row or add the scope to the mart's contract."
        )
        yield fault_at(target, message)
    if target.scope_type == GRANT:
        yield from _grant_faults(programme, target)


def _table_serves(programme: Programme, indicator: Indicator, scope: str) -> bool:
    mart = programme.marts.get(indicator.measure.table)
    declared = programme.settings.scopes.get(scope)
    if mart is None or declared is None:
        return True
    return scope in mart.scopes if isinstance(declared, str) else bool(set(declared) & set(mart.families))


def _grant_faults(programme: Programme, target: Target) -> Iterator[Fault]:
    known = programme.names("grant")
    if target.scope_code not in known:
        thing = f"target of {target.indicator_code} names an unknown grant"
        yield fault_at(target, unknown_name(thing, target.scope_code, known, "Declare it in donors.yml."))
    funded, period = programme.grants.get(target.scope_code), _period(programme, target)
    if funded is None or period is None:
        return
    grant = funded.grant
    if period.end < grant.starts_on or period.start > grant.ends_on:
        message = (
            f"target of {target.indicator_code} is due outside its grant: found {target.period}, expected a period "
            f"between {grant.starts_on} and {grant.ends_on}. Remove the row or correct the grant's dates."
        )
        yield fault_at(target, message)


def _period(programme: Programme, target: Target) -> Period | None:
    try:
        return parse_period(target.period, programme.settings.calendar, programme.settings.fiscal_years)
    except ValueError:
        return None


def _period_faults(programme: Programme, indicator: Indicator, target: Target) -> Iterator[Fault]:
    """The period is one in which the indicator is scored, or the whole programme."""
    thing = f"target of {target.indicator_code}"
    wanted = period_type_of(indicator)
    if target.period_type not in (wanted, PROGRAMME):
        thing = f"{thing} has a period type in which the indicator is not scored"
        yield fault_at(target, unknown_name(thing, target.period_type, [wanted, PROGRAMME], f"Write {wanted}."))
        return
    try:
        period = parse_period(target.period, programme.settings.calendar, programme.settings.fiscal_years)
        scored = periods_of(indicator.frequency, indicator.time, programme.settings.calendar)
    except ValueError as error:
        yield fault_at(target, f"{thing} has an unknown period: {error}. Correct it.")
        return
    if period.period_type != target.period_type:
        expected = f"a code of type {target.period_type}"
        message = (
            f"{thing} has a period of another type: found {target.period}, expected {expected}. Correct one of them."
        )
        yield fault_at(target, message)
    elif period.period_type != PROGRAMME and period not in scored:
        span = f"{scored[0].code} to {scored[-1].code}" if scored else "no period at all"
        message = (
            f"{thing} is due outside the programme: found {target.period}, expected {span}. "
            "Remove the row or correct `calendar`."
        )
        yield fault_at(target, message)


def _side_faults(indicator: Indicator, target: Target) -> Iterator[Fault]:
    """A level's target lies where the direction leads from the baseline; equal means maintain."""
    if indicator.baseline is None or is_accumulating(indicator):
        return
    start, wish = indicator.baseline.value, indicator.direction
    if (wish == "increase" and target.value < start) or (wish == "decrease" and target.value > start):
        side = "at least" if wish == "increase" else "at most"
        message = (
            f"target of {target.indicator_code} lies on the wrong side of its baseline: found {target.value:g}, "
            f"expected {side} {start:g} for direction {wish}. Correct the target, the baseline or the direction."
        )
        yield fault_at(target, message)


def _repeated_rows(programme: Programme) -> Iterator[Fault]:
    first: dict[tuple[object, ...], Target] = {}
    for target in programme.targets:
        key = (target.indicator_code, target.scope_type, target.scope_code, target.period, target.set_on)
        earlier = first.setdefault(key, target)
        if earlier is not target:
            message = (
                f"target of {target.indicator_code} is set twice on one day: found {target.period} of "
                f"{target.scope_type} {target.scope_code} again, expected it once (line {earlier.line}). "
                "Remove a row, or give the later one its own day."
            )
            yield fault_at(target, message)


def in_force(programme: Programme) -> Series:
    """Targets with the latest day of setting, by indicator, scope type, scope code and period type."""
    latest: dict[tuple[str, str, str, str, str], Target] = {}
    for target in sorted(programme.targets, key=lambda each: (each.set_on, each.line)):
        key = (target.indicator_code, target.scope_type, target.scope_code, target.period_type, target.period)
        latest[key] = target
    series: Series = {}
    for key, target in sorted(latest.items()):
        series.setdefault(key[:4], []).append(target)
    return series


def _falling_targets(programme: Programme) -> Iterator[Fault]:
    """What counts from January on cannot become less until January comes again."""
    for (code, *_, period_type), targets in in_force(programme).items():
        if period_type != "year_to_date":
            continue
        for earlier, later in pairwise(targets):
            if earlier.period[:4] == later.period[:4] and later.value < earlier.value:
                message = (
                    f"target of {code} falls within a year: found {later.value:g} for {later.period}, expected at "
                    f"least the {earlier.value:g} of {earlier.period} (line {earlier.line}). "
                    "Targets since January add up."
                )
                yield fault_at(later, message)
