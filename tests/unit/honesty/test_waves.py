"""Two waves of a survey: the panel beside the whole, and who answered."""

from datetime import date
from typing import Any

import pytest

from mel_pipeline.declarations.models import DriftCheck, PanelCheck
from mel_pipeline.honesty.drift import RATE, check_drift
from mel_pipeline.honesty.findings import Finding, Outcome
from mel_pipeline.honesty.panel import check_panel
from tests.unit.honesty.conftest import indicator

PANEL = PanelCheck(indicator="I-01", entity="city_code", wave="wave", larger_than=2, minimum_n=10)
DRIFT = DriftCheck(table="fct_answer", wave="wave", answered="has_answered", dimensions=["size"])


def answer(city: str, wave: int, **cells: Any) -> dict[str, Any]:
    usual = {"size": "small", "figure": 0.0, "has_answered": True, "_record_keys": [f"{city}{wave}"]}
    return {"city_code": city, "wave": wave, "answered_on": date(wave, 10, 1)} | usual | cells


def panel(make_programme, look, rows: list[dict[str, Any]], **measure: Any) -> Finding:
    level = indicator("I-01", measure or {"mean": "figure"}, type="mean", frequency="year")
    (found,) = check_panel(look(make_programme(level), fct_answer=rows), PANEL)
    return found


def both(n: int, before: float, after: float) -> list[dict[str, Any]]:
    return [
        answer(f"C{place}", wave, figure=figure)
        for place in range(n)
        for wave, figure in ((2024, before), (2025, after))
    ]


def test_a_rise_that_comes_from_others_is_found(make_programme, look) -> None:
    rows = [*both(10, 50, 50), *(answer(f"N{place}", 2025, figure=80.0) for place in range(10))]
    found = panel(make_programme, look, rows)
    assert (found.outcome, found.n, found.observed, found.expected) == (Outcome.FOUND, 10, 15, 0)


def test_a_rise_that_the_panel_shares_passes(make_programme, look) -> None:
    rows = [*both(10, 50, 60), answer("N", 2025, figure=62.0)]
    found = panel(make_programme, look, rows)
    assert (found.outcome, found.expected) == (Outcome.PASSED, 10)
    assert found.observed == pytest.approx(10 + 2 / 11)


def test_a_small_panel_one_wave_and_a_wave_under_way_tell_nothing(make_programme, look) -> None:
    assert panel(make_programme, look, both(9, 50, 60)).outcome is Outcome.NOT_ASSESSABLE
    once = [answer(f"C{place}", 2025) for place in range(20)]
    under_way = [answer(f"C{place}", 2026, figure=90.0) for place in range(20)]
    found = panel(make_programme, look, [*once, *under_way])
    assert (found.outcome, found.n) == (Outcome.NOT_ASSESSABLE, 0)


def test_shares_and_conditions_of_the_indicator_hold_for_the_panel(make_programme, look) -> None:
    rows = [row | {"size": "large"} for row in both(10, 0, 1)] + both(5, 7, 7)
    found = panel(make_programme, look, rows, share="figure >= 1", where="size = 'large'")
    assert (found.n, found.observed, found.expected) == (10, 100, 100)


def drift(make_programme, look, waves: dict[int, dict[str, tuple[int, int]]]) -> dict[str | None, Finding]:
    """Waves with, by size, how many answered and how many did not."""
    rows = [
        answer(f"{size}{answered}{place}", wave, size=size, has_answered=answered)
        for wave, sizes in waves.items()
        for size, counts in sizes.items()
        for answered, n in zip((True, False), counts, strict=True)
        for place in range(n)
    ]
    evidence = look(make_programme(), fct_answer=rows)
    return {finding.dimension: finding for finding in check_drift(evidence, DRIFT)}


def test_fewer_answers_are_found_by_rate_alone(make_programme, look) -> None:
    found = drift(
        make_programme,
        look,
        {2024: {"small": (50, 10), "large": (50, 10)}, 2025: {"small": (25, 35), "large": (25, 35)}},
    )
    assert (found[RATE].outcome, found["size"].outcome) == (Outcome.FOUND, Outcome.PASSED)
    assert (found[RATE].expected, found[RATE].observed) == (pytest.approx(100 / 120), pytest.approx(50 / 120))


def test_other_cities_that_answer_are_found_by_their_size(make_programme, look) -> None:
    found = drift(
        make_programme,
        look,
        {2024: {"small": (70, 10), "large": (30, 10)}, 2025: {"small": (30, 10), "large": (70, 10)}},
    )
    assert (found[RATE].outcome, found["size"].outcome) == (Outcome.PASSED, Outcome.FOUND)
    assert found["size"].values["category"]["en"] in ("small in words", "large in words")


def test_like_waves_pass_and_a_wave_under_way_is_not_compared(make_programme, look) -> None:
    alike = {"small": (50, 10), "large": (40, 12)}
    found = drift(make_programme, look, {2024: alike, 2025: alike, 2026: {"small": (1, 100), "large": (0, 100)}})
    assert {finding.outcome for finding in found.values()} == {Outcome.PASSED}
    assert {finding.period for finding in found.values()} == {"2025"}
    (alone,) = drift(make_programme, look, {2025: alike, 2026: alike}).values()
    assert alone.outcome is Outcome.NOT_ASSESSABLE
