"""The table `toc_link_verdicts`: each link of the theory in each quarter in which its effect has a new value.

Rows are matched and laid out here; the rules stand in `verdicts.py`, `assumptions.py` and `movement.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from mel_pipeline.declarations.models import Indicator, Link
from mel_pipeline.declarations.periods import Period, periods_of, shift_quarter
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.scoring.assumptions import AssumptionBook
from mel_pipeline.scoring.criteria import criteria_of
from mel_pipeline.scoring.layout import LINK_COLUMNS, frame, number, text
from mel_pipeline.scoring.movement import Movement, has_node_moved
from mel_pipeline.scoring.nodes import ScoredPeriod, latest_due, weighing_indicators
from mel_pipeline.scoring.scopes import Scope
from mel_pipeline.scoring.tables import DEFAULT_PROFILE, periods_by_indicator
from mel_pipeline.scoring.verdicts import Assumed, End, Steps, Verdict, are_tested, provisional_reasons, verdict_on

NOT_TESTABLE = "not_testable"
FIRST_JUDGED = "first_judged"
UNKNOWN_END = "unknown"
NEVER = "not_within_programme"
NEVER_DUE = ("context", "no_target")
"""Statuses of a period in which an indicator is not held to anything."""

IndicatorInScope = tuple[str, Scope]


@dataclass(frozen=True)
class _Book:
    """Everything that verdicts are made from: scores of nodes and indicators, and what is known of assumptions."""

    programme: Programme
    assumptions: AssumptionBook
    nodes: Mapping[tuple[str, Scope, str], End]
    periods: Mapping[IndicatorInScope, list[ScoredPeriod]]
    actuals: Mapping[tuple[str, Scope, str], float | None]
    as_of: date

    @cached_property
    def weighing(self) -> dict[str, list[Indicator]]:
        """The indicators that weigh in each node."""
        indicators = self.programme.indicators.values()
        return {node.id: weighing_indicators(node, indicators) for node in self.programme.theory.nodes}

    @cached_property
    def quarters(self) -> list[Period]:
        """All quarters of the programme, those to come included."""
        return periods_of("quarter", "period", self.programme.settings.calendar)

    def due_ends(self, node: str, scope: Scope) -> set[date]:
        """The days on which an indicator that weighs in a node owes a value in a scope, those to come included."""
        return {
            period.period_end
            for indicator in self.weighing[node]
            for period in self.periods.get((indicator.code, scope), [])
            if period.status not in NEVER_DUE
        }


def score_links(
    programme: Programme, nodes: pd.DataFrame, scores: pd.DataFrame, assumptions: AssumptionBook
) -> pd.DataFrame:
    """Judge every link of the theory of change in every scope.

    Args:
        programme: the declared programme.
        nodes: rows of `toc_node_scores`.
        scores: rows of `indicator_scores`; those of the default profile are used.
        assumptions: by what assumptions are judged, as of the same day.

    Returns:
        One row per link, scope and quarter in which the effect has a new value, with `LINK_COLUMNS`. A link at one
        end of which nothing is scored has one row a year.
    """
    scores = scores[scores["scoring_profile"] == DEFAULT_PROFILE]
    book = _Book(
        programme=programme,
        assumptions=assumptions,
        nodes=_ends(nodes),
        periods=periods_by_indicator(scores),
        actuals=_actuals(scores),
        as_of=assumptions.as_of,
    )
    scopes = sorted({scope for _, scope in book.periods})
    rows = [row for link in programme.theory.links for scope in scopes for row in _rows_of(book, link, scope)]
    return frame(rows, LINK_COLUMNS)


def _ends(nodes: pd.DataFrame) -> dict[tuple[str, Scope, str], End]:
    found = {}
    for row in nodes.to_dict("records"):
        status = text(row["status"])
        key = (row["node_id"], Scope(row["scope_type"], row["scope_code"]), row["period"])
        achieved = None if status is None else status == "on_track"
        found[key] = End(achieved, number(row["score_low"]), number(row["score_high"]))
    return found


def _actuals(scores: pd.DataFrame) -> dict[tuple[str, Scope, str], float | None]:
    return {
        (row["indicator_code"], Scope(row["scope_type"], row["scope_code"]), row["period"]): number(row["actual"])
        for row in scores.to_dict("records")
    }


def _rows_of(book: _Book, link: Link, scope: Scope) -> Iterator[dict[str, Any]]:
    cause_due, effect_due = (book.due_ends(node, scope) for node in (link.from_node, link.to_node))
    if not (book.weighing[link.from_node] and book.weighing[link.to_node]):
        for quarter in book.quarters:
            if quarter.code.endswith("Q4") and quarter.end <= book.as_of:
                yield _row(link, scope, quarter, Verdict.CANNOT_TELL, NOT_TESTABLE)
        return
    for quarter in book.quarters:
        if quarter.end in effect_due and quarter.end <= book.as_of:
            yield _judged(book, link, scope, quarter, _first_judged(book, link, cause_due, effect_due))


def _first_judged(book: _Book, link: Link, cause_due: set[date], effect_due: set[date]) -> Period | None:
    """The first quarter in which the effect has a value and the cause had one a lag before; None if there is none."""
    for quarter in book.quarters:
        taken = _quarter_before(book, quarter, link.lag_quarters)
        if quarter.end in effect_due and taken is not None and any(day <= taken.end for day in cause_due):
            return quarter
    return None


def _quarter_before(book: _Book, quarter: Period, lag: int) -> Period | None:
    """The quarter that lies a lag before another; None before the programme began."""
    code = shift_quarter(quarter.code, -lag)
    return next((each for each in book.quarters if each.code == code), None)


def _judged(book: _Book, link: Link, scope: Scope, quarter: Period, first: Period | None) -> dict[str, Any]:
    if first is None or quarter.end < first.end:
        reason = f"{FIRST_JUDGED}:{first.code if first else NEVER}"
        return _row(link, scope, quarter, Verdict.TOO_EARLY, reason)
    taken = _quarter_before(book, quarter, link.lag_quarters)
    cause = book.nodes.get((link.from_node, scope, taken.code)) if taken else None
    effect = book.nodes.get((link.to_node, scope, quarter.code)) or End(None)
    known = _known_assumptions(book, link, scope, quarter)
    verdict = verdict_on(cause, effect, known.values())
    cut = book.programme.settings.thresholds.on_track
    provisional = provisional_reasons(verdict, cause, effect, known, cut)
    unknown = _unknown_ends(cause, effect) if verdict is Verdict.CANNOT_TELL else None
    steps = _steps(book, link, scope, quarter, taken, cause, known)
    return _row(link, scope, quarter, verdict, unknown, ";".join(provisional) or None, steps.grade, known, taken)


def _unknown_ends(cause: End | None, effect: End) -> str:
    ends = [name for name, end in (("cause", cause), ("effect", effect)) if end is None or end.is_achieved is None]
    return f"{UNKNOWN_END}:{','.join(ends)}"


def _known_assumptions(book: _Book, link: Link, scope: Scope, quarter: Period) -> dict[str, Assumed]:
    declared = {assumption.id: assumption for assumption in book.programme.theory.assumptions}
    return {
        name: book.assumptions.known_of(declared[name], scope, quarter) for name in link.assumptions if name in declared
    }


def _steps(
    book: _Book,
    link: Link,
    scope: Scope,
    quarter: Period,
    taken: Period | None,
    cause: End | None,
    known: Mapping[str, Assumed],
) -> Steps:
    explained = (each for each in book.programme.learning.explanations if each.link == link.id)
    return Steps(
        is_delivered=cause is not None and cause.is_achieved is True,
        has_effect_moved=has_node_moved(_movements(book, link.to_node, scope, quarter, None)),
        is_in_time_order=link.lag_quarters == 0
        or has_node_moved(_movements(book, link.to_node, scope, quarter, taken)),
        are_assumptions_tested=are_tested(known.values()),
        are_explanations_weighed=any(each.weighed_on <= min(quarter.end, book.as_of) for each in explained),
    )


def _movements(
    book: _Book, node: str, scope: Scope, quarter: Period, since: Period | None
) -> Iterable[Movement]:  # fmt: skip
    """What each indicator of a node did: levels since a quarter (None: since the baseline), totals within a year.

    A total restarts with its period, so that only the same period of the year before can stand beside it.
    """
    for indicator in book.weighing[node]:
        due = _due_actual(book, indicator, scope, quarter)
        if criteria_of(indicator).is_accumulating:
            before = _due_actual(book, indicator, scope, _quarter_before(book, quarter, 4))
        elif since is None:
            before = indicator.baseline.value if indicator.baseline else None
        else:
            before = _due_actual(book, indicator, scope, since)
        yield Movement(indicator, before, due)


def _due_actual(book: _Book, indicator: Indicator, scope: Scope, quarter: Period | None) -> float | None:
    if quarter is None:
        return None
    due = latest_due(book.periods.get((indicator.code, scope), []), quarter.end, indicator.frequency)
    return None if due is None else book.actuals.get((indicator.code, scope, due.period))


def _row(
    link: Link,
    scope: Scope,
    quarter: Period,
    verdict: Verdict,
    reason: str | None,
    provisional: str | None = None,
    grade: int | None = None,
    assumptions: Mapping[str, Assumed] | None = None,
    taken: Period | None = None,
) -> dict[str, Any]:
    known = assumptions or {}
    return {
        "link_id": link.id,
        "from_node": link.from_node,
        "to_node": link.to_node,
        "period_type": quarter.period_type,
        "period": quarter.code,
        "cause_period": taken.code if taken else None,
        "scope_type": scope.scope_type,
        "scope_code": scope.scope_code,
        "verdict": str(verdict),
        "verdict_reason": reason,
        "is_provisional": provisional is not None,
        "provisional_reason": provisional,
        "contribution_grade": grade,
        "assumptions": ";".join(f"{name}:{value}" for name, value in known.items()) or None,
    }
