"""Warnings about targets whose steps are too small for the sample that will measure them."""

from collections.abc import Iterator
from math import sqrt

from mel_pipeline.declarations.faults import Fault
from mel_pipeline.declarations.lint_targets import PROGRAMME, fault_at, in_force
from mel_pipeline.declarations.models import Indicator, RowsOf
from mel_pipeline.declarations.periods import is_accumulating
from mel_pipeline.declarations.programme import Programme

ANSWERS_ASSUMED = 30
"""Answers assumed where an indicator declares no `minimum_n`: without data nobody knows how many will come."""

_Z = 1.96
_SPREAD_OF_SCALE = 0.25
"""Standard deviation assumed for an index, as a share of its scale (an even spread has 1/sqrt(12) = 0.29)."""


def step_faults(programme: Programme) -> Iterator[Fault]:
    """One warning per indicator and scope in which a step between targets is below the sampling error.

    Only indicators that sample a population are asked; registers and censuses have no sampling error.
    """
    for (code, scope_type, scope_code, period_type), targets in in_force(programme).items():
        indicator = programme.indicators.get(code)
        if indicator is None or period_type == PROGRAMME or not _is_sampled_level(indicator):
            continue
        before = indicator.baseline.value if indicator.baseline else None
        for target in targets:
            step = None if before is None else abs(target.value - before)
            error = expected_sampling_error(indicator, target.value)
            if step and step < error:
                message = (
                    f"target of {code} for {scope_type} {scope_code} moves less than a sample can show: found a step "
                    f"of {step:g}, expected over {error:.1f} with {_answers(indicator)} answers. "
                    "Set targets further apart, ask more, or expect 'the sample cannot tell'."
                )
                yield fault_at(target, message, severity="warning")
                break
            before = target.value


def _is_sampled_level(indicator: Indicator) -> bool:
    """Whether a sample measures the level, by a verb of which the spread can be told before there are data."""
    is_known_spread = indicator.measure.index is not None or (
        indicator.type == "percentage" and (indicator.measure.share or indicator.measure.all_of) is not None
    )
    return is_known_spread and isinstance(indicator.measure.population, RowsOf) and not is_accumulating(indicator)


def expected_sampling_error(indicator: Indicator, value: float) -> float:
    """Half of the 95 % interval to expect around a value, in the indicator's unit.

    A share: 1.96 · sqrt(p(1-p)/n). An index: the same with an assumed standard deviation of a quarter of its
    scale. The size of the population is data, so no finite population correction is made: an upper bound.
    """
    root = sqrt(_answers(indicator))
    if indicator.measure.index is not None:
        low, high = indicator.measure.index.scale
        return _Z * _SPREAD_OF_SCALE * (high - low) / root
    share = min(max(value / 100, 0.0), 1.0)
    return 100 * _Z * sqrt(share * (1 - share)) / root


def _answers(indicator: Indicator) -> int:
    return indicator.minimum_n or ANSWERS_ASSUMED
