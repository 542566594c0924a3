"""The example's eleven quarters and the day as of which it is told, as plain dates.

Only the calendar belongs here. The pipeline has its own; the example keeps this one so that its truth
never depends on the code it is there to check.
"""

import calendar
from dataclasses import dataclass
from datetime import date

AS_OF = date(2026, 10, 31)


@dataclass(frozen=True)
class Quarter:
    """One calendar quarter, with its first and last day."""

    code: str
    start: date
    end: date

    @property
    def year(self) -> int:
        """The calendar year it lies in."""
        return self.start.year

    @property
    def place(self) -> int:
        """Its place in the year, from 0."""
        return (self.start.month - 1) // 3

    @property
    def year_start(self) -> date:
        """1 January of its year."""
        return date(self.start.year, 1, 1)

    def contains(self, day: date) -> bool:
        """Whether a day falls in the quarter, both ends included."""
        return self.start <= day <= self.end


def _quarter(year: int, number: int) -> Quarter:
    last_month = 3 * number
    last_day = calendar.monthrange(year, last_month)[1]
    return Quarter(f"{year}Q{number}", date(year, last_month - 2, 1), date(year, last_month, last_day))


QUARTERS = tuple(_quarter(2024 + index // 4, index % 4 + 1) for index in range(11))
FIRST_DAY = QUARTERS[0].start
LAST_DAY = QUARTERS[-1].end
YEARS = (2024, 2025, 2026)
WHOLE_YEARS = (2024, 2025)
"""Years that had ended on the day as of which the example is told."""


def quarter_of(day: date) -> Quarter:
    """The quarter of the example that holds a day; ValueError for a day outside."""
    for quarter in QUARTERS:
        if quarter.contains(day):
            return quarter
    raise ValueError(f"day is outside the example: found {day}, expected {FIRST_DAY} to {LAST_DAY}")


def months_before(day: date, months: int) -> date:
    """The same day some calendar months earlier, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last_day))
