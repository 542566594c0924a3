"""What lists of online meetings share: their layouts, and how each of them writes names, times and lengths of stay.

Which rows stand in a file belongs to `zoom_exports.py` and `teams_exports.py`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from mel_example.raw_files.sheets import Cell, CsvFile, RawRow, RawSheet
from mel_example.world import AttendanceRow, Person, World

_SECONDS_OF_HOUR, _SECONDS_OF_MINUTE = 3600, 60


@dataclass(frozen=True)
class OnlineLayout:
    """How one tool writes a list in one language.

    Attributes:
        constant: further columns, with what stands in them for a person with and without an e-mail.
        waiting: header of the column about the waiting room with the words for yes and no, where there is one.
        units: words after hours, minutes and seconds; without them the length is in whole minutes.
    """

    tool: Literal["zoom", "teams"]
    language: str
    headers: tuple[str, ...]
    name: str
    email: str
    join: str
    leave: str
    minutes: str
    constant: dict[str, tuple[str, str]] = field(default_factory=dict)
    waiting: tuple[str, str, str] | None = None
    has_block: bool = False
    is_day_first: bool = False
    is_twelve_hours: bool = True
    has_short_year: bool = False
    units: tuple[str, str, str] | None = None

    def clock(self, moment: datetime) -> str:
        """A moment as the tool spells it, in the event's time zone."""
        first, second = (moment.day, moment.month) if self.is_day_first else (moment.month, moment.day)
        if self.has_short_year:
            return f"{first}/{second}/{moment:%y}, {moment.hour % 12 or 12}:{moment:%M:%S %p}"
        hours = "%I:%M:%S %p" if self.is_twelve_hours else "%H:%M:%S"
        return f"{first:02d}/{second:02d}/{moment:%Y} {moment.strftime(hours)}"

    def length(self, join_at: datetime, leave_at: datetime) -> str:
        """How long a stay took."""
        seconds = int((leave_at - join_at).total_seconds())
        if self.units is None:
            return str(seconds // _SECONDS_OF_MINUTE)
        hours, rest = divmod(seconds, _SECONDS_OF_HOUR)
        numbers = (hours, *divmod(rest, _SECONDS_OF_MINUTE))
        return " ".join(f"{number}{unit}" for number, unit in zip(numbers, self.units, strict=True) if number) or "0s"

    def stay_cells(self, join_at: datetime, leave_at: datetime) -> dict[str, Cell]:
        """The cells that tell of a stay."""
        return {
            self.join: self.clock(join_at),
            self.leave: self.clock(leave_at),
            self.minutes: self.length(join_at, leave_at),
        }

    def row(self, name: str, email: str, stay: AttendanceRow) -> RawRow:
        """The row of one stay under a display name."""
        cells: dict[str, Cell] = {self.name: name, self.email: email}
        cells |= {header: words[0 if email else 1] for header, words in self.constant.items()}
        if self.waiting:
            cells[self.waiting[0]] = self.waiting[2]
        return RawRow(cells | self.stay_cells(*stay.times), stay)

    def with_days_first(self) -> "OnlineLayout":
        """The same layout in an account that writes the day before the month."""
        return replace(self, is_day_first=True)


@dataclass
class OnlineList(CsvFile):
    """The list of one online session; `preamble` stands above the table."""

    layout: OnlineLayout = field(kw_only=True)
    preamble: list[list[str]] = field(default_factory=list)

    @property
    def table(self) -> RawSheet:
        """The one table of the file."""
        return self.sheets[0]


def display_name(name: str, organisation: str) -> str:
    """What a guest types: the name, and the city after a dash."""
    return f"{name} - {organisation}"


def stay_rows(layout: OnlineLayout, stays: list[AttendanceRow], people: dict[int, Person]) -> list[RawRow]:
    """The rows of a session's stays."""
    return [
        layout.row(display_name(people[stay.person].name, stay.organisation), people[stay.person].email or "", stay)
        for stay in stays
    ]


def online_stays(world: World) -> dict[tuple[str, int], list[AttendanceRow]]:
    """The stays of each online session, by event and session."""
    stays: dict[tuple[str, int], list[AttendanceRow]] = {}
    for row in world.attendance:
        if row.mode == "online":
            stays.setdefault((row.event_code, row.session_no), []).append(row)
    return stays
