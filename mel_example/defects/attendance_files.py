"""Defects of whole attendance files: restarted meetings, corrected lists, swapped dates, lists of no event, copies."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from mel_example.defects.planting import Planting
from mel_example.generate.events import UNREGISTERED_EVENT
from mel_example.places import SAME_NAME
from mel_example.quarters import QUARTERS, quarter_of
from mel_example.raw_files import attendance_sheets
from mel_example.raw_files.online_lists import OnlineList, stay_rows
from mel_example.raw_files.sheets import RawFile, RawRow, SigninBook
from mel_example.raw_files.teams_exports import teams_file
from mel_example.raw_files.zoom_exports import zoom_file
from mel_example.register_records import Event, Session
from mel_example.world import AttendanceRow, Person, World

_RESTARTS = 3
_CORRECTED_ONLINE, _CORRECTED_ON_PAPER = 2, 1
_SWAPPED = 2
_COPIES = 3
_OTHER_ZONES, _BEHIND = 1, timedelta(hours=5)
_WRONG_EVENTS = 1
_FEWEST_ROWS = 5
_GUESTS_OF_NO_EVENT = 12
_CORRECTED = ("_v2", "_FINAL2")
_File = TypeVar("_File", OnlineList, SigninBook)


def plant_file_defects(planting: Planting, world: World) -> None:
    """AT17, AT19, AT20, AT22, AT23 and AT24, in files that are whole: none of them is broken any further."""
    _wrong_event(planting, world)
    _days_before_months(planting, world)
    _other_time_zone(planting, world)
    _restarted_meetings(planting, world)
    _corrected_lists(planting)
    _list_of_no_event(planting, world)


def _whole(planting: Planting, kind: type[_File]) -> list[_File]:
    """Files of a kind with enough rows, none of which has been touched."""
    return [
        file
        for file in planting.files
        if isinstance(file, kind)
        and all(len(sheet.rows) >= _FEWEST_ROWS for sheet in file.sheets)
        and all(planting.is_whole(row) for sheet in file.sheets for row in sheet.rows)
    ]


def _draw(planting: Planting, files: Sequence[_File], count: int) -> list[_File]:
    """Some of the files, whose rows are then kept from other defects."""
    drawn = planting.rng.sample(list(files), min(count, len(files)))
    for file in drawn:
        _keep(planting, file)
    return drawn


def _keep(planting: Planting, file: RawFile) -> None:
    for sheet in file.sheets:
        for row in sheet.rows:
            planting.keep(row)


def _session_of(file: OnlineList, world: World) -> tuple[Event, Session]:
    stay = _stays(file)[0]
    event = next(event for event in world.events if event.event_code == stay.event_code)
    sessions = (each for each in world.sessions if each.event_code == stay.event_code)
    return event, next(each for each in sessions if each.session_no == stay.session_no)


def _stays(file: OnlineList) -> list[AttendanceRow]:
    return [row.subject for row in file.table.rows if isinstance(row.subject, AttendanceRow)]


def _replace_file(planting: Planting, old: RawFile, *new: RawFile) -> None:
    planting.files = [*(file for file in planting.files if file is not old), *new]
    for file in new:
        _keep(planting, file)


def _days_before_months(planting: Planting, world: World) -> None:
    """AT19: an American layout with British dates; only the register tells that 05/06 is the fifth of June."""
    people = {person.number: person for person in world.people}
    american = [
        file for file in _whole(planting, OnlineList) if file.layout.tool == "teams" and file.layout.language == "en"
    ]
    fitting = [file for file in american if _could_be_swapped(_session_of(file, world)[1])]
    for file in _draw(planting, fitting, _SWAPPED):
        event, session = _session_of(file, world)
        layout = file.layout.with_days_first()
        swapped = teams_file(event, session, layout, stay_rows(layout, _stays(file), people))
        _replace_file(planting, file, swapped)
        for row in swapped.table.rows:
            planting.note(swapped, swapped.table, row, "AT19", "repair")
            planting.note(swapped, swapped.table, row, "AT19-LEAVE", "repair")


def _other_time_zone(planting: Planting, world: World) -> None:
    """AT17: the account runs on a clock that is five hours behind; how long people stayed is the same."""
    online = {event.event_code for event in world.events if event.mode == "online"}
    fitting = [file for file in _whole(planting, OnlineList) if _session_of(file, world)[0].event_code in online]
    for file in _draw(planting, fitting, _OTHER_ZONES):
        for row, stay in zip(file.table.rows, _stays(file), strict=True):
            join_at, leave_at = stay.times
            row.cells |= file.layout.stay_cells(join_at - _BEHIND, leave_at - _BEHIND)
            planting.note(file, file.table, row, "AT17", "warn")


def _wrong_event(planting: Planting, world: World) -> None:
    """AT23: a list bears the code of another event, on whose days nobody of it joined; all of it is set aside."""
    sessions = {(each.event_code, each.session_no): each for each in world.sessions}
    for file in _draw(planting, _whole(planting, OnlineList), _WRONG_EVENTS):
        event, session = _session_of(file, world)
        others = [
            other
            for other in world.events
            if other.status == "delivered"
            and other.mode == "in_person"
            and quarter_of(other.end_on) == quarter_of(event.end_on)
            and abs(other.start_on - session.session_on) > timedelta(days=4)
            and sessions[other.event_code, 1].planned_minutes >= session.planned_minutes
        ]
        if not others:
            continue
        other = planting.rng.choice(others)
        own = f"{event.event_code}_s{session.session_no}"
        file.path = file.path.replace(own, f"{other.event_code}_s1")
        for row, stay in zip(file.table.rows, _stays(file), strict=True):
            row.verdict = "quarantined"
            planting.losses.nobodies.add(stay)
            planting.note(file, file.table, row, "AT23", "quarantine")


def _could_be_swapped(session: Session) -> bool:
    on = session.session_on
    return on.day <= 12 and on.day != on.month


def _restarted_meetings(planting: Planting, world: World) -> None:
    """AT20: the meeting was started again, and each start made a report of its own."""
    people = {person.number: person for person in world.people}
    for file in _draw(planting, _whole(planting, OnlineList), _RESTARTS):
        event, session = _session_of(file, world)
        opened = datetime.combine(session.session_on, session.starts_at)
        cut = opened + timedelta(minutes=session.planned_minutes // 2)
        before, after = _cut(_stays(file), cut)
        if not before or not after:
            continue
        make = teams_file if file.layout.tool == "teams" else zoom_file
        first = make(event, session, file.layout, stay_rows(file.layout, before, people))
        second = make(event, session, file.layout, stay_rows(file.layout, after, people))
        stem, ending = second.path.rsplit(".", 1)
        second.path = f"{stem}_2.{ending}"
        _replace_file(planting, file, first, second)
        planting.note(second, second.table, second.table.rows[0], "AT20", "repair")


def _cut(stays: Sequence[AttendanceRow], cut: datetime) -> tuple[list[AttendanceRow], list[AttendanceRow]]:
    """The stays before and after a moment; one that lasts over it is in both lists, without a gap."""
    before, after = [], []
    for stay in stays:
        join_at, leave_at = stay.times
        if join_at < cut:
            before.append(replace(stay, leave_at=min(leave_at, cut)))
        if leave_at > cut:
            after.append(replace(stay, join_at=max(join_at, cut)))
    return before, after


def _corrected_lists(planting: Planting) -> None:
    """AT22: a list is sent again, corrected and under a name that says so; the first version was incomplete."""
    online = _draw(planting, _whole(planting, OnlineList), _CORRECTED_ONLINE)
    on_paper = _draw(planting, _whole(planting, SigninBook), _CORRECTED_ON_PAPER)
    files: list[OnlineList | SigninBook] = [*online, *on_paper]
    for number, file in enumerate(files):
        first = _first_version(file)
        stem, ending = file.path.rsplit(".", 1)
        file.path = f"{stem}{_CORRECTED[number % len(_CORRECTED)]}.{ending}"
        file.received_on += timedelta(days=6)
        _replace_file(planting, file, first, file)
        for sheet in first.sheets:
            for row in sheet.rows:
                planting.note(first, sheet, row, "AT22", "repair")


def _first_version(file: RawFile) -> RawFile:
    """The same file without the last two people of each sheet; all of its rows are replaced later."""
    first = copy(file)
    first.sheets = [
        replace(sheet, rows=[RawRow(dict(row.cells), verdict="dropped") for row in sheet.rows[:-2]])
        for sheet in file.sheets
    ]
    return first


def _list_of_no_event(planting: Planting, world: World) -> None:
    """AT24: a sign-in workbook whose file name bears a code that the register does not know."""
    people = {person.number: person for person in world.people}
    delivered = [event for event in world.events if event.status == "delivered"]
    model = next(event for event in reversed(delivered) if quarter_of(event.end_on) in QUARTERS)
    event = replace(model, event_code=UNREGISTERED_EVENT, end_on=model.start_on)
    with_email = [person for person in world.people if person.email and person.city_code not in SAME_NAME]
    guests = planting.rng.sample(with_email, min(_GUESTS_OF_NO_EVENT, len(with_email)))
    book = attendance_sheets.signin_book(event, [_signed(event, person) for person in guests], people, "fr")
    _replace_file(planting, book, book)
    for row in book.sheets[0].rows:
        row.verdict = "quarantined"
        planting.note(book, book.sheets[0], row, "AT24", "quarantine")


def _signed(event: Event, person: Person) -> AttendanceRow:
    return AttendanceRow(
        event_code=event.event_code,
        session_no=1,
        person=person.number,
        mode="in_person",
        organisation=person.organisations[0],
        city_code=person.city_code,
        sex=person.sex,
        age=person.age,
        stakeholder_type=person.stakeholder_type,
        is_signed=True,
    )


def plant_file_copies(planting: Planting) -> None:
    """AT21: a list is sent twice under another name; the copy, received later, adds nothing."""
    online = [file for file in planting.files if isinstance(file, OnlineList) and _counts(file)]
    for file in planting.rng.sample(online, min(_COPIES, len(online))):
        twin = copy(file)
        stem, ending = file.path.rsplit(".", 1)
        twin.path = f"{stem} (1).{ending}"
        twin.received_on += timedelta(days=2)
        twin.sheets = [
            replace(sheet, rows=[RawRow(row.cells, verdict="dropped") for row in sheet.rows]) for sheet in file.sheets
        ]
        planting.files.append(twin)
        planting.note(twin, twin.table, None, "AT21", "repair")


def _counts(file: OnlineList) -> bool:
    return any(row.verdict == "accepted" for row in file.table.rows)
