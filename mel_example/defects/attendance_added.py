"""Defects that add rows to online lists: second devices, waiting rooms, robots and interpreters, whole rooms."""

from collections.abc import Sequence
from datetime import timedelta

from mel_example.defects.attendance_lists import Found, Lists, layout_of, stay_of
from mel_example.places import SAME_NAME
from mel_example.raw_files.online_lists import OnlineList, display_name
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.world import AttendanceRow

_SECOND_DEVICES = 4
_WAITING = 5
_ROBOTS = ("Otter.ai", "Interprète FR", "Read.ai meeting notes", "Interpreter AR")
_ROOMS = ("Salle Municipalité", "Conference room 2", "قاعة البلدية")
_FIRST_ROOM = 10_000_000
"""Numbers of rooms among people; nobody in the world has so high a number."""


def plant_added_rows(lists: Lists) -> None:
    """AT06 to AT09."""
    _second_devices(lists)
    _waiting_rooms(lists)
    _robots(lists)
    _rooms(lists)


def _add(lists: Lists, found: Found, name: str, email: str, stay: AttendanceRow) -> RawRow:
    """Adds a row to the list in which another row was found."""
    row = layout_of(found[0]).row(name, email, stay)
    found[1].rows.append(row)
    lists.planting.keep(row)
    return row


def _second_devices(lists: Lists) -> None:
    """AT06: a telephone beside the computer; its minutes lie within those of the computer."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        if not lists.is_only_stay(file, row):
            return False
        join_at, leave_at = stay_of(row).times
        return leave_at - join_at >= timedelta(minutes=30)

    for found in lists.draw(_SECOND_DEVICES, fits):
        stay = stay_of(found[2])
        person = lists.people[stay.person]
        row = _add(lists, found, display_name(person.name, stay.organisation), person.email or "", stay)
        join_at, leave_at = stay.times
        minutes = timedelta(minutes=5)
        row.cells |= layout_of(found[0]).stay_cells(join_at + minutes, leave_at - minutes)
        row.verdict = "dropped"
        lists.planting.note(found[0], found[1], row, "AT06", "repair")


def _waiting_rooms(lists: Lists) -> None:
    """AT07: the list also tells how long somebody waited to be let in."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return isinstance(file, OnlineList) and file.layout.waiting is not None and lists.is_only_row(row)

    for found in lists.draw(_WAITING, fits):
        stay, layout = stay_of(found[2]), layout_of(found[0])
        person = lists.people[stay.person]
        row = _add(lists, found, display_name(person.name, stay.organisation), person.email or "", stay)
        join_at, _ = stay.times
        row.cells |= layout.stay_cells(join_at - timedelta(minutes=25), join_at)
        if layout.waiting:
            row.cells[layout.waiting[0]] = layout.waiting[1]
        row.verdict = "dropped"
        lists.planting.note(found[0], found[1], row, "AT07", "repair")


def _some_lists(lists: Lists, count: int) -> Sequence[Found]:
    """Up to so many online lists that are whole, each with one of its rows, which stays as it is."""
    drawn = lists.draw(
        count, lambda file, _s, row: isinstance(file, OnlineList) and stay_of(row).city_code not in SAME_NAME
    )
    return list({id(found[0]): found for found in drawn}.values())


def _robots(lists: Lists) -> None:
    """AT08: interpreters and recording robots are on the list; they are no participants."""
    for found, name in zip(_some_lists(lists, len(_ROBOTS)), _ROBOTS, strict=False):
        row = _add(lists, found, name, "", stay_of(found[2]))
        row.verdict = "dropped"
        lists.planting.note(found[0], found[1], row, "AT08", "repair")


def _rooms(lists: Lists) -> None:
    """AT09: people sit together in a room that joined as one; it counts as one person of that city."""
    for number, (found, name) in enumerate(zip(_some_lists(lists, len(_ROOMS)), _ROOMS, strict=False)):
        beside = stay_of(found[2])
        room = AttendanceRow(
            event_code=beside.event_code,
            session_no=beside.session_no,
            person=_FIRST_ROOM + number,
            mode="online",
            organisation=beside.organisation,
            city_code=beside.city_code,
            join_at=beside.join_at,
            leave_at=beside.leave_at,
        )
        lists.planting.losses.rooms.append(room)
        row = _add(lists, found, display_name(name, beside.organisation), "", room)
        lists.planting.note(found[0], found[1], row, "AT09", "warn")
