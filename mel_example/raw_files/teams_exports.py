"""Attendance reports as Microsoft Teams exports them: UTF-16, tabs, three numbered sections, the account's language."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mel_example.quarters import quarter_of
from mel_example.raw_files.online_lists import OnlineLayout, OnlineList, online_stays, stay_rows
from mel_example.raw_files.sheets import RawRow, RawSheet
from mel_example.raw_files.zoom_exports import zoom_layout
from mel_example.register_records import Event, Session
from mel_example.world import AttendanceRow, World


@dataclass(frozen=True)
class _Words:
    """The words of a report around its table of stays."""

    sections: tuple[str, str, str]
    summary: tuple[str, str, str, str, str]
    participants: tuple[str, ...]


_WORDS = {
    "en": _Words(
        ("1. Summary", "2. Participants", "3. In-Meeting Activities"),
        ("Meeting title", "Attended participants", "Start time", "End time", "Meeting duration"),
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"),
    ),
    "fr": _Words(
        ("1. Résumé", "2. Participants", "3. Activités pendant la réunion"),
        ("Titre de la réunion", "Participants présents", "Heure de début", "Heure de fin", "Durée de la réunion"),
        (
            "Nom",
            "Première connexion",
            "Dernière déconnexion",
            "Durée de la réunion",
            "E-mail",
            "ID du participant (UPN)",
            "Rôle",
        ),
    ),
    "ar": _Words(
        ("1. ملخص", "2. المشاركون", "3. الأنشطة أثناء الاجتماع"),
        ("عنوان الاجتماع", "المشاركون الحاضرون", "وقت البدء", "وقت الانتهاء", "مدة الاجتماع"),
        (
            "الاسم",
            "أول انضمام",
            "آخر مغادرة",
            "المدة في الاجتماع",
            "البريد الإلكتروني",
            "معرف المشارك (UPN)",
            "الدور",
        ),
    ),
}


def _layout(language: str, stays: tuple[str, ...], role: str, **clock: object) -> OnlineLayout:
    name, join, leave, length, email, role_header = stays
    constant = {role_header: (role, role)}
    return OnlineLayout("teams", language, stays, name, email, join, leave, length, constant=constant, **clock)  # type: ignore[arg-type]


ENGLISH = _layout(
    "en",
    ("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
    "Presenter",
    has_short_year=True,
    units=("h", "m", "s"),
)
FRENCH = _layout(
    "fr",
    ("Nom", "Heure de connexion", "Heure de déconnexion", "Durée", "E-mail", "Rôle"),
    "Présentateur",
    is_day_first=True,
    is_twelve_hours=False,
    units=(" h", " min", " s"),
)
ARABIC = _layout(
    "ar",
    ("الاسم", "وقت الانضمام", "وقت المغادرة", "المدة", "البريد الإلكتروني", "الدور"),
    "مقدم",
    is_day_first=True,
    is_twelve_hours=False,
    units=(" س", " د", " ث"),
)


def teams_files(world: World) -> list[OnlineList]:
    """One report per session in Teams of which a list has arrived."""
    people = {person.number: person for person in world.people}
    events = {event.event_code: event for event in world.events}
    languages = {hub.hub_code: hub.language for hub in world.hubs}
    stays = online_stays(world)
    files = []
    for session in world.sessions:
        own = stays.get((session.event_code, session.session_no))
        if own and zoom_layout(session.event_code) is None:
            event = events[session.event_code]
            layout = teams_layout(event.event_code, languages[event.hub_code])
            files.append(teams_file(event, session, layout, stay_rows(layout, own, people)))
    return files


def teams_layout(event_code: str, language_of_hub: str) -> OnlineLayout:
    """English by turns with Arabic in hubs that report in Arabic, with French in the others."""
    if int(event_code.rsplit("-", 1)[-1]) % 4 == 1:
        return ENGLISH
    return ARABIC if language_of_hub == "ar" else FRENCH


def teams_file(event: Event, session: Session, layout: OnlineLayout, rows: list[RawRow]) -> OnlineList:
    """The report of one session; its table is the third section."""
    preamble = _preamble(event, session, layout, rows)
    return OnlineList(
        source="event_attendance",
        path=f"attendance/{quarter_of(event.end_on).code}/{session.event_code}_s{session.session_no}_teams.csv",
        received_on=event.end_on + timedelta(days=4),
        received_from=f"hub {event.hub_code}",
        sheets=[RawSheet(list(layout.headers), rows, header_row=len(preamble) + 1, language=layout.language)],
        delimiter="\t",
        layout=layout,
        preamble=preamble,
    )


def _preamble(event: Event, session: Session, layout: OnlineLayout, rows: list[RawRow]) -> list[list[str]]:
    """Summary and participants: sections 1 and 2, and the title of section 3."""
    words = _WORDS[layout.language]
    opened = datetime.combine(session.session_on, session.starts_at)
    closed = opened + timedelta(minutes=session.planned_minutes)
    people = _participants(layout, rows)
    told = (
        event.title(layout.language),
        str(len(people)),
        layout.clock(opened),
        layout.clock(closed),
        layout.length(opened, closed),
    )
    summary = [list(pair) for pair in zip(words.summary, told, strict=True)]
    return [
        [words.sections[0]],
        *summary,
        [],
        [words.sections[1]],
        list(words.participants),
        *people,
        [],
        [words.sections[2]],
    ]


def _participants(layout: OnlineLayout, rows: list[RawRow]) -> list[list[str]]:
    """One line per person: first arrival, last departure, and the time from one to the other."""
    own: dict[int, list[RawRow]] = {}
    for row in rows:
        if isinstance(row.subject, AttendanceRow):
            own.setdefault(row.subject.person, []).append(row)
    return [_participant(layout, stays) for stays in own.values()]


def _participant(layout: OnlineLayout, rows: list[RawRow]) -> list[str]:
    times = [row.subject.times for row in rows if isinstance(row.subject, AttendanceRow)]
    joined, left = min(join for join, _ in times), max(leave for _, leave in times)
    first = rows[0].cells
    email = str(first[layout.email] or "")
    role = next(str(first[header]) for header in layout.constant)
    length = layout.length(joined, left)
    return [str(first[layout.name]), layout.clock(joined), layout.clock(left), length, email, email, role]
