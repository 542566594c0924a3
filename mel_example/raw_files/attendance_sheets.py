"""Sign-in workbooks of events in person: one sheet a day, in French, Arabic or English.

Only what stands in the cells belongs here; how the workbook is laid out belongs to `workbooks.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from mel_example.quarters import quarter_of
from mel_example.raw_files.sheets import RawRow, RawSheet, SigninBook
from mel_example.register_records import Event
from mel_example.world import AttendanceRow, Person, World

HEADER_ROW = 5


@dataclass(frozen=True)
class SigninWords:
    """The words of a sign-in sheet in one language."""

    headers: tuple[str, str, str, str, str, str, str, str, str]
    day_names: tuple[str, str]
    title: str
    sexes: dict[str, str]
    stakeholder_types: dict[str, str]
    signature: str

    @property
    def name_header(self) -> str:
        """Header of the column of names."""
        return self.headers[1]

    @property
    def number_header(self) -> str:
        """Header of the column of running numbers."""
        return self.headers[0]

    @property
    def sex_header(self) -> str:
        """Header of the column of sexes."""
        return self.headers[4]

    @property
    def email_header(self) -> str:
        """Header of the column of e-mail addresses."""
        return self.headers[6]

    @property
    def signature_header(self) -> str:
        """Header of the column of signatures."""
        return self.headers[8]

    @property
    def organisation_header(self) -> str:
        """Header of the column of institutions and cities."""
        return self.headers[3]


_TYPES = ("mayor", "local_official", "civil_society", "youth", "national_government", "other")


def _types(*labels: str) -> dict[str, str]:
    return dict(zip(_TYPES, labels, strict=True))


WORDS = {
    "fr": SigninWords(
        headers=(
            "N°",
            "Nom et prénom",
            "Fonction",
            "Institution / Ville",
            "Sexe",
            "Âge",
            "E-mail",
            "Téléphone",
            "Signature",
        ),
        day_names=("Jour 1", "Jour 2"),
        title="Feuille de présence",
        sexes={"female": "F", "male": "M", "another": "Autre"},
        stakeholder_types=_types(
            "Maire",
            "Agent municipal",
            "Société civile",
            "Représentant des jeunes",
            "Gouvernement national",
            "Autre",
        ),
        signature="X",
    ),
    "ar": SigninWords(
        headers=(
            "الرقم",
            "الاسم الكامل",
            "المنصب",
            "الجهة / المدينة",
            "الجنس",
            "العمر",
            "البريد الإلكتروني",
            "الهاتف",
            "التوقيع",
        ),
        day_names=("اليوم 1", "اليوم 2"),
        title="ورقة الحضور",
        sexes={"female": "أنثى", "male": "ذكر", "another": "آخر"},
        stakeholder_types=_types(
            "رئيس البلدية", "موظف محلي", "المجتمع المدني", "ممثل الشباب", "الحكومة الوطنية", "أخرى"
        ),
        signature="✓",
    ),
    "en": SigninWords(
        headers=(
            "No.",
            "Full name",
            "Function",
            "Organisation / City",
            "Sex",
            "Age",
            "E-mail",
            "Phone",
            "Signature",
        ),
        day_names=("Day 1", "Day 2"),
        title="Attendance sheet",
        sexes={"female": "F", "male": "M", "another": "Another"},
        stakeholder_types=_types(
            "Mayor", "Local official", "Civil society", "Youth representative", "National government", "Other"
        ),
        signature="X",
    ),
}


def signin_files(world: World) -> list[SigninBook]:
    """One workbook per event of which a list on paper has arrived."""
    people = {person.number: person for person in world.people}
    languages = {hub.hub_code: hub.language for hub in world.hubs}
    on_paper: dict[str, list[AttendanceRow]] = {}
    for row in world.attendance:
        if row.mode == "in_person":
            on_paper.setdefault(row.event_code, []).append(row)
    return [
        signin_book(event, on_paper[event.event_code], people, signin_language(event, languages[event.hub_code]))
        for event in world.events
        if event.event_code in on_paper
    ]


def signin_language(event: Event, language_of_hub: str) -> str:
    """The language of the template that a hub takes: French everywhere, by turns with its own."""
    return language_of_hub if event.end_on.day % 2 else "fr"


def signin_book(event: Event, rows: Iterable[AttendanceRow], people: dict[int, Person], language: str) -> SigninBook:
    """The workbook of one event, one sheet per session."""
    rows_by_session: dict[int, list[AttendanceRow]] = {}
    for row in rows:
        rows_by_session.setdefault(row.session_no, []).append(row)
    return SigninBook(
        source="event_attendance",
        path=f"attendance/{quarter_of(event.end_on).code}/{event.event_code}_signin.xlsx",
        received_on=event.end_on + timedelta(days=9),
        received_from=f"hub {event.hub_code}",
        sheets=[
            _sheet(event, session_no, rows_by_session[session_no], people, language)
            for session_no in sorted(rows_by_session)
        ],
    )


def _sheet(
    event: Event, session_no: int, rows: list[AttendanceRow], people: dict[int, Person], language: str
) -> RawSheet:
    words = WORDS[language]
    on = event.start_on + timedelta(days=session_no - 1)
    return RawSheet(
        headers=list(words.headers),
        rows=[_row(number, row, people[row.person], words) for number, row in enumerate(rows, start=1)],
        name=words.day_names[session_no - 1],
        header_row=HEADER_ROW,
        language=language,
        title_lines=[words.title, f"{event.event_code} · {event.title(language)}", on.strftime("%d/%m/%Y")],
    )


def _row(number: int, row: AttendanceRow, person: Person, words: SigninWords) -> RawRow:
    """One line of the sheet; telephone numbers belong to no network, their column is to be dropped."""
    cells = (
        number,
        person.name,
        words.stakeholder_types.get(row.stakeholder_type or ""),
        row.organisation,
        words.sexes.get(row.sex or ""),
        row.age,
        person.email,
        f"000-555-{person.number:04d}",
        words.signature if row.is_signed else None,
    )
    return RawRow(dict(zip(words.headers, cells, strict=True)), row)
