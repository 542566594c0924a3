"""Performance against a target and progress towards the final target: formulas on numbers.

Which target is in force belongs to `targets.py`, what a performance is called, to `status.py`. The formulas
are those of the default profile; no performance is cut off at 1.
"""

import math
from dataclasses import dataclass
from typing import Literal

Direction = Literal["increase", "decrease", "maintain"]

ROUNDING = 1e-9
"""Differences below this are rounding of decimal fractions, so that 3.20 - 3.15 is a shortfall of 0.05."""

PERFORMANCE_MET = 1.0
PERFORMANCE_WITHIN_TOLERANCE = 0.70
FULLY_MET_PART_OF_STEP = 4
"""Within one quarter of the step from baseline to target, a shortfall inside the tolerance counts as met."""

MAINTAIN_FALL_IN_TOLERANCES = 2
MAINTAIN_FALL_SHARE_OF_TARGET = 0.05


@dataclass(frozen=True)
class Yardstick:
    """What an actual value is measured against, all in the indicator's own unit.

    `is_accumulating`: the value grows while its period runs, then restarts; otherwise it is a level.
    `baseline` None means unknown. `tolerance` is for levels only.
    """

    is_accumulating: bool
    direction: Direction
    target: float
    baseline: float | None = None
    tolerance: float = 0.0

    @property
    def is_maintained(self) -> bool:
        """Whether a level is to be held where it is, rather than moved."""
        if self.is_accumulating:
            return False
        return self.direction == "maintain" or self.baseline == self.target

    @property
    def is_ratio_without_baseline(self) -> bool:
        """Whether a level's performance is a plain share of the target because its baseline is unknown."""
        return not self.is_accumulating and not self.is_maintained and self.baseline is None


@dataclass(frozen=True)
class Performance:
    """Performance as a share of what was to be achieved (1 = target met), with the ends of its interval.

    `low` and `high` are None where the actual value has no interval. The baseline is taken as exact.
    """

    value: float
    low: float | None
    high: float | None
    is_lifted_by_tolerance: bool
    is_ratio_without_baseline: bool


def measure(actual: float, yardstick: Yardstick, low: float | None, high: float | None) -> Performance:
    """Measure an actual value and the ends of its interval against a yardstick.

    Only for a yardstick that `is_measurable` and `has_needed_baseline`.
    """
    ends = _ends(actual, yardstick, low, high)
    value = performance_of(actual, yardstick)
    return Performance(
        value=value,
        low=min(ends, default=None),
        high=max(ends, default=None),
        is_lifted_by_tolerance=value > _without_tolerance(actual, yardstick),
        is_ratio_without_baseline=yardstick.is_ratio_without_baseline,
    )


def _ends(actual: float, yardstick: Yardstick, low: float | None, high: float | None) -> list[float]:
    """Performance at every point where it can be lowest or highest within the interval."""
    if low is None or high is None:
        return []
    # A value to be held is best at its target, which may lie inside the interval.
    inside = [yardstick.target] if low <= yardstick.target <= high else []
    return [performance_of(point, yardstick) for point in (low, actual, high, *inside)]


def performance_of(actual: float, yardstick: Yardstick) -> float:
    """Performance of one exact value: 1 means that the target is met."""
    if yardstick.is_accumulating:
        return _accumulated(actual, yardstick)
    if yardstick.is_maintained:
        return _maintained(actual, yardstick)
    return _tolerated(actual, yardstick)


def is_target_usable(yardstick: Yardstick) -> bool:
    """Whether the target can be divided by, where the formula does so.

    A target of zero is none at all for a count that is to grow, and for a growing level without a baseline.
    """
    divides_by_target = yardstick.is_accumulating or yardstick.is_ratio_without_baseline
    return yardstick.target > 0 or not (divides_by_target and yardstick.direction == "increase")


def has_needed_baseline(yardstick: Yardstick) -> bool:
    """Whether the formula can do with what is known of the baseline: a falling level cannot without."""
    return not (yardstick.is_ratio_without_baseline and yardstick.direction == "decrease")


def progress(actual: float, baseline: float | None, final_target: float | None) -> float | None:
    """Share of the way from the baseline to the target of the whole programme; for levels only.

    Returns:
        None where an end of the way is unknown or where there is no way to go.
    """
    if baseline is None or final_target is None or baseline == final_target:
        return None
    return (actual - baseline) / (final_target - baseline)


def _accumulated(actual: float, yardstick: Yardstick) -> float:
    if yardstick.target <= 0:
        return 1.0 if actual <= yardstick.target else 0.0
    share = actual / yardstick.target
    mirrored = max(0.0, 2 - share)
    return {"increase": share, "decrease": mirrored, "maintain": min(share, mirrored)}[yardstick.direction]


def _maintained(actual: float, yardstick: Yardstick) -> float:
    """1 within the tolerance on the wrong side of the target; beyond it, falling evenly to 0."""
    beyond = _wrong_side(actual, yardstick) - yardstick.tolerance
    if beyond <= ROUNDING:
        return PERFORMANCE_MET
    fall = max(
        MAINTAIN_FALL_IN_TOLERANCES * yardstick.tolerance,
        MAINTAIN_FALL_SHARE_OF_TARGET * abs(yardstick.target),
    )
    return max(0.0, 1 - beyond / fall) if fall > 0 else 0.0


def _wrong_side(actual: float, yardstick: Yardstick) -> float:
    above = actual - yardstick.target
    return {"increase": max(0.0, -above), "decrease": max(0.0, above), "maintain": abs(above)}[yardstick.direction]


def _tolerated(actual: float, yardstick: Yardstick) -> float:
    """Share of the way from the baseline, lifted where the shortfall is inside the tolerance."""
    share = _without_tolerance(actual, yardstick)
    step = yardstick.target - (yardstick.baseline or 0.0)
    shortfall = math.copysign(1.0, step) * (yardstick.target - actual)
    if shortfall <= min(yardstick.tolerance, abs(step) / FULLY_MET_PART_OF_STEP) + ROUNDING:
        return max(share, PERFORMANCE_MET)
    if shortfall <= yardstick.tolerance + ROUNDING:
        return max(share, PERFORMANCE_WITHIN_TOLERANCE)
    return share


def _without_tolerance(actual: float, yardstick: Yardstick) -> float:
    if yardstick.is_accumulating or yardstick.is_maintained:
        return performance_of(actual, yardstick)
    # Without a known baseline the share of the way is the plain share of the target.
    baseline = yardstick.baseline or 0.0
    return (actual - baseline) / (yardstick.target - baseline)
