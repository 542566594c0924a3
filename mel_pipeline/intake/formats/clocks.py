"""Columns of times as meeting tools write them, in either order of day and month.

Which order holds for a report belongs to `meetings.py`. Times of one usual shape are read all at once, as numbers;
others one by one, with the same result.
"""

import re
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.formats.date_serials import read_serial
from mel_pipeline.intake.words import visible, western_digits

_TIME = re.compile(
    r"(?P<first>\d{1,2})[/.-](?P<second_part>\d{1,2})[/.-](?P<year>\d{4}|\d{2}),?\s+"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[AaPp]\.?\s?[Mm]\.?|[صم])?"
)
_USUAL = r"^[0-9]{2}[/.-][0-9]{2}[/.-][0-9]{4} (?:0[1-9]|1[0-2]):[0-5][0-9]:[0-5][0-9] [AP]M$"
_USUAL_LENGTH = len("12/31/2025 11:59:59 PM")
_MOMENT = pa.timestamp("us")

Moments = np.ndarray[Any, np.dtype[np.datetime64]]


class Clocks:
    """One column of times; cells that are none are left as they are."""

    def __init__(self, cells: Coded) -> None:
        self._cells = cells
        texts = _texts(cells)
        is_usual = pc.fill_null(pc.match_substring_regex(texts, _USUAL), False).to_numpy(zero_copy_only=False)
        self._usual = np.flatnonzero(is_usual)
        self._others = np.flatnonzero(~is_usual)
        self._numbers = _numbers(texts.take(pa.array(self._usual)))
        self._odd = [_value(cells, int(place)) for place in self._others]

    def allow(self, is_day_first: bool) -> bool:
        """Whether every time in the rows can be read in that order."""
        usual = np.isnat(self._moments[is_day_first]) & self._is_used(self._usual)
        odd = self._is_used(self._others)
        return not usual.any() and all(
            _moment(cell, is_day_first) for cell, used in zip(self._odd, odd, strict=True) if used and match_time(cell)
        )

    @property
    def are_unclear(self) -> bool:
        """Whether any time in the rows reads differently in the two orders."""
        usual = (self._moments[True] != self._moments[False]) & self._is_used(self._usual)
        odd = self._is_used(self._others)
        return bool(usual.any()) or any(
            _moment(cell, True) != _moment(cell, False) for cell, used in zip(self._odd, odd, strict=True) if used
        )

    def read(self, is_day_first: bool) -> Coded:
        """The times in that order; what cannot be read stays as it is."""
        return self._read(is_day_first, keep=True)

    def swapped(self, is_day_first: bool) -> Coded:
        """The times in the other order; nothing for what cannot be read."""
        return self._read(not is_day_first, keep=False)

    def _read(self, is_day_first: bool, keep: bool) -> Coded:
        moments = self._moments[is_day_first]
        odd = [_moment(cell, is_day_first) or (cell if keep else None) for cell in self._odd]
        impossible = np.flatnonzero(np.isnat(moments))
        left = [_value(self._cells, int(self._usual[place])) if keep else None for place in impossible]
        places = np.empty(self._cells.n_distinct, np.int32)
        places[self._usual] = np.arange(len(moments))
        places[self._usual[impossible]] = len(moments) + np.arange(len(impossible))
        places[self._others] = len(moments) + len(impossible) + np.arange(len(self._others))
        return self._cells.recoded(places, pa.array(moments, _MOMENT), [*left, *odd])

    def _is_used(self, places: Any) -> Any:
        return self._cells.counts[places] > 0

    @cached_property
    def _moments(self) -> dict[bool, Moments]:
        first, second, year, seconds = self._numbers
        return {True: _moments(year, second, first, seconds), False: _moments(year, first, second, seconds)}


def match_time(cell: Cell) -> re.Match[str] | None:
    """The parts of a time as meeting tools write it."""
    return _TIME.fullmatch(western_digits(visible(cell))) if isinstance(cell, str) else None


def _value(cells: Coded, place: int) -> Cell:
    cell: Cell = Coded(np.array([place], np.int32), *cells.pieces)[0]
    return cell


def _texts(cells: Coded) -> pa.Array:
    """The different cells; nothing for those that are no texts."""
    return pa.concat_arrays(
        [
            piece
            if isinstance(piece, pa.Array) and pa.types.is_string(piece.type)
            else pa.array([cell if isinstance(cell, str) else None for cell in piece], pa.string())
            for piece in cells.pieces
        ]
    )


def _numbers(texts: pa.Array) -> tuple[Any, Any, Any, Any]:
    """First and second number, year, and seconds of the day, of times that are all of the usual shape."""
    characters = texts.buffers()[2] if len(texts) else b""
    signs = np.frombuffer(characters, np.uint8, len(texts) * _USUAL_LENGTH).reshape(-1, _USUAL_LENGTH)
    digits = {at: signs[:, at].astype(np.int64) - ord("0") for at in (0, 1, 3, 4, 6, 7, 8, 9, 11, 12, 14, 15, 17, 18)}
    number = {at: digits[at] * 10 + digits[at + 1] for at in (0, 3, 6, 8, 11, 14, 17)}
    is_afternoon = signs[:, _USUAL_LENGTH - 2] == ord("P")
    seconds = (number[11] % 12 + 12 * is_afternoon) * 3600 + number[14] * 60 + number[17]
    return number[0], number[3], number[6] * 100 + number[8], seconds


def _moments(year: Any, month: Any, day: Any, seconds: Any) -> Moments:
    """Points of time; not a time where no such day exists."""
    months = (year - 1970) * 12 + np.clip(month, 1, 12) - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1)
    is_day = (
        (day >= 1) & (month >= 1) & (month <= 12) & (year >= 1) & (days.astype("datetime64[M]").astype(int) == months)
    )
    moments = days.astype("datetime64[us]") + (seconds * 1_000_000).astype("timedelta64[us]")
    moments[~is_day] = np.datetime64("NaT")
    found: Moments = moments
    return found


def _moment(cell: Cell, is_day_first: bool) -> datetime | None:
    found = match_time(cell)
    if found is None:
        return read_serial(cell)
    first, second = int(found["first"]), int(found["second_part"])
    day, month = (first, second) if is_day_first else (second, first)
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    hour = _hour(int(found["hour"]), found["half"])
    if hour is None:
        return None
    try:
        return datetime(year, month, day, hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int | None:
    if not half:
        return hour
    return hour % 12 + (12 if half[0] in "Ppم" else 0) if 1 <= hour <= 12 else None
