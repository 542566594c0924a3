"""What every export of KoboToolbox has in common: headers, labels or codes of answers, and the columns around them.

Which files there are, and what was answered, belong to the module of each questionnaire.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache

from mel_example.answers import Submission
from mel_example.form import Form, Question, choices, questions
from mel_example.raw_files.sheets import Cell, RawSheet
from mel_example.world import LANGUAGES, SurveyAnswer

CODES = "xml"
"""Stands for a language where an export holds codes and the paths of questions, not words."""
BEFORE = ("start", "end", "today")
SUBMISSION_TIME = "_submission_time"
VALIDATION_STATUS = "_validation_status"
AFTER = ("_id", "_uuid", SUBMISSION_TIME, VALIDATION_STATUS, "_submitted_by", "__version__", "_index")
Answers = Mapping[str, str | tuple[str, ...]]
"""What was answered, by the path of the question, in codes; several codes where several could be chosen."""


Sent = SurveyAnswer | Submission


def all_headers(form: Form, language: str) -> list[str]:
    """Headers of a whole export, in a language or as codes."""
    return [*BEFORE, *question_headers(form, language), *AFTER]


def question_headers(form: Form, language: str) -> list[str]:
    """Headers of the questions; a multiple choice has its text and a column per choice."""
    headers = []
    for question in questions(form):
        headers.append(header_of(question, language))
        if question.type.startswith("select_multiple"):
            headers += _choice_headers(form, question, language).values()
    return headers


def header(form: Form, path: str, language: str) -> str:
    """The header of one question."""
    return header_of(next(question for question in questions(form) if question.path == path), language)


def header_of(question: Question, language: str) -> str:
    """The header of a question: its text in a language, or its path."""
    return question.path if language == CODES else _label(question.label, language)


def choice_header(form: Form, path: str, choice: str, language: str) -> str:
    """The header of one choice of a multiple choice."""
    question = next(question for question in questions(form) if question.path == path)
    return _choice_headers(form, question, language)[choice]


def labels(form: Form, choice_list: str, language: str) -> dict[str, str]:
    """How an export writes the choices of a list, by code."""
    return _labels(form, choice_list, language)


@cache
def _labels(form: Form, choice_list: str, language: str) -> dict[str, str]:
    return {
        choice.name: choice.name if language == CODES else _label(choice.label, language)
        for choice in choices(form)
        if choice.list_name == choice_list
    }


def _label(label: tuple[str, str, str], language: str) -> str:
    return label[LANGUAGES.index(language)]


def _choice_headers(form: Form, question: Question, language: str) -> dict[str, str]:
    prefix = header_of(question, language)
    return {name: f"{prefix}/{label}" for name, label in labels(form, question.choice_list, language).items()}


def cells_of(sent: Sent, version: str, form: Form, answers: Answers, language: str) -> dict[str, Cell]:
    """All cells of one submission."""
    zone = timezone(timedelta(minutes=sent.utc_offset))
    cells: dict[str, Cell] = {
        "start": local_time(sent.started_at, zone),
        "end": local_time(sent.ended_at, zone),
        "today": sent.started_at.date().isoformat(),
        "_id": str(sent.submission_number),
        "_uuid": sent.submission_uuid,
        SUBMISSION_TIME: sent.submitted_at.isoformat(timespec="seconds"),
        VALIDATION_STATUS: "Approved",
        "_submitted_by": "",
        "__version__": version,
    }
    for question in questions(form):
        cells |= _question_cells(form, question, answers.get(question.path, ""), language)
    return cells


def local_time(moment: datetime, zone: timezone) -> str:
    """A time as a device writes it: local, with the offset of its clock."""
    return moment.replace(tzinfo=zone).isoformat(timespec="milliseconds")


def _question_cells(form: Form, question: Question, answer: str | tuple[str, ...], language: str) -> dict[str, str]:
    own = header_of(question, language)
    if not question.choice_list:
        return {own: str(answer)}
    told = labels(form, question.choice_list, language)
    if isinstance(answer, str):
        return {own: told[answer] if answer else ""}
    headers = _choice_headers(form, question, language)
    return {own: " ".join(told[code] for code in answer)} | {
        headers[code]: "1" if code in answer else "0" for code in told
    }


def renumber(sheet: RawSheet) -> None:
    """Writes the running number of the rows, as the export does last."""
    for number, row in enumerate(sheet.rows, start=1):
        row.cells["_index"] = str(number)
