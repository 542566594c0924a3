"""A status is the first that applies; certainty stands beside it and never replaces it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.declarations.models import Thresholds
from mel_pipeline.scoring.criteria import Criteria
from mel_pipeline.scoring.performance import Performance
from mel_pipeline.scoring.status import Case, Evidence, band, certainty, judge, status_under

CUTS = Thresholds()
COUNT = Criteria(is_context=False, is_accumulating=True, direction="increase", tolerance=0, kind="count")
SURVEY = Criteria(is_context=False, is_accumulating=False, direction="increase", tolerance=0, kind="survey")
REGISTER = replace(SURVEY, kind="register")
PAIRS = replace(SURVEY, kind="pairs")

performances = st.floats(-1, 3)


def case(criteria: Criteria = COUNT, evidence: Evidence | None = None, **more: object) -> Case:
    """A quarter that has ended, with a target of 100 from a baseline of 0."""
    usual = Case(
        criteria=criteria,
        target=100,
        baseline=0,
        final_target=None,
        period_end=date(2025, 3, 31),
        as_of=date(2025, 4, 30),
        evidence=evidence,
        thresholds=CUTS,
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def answers(value: float = 95, **more: object) -> Evidence:
    usual = Evidence(value=value, low=value, high=value, n=40, coverage=0.8, n_units=60)
    return replace(usual, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("performance", "expected"),
    [
        (1.5, "on_track"),
        (0.90, "on_track"),
        (0.899, "at_risk"),
        (0.70, "at_risk"),
        (0.699, "off_track"),
        (-0.4, "off_track"),
    ],
)
def test_cuts_belong_to_the_better_side(performance: float, expected: str) -> None:
    assert band(performance, CUTS) == expected


def test_a_cut_is_not_lost_to_rounding() -> None:
    assert band((3.15 - 2.70) / (3.20 - 2.70), CUTS) == "on_track"


class TestOrder:
    def test_context_comes_first(self) -> None:
        context = replace(COUNT, is_context=True)
        assert judge(case(context, target=None)).status == "context"
        assert judge(case(context, answers())).status == "context"

    def test_no_target_before_not_due(self) -> None:
        judgement = judge(case(target=None, as_of=date(2025, 1, 1)))
        assert (judgement.status, judgement.reason) == ("no_target", "no_target_declared")

    def test_a_target_of_zero_is_none_for_growth(self) -> None:
        judgement = judge(case(COUNT, Evidence(value=3), target=0))
        assert (judgement.status, judgement.reason) == ("no_target", "target_zero")

    def test_not_due_while_the_period_runs_even_with_values(self) -> None:
        judgement = judge(case(COUNT, Evidence(value=3), as_of=date(2025, 3, 30)))
        assert (judgement.status, judgement.reason) == ("not_due", "period_ends:2025-03-31")

    def test_due_on_the_last_day(self) -> None:
        assert judge(case(COUNT, Evidence(value=95), as_of=date(2025, 3, 31))).status == "on_track"

    def test_not_reported_before_not_assessable(self) -> None:
        blocked = Evidence(value=None, coverage=0, is_blocked=True)
        assert judge(case(SURVEY, blocked)).status == "not_reported"

    def test_nothing_scored_is_measured(self) -> None:
        judgement = judge(case(SURVEY, answers(n=3)))
        assert judgement.performance is None
        assert judgement.certainty is None
        assert not judgement.is_exceeded


class TestMissingIsNeverZero:
    def test_no_row(self) -> None:
        judgement = judge(case(COUNT, None))
        assert (judgement.status, judgement.reason) == ("not_reported", "no_value")

    def test_row_without_value_and_coverage(self) -> None:
        assert judge(case(COUNT, Evidence(value=None))).reason == "no_value"

    def test_zero_counted_over_no_reports(self) -> None:
        judgement = judge(case(COUNT, Evidence(value=0, coverage=0)))
        assert (judgement.status, judgement.reason) == ("not_reported", "nothing_received")

    def test_zero_that_was_reported_is_a_value(self) -> None:
        assert judge(case(COUNT, Evidence(value=0, coverage=1))).status == "off_track"

    def test_something_came_in_but_no_value(self) -> None:
        judgement = judge(case(COUNT, Evidence(value=None, coverage=0.9)))
        assert (judgement.status, judgement.reason) == ("not_assessable", "value_missing")


class TestNotAssessable:
    @pytest.mark.parametrize(
        ("criteria", "n", "n_units", "expected"),
        [
            (SURVEY, 7, 60, "n_below_minimum:7<10"),
            (SURVEY, 4, 12, "n_below_minimum:4<5"),
            (SURVEY, None, 60, "n_below_minimum:0<10"),
            (PAIRS, 7, 60, "n_below_minimum:7<8"),
            (REGISTER, 0, 60, "n_below_minimum:0<1"),
        ],
    )
    def test_too_few_answers(self, criteria: Criteria, n: float | None, n_units: int, expected: str) -> None:
        judgement = judge(case(criteria, answers(n=n, n_units=n_units)))
        assert (judgement.status, judgement.reason) == ("not_assessable", expected)

    @pytest.mark.parametrize(
        ("criteria", "n", "n_units"),
        [(SURVEY, 10, 60), (SURVEY, 5, 12), (PAIRS, 8, 60), (REGISTER, 1, 60), (COUNT, None, None)],
    )
    def test_just_enough_answers(self, criteria: Criteria, n: float | None, n_units: int | None) -> None:
        assert judge(case(criteria, answers(n=n, n_units=n_units))).status == "on_track"

    @pytest.mark.parametrize(
        ("criteria", "coverage", "expected"),
        [
            (COUNT, 0.59, "coverage_below_minimum:0.59<0.6"),
            (REGISTER, 0.5, "coverage_below_minimum:0.5<0.6"),
            (SURVEY, 0.29, "coverage_below_minimum:0.29<0.3"),
            (PAIRS, 0.2, "coverage_below_minimum:0.2<0.3"),
        ],
    )
    def test_too_little_came_in(self, criteria: Criteria, coverage: float, expected: str) -> None:
        judgement = judge(case(criteria, answers(coverage=coverage)))
        assert (judgement.status, judgement.reason) == ("not_assessable", expected)

    @pytest.mark.parametrize(("criteria", "coverage"), [(COUNT, 0.6), (SURVEY, 0.3), (COUNT, None)])
    def test_just_enough_came_in(self, criteria: Criteria, coverage: float | None) -> None:
        assert judge(case(criteria, answers(coverage=coverage))).status == "on_track"

    def test_failed_data_quality(self) -> None:
        assert judge(case(SURVEY, answers(dqa_grade="D"))).reason == "dqa_grade:D"
        assert judge(case(SURVEY, answers(dqa_grade="C"))).status == "on_track"

    def test_blocked(self) -> None:
        assert judge(case(SURVEY, answers(is_blocked=True))).reason == "blocked"

    def test_falling_level_without_baseline(self) -> None:
        falling = replace(SURVEY, direction="decrease")
        judgement = judge(case(falling, answers(), baseline=None))
        assert (judgement.status, judgement.reason) == ("not_assessable", "baseline_unknown")


class TestScored:
    @pytest.mark.parametrize(("actual", "status", "is_exceeded"), [(40, "on_track", True), (20, "at_risk", False)])
    def test_mem_04_of_2025q1_ytd(self, actual: float, status: str, is_exceeded: bool) -> None:
        judgement = judge(case(COUNT, Evidence(value=actual), target=26))
        assert (judgement.status, judgement.is_exceeded) == (status, is_exceeded)

    @pytest.mark.parametrize(
        ("actual", "status", "is_exceeded"),
        [
            (100, "off_track", False),
            (80, "off_track", False),
            (58, "at_risk", False),
            (50, "on_track", False),
            (40, "on_track", True),
        ],
    )
    def test_conformance_of_a_decreasing_level(self, actual: float, status: str, is_exceeded: bool) -> None:
        falling = replace(REGISTER, direction="decrease")
        judgement = judge(case(falling, answers(actual), target=50, baseline=100))
        assert (judgement.status, judgement.is_exceeded) == (status, is_exceeded)

    def test_conformance_of_an_increasing_level(self) -> None:
        judgement = judge(case(REGISTER, answers(12980), target=15000, baseline=2505))
        assert judgement.status == "at_risk"

    @pytest.mark.parametrize(("actual", "expected"), [(110, False), (110.1, True)])
    def test_exceeded_is_above_the_cut(self, actual: float, expected: bool) -> None:
        assert judge(case(COUNT, Evidence(value=actual))).is_exceeded is expected

    def test_cuts_are_those_of_the_programme(self) -> None:
        strict = Thresholds(on_track=0.99, at_risk=0.97)
        assert judge(case(COUNT, Evidence(value=95), thresholds=strict)).status == "off_track"

    def test_remarks_name_what_a_reader_must_know(self) -> None:
        judgement = judge(case(SURVEY, answers(90, coverage=0.45), baseline=None))
        assert judgement.reason == "ratio_no_baseline;coverage_low:0.45<0.6"
        tolerant = replace(REGISTER, tolerance=1)
        assert judge(case(tolerant, answers(99.5))).reason == "within_tolerance"

    def test_progress_is_for_levels(self) -> None:
        assert judge(case(SURVEY, answers(95), final_target=190)).progress == pytest.approx(0.5)
        assert judge(case(COUNT, answers(95), final_target=190)).progress is None

    def test_status_under_the_original_target(self) -> None:
        lowered = case(COUNT, Evidence(value=190), target=200)
        assert judge(lowered).status == "on_track"
        assert status_under(lowered, 330) == "off_track"
        assert status_under(lowered, None) == "no_target"


class TestCertainty:
    @pytest.mark.parametrize(
        ("low", "high", "expected"),
        [
            (91, 99, "certain"),
            (90, 99, "certain"),
            (89, 99, "leaning"),
            (70, 99, "leaning"),
            (69, 99, "cannot_tell"),
        ],
    )
    def test_of_a_status_on_track(self, low: float, high: float, expected: str) -> None:
        judgement = judge(case(SURVEY, answers(95, low=low, high=high)))
        assert (judgement.status, judgement.certainty) == ("on_track", expected)

    def test_cannot_tell_does_not_replace_the_status(self) -> None:
        judgement = judge(case(SURVEY, answers(80, low=60, high=95)))
        assert (judgement.status, judgement.certainty) == ("at_risk", "cannot_tell")

    @pytest.mark.parametrize(("coverage", "expected"), [(0.30, "leaning"), (0.59, "leaning"), (0.60, "certain")])
    def test_leans_where_few_have_answered(self, coverage: float, expected: str) -> None:
        assert judge(case(SURVEY, answers(coverage=coverage))).certainty == expected

    def test_coverage_of_reports_does_not_make_it_lean(self) -> None:
        reported = replace(COUNT, declared_minimum_coverage=0.4)
        assert judge(case(reported, answers(coverage=0.5))).certainty == "certain"

    def test_complete_counts_are_certain(self) -> None:
        assert judge(case(COUNT, Evidence(value=95))).certainty == "certain"

    def test_counts_with_unidentified_rows_go_by_their_bounds(self) -> None:
        assert judge(case(COUNT, Evidence(value=85, low=85, high=93))).certainty == "leaning"

    def test_a_sample_without_interval_cannot_tell(self) -> None:
        assert judge(case(SURVEY, answers(95, low=None, high=None))).certainty == "cannot_tell"

    @given(performances, performances, performances)
    def test_certain_exactly_where_the_interval_lies_in_the_band(self, one: float, two: float, three: float) -> None:
        low, value, high = sorted((one, two, three))
        found = certainty(Performance(value, low, high, False, False), False, True, CUTS)
        is_inside = band(low, CUTS) == band(value, CUTS) == band(high, CUTS)
        assert (found == "certain") is is_inside
        assert (found == "cannot_tell") is (band(low, CUTS) == "off_track" and band(high, CUTS) == "on_track")
