"""What is known of each assumption in a period: by the test that the theory declares, else by a person's review.

What a failed assumption makes of a link is the affair of `verdicts.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mel_pipeline.declarations.models import Assumption, AssumptionReview, Indicator
from mel_pipeline.declarations.periods import Period, period_type_of, periods_of
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.scoring.criteria import criteria_of
from mel_pipeline.scoring.nodes import MONTHS_OF_FREQUENCY, months_between
from mel_pipeline.scoring.scopes import WHOLE, Scope
from mel_pipeline.scoring.status import Evidence, shortcoming_of
from mel_pipeline.scoring.verdicts import Assumed

EvidenceKey = tuple[str, Scope, str, str]


@dataclass(frozen=True)
class AssumptionBook:
    """Everything by which assumptions are judged: the programme's tests and reviews, and what was measured."""

    programme: Programme
    evidence: Mapping[EvidenceKey, Evidence]
    as_of: date

    def known_of(self, assumption: Assumption, scope: Scope, quarter: Period) -> Assumed:
        """What is known of an assumption at the end of a quarter.

        A test with a value that can be judged decides; else the latest review up to then; else it is untested. A part
        of the programme in which the test's indicator has no value is held to that of the whole.
        """
        for holder in dict.fromkeys((scope, WHOLE)):
            tested = self._tested(assumption, holder, quarter)
            if tested is not None:
                return Assumed.HOLDS if tested else Assumed.FAILED
        reviewed = _latest(self.programme.learning.reviews, assumption.id, min(quarter.end, self.as_of))
        if reviewed is None:
            return Assumed.UNTESTED
        return Assumed.HOLDS if reviewed.holds else Assumed.FAILED

    def _tested(self, assumption: Assumption, scope: Scope, quarter: Period) -> bool | None:
        """Whether the test holds; None without a test, or without a value that can be judged."""
        if assumption.test is None:
            return None
        indicator = self.programme.indicators.get(assumption.test.indicator)
        evidence = None if indicator is None else self._latest_evidence(indicator, scope, quarter)
        if indicator is None or evidence is None or evidence.reported_value is None:
            return None
        if shortcoming_of(evidence, criteria_of(indicator)) is not None:
            return None
        return assumption.test.holds(evidence.reported_value)

    def _latest_evidence(self, indicator: Indicator, scope: Scope, quarter: Period) -> Evidence | None:
        """The value of the latest period that has ended and is not older than the indicator's own frequency."""
        calendar = self.programme.settings.calendar
        fresh = [
            period
            for period in periods_of(indicator.frequency, indicator.time, calendar)
            if 0 <= months_between(period.end, quarter.end) < MONTHS_OF_FREQUENCY[indicator.frequency]
        ]
        latest = max(fresh, key=lambda period: period.end, default=None)
        if latest is None:
            return None
        return self.evidence.get((indicator.code, scope, period_type_of(indicator), latest.code))


def _latest(reviews: Iterable[AssumptionReview], assumption: str, on: date) -> AssumptionReview | None:
    known = [review for review in reviews if review.assumption == assumption and review.reviewed_on <= on]
    return max(known, key=lambda review: review.reviewed_on, default=None)
