"""Which field each question becomes, and whose answers are kept apart or left out: privacy first.

Free text is kept apart for officers; what may name, reach or place a person is not read at all. Whoever needs it
takes the name out of `privacy` in the drafted `source.yml`.
"""

import re
from datetime import date

from mel_pipeline.declarations.models.sources import FieldType
from mel_pipeline.intake.layout import choice_column
from mel_pipeline.intake.words import fold_header
from mel_pipeline.starting.draft_tables import DraftError, DraftField, DraftTable, Keeping
from mel_pipeline.starting.safe_names import safe_name
from mel_pipeline.starting.survey_data import DAYS, DataSheet, days_of
from mel_pipeline.starting.survey_form import FormQuestion, SurveyForm

TYPES: dict[str, FieldType] = {
    "select_one": "code",
    "select_one_from_file": "code",
    "select_multiple": "choices",
    "integer": "integer",
    "range": "number",
    "decimal": "number",
    "date": "date",
    "today": "date",
    "datetime": "datetime",
    "start": "datetime",
    "end": "datetime",
    "time": "time",
    "text": "text",
    "barcode": "text",
    "calculate": "number",
}
_KINDS_ABOUT_PERSONS = """
deviceid username phonenumber subscriberid simserial email audit gps geopoint geotrace geoshape start-geopoint
background-audio image audio video file
"""
PERSONAL_KINDS = frozenset(_KINDS_ABOUT_PERSONS.split())
"""Kinds of questions that place or record a person, or name a device."""
WITHOUT_ANSWER = frozenset({"note", "acknowledge", "trigger", "hidden", "xml-external", "csv-external"})
_WORDS_ABOUT_PERSONS = """
name names nom noms prenom surname firstname lastname phone phones telephone tel mobile whatsapp email mail courriel
address adresse signature passport latitude longitude lat lon lng gps geopoint birth birthdate birthday dob naissance
imei اسم هاتف عنوان
"""
_PERSONAL_WORDS = frozenset(_WORDS_ABOUT_PERSONS.split())
_NAMES = {"start": "started_at", "end": "ended_at"}
_RESERVED_FIELDS = ("submission_key", "parent_key", "row_key", "link_key", "submitted_at", "answered_on")


def add_fields(form: SurveyForm, table: DraftTable) -> None:
    """Give a table its fields, and the submissions their day.

    Raises:
        DraftError: the submissions have no day.
    """
    asked = [each for each in form.questions if each.repeat == table.repeat]
    asked = [each for each in asked if each.kind.casefold() not in WITHOUT_ANSWER]
    taken: set[str] = set(_RESERVED_FIELDS)
    plain = {safe_name(question.name) for question in asked if not _is_text(question)}
    fields: dict[str, DraftField] = {}
    # Texts come last: "which other?" makes way for the column of the choice "other".
    for question in sorted(asked, key=_is_text):
        field = _field(question, table.sheet, taken, plain)
        fields[question.path] = field
        taken |= {field.name, *field.columns.values()}
    table.fields += [fields[question.path] for question in asked]
    if table.parent is None:
        _add_day(table)


def _field(question: FormQuestion, sheet: DataSheet, taken: set[str], plain: set[str]) -> DraftField:
    kind = question.kind.casefold()
    is_in_data = bool({fold_header(text) for text in (question.name, *question.label.values())} & sheet.parts)
    keeping = keeping_of(question)
    field_type = TYPES.get(kind)
    if kind == "calculate":
        title = title_of(sheet, question)
        field_type = "number" if title is not None and sheet.is_numeric(title) else None
    if keeping == "dropped" or field_type is None or (field_type == "choices" and not question.choices):
        return DraftField(question, question.name, None, "dropped", is_in_data)
    name = _free_name(question, taken, plain)
    columns = {choice.code: choice_column(name, choice.code) for choice in question.choices}
    return DraftField(question, name, field_type, keeping, is_in_data, columns if field_type == "choices" else {})


def _free_name(question: FormQuestion, taken: set[str], plain: set[str]) -> str:
    """A name that nothing bears; columns of choices make way for questions that are named like them."""
    name = safe_name(_NAMES.get(question.kind, question.name))
    if name in taken:
        name = safe_name(f"{name}_text" if _is_text(question) else name, taken)
    number = 1
    while question.kind == "select_multiple" and _columns(name, question) & (taken | plain):
        number += 1
        name = safe_name(f"{question.name}_choice{number if number > 2 else ''}", taken)
    return name


def _is_text(question: FormQuestion) -> bool:
    return TYPES.get(question.kind.casefold()) == "text"


def _columns(name: str, question: FormQuestion) -> set[str]:
    return {choice_column(name, choice.code) for choice in question.choices}


def keeping_of(question: FormQuestion) -> Keeping:
    """Whether answers are kept, kept apart or not read, by the kind of the question and the words in its name."""
    kind = question.kind.casefold()
    if kind in PERSONAL_KINDS:
        return "dropped"
    words = set(re.split(r"[^\w]+|_", question.name.casefold()))
    if kind in ("text", "barcode", "integer", "date", "datetime", "decimal") and words & _PERSONAL_WORDS:
        return "dropped"
    return "restricted" if kind in ("text", "barcode") else "kept"


def _add_day(table: DraftTable) -> None:
    """The day of the interview: as the form asked it, else when it was begun, ended or sent."""
    by_kind = {field.question.kind: field for field in reversed(table.fields) if field.is_in_data}
    title = table.sheet.title(*DAYS)
    sent = FormQuestion(title, "datetime", {}) if title is not None else None
    if sent is not None:
        table.fields.append(DraftField(sent, "submitted_at", "datetime", "kept", True))
    for kind in ("today", "start", "end"):
        field = by_kind.get(kind)
        days = _days(table.sheet, field.question) if field is not None else []
        if field is not None and days:
            table.day, table.days = field.name, days
            return
    days = days_of(table.sheet.column(title)) if title is not None else []
    if not days:
        raise DraftError("no_day")
    table.day, table.days = "submitted_at", days


def _days(sheet: DataSheet, question: FormQuestion) -> list[date]:
    title = title_of(sheet, question)
    return days_of(sheet.column(title)) if title is not None else []


def title_of(sheet: DataSheet, question: FormQuestion) -> str | None:
    """The header of a question's column: its path, its name or a label, whatever stands between groups."""
    names = (question.path, question.path.replace("/", "."), question.path.replace("/", "-"), question.name)
    wanted = {fold_header(text) for text in (*names, *question.label.values())}
    return next((title for title in sheet.titles if fold_header(title) in wanted), None)
