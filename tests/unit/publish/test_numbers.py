"""Numbers, dates, periods and countries as each language writes them, with one value behind them."""

from datetime import date

import pytest

from mel_pipeline.publish.numbers import Numbers
from mel_pipeline.publish.words import translator

EN, FR, AR = (Numbers(translator(language)) for language in ("en", "fr", "ar"))


@pytest.mark.parametrize(
    ("numbers", "count", "percentage", "index"),
    [(EN, "2,614", "58.3%", "50.0"), (FR, "2\u202f614", "58,3\u00a0%", "50,0"), (AR, "2,614", "58.3%", "50.0")],
)
def test_each_language_writes_numbers_its_way(numbers: Numbers, count: str, percentage: str, index: str) -> None:
    assert numbers.of(2614, "count").text == count
    assert numbers.of(58.3333, "percentage").text == percentage
    assert numbers.of(50, "index").text == index


def test_the_value_behind_a_number_is_the_same_in_all_languages() -> None:
    assert {numbers.of(58.3333, "percentage").data for numbers in (EN, FR, AR)} == {"58.3333"}


def test_a_number_in_a_page_keeps_its_direction_and_its_value() -> None:
    assert AR.count(5).__html__() == '<data value="5"><bdi dir="ltr">5</bdi></data>'


def test_almost_all_is_not_written_as_all() -> None:
    assert EN.share(0.998).text == "99%"
    assert EN.share(1).text == "100%"


def test_no_minus_before_zero() -> None:
    assert EN.of(-0.01, "index").text == "0.0"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024Q4", "Q4 2024"),
        ("2024Q4-ytd", "Q4 2024, year to date"),
        ("2024Q4-r4", "four quarters to Q4 2024"),
        ("2024H1", "first half of 2024"),
        ("2024H2", "second half of 2024"),
        ("2024", "2024"),
        ("programme", "programme"),
    ],
)
def test_periods_are_written_in_words(period: str, words: str) -> None:
    assert EN.period(period) == words


def test_periods_and_days_in_arabic_and_french() -> None:
    assert AR.period("2024Q4") == "الربع الرابع 2024"
    assert AR.period("2024Q4-r4") == "أربعة أرباع حتى الربع الرابع 2024"
    assert FR.period("2024Q4-r4") == "quatre trimestres jusqu'au T4 2024"
    assert AR.period("2024H2") == "النصف الثاني من 2024"
    assert FR.period("2024H1") == "premier semestre 2024"
    assert FR.plain_day(date(2025, 1, 31)) == "31 janvier 2025"
    assert EN.short_period("2024Q4-ytd") == ["Q4", "2024"]


def test_countries_are_named_from_their_three_letter_code() -> None:
    assert [numbers.territory("LBN") for numbers in (EN, FR, AR)] == ["Lebanon", "Liban", "لبنان"]
    assert EN.territory("XXZ") == "XXZ"
