"""Performance and progress give the numbers of the scoring rules."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.scoring.performance import (
    Direction,
    Yardstick,
    has_needed_baseline,
    is_target_usable,
    measure,
    performance_of,
    progress,
)

amounts = st.floats(-1000, 1000).map(lambda number: round(number, 2))
tolerances = st.sampled_from([0.0, 0.05, 1.0, 5.0])


def level(target: float, baseline: float | None = None, tolerance: float = 0.0, **more: Any) -> Yardstick:
    direction: Direction = more.get("direction", "increase")
    return Yardstick(False, direction, target, baseline, tolerance)


def accumulating(target: float, direction: Direction = "increase") -> Yardstick:
    return Yardstick(True, direction, target, baseline=63)


@pytest.mark.parametrize(("actual", "expected"), [(100, 0.00), (80, 0.40), (58, 0.84), (50, 1.00), (40, 1.20)])
def test_conformance_of_a_decreasing_level(actual: float, expected: float) -> None:
    assert performance_of(actual, level(50, 100, direction="decrease")) == pytest.approx(expected)


def test_conformance_of_an_increasing_level() -> None:
    assert performance_of(12980, level(15000, 2505)) == pytest.approx(0.838, abs=0.0005)


@pytest.mark.parametrize(("actual", "expected"), [(40, 1.54), (20, 0.77)])
def test_mem_04_accumulates_and_its_baseline_is_not_used(actual: float, expected: float) -> None:
    assert performance_of(actual, accumulating(26)) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(("actual", "expected"), [(8, 1.2), (10, 1.0), (15, 0.5), (25, 0.0)])
def test_accumulating_decrease_mirrors_the_ratio(actual: float, expected: float) -> None:
    assert performance_of(actual, accumulating(10, "decrease")) == pytest.approx(expected)


@pytest.mark.parametrize(("actual", "expected"), [(8, 0.8), (10, 1.0), (12, 0.8), (25, 0.0)])
def test_accumulating_maintain_falls_on_either_side(actual: float, expected: float) -> None:
    assert performance_of(actual, accumulating(10, "maintain")) == pytest.approx(expected)


class TestTargetOfZero:
    def test_is_no_target_for_a_count_that_is_to_grow(self) -> None:
        assert not is_target_usable(accumulating(0))

    def test_is_met_by_nothing_where_a_count_is_to_fall(self) -> None:
        assert is_target_usable(accumulating(0, "decrease"))
        assert performance_of(0, accumulating(0, "decrease")) == 1
        assert performance_of(1, accumulating(0, "decrease")) == 0

    def test_of_a_level_uses_the_formula(self) -> None:
        falling = level(0, 40, direction="decrease")
        assert is_target_usable(falling)
        assert performance_of(10, falling) == pytest.approx(0.75)

    def test_is_no_target_for_a_level_without_baseline(self) -> None:
        assert not is_target_usable(level(0))


class TestTolerance:
    """Baseline 78, target 88, tolerance 1: the step is 10, a quarter of it 2.5."""

    yardstick = level(88, 78, tolerance=1)

    @pytest.mark.parametrize(("actual", "expected"), [(88, 1.0), (87.5, 1.0), (87, 1.0), (86.9, 0.89)])
    def test_shortfall_up_to_the_tolerance_counts_as_met(self, actual: float, expected: float) -> None:
        assert performance_of(actual, self.yardstick) == pytest.approx(expected)

    def test_more_than_the_target_is_not_cut(self) -> None:
        assert performance_of(90, self.yardstick) == pytest.approx(1.2)

    @pytest.mark.parametrize(
        ("actual", "expected"), [(81.6, 1.0), (81.5, 1.0), (81.4, 0.7), (81.0, 0.7), (80.9, 0.45), (80, 0.0)]
    )
    def test_of_a_small_step_is_met_only_within_a_quarter_of_it(self, actual: float, expected: float) -> None:
        assert performance_of(actual, level(82, 80, tolerance=1)) == pytest.approx(expected)

    def test_of_a_mean_on_1_to_5_is_not_lost_to_rounding(self) -> None:
        assert performance_of(3.15, level(3.20, 2.70, tolerance=0.05)) == 1

    def test_of_a_falling_level_is_the_mirror(self) -> None:
        falling = level(50, 100, tolerance=1, direction="decrease")
        assert performance_of(51, falling) == 1
        assert performance_of(51.1, falling) == pytest.approx(0.978)

    def test_does_not_touch_counts(self) -> None:
        assert performance_of(9, Yardstick(True, "increase", 10, None, tolerance=1)) == pytest.approx(0.9)

    def test_is_marked_where_it_lifts(self) -> None:
        assert measure(87.5, self.yardstick, None, None).is_lifted_by_tolerance
        assert not measure(88, self.yardstick, None, None).is_lifted_by_tolerance
        assert not measure(86.9, self.yardstick, None, None).is_lifted_by_tolerance


class TestMaintain:
    """Target = baseline = 84, tolerance 1: it falls to 0 over max(2 x 1, 0.05 x 84) = 4.2 beyond 1."""

    @pytest.mark.parametrize(("actual", "expected"), [(90, 1), (84, 1), (83, 1), (82, 1 - 1 / 4.2), (78.8, 0), (20, 0)])
    def test_of_a_level_that_is_to_grow(self, actual: float, expected: float) -> None:
        assert performance_of(actual, level(84, 84, tolerance=1)) == pytest.approx(expected, abs=1e-9)

    @pytest.mark.parametrize(("actual", "expected"), [(70, 1), (85, 1), (86, 1 - 1 / 4.2)])
    def test_of_a_level_that_is_to_fall(self, actual: float, expected: float) -> None:
        falling = level(84, 84, tolerance=1, direction="decrease")
        assert performance_of(actual, falling) == pytest.approx(expected)

    @pytest.mark.parametrize("actual", [82, 86])
    def test_declared_so_is_wrong_on_either_side(self, actual: float) -> None:
        kept = level(84, 80, tolerance=1, direction="maintain")
        assert performance_of(actual, kept) == pytest.approx(1 - 1 / 4.2)

    def test_falls_over_twice_the_tolerance_where_the_target_is_small(self) -> None:
        assert performance_of(1, level(4, 4, tolerance=1)) == pytest.approx(0)
        assert performance_of(2, level(4, 4, tolerance=1)) == pytest.approx(0.5)

    def test_of_zero_without_tolerance_is_all_or_nothing(self) -> None:
        assert performance_of(0, level(0, 0)) == 1
        assert performance_of(-0.1, level(0, 0)) == 0


class TestUnknownBaseline:
    def test_of_a_growing_level_gives_the_ratio_and_says_so(self) -> None:
        measured = measure(45, level(90), None, None)
        assert measured.value == pytest.approx(0.5)
        assert measured.is_ratio_without_baseline

    def test_of_a_falling_level_cannot_be_measured(self) -> None:
        assert not has_needed_baseline(level(50, direction="decrease"))

    def test_does_not_matter_to_counts_and_to_what_is_maintained(self) -> None:
        assert has_needed_baseline(Yardstick(True, "decrease", 5))
        assert has_needed_baseline(level(50, direction="maintain"))
        assert not measure(50, level(50, direction="maintain"), None, None).is_ratio_without_baseline


class TestInterval:
    def test_is_carried_through(self) -> None:
        measured = measure(85, level(90, 80), 82, 88)
        assert (measured.low, measured.value, measured.high) == pytest.approx((0.2, 0.5, 0.8))

    def test_of_a_falling_level_is_turned_round(self) -> None:
        measured = measure(75, level(50, 100, direction="decrease"), 70, 80)
        assert (measured.low, measured.high) == pytest.approx((0.4, 0.6))

    def test_of_a_kept_level_reaches_1_where_the_target_lies_inside(self) -> None:
        measured = measure(80, level(84, 84, direction="maintain"), 75, 90)
        assert measured.high == 1
        assert measured.low == 0

    def test_is_empty_where_the_value_has_none(self) -> None:
        measured = measure(85, level(90, 80), None, None)
        assert measured.low is None
        assert measured.high is None


def test_progress_is_towards_the_target_of_the_whole_programme() -> None:
    assert progress(12980, 2505, 15000) == pytest.approx(0.838, abs=0.0005)
    assert progress(80, 100, 50) == pytest.approx(0.4)


@pytest.mark.parametrize(("baseline", "final"), [(None, 97), (78, None), (97, 97)])
def test_progress_needs_a_way_to_go(baseline: float | None, final: float | None) -> None:
    assert progress(85, baseline, final) is None


@given(amounts, amounts, tolerances)
def test_a_met_target_is_1(target: float, baseline: float, tolerance: float) -> None:
    assert performance_of(target, level(target, baseline, tolerance)) == pytest.approx(1)


@given(amounts, amounts, amounts, amounts, tolerances)
def test_more_is_never_worse_for_a_growing_level(
    one: float, other: float, target: float, baseline: float, tolerance: float
) -> None:
    yardstick = level(max(target, baseline), min(target, baseline), tolerance)
    less, more = sorted((one, other))
    assert performance_of(less, yardstick) <= performance_of(more, yardstick)


@given(amounts, amounts, amounts, tolerances)
def test_a_falling_level_mirrors_a_growing_one(actual: float, target: float, baseline: float, tolerance: float) -> None:
    growing = level(target, baseline, tolerance)
    falling = level(-target, -baseline, tolerance, direction="decrease")
    assert performance_of(-actual, falling) == pytest.approx(performance_of(actual, growing))


@given(amounts, st.floats(0, 50), st.floats(0, 50), amounts, amounts, tolerances)
def test_performance_lies_within_its_interval(
    actual: float, below: float, above: float, target: float, baseline: float, tolerance: float
) -> None:
    measured = measure(actual, level(target, baseline, tolerance), actual - below, actual + above)
    assert measured.low is not None
    assert measured.high is not None
    assert measured.low <= measured.value <= measured.high
