"""The tables `indicator_scores` and `toc_node_scores`, made from values and the declared programme.

Thin by intent: what a score is stands in the other modules of this room; here rows are matched and laid out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from mel_pipeline.declarations.models import Indicator, Node
from mel_pipeline.declarations.periods import Period, parse_period, period_type_of, periods_of
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.scoring.blocked import NOTHING_BLOCKED, Blocked
from mel_pipeline.scoring.criteria import criteria_of, is_rate
from mel_pipeline.scoring.layout import NODE_COLUMNS, SCORE_COLUMNS, frame, number, text
from mel_pipeline.scoring.nodes import (
    EVIDENCE_WEIGHTS,
    Contribution,
    NodeScore,
    ScoredPeriod,
    latest_due,
    score_node,
    weighing_indicators,
)
from mel_pipeline.scoring.scopes import WHOLE, ExpectedScope, Scope, owes, scopes_of
from mel_pipeline.scoring.status import Case, Evidence, judge, status_under
from mel_pipeline.scoring.targets import TargetHistory

DEFAULT_PROFILE = "default"

EvidenceKey = tuple[str, Scope, str, str]


@dataclass(frozen=True)
class _Run:
    """What every row of `indicator_scores` is made from."""

    programme: Programme
    as_of: date
    history: TargetHistory
    evidence: Mapping[EvidenceKey, Evidence]
    expected: Mapping[Scope, ExpectedScope]


def score_indicators(
    programme: Programme,
    values: pd.DataFrame,
    as_of: date,
    expected_scopes: Mapping[tuple[str, str], ExpectedScope] | None = None,
    blocked: Blocked = NOTHING_BLOCKED,
) -> pd.DataFrame:
    """Score every indicator in every period of its own type, for each scope that has or owes values.

    Args:
        programme: the declared programme.
        values: rows of `indicator_values`; only the undivided ones (`total`/`total`) are scored. A column
            `n_units`, if there is one, says how many units (cities, say) were to answer: where these are few,
            fewer answers are needed.
        as_of: periods that end later are not due, targets set later are not known.
        expected_scopes: by scope type and code, when it was active. An expected scope owes values even if it
            has none; one that is not active owes none. Scopes that are not named always owe values.
        blocked: indicators, or parts of them, that a rule of data quality blocks.

    Returns:
        One row per indicator, period and scope under the default profile, with `SCORE_COLUMNS`.
    """
    run = _Run(
        programme=programme,
        as_of=as_of,
        history=TargetHistory(programme.targets, as_of),
        evidence=evidence_by_cell(of_scored_periods(programme, values), blocked),
        expected={Scope(*scope): active for scope, active in (expected_scopes or {}).items()},
    )
    return frame(
        [row for _, indicator in sorted(programme.indicators.items()) for row in _rows_of(run, indicator)],
        SCORE_COLUMNS,
    )


def of_scored_periods(programme: Programme, values: pd.DataFrame) -> pd.DataFrame:
    """The values of each indicator's own type of period: others are told and not scored."""
    own = {code: period_type_of(indicator) for code, indicator in programme.indicators.items()}
    return values[values["period_type"] == values["indicator_code"].map(own)]


def evidence_by_cell(values: pd.DataFrame, blocked: Blocked = NOTHING_BLOCKED) -> dict[EvidenceKey, Evidence]:
    """What is known of every undivided value, by indicator, scope, type and code of the period."""
    undivided = values[(values["dimension"] == "total") & (values["category"] == "total")]
    found: dict[EvidenceKey, Evidence] = {}
    for row in undivided.to_dict("records"):
        scope = Scope(row["scope_type"], row["scope_code"])
        found[row["indicator_code"], scope, row["period_type"], row["period"]] = Evidence(
            value=number(row["value"]),
            low=number(row["ci_low"]),
            high=number(row["ci_high"]),
            n=number(row["n"]),
            coverage=number(row["coverage"]),
            dqa_grade=text(row["dqa_grade"]),
            is_blocked=blocked.holds(row),
            n_units=number(row.get("n_units")),
        )
    return found


def _rows_of(run: _Run, indicator: Indicator) -> Iterator[dict[str, Any]]:
    period_type = period_type_of(indicator)
    with_values = {scope for code, scope, _, _ in run.evidence if code == indicator.code}
    with_targets = run.history.scopes_of(indicator.code)
    for scope in scopes_of(indicator, with_values | with_targets, run.expected):
        for period in periods_of(indicator.frequency, indicator.time, run.programme.settings.calendar):
            evidence = run.evidence.get((indicator.code, scope, period_type, period.code))
            if evidence is not None or owes(run.expected, scope, period):
                yield _score_row(run, indicator, scope, period, evidence)


def _score_row(
    run: _Run, indicator: Indicator, scope: Scope, period: Period, evidence: Evidence | None
) -> dict[str, Any]:
    inherits = is_rate(indicator)
    target = run.history.in_force(indicator.code, scope, period.period_type, period.code, inherits=inherits)
    original = run.history.original(
        indicator.code, scope, period.period_type, period.code, period.end, inherits=inherits
    )
    final = run.history.final(indicator.code, scope, inherits=inherits)
    case = Case(
        criteria=criteria_of(indicator),
        target=target.value if target else None,
        baseline=_baseline(indicator, scope),
        final_target=final.value if final else None,
        period_end=period.end,
        as_of=run.as_of,
        evidence=evidence,
        thresholds=run.programme.settings.thresholds,
    )
    return {
        "indicator_code": indicator.code,
        "period_type": period.period_type,
        "period": period.code,
        "scope_type": scope.scope_type,
        "scope_code": scope.scope_code,
        "scoring_profile": DEFAULT_PROFILE,
        "is_target_inherited": bool(target and target.is_inherited),
        "original_status": status_under(case, original.value if original else None),
        **_judged(case),
    }


def _judged(case: Case) -> dict[str, Any]:
    """The columns that hold what was measured, against what, and what it is judged to be."""
    evidence, judgement = case.evidence or Evidence(value=None), judge(case)
    performance = judgement.performance
    return {
        "baseline": case.baseline,
        "target": case.target,
        "final_target": case.final_target,
        "actual": evidence.reported_value,
        "performance": performance.value if performance else None,
        "performance_low": performance.low if performance else None,
        "performance_high": performance.high if performance else None,
        "progress": judgement.progress,
        "status": judgement.status,
        "certainty": judgement.certainty,
        "status_reason": judgement.reason,
        "is_exceeded": judgement.is_exceeded,
        "coverage": evidence.coverage,
        "dqa_grade": evidence.dqa_grade,
    }


def _baseline(indicator: Indicator, scope: Scope) -> float | None:
    """The declared baseline is that of the whole; as with targets, a part is held to it by rates only."""
    if indicator.baseline is None or not (scope == WHOLE or is_rate(indicator)):
        return None
    return indicator.baseline.value


def score_nodes(programme: Programme, scores: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Score every node of the theory of change at the end of every quarter that has ended.

    Args:
        programme: the declared programme.
        scores: rows of `indicator_scores`; those of the default profile are used.
        as_of: quarters that end later are left out.

    Returns:
        One row per node, quarter and scope of `scores` (and the undivided one), with `NODE_COLUMNS`. Nodes
        in which nothing weighs have rows with nulls.
    """
    calendar = programme.settings.calendar
    periods = periods_by_indicator(scores[scores["scoring_profile"] == DEFAULT_PROFILE])
    scopes = sorted({WHOLE, *(scope for _, scope in periods)})
    quarters = [quarter for quarter in periods_of("quarter", "period", calendar) if quarter.end <= as_of]
    rows = []
    for node in programme.theory.nodes:
        weighing = weighing_indicators(node, programme.indicators.values())
        for scope in scopes:
            for quarter in quarters:
                contributions = _contributions(weighing, periods, scope, quarter)
                score = score_node(contributions, programme.settings.thresholds)
                rows.append(_node_row(node, scope, quarter, score))
    return frame(rows, NODE_COLUMNS)


def periods_by_indicator(scores: pd.DataFrame) -> dict[tuple[str, Scope], list[ScoredPeriod]]:
    """The scored periods of every indicator in every scope."""
    found: dict[tuple[str, Scope], list[ScoredPeriod]] = defaultdict(list)
    for row in scores.to_dict("records"):
        found[row["indicator_code"], Scope(row["scope_type"], row["scope_code"])].append(
            ScoredPeriod(
                period=row["period"],
                period_end=parse_period(row["period"]).end,
                status=row["status"],
                performance=number(row["performance"]),
                low=number(row["performance_low"]),
                high=number(row["performance_high"]),
            )
        )
    return dict(found)


def _contributions(
    weighing: Iterable[Indicator],
    periods: Mapping[tuple[str, Scope], list[ScoredPeriod]],
    scope: Scope,
    quarter: Period,
) -> list[Contribution]:
    return [
        Contribution(
            indicator_code=indicator.code,
            weight=EVIDENCE_WEIGHTS[indicator.evidence_weight],
            due=latest_due(periods[indicator.code, scope], quarter.end, indicator.frequency),
        )
        for indicator in weighing
        if (indicator.code, scope) in periods
    ]


def _node_row(node: Node, scope: Scope, quarter: Period, score: NodeScore) -> dict[str, Any]:
    return {
        "node_id": node.id,
        "period_type": quarter.period_type,
        "period": quarter.code,
        "scope_type": scope.scope_type,
        "scope_code": scope.scope_code,
        "score": score.score,
        "score_low": score.score_low,
        "score_high": score.score_high,
        "assessed_share": score.assessed_share,
        "status": score.status,
        "weakest_indicator": score.weakest_indicator,
        "n_indicators": score.n_indicators,
        "n_assessable": score.n_assessable,
    }
