"""Why a status is what it is, as short codes with parameters; words in each language are made by `publish`.

A reason is `code`, `code:parameter` or `code:found<required`; several are joined by `;`. The codes:

| code | stands with | means |
|---|---|---|
| `context` | context | declared as context, never scored |
| `no_target_declared` | no_target | no target in force for this period and scope |
| `target_zero` | no_target | a target of zero cannot be a share of growth |
| `period_ends:2025-03-31` | not_due | the period has not ended |
| `no_value` | not_reported | nothing was computed for this period and scope |
| `nothing_received` | not_reported | of what was expected, nothing came in |
| `blocked` | not_assessable | a rule of data quality blocks the indicator |
| `value_missing` | not_assessable | something came in, yet no value could be computed |
| `n_below_minimum:7<10` | not_assessable | fewer answers than needed |
| `coverage_below_minimum:0.25<0.3` | not_assessable | too small a share of what was expected came in |
| `dqa_grade:D` | not_assessable | the data failed the data-quality assessment |
| `baseline_unknown` | not_assessable | a falling level cannot be judged without its baseline |
| `ratio_no_baseline` | a scored status | performance is actual over target, the baseline is unknown |
| `within_tolerance` | a scored status | the shortfall is within the tolerance |
| `coverage_low:0.45<0.6` | a scored status | leaning at best: few of those asked have answered |
"""

import math
from datetime import date
from enum import StrEnum

SEPARATOR = ";"
COVERAGE_DECIMALS = 3


class Reason(StrEnum):
    """Codes of reasons; the module's table says what each means."""

    CONTEXT = "context"
    NO_TARGET_DECLARED = "no_target_declared"
    TARGET_ZERO = "target_zero"
    PERIOD_ENDS = "period_ends"
    NO_VALUE = "no_value"
    NOTHING_RECEIVED = "nothing_received"
    BLOCKED = "blocked"
    VALUE_MISSING = "value_missing"
    N_BELOW_MINIMUM = "n_below_minimum"
    COVERAGE_BELOW_MINIMUM = "coverage_below_minimum"
    DQA_GRADE = "dqa_grade"
    BASELINE_UNKNOWN = "baseline_unknown"
    RATIO_NO_BASELINE = "ratio_no_baseline"
    WITHIN_TOLERANCE = "within_tolerance"
    COVERAGE_LOW = "coverage_low"


def with_parameter(code: Reason, parameter: str | date) -> str:
    """Add a parameter to a code: `dqa_grade:D`."""
    return f"{code}:{parameter}"


def with_shortage(code: Reason, found: float, required: float) -> str:
    """Add what was found and what is required: `n_below_minimum:7<10`."""
    return f"{code}:{_short(found)}<{_short(required)}"


def _short(number: float) -> str:
    """Shorten downwards, so that a value just below a limit never reads as the limit."""
    scale = 10**COVERAGE_DECIMALS
    return f"{math.floor(number * scale + 1e-6) / scale:.12g}"


def parse(reasons: str) -> list[tuple[Reason, list[str]]]:
    """Split a cell of `status_reason` into codes with their parameters, for those who make words of them."""
    parts = [part.partition(":") for part in reasons.split(SEPARATOR) if part]
    return [(Reason(code), parameters.split("<") if parameters else []) for code, _, parameters in parts]
