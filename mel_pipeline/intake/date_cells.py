"""Dates and times as files hold them, kept as the local wall clock of whoever wrote them; never moved to UTC.

A day and a month that could be swapped are read where the other dates of the same column prove the order, and else not:
nobody is guessed at.
"""

import re
from datetime import date, datetime, time, timedelta

from mel_pipeline.intake.words import has_eastern_digits, visible, western_digits

EASTERN_DIGITS = "SV23"
DAY_MONTH_ORDER = "SV26"
YEARS = range(1900, 2101)
"""Years outside are typing mistakes or another calendar (1446 is a Hijri year)."""

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_HALF = r"(?: *(?P<half>[AaPp])\.?[Mm]\.?)?"
_OFFSET = r" *(?:Z|[+-]\d{2}:?\d{2})?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:[T ]+{_CLOCK}{_HALF}{_OFFSET})?")
_LOCAL = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<joint>[/.-])(?P<second_part>\d{{1,2}})(?P=joint)(?P<year>\d{{4}})"
    rf"(?:,? +{_CLOCK}{_HALF})?"
)
_TIME = re.compile(r"(?P<hour>\d{1,2}) ?[:hH] ?(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?" + _HALF)


def proved_order(cell: str) -> bool | None:
    """Whether the day stands first in a date that can be read in one order only; None for any other cell."""
    local = _LOCAL.fullmatch(western_digits(visible(cell)))
    first, second = (int(local["first"]), int(local["second_part"])) if local else (0, 0)
    return None if (first > 12) == (second > 12) else first > 12


def read_datetime(cell: object, day_first: bool | None = None) -> tuple[datetime | None, tuple[str, ...]]:
    """Read a point of local time; an offset says how the clock stood and is taken off, not applied.

    Args:
        cell: what stands in the file.
        day_first: the order of day and month where a date by itself does not tell it.
    """
    if isinstance(cell, datetime):
        return (cell.replace(tzinfo=None), ()) if cell.year in YEARS else (None, ())
    if isinstance(cell, date):
        return (datetime(cell.year, cell.month, cell.day), ()) if cell.year in YEARS else (None, ())
    if not isinstance(cell, str):
        return None, ()
    plain = western_digits(visible(cell))
    rules = (EASTERN_DIGITS,) if has_eastern_digits(cell) else ()
    iso = _ISO.fullmatch(plain)
    if iso:
        return _moment(iso, int(iso["month"]), int(iso["day"])), rules
    local = _LOCAL.fullmatch(plain)
    order = _day_and_month(local, day_first) if local else None
    if local is None or order is None:
        return None, ()
    return _moment(local, order[1], order[0]), (*rules, DAY_MONTH_ORDER)


def read_date(cell: object, day_first: bool | None = None) -> tuple[date | None, tuple[str, ...]]:
    """Read a local date; of a point of time, its day."""
    moment, rules = read_datetime(cell, day_first)
    return (moment.date() if moment else None), rules


def _day_and_month(local: re.Match[str], day_first: bool | None) -> tuple[int, int] | None:
    """Day and month where only one order is possible, or the order is known; points are never written month first."""
    first, second = int(local["first"]), int(local["second_part"])
    if local["joint"] == "." or first > 12 or first == second:
        return first, second
    if second > 12 or day_first is False:
        return second, first
    return (first, second) if day_first else None


def _moment(found: re.Match[str], month: int, day: int) -> datetime | None:
    hour = _hour(found)
    if hour is None or int(found["year"]) not in YEARS:
        return None
    microsecond = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    try:
        return datetime(
            int(found["year"]),
            month,
            day,
            hour,
            int(found["minute"] or 0),
            int(found["second"] or 0),
            microsecond,
        )
    except ValueError:
        return None


def _hour(found: re.Match[str]) -> int | None:
    hour = int(found["hour"] or 0)
    if not found["half"]:
        return hour
    return hour % 12 + (12 if found["half"] in "Pp" else 0) if 1 <= hour <= 12 else None


def read_time(cell: object) -> str | None:
    """Read a time of day as `HH:MM`, with seconds where there are any."""
    if isinstance(cell, timedelta):
        return _clock(datetime.min + cell) if timedelta() <= cell < timedelta(days=1) else None
    if isinstance(cell, (datetime, time)):
        return _clock(cell)
    found = _TIME.fullmatch(western_digits(visible(cell))) if isinstance(cell, str) else None
    hour = _hour(found) if found else None
    if found is None or hour is None:
        return None
    try:
        return _clock(time(hour, int(found["minute"]), int(found["second"] or 0)))
    except ValueError:
        return None


def _clock(moment: datetime | time) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
