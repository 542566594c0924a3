"""Participant lists as Zoom exports them: one CSV per session, one row per stay."""

from datetime import datetime, timedelta

from mel_example.quarters import quarter_of
from mel_example.raw_files.sheets import Cell, CsvFile, RawRow, RawSheet
from mel_example.world import AttendanceRow, Person, Session, World

NAME, EMAIL, JOIN, LEAVE, MINUTES, GUEST = HEADERS = [
    "Name (Original Name)",
    "User Email",
    "Join Time",
    "Leave Time",
    "Duration (Minutes)",
    "Guest",
]


def zoom_files(world: World) -> list[CsvFile]:
    """One file per session of which an online list has arrived."""
    people = {person.number: person for person in world.people}
    files = []
    for session in world.sessions:
        rows = [
            row
            for row in world.attendance
            if (row.event_code, row.session_no) == (session.event_code, session.session_no) and row.mode == "online"
        ]
        if rows:
            files.append(_file(session, [_row(row, people[row.person]) for row in rows], world))
    return files


def _file(session: Session, rows: list[RawRow], world: World) -> CsvFile:
    event = next(event for event in world.events if event.event_code == session.event_code)
    name = f"{session.event_code}_s{session.session_no}_zoom.csv"
    return CsvFile(
        source="event_attendance",
        path=f"attendance/{quarter_of(event.end_on).code}/{name}",
        received_on=event.end_on + timedelta(days=3),
        received_from=f"hub {event.hub_code}",
        sheets=[RawSheet(list(HEADERS), rows)],
        has_byte_order_mark=True,
    )


def _row(row: AttendanceRow, person: Person) -> RawRow:
    join_at, leave_at = row.times
    cells: dict[str, Cell] = {
        NAME: display_name(person.name, row.organisation),
        EMAIL: person.email or "",
        JOIN: zoom_time(join_at),
        GUEST: "No" if person.email else "Yes",
    }
    return RawRow(cells | stay_cells(join_at, leave_at), row)


def display_name(name: str, organisation: str) -> str:
    """What a guest types in Zoom: the name, and the city after a dash."""
    return f"{name} - {organisation}"


def zoom_time(moment: datetime) -> str:
    """A moment as Zoom spells it: month first, twelve hours, in the event's time zone."""
    return moment.strftime("%m/%d/%Y %I:%M:%S %p")


def stay_cells(join_at: datetime, leave_at: datetime) -> dict[str, Cell]:
    """The cells that tell when a stay ended and how many minutes it took."""
    minutes = int((leave_at - join_at).total_seconds() // 60)
    return {LEAVE: zoom_time(leave_at), MINUTES: str(minutes)}
