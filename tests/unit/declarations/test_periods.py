"""Periods: codes, days, and which of them an indicator is scored in."""

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_example.truth.windows import windows
from mel_pipeline.declarations.models import Calendar
from mel_pipeline.declarations.periods import (
    QUARTERS_BETWEEN,
    Period,
    all_periods,
    parse_period,
    period_type_of,
    periods_of,
    periods_telling,
    quarter_of,
    quarters,
    shift_quarter,
)
from mel_pipeline.declarations.programme import Programme, load_programme

CALENDAR = Calendar(first_quarter="2024Q1", last_quarter="2025Q2")
FISCAL_YEARS = {"US": 10, "GB": 4, "AU": 7, "FR": 1, "XX": 3}
YEARS = st.integers(min_value=1000, max_value=9998)
CODES = st.builds(
    lambda year, form: form.format(year=year),
    YEARS,
    st.sampled_from([
        *(f"{{year}}Q{n}{span}" for n in range(1, 5) for span in ("", "-ytd", "-r4")),
        "{year}H1", "{year}H2", "{year}",
    ]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "period_type", "start", "end"),
    [
        ("2025Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024Q1", "quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("2025H2", "half_year", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025Q2-ytd", "year_to_date", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025Q2-r4", "rolling_4q", date(2024, 7, 1), date(2025, 6, 30)),
        ("programme", "programme", date(2024, 1, 1), date(2025, 6, 30)),
        ("US-FY2026", "fiscal_year", date(2025, 10, 1), date(2026, 9, 30)),
        ("GB-FY2026", "fiscal_year", date(2025, 4, 1), date(2026, 3, 31)),
        ("AU-FY2026", "fiscal_year", date(2025, 7, 1), date(2026, 6, 30)),
        ("FR-FY2026", "fiscal_year", date(2026, 1, 1), date(2026, 12, 31)),
        ("XX-FY2024", "fiscal_year", date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_code_names_its_days(code: str, period_type: str, start: date, end: date) -> None:
    assert parse_period(code, CALENDAR, FISCAL_YEARS) == Period(start, end, period_type, code)


@pytest.mark.parametrize(
    "code", ["", "2025Q5", "2025Q0", "2025H3", "25Q1", "2025Q4-YTD", "2025-ytd", "0000", "2025Q1\n", "٢٠٢٥Q1"]
)
def test_a_text_that_is_no_code_is_refused_with_what_is_expected(code: str) -> None:
    with pytest.raises(ValueError, match="expected a code such as 2025Q4"):
        parse_period(code)


@pytest.mark.parametrize("code", ["CA-FY2026", "US-FY26", "us-FY2026", "US-FY0000", "US-2026"])
def test_a_fiscal_year_is_read_where_it_is_declared(code: str) -> None:
    with pytest.raises(ValueError, match=f"found '{code}'"):
        parse_period(code, CALENDAR, FISCAL_YEARS)


def test_the_whole_programme_has_no_days_without_a_calendar() -> None:
    with pytest.raises(ValueError, match="found 'programme'"):
        parse_period("programme")


@given(CODES)
def test_a_period_keeps_its_code_and_ends_in_its_last_quarter(code: str) -> None:
    period = parse_period(code)
    assert period.code == code
    assert period.start < period.end
    assert parse_period(period.last_quarter).end == period.end


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_lies_in_its_quarter(day: date) -> None:
    period = parse_period(quarter_of(day))
    assert period.start <= day <= period.end


@given(YEARS, st.integers(1, 4), st.integers(-3000, 3000))
def test_shifting_a_quarter_and_back_gives_it_again(year: int, number: int, by: int) -> None:
    code = f"{year}Q{number}"
    if 1000 <= year + by // 4 <= 9997:
        assert shift_quarter(shift_quarter(code, by), -by) == code


def test_only_quarters_are_shifted() -> None:
    with pytest.raises(ValueError, match="expected a quarter"):
        shift_quarter("2025", 1)


def test_quarters_follow_each_other_without_a_gap() -> None:
    found = quarters("2024Q3", "2026Q1")
    assert [period.code for period in found] == [
        "2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1",
    ]  # fmt: skip
    assert all(later.start - earlier.end == timedelta(days=1) for earlier, later in itertools.pairwise(found))


def test_there_are_no_quarters_before_the_first() -> None:
    assert quarters("2025Q1", "2024Q4") == []


@pytest.mark.parametrize(
    ("frequency", "time", "codes"),
    [
        ("quarter", "period", ["2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2"]),
        ("quarter", "latest", ["2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2"]),
        (
            "quarter",
            "year_to_date",
            ["2024Q1-ytd", "2024Q2-ytd", "2024Q3-ytd", "2024Q4-ytd", "2025Q1-ytd", "2025Q2-ytd"],
        ),
        ("quarter", "rolling_4q", ["2024Q4-r4", "2025Q1-r4", "2025Q2-r4"]),
        ("half_year", "period", ["2024H1", "2024H2", "2025H1"]),
        ("half_year", "year_to_date", ["2024Q2-ytd", "2024Q4-ytd", "2025Q2-ytd"]),
        ("year", "period", ["2024"]),
        ("year", "rolling_4q", ["2024Q4-r4"]),
    ],
)
def test_an_indicator_is_scored_in_the_periods_that_end_within_the_programme(
    frequency: str, time: str, codes: list[str]
) -> None:
    assert [period.code for period in periods_of(frequency, time, CALENDAR)] == codes


def test_a_score_has_the_type_of_its_time_where_that_spans_and_else_of_its_frequency(programme_directory) -> None:
    indicators = load_programme(programme_directory).indicators
    types = {code: period_type_of(indicators[code]) for code in ("ACT-05", "OUT-02", "MEM-03", "OCM-03")}
    assert types == {"ACT-05": "quarter", "OUT-02": "year_to_date", "MEM-03": "quarter", "OCM-03": "year"}


@pytest.fixture(scope="module")
def known(programme_directory: Path) -> Programme:
    return load_programme(programme_directory)


@pytest.mark.parametrize("frequency", QUARTERS_BETWEEN)
def test_an_indicator_is_told_in_the_periods_of_the_true_values(known: Programme, frequency: str) -> None:
    asked = known.indicators["ACT-05"].model_copy(update={"frequency": frequency})
    closed = [period for period in all_periods(known.settings) if period.end <= date(2026, 9, 30)]
    told = {(each.period_type, each.code, each.start, each.end) for each in periods_telling(asked, closed, False)}
    true = windows(QUARTERS_BETWEEN[frequency])
    assert told == {(each.period_type, each.code, each.start, each.end) for each in true}


def test_a_snapshot_tells_the_year_to_date_only_at_the_end_of_what_began_in_january(known: Programme) -> None:
    closed = [period for period in all_periods(known.settings) if period.end <= date(2025, 6, 30)]
    told = [period.code for period in periods_telling(known.indicators["MEM-04"], closed, True)]
    assert told == [
        "2024Q1", "2024Q1-ytd", "2024H1", "2024Q2-ytd", "2024Q3-ytd", "2024Q4-r4", "2024", "2024Q4-ytd",
        "2025Q1", "2025Q1-ytd", "2025H1", "2025Q2-ytd",
    ]  # fmt: skip


def test_the_programme_so_far_ends_where_a_value_fell_due(known: Programme) -> None:
    closed = [period for period in all_periods(known.settings) if period.end <= date(2025, 9, 30)]
    asked = known.indicators["ACT-05"].model_copy(update={"frequency": "half_year"})
    ends = {each.end for each in periods_telling(asked, closed, False) if each.code == "programme"}
    assert ends == {date(2025, 6, 30)}


def test_before_anything_has_ended_nothing_is_told(known: Programme) -> None:
    assert periods_telling(known.indicators["ACT-05"], [], False) == []


def test_a_fiscal_year_lies_wholly_within_the_programme(known: Programme) -> None:
    fiscal = sorted(each.code for each in all_periods(known.settings) if each.period_type == "fiscal_year")
    assert fiscal == ["AU-FY2025", "AU-FY2026", "GB-FY2025", "GB-FY2026", "US-FY2025", "US-FY2026"]
