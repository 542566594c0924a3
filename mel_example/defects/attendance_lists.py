"""What planting in rows of attendance lists looks at: people, planned minutes, and how often somebody is on a list.

How the defects look belongs to the modules beside.
"""

from collections import Counter
from collections.abc import Callable
from typing import cast

from mel_example.defects.planting import Planting
from mel_example.raw_files.attendance_sheets import WORDS
from mel_example.raw_files.online_lists import OnlineLayout, OnlineList, display_name
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.register_records import Event
from mel_example.world import AttendanceRow, Person, World

SOURCE = "event_attendance"
Found = tuple[RawFile, RawSheet, RawRow]
Fits = Callable[[RawFile, RawSheet, RawRow], bool]


class Lists:
    """What planting in rows looks at: people, planned minutes, and how many rows a person has at a session."""

    def __init__(self, planting: Planting, world: World) -> None:
        self.planting = planting
        self.world = world
        self.people: dict[int, Person] = {person.number: person for person in world.people}
        self.events: dict[str, Event] = {event.event_code: event for event in world.events}
        self.planned = {(row.event_code, row.session_no): row.planned_minutes for row in world.sessions}
        self.rows_at_session = Counter((row.event_code, row.session_no, row.person) for row in world.attendance)

    def draw(self, count: int, fits: Fits) -> list[Found]:
        """Up to so many whole rows that fit; rows without a person never do."""

        def is_person(file: RawFile, sheet: RawSheet, row: RawRow) -> bool:
            return isinstance(row.subject, AttendanceRow) and fits(file, sheet, row)

        return self.planting.draw_up_to(SOURCE, count, is_person)

    def is_only_row(self, row: RawRow) -> bool:
        """Whether the person has an e-mail and no other row at the session."""
        stay = stay_of(row)
        is_only = self.rows_at_session[stay.event_code, stay.session_no, stay.person] == 1
        return is_only and self.people[stay.person].email is not None

    def is_only_stay(self, file: RawFile, row: RawRow) -> bool:
        """Whether it is the only row, and on a list of an online event."""
        return isinstance(file, OnlineList) and self.is_only_row(row)

    def write_place(self, file: RawFile, sheet: RawSheet, row: RawRow, place: str) -> None:
        """Writes another organisation into a row."""
        if isinstance(file, OnlineList):
            row.cells[file.layout.name] = display_name(self.people[stay_of(row).person].name, place)
        else:
            row.cells[WORDS[sheet.language].organisation_header] = place


def stay_of(row: RawRow) -> AttendanceRow:
    """The record of the world that a row tells of."""
    return cast(AttendanceRow, row.subject)


def layout_of(file: RawFile) -> OnlineLayout:
    """How the list of an online session is laid out."""
    return cast(OnlineList, file).layout
