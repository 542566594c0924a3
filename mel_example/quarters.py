"""The example year and its four quarters, as plain dates.

Only the calendar belongs here. The pipeline has its own; the example keeps this one so that its truth
never depends on the code it is there to check.
"""

import calendar
from dataclasses import dataclass
from datetime import date

YEAR = 2024
AS_OF = date(2025, 1, 31)


@dataclass(frozen=True)
class Quarter:
    """One calendar quarter, with its first and last day."""

    code: str
    start: date
    end: date

    def contains(self, day: date) -> bool:
        """Whether a day falls in the quarter, both ends included."""
        return self.start <= day <= self.end


def _quarter(number: int) -> Quarter:
    last_month = 3 * number
    last_day = calendar.monthrange(YEAR, last_month)[1]
    return Quarter(f"{YEAR}Q{number}", date(YEAR, last_month - 2, 1), date(YEAR, last_month, last_day))


QUARTERS = tuple(_quarter(number) for number in (1, 2, 3, 4))
YEAR_START = QUARTERS[0].start
YEAR_END = QUARTERS[-1].end


def quarter_of(day: date) -> Quarter:
    """The quarter of the example year that holds a day; ValueError for a day of another year."""
    for quarter in QUARTERS:
        if quarter.contains(day):
            return quarter
    raise ValueError(f"day is outside the example year: found {day}, expected {YEAR_START} to {YEAR_END}")


def months_before(day: date, months: int) -> date:
    """The same day some calendar months earlier, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last_day))
