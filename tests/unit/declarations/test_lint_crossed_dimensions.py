"""Faults of dimensions that are told together: each breaks the real programme in one way."""

import pytest

FILE = "indicators/output.yml"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[[sex]]", "indicator OUT-02 `cross_by` crosses 1 dimensions: found sex, expected two or three. Name them "
         "together as `[sex, mode]`, or use `disaggregate_by`."),
        ("[[sex, mode, age_band, stakeholder_type]]", "indicator OUT-02 `cross_by` crosses 4 dimensions: found sex, "
         "mode, age_band, stakeholder_type, expected two or three."),
        ("[[sex, sex]]", "indicator OUT-02 `cross_by` crosses a dimension with itself: found sex, sex, expected each "
         "once. Remove one."),
        ("[[sex, mod]]", "indicator OUT-02 `cross_by` names an unknown dimension: found 'mod', expected one of"),
        ("[[sex, mode], [sex, mode]]", "indicator OUT-02 `cross_by` repeats a crossing: found sex*mode again, expected "
         "it once. Remove one."),
        ("[[sex, language]]", "found 'language'"),
    ],
)  # fmt: skip
def test_a_crossing_that_cannot_be_told_is_a_fault(copy, written: str, message: str) -> None:
    line = copy.replace(FILE, "cross_by: [[sex, mode]]", f"cross_by: {written}")
    found = [fault for fault in copy.faults() if message in fault.message]
    assert [(fault.file, fault.line, fault.severity) for fault in found] == [(FILE, line, "error")], copy.faults()
