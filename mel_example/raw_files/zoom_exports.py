"""Participant lists as Zoom exports them: one CSV per session, one row per stay, with or without a meeting block."""

from datetime import datetime, timedelta

from mel_example.quarters import quarter_of
from mel_example.raw_files.online_lists import OnlineLayout, OnlineList, online_stays, stay_rows
from mel_example.raw_files.sheets import RawRow, RawSheet
from mel_example.register_records import Event, Session
from mel_example.world import AttendanceRow, World

_ENGLISH = (
    "Name (Original Name)",
    "User Email",
    "Join Time",
    "Leave Time",
    "Duration (Minutes)",
    "Guest",
)
_FRENCH = (
    "Nom (nom d'origine)",
    "E-mail de l'utilisateur",
    "Heure d'arrivée",
    "Heure de départ",
    "Durée (minutes)",
    "Invité",
)
_CONSENT, _WAITING = "Recording disclaimer response", "In Waiting Room"
_CONSENT_FR, _WAITING_FR = "Réponse à l'avis d'enregistrement", "En salle d'attente"
_BLOCK = ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"]

WITH_BLOCK = OnlineLayout("zoom", "en", _ENGLISH, *_ENGLISH[:5], constant={_ENGLISH[5]: ("No", "Yes")}, has_block=True)
WITH_WAITING_ROOM = OnlineLayout(
    "zoom",
    "en",
    (*_ENGLISH, _CONSENT, _WAITING),
    *_ENGLISH[:5],
    constant={_ENGLISH[5]: ("No", "Yes"), _CONSENT: ("OK", "OK")},
    waiting=(_WAITING, "Yes", "No"),
)
IN_FRENCH = OnlineLayout(
    "zoom",
    "fr",
    (*_FRENCH, _CONSENT_FR, _WAITING_FR),
    *_FRENCH[:5],
    constant={_FRENCH[5]: ("Non", "Oui"), _CONSENT_FR: ("OK", "OK")},
    waiting=(_WAITING_FR, "Oui", "Non"),
)
_TURNS = {0: WITH_WAITING_ROOM, 2: WITH_BLOCK, 4: IN_FRENCH, 6: WITH_BLOCK}
"""Layouts by the last digit of the event's number, counted to eight; events of other numbers meet in Teams."""


def zoom_files(world: World) -> list[OnlineList]:
    """One file per session in Zoom of which a list has arrived."""
    people = {person.number: person for person in world.people}
    events = {event.event_code: event for event in world.events}
    stays = online_stays(world)
    files = []
    for session in world.sessions:
        own = stays.get((session.event_code, session.session_no))
        layout = zoom_layout(session.event_code)
        if own and layout:
            files.append(zoom_file(events[session.event_code], session, layout, stay_rows(layout, own, people)))
    return files


def zoom_layout(event_code: str) -> OnlineLayout | None:
    """The layout of an event that meets in Zoom."""
    return _TURNS.get(int(event_code.rsplit("-", 1)[-1]) % 8)


def zoom_file(event: Event, session: Session, layout: OnlineLayout, rows: list[RawRow]) -> OnlineList:
    """The list of one session."""
    preamble = _block(event, session, layout, rows) if layout.has_block else []
    return OnlineList(
        source="event_attendance",
        path=f"attendance/{quarter_of(event.end_on).code}/{session.event_code}_s{session.session_no}_zoom.csv",
        received_on=event.end_on + timedelta(days=3),
        received_from=f"hub {event.hub_code}",
        sheets=[RawSheet(list(layout.headers), rows, header_row=len(preamble) + 1, language=layout.language)],
        has_byte_order_mark=True,
        layout=layout,
        preamble=preamble,
    )


def _block(event: Event, session: Session, layout: OnlineLayout, rows: list[RawRow]) -> list[list[str]]:
    opened = datetime.combine(session.session_on, session.starts_at)
    closed = opened + timedelta(minutes=session.planned_minutes)
    people = {row.subject.person for row in rows if isinstance(row.subject, AttendanceRow)}
    number = f"8{abs(opened.toordinal()):08d}{session.session_no:02d}"
    told = [number, event.title_en, layout.clock(opened), layout.clock(closed), "host@example.org"]
    return [_BLOCK, [*told, str(session.planned_minutes), str(len(people))], []]
