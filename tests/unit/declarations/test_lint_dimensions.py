"""Bands by which values are broken down: what their codes span, and labels that two categories share."""

import math

import pytest

from mel_pipeline.declarations.lint_dimensions import band_of


@pytest.mark.parametrize(
    ("code", "band"),
    [
        ("18_29", (18, 30)),
        ("under_18", (-math.inf, 18)),
        ("before_2018", (-math.inf, 2018)),
        ("60_plus", (60, math.inf)),
        ("2024_on", (2024, math.inf)),
        ("over_2m", (2e6, math.inf)),
        ("100k_to_500k", (1e5, 5e5)),
        ("unknown", None),
        ("10_or_so", None),
    ],
)
def test_the_code_of_a_band_tells_what_it_spans(code: str, band: tuple[float, float] | None) -> None:
    assert band_of(code) == band


def test_two_categories_do_not_share_a_label(copy) -> None:
    line = copy.replace("dimensions.yml", "male: {label: {en: Men,", "male: {label: {en: Women,")
    fault = copy.only_fault()
    assert (fault.file, fault.line) == ("dimensions.yml", line)
    assert fault.message == (
        "dimension sex has one label for two categories: found 'Women' for female and male, expected two. Rename one."
    )
