"""Quarters in words: one quarter of one year, or nothing."""

import pytest

from mel_pipeline.intake.period_cells import PERIOD_IN_WORDS, read_quarter


def test_a_code_is_read_as_it_stands() -> None:
    assert read_quarter(" 2025Q2\u200f") == ("2025Q2", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("avril-juin 2025", "2025Q2"),
        ("T2 2025", "2025Q2"),
        ("2025-Q3", "2025Q3"),
        ("April to June 2025", "2025Q2"),
        ("Oct – Dec 2024", "2024Q4"),
        ("3e trimestre 2025", "2025Q3"),
        ("first quarter of 2026", "2026Q1"),
        ("الربع الثاني ٢٠٢٥", "2025Q2"),
        ("تشرين الأول - كانون الأول 2024", "2024Q4"),
    ],
)
def test_words_that_name_one_quarter_are_a_repair(text: str, code: str) -> None:
    assert read_quarter(text) == (code, (PERIOD_IN_WORDS,))


@pytest.mark.parametrize(
    "text",
    ["", "2025", "May 2025", "May to July 2025", "Q1 and Q2 2025", "January 2025 to March 2026", "Q5 2025", "Q2"],
)
def test_what_names_no_whole_quarter_of_one_year_is_not_read(text: str) -> None:
    assert read_quarter(text) == (None, ())
