"""The closed periods about which true values are told, whatever their type, by first and last day.

Only the calendar of the values belongs here; what happened in a period is the affair of the indicators' modules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mel_example.quarters import QUARTERS, Quarter

QUARTERLY, HALF_YEARLY, YEARLY = 1, 2, 4
"""How many quarters lie between two values of an indicator."""

FISCAL_YEARS = {"US": 10, "GB": 4, "AU": 7}
"""First month of the fiscal years in which donors count; each is named by the year in which it ends."""


@dataclass(frozen=True)
class Window:
    """One period, made of whole quarters; both days belong to it."""

    period_type: str
    code: str
    quarters: tuple[Quarter, ...]

    @property
    def start(self) -> date:
        """Its first day."""
        return self.quarters[0].start

    @property
    def end(self) -> date:
        """Its last day."""
        return self.quarters[-1].end

    @property
    def is_within_a_year(self) -> bool:
        """Whether it runs from 1 January to a day of the same year."""
        return self.start == date(self.end.year, 1, 1)

    def contains(self, day: date) -> bool:
        """Whether a day falls in the period, both ends included."""
        return self.start <= day <= self.end


def windows(every: int = QUARTERLY) -> list[Window]:
    """The periods in which an indicator is told that has a value every so many quarters.

    A period tells it that is at least that long and ends where a value falls due. A yearly value is that of its wave,
    so that only periods of one year tell it.
    """
    return [
        window
        for window in (*_calendar_windows(), *_fiscal_windows(), _programme(every))
        if _tells(window, every)
    ]  # fmt: skip


def _tells(window: Window, every: int) -> bool:
    is_due = (window.quarters[-1].place + 1) % every == 0
    length = len(window.quarters)
    return is_due and (length == YEARLY if every == YEARLY else length >= every)


def _calendar_windows() -> Iterator[Window]:
    for place, quarter in enumerate(QUARTERS):
        so_far = QUARTERS[place - quarter.place : place + 1]
        yield Window("quarter", quarter.code, (quarter,))
        yield Window("year_to_date", f"{quarter.code}-ytd", so_far)
        if place >= 3:
            yield Window("rolling_4q", f"{quarter.code}-r4", QUARTERS[place - 3 : place + 1])
        if quarter.place in (1, 3):
            half = (quarter.place + 1) // 2
            yield Window("half_year", f"{quarter.year}H{half}", QUARTERS[place - 1 : place + 1])
        if quarter.place == 3:
            yield Window("year", str(quarter.year), so_far)


def _fiscal_windows() -> Iterator[Window]:
    for prefix, month in FISCAL_YEARS.items():
        for place in range(3, len(QUARTERS)):
            run = QUARTERS[place - 3 : place + 1]
            if run[0].start.month == month:
                yield Window("fiscal_year", f"{prefix}-FY{run[-1].year}", run)


def _programme(every: int) -> Window:
    """The programme as far as it has come, to the last day on which a value fell due."""
    due = [place for place, quarter in enumerate(QUARTERS) if (quarter.place + 1) % every == 0]
    return Window("programme", "programme", QUARTERS[: due[-1] + 1])
