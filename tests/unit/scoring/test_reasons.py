"""Reasons are short codes with parameters, which the pages turn into words."""

from datetime import date

import pytest

from mel_pipeline.scoring import reasons
from mel_pipeline.scoring.reasons import Reason, parse, with_parameter, with_shortage


def test_shortage_says_what_was_found_and_what_is_required() -> None:
    assert with_shortage(Reason.N_BELOW_MINIMUM, 7, 10) == "n_below_minimum:7<10"
    assert with_shortage(Reason.COVERAGE_BELOW_MINIMUM, 0.25, 0.3) == "coverage_below_minimum:0.25<0.3"


def test_a_value_just_below_a_limit_does_not_read_as_the_limit() -> None:
    assert with_shortage(Reason.COVERAGE_BELOW_MINIMUM, 0.5999, 0.6) == "coverage_below_minimum:0.599<0.6"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("no_value", [("no_value", [])]),
        ("n_below_minimum:7<10", [("n_below_minimum", ["7", "10"])]),
        ("blocked;dqa_grade:D", [("blocked", []), ("dqa_grade", ["D"])]),
    ],
)
def test_a_cell_is_read_back(cell: str, expected: list[tuple[str, list[str]]]) -> None:
    assert parse(cell) == expected


def test_a_day_is_written_as_iso() -> None:
    assert with_parameter(Reason.PERIOD_ENDS, date(2025, 3, 31)) == "period_ends:2025-03-31"


def test_every_code_is_explained() -> None:
    table = [line for line in str(reasons.__doc__).splitlines() if line.startswith("| `")]
    explained = {line.split("`")[1].partition(":")[0] for line in table}
    assert explained == set(Reason)
