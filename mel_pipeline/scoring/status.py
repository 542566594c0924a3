"""The status of one indicator in one period and scope, and how certain it is.

Missing data is never red and never zero: what cannot be judged gets a status of its own. How performance is
measured belongs to `performance.py`; what an indicator needs, to `criteria.py`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from mel_pipeline.declarations.models import Thresholds
from mel_pipeline.scoring.criteria import Criteria
from mel_pipeline.scoring.performance import (
    ROUNDING,
    Performance,
    Yardstick,
    has_needed_baseline,
    is_target_usable,
    measure,
    progress,
)
from mel_pipeline.scoring.reasons import SEPARATOR, Reason, with_parameter, with_shortage

Band = Literal["on_track", "at_risk", "off_track"]
Status = Literal[
    "context", "no_target", "not_due", "not_reported", "not_assessable", "on_track", "at_risk", "off_track"
]
Certainty = Literal["certain", "leaning", "cannot_tell"]

FULL_SURVEY_COVERAGE = 0.60
"""Below this share of answers a status of a survey is leaning at best."""

FAILED_DQA_GRADE = "D"


@dataclass(frozen=True)
class Evidence:
    """What is known of one indicator in one period and scope; None where unknown.

    `value`, `low`, `high` are in the indicator's unit, `coverage` is a share, `n_units` the number of units
    (cities, say) that were to answer.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    coverage: float | None = None
    dqa_grade: str | None = None
    is_blocked: bool = False
    n_units: float | None = None

    @property
    def reported_value(self) -> float | None:
        """The value, unless nothing was received: a count over no reports is a zero nobody has reported."""
        return None if self.coverage == 0 else self.value


@dataclass(frozen=True)
class Case:
    """Everything that decides one status. `evidence` is None where no row was computed."""

    criteria: Criteria
    target: float | None
    baseline: float | None
    final_target: float | None
    period_end: date
    as_of: date
    evidence: Evidence | None
    thresholds: Thresholds

    @property
    def yardstick(self) -> Yardstick | None:
        """What the value is measured against, if there is a target."""
        if self.target is None:
            return None
        rules = self.criteria
        return Yardstick(rules.is_accumulating, rules.direction, self.target, self.baseline, rules.tolerance)


@dataclass(frozen=True)
class Judgement:
    """A status with its reason; what is measured stands only with a scored status.

    `progress` is the share of the way to the target of the whole programme, for levels.
    """

    status: Status
    reason: str | None = None
    performance: Performance | None = None
    progress: float | None = None
    certainty: Certainty | None = None
    is_exceeded: bool = False


def judge(case: Case) -> Judgement:
    """Give the first status that applies, in the order of the rules."""
    for step in (_context, _no_target, _not_due, _not_reported, _not_assessable):
        judgement = step(case)
        if judgement is not None:
            return judgement
    return _scored(case)


def status_under(case: Case, target: float | None) -> Status:
    """Give the status of the same case against another target, such as the original one."""
    return judge(replace(case, target=target)).status


def band(performance: float, thresholds: Thresholds) -> Band:
    """Place a performance between the cuts; a cut belongs to the better side."""
    if performance >= thresholds.on_track - ROUNDING:
        return "on_track"
    return "at_risk" if performance >= thresholds.at_risk - ROUNDING else "off_track"


def _context(case: Case) -> Judgement | None:
    return Judgement("context", Reason.CONTEXT) if case.criteria.is_context else None


def _no_target(case: Case) -> Judgement | None:
    if case.yardstick is None:
        return Judgement("no_target", Reason.NO_TARGET_DECLARED)
    return None if is_target_usable(case.yardstick) else Judgement("no_target", Reason.TARGET_ZERO)


def _not_due(case: Case) -> Judgement | None:
    if case.period_end <= case.as_of:
        return None
    return Judgement("not_due", with_parameter(Reason.PERIOD_ENDS, case.period_end))


def _not_reported(case: Case) -> Judgement | None:
    evidence = case.evidence
    if evidence is None or (evidence.value is None and evidence.coverage is None):
        return Judgement("not_reported", Reason.NO_VALUE)
    return Judgement("not_reported", Reason.NOTHING_RECEIVED) if evidence.coverage == 0 else None


def _not_assessable(case: Case) -> Judgement | None:
    reason = _shortcoming(case)
    return None if reason is None else Judgement("not_assessable", reason)


def _shortcoming(case: Case) -> str | None:
    """Say what keeps a case from being judged; None where nothing does."""
    evidence = _evidence(case)
    reason = shortcoming_of(evidence, case.criteria)
    if reason is not None:
        return reason
    return None if has_needed_baseline(_yardstick(case)) else Reason.BASELINE_UNKNOWN


def shortcoming_of(evidence: Evidence, criteria: Criteria) -> str | None:
    """Say what keeps evidence from being judged, whatever it is judged against; None where nothing does."""
    minimum_n = criteria.minimum_n(evidence.n_units)
    if evidence.is_blocked:
        return Reason.BLOCKED
    if minimum_n > 0 and (evidence.n or 0) < minimum_n:
        return with_shortage(Reason.N_BELOW_MINIMUM, evidence.n or 0, minimum_n)
    if evidence.coverage is not None and evidence.coverage < criteria.minimum_coverage - ROUNDING:
        return with_shortage(Reason.COVERAGE_BELOW_MINIMUM, evidence.coverage, criteria.minimum_coverage)
    if evidence.dqa_grade == FAILED_DQA_GRADE:
        return with_parameter(Reason.DQA_GRADE, FAILED_DQA_GRADE)
    return Reason.VALUE_MISSING if evidence.value is None else None


def _scored(case: Case) -> Judgement:
    evidence = _evidence(case)
    if evidence.value is None:
        raise ValueError("A case without a value cannot be scored.")
    performance = measure(evidence.value, _yardstick(case), evidence.low, evidence.high)
    return Judgement(
        status=band(performance.value, case.thresholds),
        reason=_remarks(case, performance),
        performance=performance,
        progress=_progress(case, evidence.value),
        certainty=certainty(performance, has_low_coverage(case), case.criteria.is_sampled, case.thresholds),
        is_exceeded=performance.value > case.thresholds.exceeded + ROUNDING,
    )


def _progress(case: Case, actual: float) -> float | None:
    return None if case.criteria.is_accumulating else progress(actual, case.baseline, case.final_target)


def certainty(performance: Performance, has_low_coverage: bool, is_sampled: bool, thresholds: Thresholds) -> Certainty:
    """Say whether the interval of a performance leaves its status in doubt.

    Complete counts have no interval and are certain; a sample too small for an interval cannot tell.
    """
    if performance.low is None or performance.high is None:
        return "cannot_tell" if is_sampled else "certain"
    ends = (band(performance.low, thresholds), band(performance.high, thresholds))
    if ends == ("off_track", "on_track"):
        return "cannot_tell"
    is_inside = set(ends) == {band(performance.value, thresholds)}
    return "certain" if is_inside and not has_low_coverage else "leaning"


def has_low_coverage(case: Case) -> bool:
    """Whether so few of those asked have answered that the status is leaning at best."""
    coverage = _evidence(case).coverage
    return case.criteria.is_sampled and coverage is not None and coverage < FULL_SURVEY_COVERAGE - ROUNDING


def _remarks(case: Case, performance: Performance) -> str | None:
    remarks: list[str] = []
    if performance.is_ratio_without_baseline:
        remarks.append(Reason.RATIO_NO_BASELINE)
    if performance.is_lifted_by_tolerance:
        remarks.append(Reason.WITHIN_TOLERANCE)
    if has_low_coverage(case):
        coverage = _evidence(case).coverage or 0.0
        remarks.append(with_shortage(Reason.COVERAGE_LOW, coverage, FULL_SURVEY_COVERAGE))
    return SEPARATOR.join(remarks) or None


def _evidence(case: Case) -> Evidence:
    return case.evidence or Evidence(value=None)


def _yardstick(case: Case) -> Yardstick:
    if case.yardstick is None:
        raise ValueError("A case without a target has nothing to be measured against.")
    return case.yardstick
