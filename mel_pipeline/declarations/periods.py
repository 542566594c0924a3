"""Periods of a programme: their codes, types, and first and last days, and which of them tell an indicator.

Only calendar arithmetic belongs here. Which period a row counts in is the mart's affair, which value is
due is the scoring's.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mel_pipeline.declarations.models import Calendar, Indicator, Settings

PERIOD_TYPES = ("quarter", "half_year", "year", "year_to_date", "rolling_4q", "fiscal_year", "programme")
QUARTERS_BETWEEN = {"quarter": 1, "half_year": 2, "year": 4}

_CODE = re.compile(r"(?P<year>[0-9]{4})(?:Q(?P<quarter>[1-4])(?P<span>-ytd|-r4)?|H(?P<half>[12]))?")
_FISCAL_CODE = re.compile(r"(?P<prefix>[A-Z]+)-FY(?P<year>[0-9]{4})")
PROGRAMME = "programme"
"""Code and type of the period that holds the whole programme, or as much of it as has passed."""


@dataclass(frozen=True, order=True)
class Period:
    """A time for which a value or target is told; both days belong to it."""

    start: date
    end: date
    period_type: str
    code: str

    @property
    def last_quarter(self) -> str:
        """Code of the quarter in which the period ends."""
        return quarter_of(self.end)

    @property
    def months(self) -> int:
        """How many months it takes; periods are made of whole months."""
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month + 1


def quarter_of(day: date) -> str:
    """Code of the quarter that holds a day."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def parse_period(code: str, calendar: Calendar | None = None, fiscal_years: Mapping[str, int] | None = None) -> Period:
    """The period that a code names.

    Args:
        code: `2025Q4`, `2025H2`, `2025`, `2025Q4-ytd`, `2025Q4-r4`, `US-FY2026` or `programme`.
        calendar: the programme's first and last quarter; needed for `programme` only.
        fiscal_years: first month of each kind of fiscal year, by prefix; needed for these only.

    Raises:
        ValueError: the code names no period; the message says what is expected.
    """
    if code == "programme" and calendar is not None:
        first, last = parse_period(calendar.first_quarter), parse_period(calendar.last_quarter)
        return Period(first.start, last.end, "programme", "programme")
    fiscal = _FISCAL_CODE.fullmatch(code)
    if fiscal is not None and int(fiscal["year"]) > 1 and fiscal["prefix"] in (fiscal_years or {}):
        return fiscal_year(fiscal["prefix"], int(fiscal["year"]), (fiscal_years or {})[fiscal["prefix"]])
    match = _CODE.fullmatch(code)
    if match is None or match["year"] == "0000":
        raise ValueError(f"found '{code}', expected a code such as 2025Q4, 2025H2, 2025, 2025Q4-ytd or 2025Q4-r4")
    year = int(match["year"])
    if match["half"]:
        return half_year(year, int(match["half"]))
    if match["quarter"] is None:
        return whole_year(year)
    return _SPANS[match["span"]](year, int(match["quarter"]))


def quarter(year: int, number: int) -> Period:
    """One quarter of a year."""
    return Period(date(year, 3 * number - 2, 1), _quarter_end(year, number), "quarter", f"{year:04}Q{number}")


def half_year(year: int, number: int) -> Period:
    """One half of a year."""
    return Period(date(year, 6 * number - 5, 1), _quarter_end(year, 2 * number), "half_year", f"{year:04}H{number}")


def whole_year(year: int) -> Period:
    """One calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04}")


def year_to_date(year: int, number: int) -> Period:
    """From 1 January to the end of a quarter."""
    return Period(date(year, 1, 1), _quarter_end(year, number), "year_to_date", f"{year:04}Q{number}-ytd")


def rolling_four_quarters(year: int, number: int) -> Period:
    """The four quarters that end with this one."""
    first_year, first_number = _shifted(year, number, -3)
    start = date(first_year, 3 * first_number - 2, 1)
    return Period(start, _quarter_end(year, number), "rolling_4q", f"{year:04}Q{number}-r4")


def fiscal_year(prefix: str, year: int, first_month: int) -> Period:
    """Twelve months that begin with a month, named by the year in which they end."""
    start = date(year if first_month == 1 else year - 1, first_month, 1)
    end = date(year, 12, 31) if first_month == 1 else date(year, first_month, 1) - timedelta(days=1)
    return Period(start, end, "fiscal_year", f"{prefix}-FY{year:04}")


_SPANS: dict[str | None, Callable[[int, int], Period]] = {
    None: quarter,
    "-ytd": year_to_date,
    "-r4": rolling_four_quarters,
}


def _quarter_end(year: int, number: int) -> date:
    return date(year, 12, 31) if number == 4 else date(year, 3 * number + 1, 1) - timedelta(days=1)


def _shifted(year: int, number: int, by: int) -> tuple[int, int]:
    index = 4 * year + number - 1 + by
    return index // 4, index % 4 + 1


def shift_quarter(code: str, by: int) -> str:
    """Code of the quarter that lies `by` quarters after (before, when negative) another."""
    period = parse_period(code)
    if period.period_type != "quarter":
        raise ValueError(f"found '{code}', expected a quarter such as 2025Q4")
    year, number = _shifted(period.start.year, int(code[-1]), by)
    return quarter(year, number).code


def quarters(first: str, last: str) -> list[Period]:
    """All quarters from the first code to the last, both included; empty when the last is before the first."""
    found, code = [], first
    end = parse_period(last).end
    while parse_period(code).end <= end:
        found.append(parse_period(code))
        code = shift_quarter(code, 1)
    return found


def periods_of(frequency: str, time: str, calendar: Calendar) -> list[Period]:
    """The periods in which an indicator is scored: those that end within the programme.

    Rolling periods begin with the fourth quarter of the programme: before it four quarters do not exist.

    Args:
        frequency: `quarter`, `half_year` or `year`.
        time: `period`, `year_to_date`, `latest` or `rolling_4q`.
        calendar: the programme's first and last quarter.
    """
    step = QUARTERS_BETWEEN[frequency]
    within = quarters(calendar.first_quarter, calendar.last_quarter)
    if time == "rolling_4q":
        within = within[3:]
    ends = [period for period in within if int(period.code[-1]) % step == 0]
    return [_period_ending(period, frequency, time) for period in ends]


def _period_ending(last: Period, frequency: str, time: str) -> Period:
    year, number = last.start.year, int(last.code[-1])
    if time == "year_to_date":
        return year_to_date(year, number)
    if time == "rolling_4q":
        return rolling_four_quarters(year, number)
    return {"quarter": last, "half_year": half_year(year, (number + 1) // 2), "year": whole_year(year)}[frequency]


def all_periods(settings: Settings) -> set[Period]:
    """Every period of a programme, whatever its type; a fiscal year only where it lies wholly within."""
    calendar = settings.calendar
    whole = parse_period(PROGRAMME, calendar)
    ending = {
        period
        for time in ("period", "year_to_date", "rolling_4q")
        for frequency in QUARTERS_BETWEEN
        for period in periods_of(frequency, time, calendar)
    }
    fiscal = {
        fiscal_year(prefix, year, month)
        for prefix, month in settings.fiscal_years.items()
        for year in range(whole.start.year, whole.end.year + 1)
    }
    return {whole, *ending, *(each for each in fiscal if whole.start <= each.start and each.end <= whole.end)}


def periods_telling(indicator: Indicator, closed: Iterable[Period], is_snapshot: bool) -> list[Period]:
    """The periods, out of those that have ended, in which an indicator is told.

    A period tells an indicator that is at least as long as its frequency and ends where a value falls due. A yearly
    value is that of its wave, so that only periods of one year tell it. A year to date that is read from the row
    of a day holds what happened since 1 January, so that only periods that begin on that day tell it.

    Args:
        indicator: the indicator with its frequency and time.
        closed: every period that has ended; the programme as far as it has come is made of its quarters.
        is_snapshot: whether the rows of the indicator are states on a day, not events.
    """
    ended = [period for period in closed if period.period_type != PROGRAMME]
    told = [period for period in (*ended, *_so_far(indicator, ended)) if _tells(period, indicator.frequency)]
    if indicator.time == "year_to_date" and is_snapshot:
        told = [period for period in told if period.start == date(period.end.year, 1, 1)]
    return sorted(told)


def _so_far(indicator: Indicator, closed: Iterable[Period]) -> list[Period]:
    """The programme from its first quarter to the last closed one in which a value falls due."""
    ended = sorted(period for period in closed if period.period_type == "quarter")
    due = [period for period in ended if _is_due(period, indicator.frequency)]
    return [Period(ended[0].start, due[-1].end, PROGRAMME, PROGRAMME)] if due else []


def _tells(period: Period, frequency: str) -> bool:
    months = 3 * QUARTERS_BETWEEN[frequency]
    is_long_enough = period.months == months if frequency == "year" else period.months >= months
    return is_long_enough and _is_due(period, frequency)


def _is_due(period: Period, frequency: str) -> bool:
    return period.end.month % (3 * QUARTERS_BETWEEN[frequency]) == 0


def period_type_of(indicator: Indicator) -> str:
    """The type of period in which an indicator is scored: of its time where that spans, else its frequency."""
    return indicator.time if indicator.time in ("year_to_date", "rolling_4q") else indicator.frequency


def is_accumulating(indicator: Indicator) -> bool:
    """Whether a value grows while its period runs and then restarts; otherwise it is a level."""
    is_total = indicator.type in ("count", "milestone") and indicator.time == "period"
    return is_total or indicator.time == "year_to_date"
