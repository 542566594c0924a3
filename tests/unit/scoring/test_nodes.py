"""A node is the weighted mean of what can be assessed, and says how much of it that is."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.declarations.models import Indicator, Node, Thresholds
from mel_pipeline.scoring.nodes import (
    EVIDENCE_WEIGHTS,
    Contribution,
    ScoredPeriod,
    latest_due,
    score_node,
    weighing_indicators,
)

CUTS = Thresholds()
END = date(2025, 3, 31)


def contribution(
    code: str,
    weight: float,
    performance: float | None,
    ends: tuple[float, float] | None = None,
    status: str = "on_track",
) -> Contribution:
    low, high = ends or (None, None)
    return Contribution(code, weight, ScoredPeriod("2025Q1", END, status, performance, low, high))


def missing(code: str, weight: float) -> Contribution:
    return contribution(code, weight, None, status="not_reported")


class TestScore:
    def test_evidence_weighs_by_its_strength(self) -> None:
        assert EVIDENCE_WEIGHTS == {"strong": 1.0, "moderate": 0.7, "weak": 0.4}

    def test_is_the_weighted_mean(self) -> None:
        score = score_node([contribution("A", 1.0, 1.0), contribution("B", 0.4, 0.3)], CUTS)
        assert score.score == pytest.approx((1.0 + 0.4 * 0.3) / 1.4)
        assert score.status == "at_risk"

    @pytest.mark.parametrize(("first", "expected"), [(2.5, 0.75), (-3.0, 0.25)])
    def test_clips_before_it_averages(self, first: float, expected: float) -> None:
        score = score_node([contribution("A", 1.0, first), contribution("B", 1.0, 0.5)], CUTS)
        assert score.score == pytest.approx(expected)

    def test_ends_are_the_means_of_the_clipped_ends(self) -> None:
        parts = [contribution("A", 1.0, 0.9, (0.7, 1.4)), contribution("B", 1.0, 0.5)]
        score = score_node(parts, CUTS)
        assert (score.score_low, score.score_high) == pytest.approx((0.6, 0.75))

    @pytest.mark.parametrize(("performance", "expected"), [(0.9, "on_track"), (0.7, "at_risk"), (0.6, "off_track")])
    def test_status_has_the_cuts_of_an_indicator(self, performance: float, expected: str) -> None:
        assert score_node([contribution("A", 0.7, performance)], CUTS).status == expected

    def test_names_the_weakest_and_the_first_of_equals(self) -> None:
        parts = [contribution("B", 1, -0.2), contribution("C", 1, 1), contribution("A", 1, -0.1)]
        assert score_node(parts, CUTS).weakest_indicator == "B"
        parts = [contribution("B", 1, 0.2), contribution("A", 1, 0.2)]
        assert score_node(parts, CUTS).weakest_indicator == "A"

    @given(st.lists(st.tuples(st.sampled_from([1.0, 0.7, 0.4]), st.floats(-2, 3)), min_size=1, max_size=6))
    def test_lies_between_the_clipped_extremes(self, parts: list[tuple[float, float]]) -> None:
        score = score_node([contribution(str(i), w, r) for i, (w, r) in enumerate(parts)], CUTS).score
        clipped = [min(max(r, 0), 1) for _, r in parts]
        assert score is not None
        assert min(clipped) - 1e-9 <= score <= max(clipped) + 1e-9


class TestAssessedShare:
    def test_counts_what_is_due_and_missing(self) -> None:
        score = score_node([contribution("A", 1.0, 0.95), missing("B", 0.4)], CUTS)
        assert score.assessed_share == pytest.approx(1.0 / 1.4)
        assert (score.n_indicators, score.n_assessable) == (2, 1)
        assert score.score == pytest.approx(0.95)
        assert score.status == "on_track"
        assert score.counts_by_status == {"not_reported": 1, "on_track": 1}

    def test_below_sixty_percent_there_is_a_score_but_no_status(self) -> None:
        score = score_node([contribution("A", 0.7, 0.95), missing("B", 1.0)], CUTS)
        assert score.assessed_share == pytest.approx(0.7 / 1.7)
        assert score.score == pytest.approx(0.95)
        assert score.status is None

    def test_sixty_percent_is_enough(self) -> None:
        parts = [contribution("A", 0.4, 0.5), contribution("B", 0.4, 0.5), contribution("C", 0.4, 0.5)]
        score = score_node([*parts, missing("D", 0.4), missing("E", 0.4)], CUTS)
        assert score.assessed_share == pytest.approx(0.6)
        assert score.status == "off_track"

    def test_what_is_not_due_is_not_counted(self) -> None:
        score = score_node([contribution("A", 0.4, 0.95), Contribution("B", 1.0, None)], CUTS)
        assert score.assessed_share == 1
        assert (score.n_indicators, score.n_assessable) == (1, 1)

    def test_nothing_due_gives_nothing(self) -> None:
        for parts in ([], [Contribution("A", 1.0, None)]):
            score = score_node(parts, CUTS)
            assert (score.score, score.score_low, score.score_high) == (None, None, None)
            assert (score.assessed_share, score.status, score.weakest_indicator) == (None, None, None)
            assert (score.n_indicators, score.n_assessable) == (0, 0)


class TestLatestDue:
    year_2024 = ScoredPeriod("2024", date(2024, 12, 31), "on_track", 1.0)
    half_2024 = ScoredPeriod("2024H2", date(2024, 12, 31), "on_track", 1.0)
    quarter_2024 = ScoredPeriod("2024Q4", date(2024, 12, 31), "on_track", 1.0)

    @pytest.mark.parametrize(
        ("quarter_end", "is_used"),
        [
            (date(2024, 9, 30), False),
            (date(2024, 12, 31), True),
            (date(2025, 9, 30), True),
            (date(2025, 12, 31), False),
        ],
    )
    def test_a_year_is_used_until_the_next_has_ended(self, quarter_end: date, is_used: bool) -> None:
        assert (latest_due([self.year_2024], quarter_end, "year") is not None) is is_used

    @pytest.mark.parametrize(("quarter_end", "is_used"), [(date(2025, 3, 31), True), (date(2025, 6, 30), False)])
    def test_a_half_year_is_used_for_two_quarters(self, quarter_end: date, is_used: bool) -> None:
        assert (latest_due([self.half_2024], quarter_end, "half_year") is not None) is is_used

    def test_a_quarter_is_used_in_its_own_only(self) -> None:
        assert latest_due([self.quarter_2024], date(2024, 12, 31), "quarter") == self.quarter_2024
        assert latest_due([self.quarter_2024], date(2025, 3, 31), "quarter") is None

    def test_an_older_value_does_not_stand_in_for_a_missing_one(self) -> None:
        unreported = ScoredPeriod("2025", date(2025, 12, 31), "not_reported")
        assert latest_due([self.year_2024, unreported], date(2025, 12, 31), "year") == unreported

    @pytest.mark.parametrize("status", ["context", "no_target", "not_due"])
    def test_what_is_not_owed_is_not_due(self, status: str) -> None:
        assert latest_due([ScoredPeriod("2025Q1", END, status)], END, "quarter") is None


def test_an_indicator_weighs_in_its_first_node_only(make_indicator: Callable[..., Indicator]) -> None:
    node = Node(id="OP1", level="output", label={"en": "words"})
    indicators = [
        make_indicator("A", nodes=["OP1", "OP2"]),
        make_indicator("B", nodes=["OP2", "OP1"]),
        make_indicator("C", weighs=False),
        make_indicator("D", direction="context"),
        make_indicator("E", scored=False),
    ]
    assert [indicator.code for indicator in weighing_indicators(node, indicators)] == ["A"]
