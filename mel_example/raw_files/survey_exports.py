"""The annual survey as KoboToolbox exports it.

Labels are in the language of each export; one row is one submission.
"""

from datetime import date, datetime, timedelta, timezone

from mel_example.form import FORM_VERSION, Question, choices, questions
from mel_example.quarters import WHOLE_YEARS
from mel_example.raw_files.sheets import Cell, CsvFile, RawRow, RawSheet
from mel_example.world import LANGUAGES, SurveyAnswer, World

_BEFORE = ("start", "end", "today")
_AFTER = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_submitted_by",
    "__version__",
    "_index",
)
SUBMISSION_TIME = "_submission_time"


def survey_files(world: World) -> list[CsvFile]:
    """Three exports a year that share no submission; the French and Arabic ones are separated by semicolons."""
    return [_export(year, language, world) for year in WHOLE_YEARS for language in LANGUAGES]


def _export(year: int, language: str, world: World) -> CsvFile:
    answers = [answer for answer in world.answers if (answer.answered_on.year, answer.language) == (year, language)]
    rows = [RawRow(_cells(answer), answer) for answer in answers]
    headers = [*_BEFORE, *question_headers(language), *_AFTER]
    return CsvFile(
        source="member_annual",
        path=f"surveys/member_annual_{year}_{language}.csv",
        received_on=date(year, 12, 5),
        received_from="central team",
        sheets=[RawSheet(headers, rows, language=language)],
        delimiter="," if language == "en" else ";",
    )


def renumber(sheet: RawSheet) -> None:
    """Writes the running number of the rows, as the export does last."""
    for number, row in enumerate(sheet.rows, start=1):
        row.cells["_index"] = str(number)


def item_header(item: int, language: str) -> str:
    """The header of a capacity item, counted from 0."""
    return _label(_question(f"cap/cap_{item + 1:02d}").label, language)


def shared_items_header(language: str) -> str:
    """The header of the number of items shared with the hub."""
    return _label(_question("mem/hub_shared_items").label, language)


def question_headers(language: str) -> list[str]:
    """Headers of the questions in a language; a multiple choice has its text and a column per choice."""
    headers = []
    for question in questions():
        headers.append(_label(question.label, language))
        if question.type.startswith("select_multiple"):
            headers += _choice_headers(question, language).values()
    return headers


def _question(path: str) -> Question:
    return next(question for question in questions() if question.path == path)


def _label(label: tuple[str, str, str], language: str) -> str:
    return label[LANGUAGES.index(language)]


def _labels(choice_list: str, language: str) -> dict[str, str]:
    return {choice.name: _label(choice.label, language) for choice in choices() if choice.list_name == choice_list}


def _choice_headers(question: Question, language: str) -> dict[str, str]:
    prefix = _label(question.label, language)
    return {name: f"{prefix}/{label}" for name, label in _labels(question.choice_list, language).items()}


def _cells(answer: SurveyAnswer) -> dict[str, Cell]:
    zone = timezone(timedelta(minutes=answer.utc_offset))
    cells: dict[str, Cell] = {
        "start": _local(answer.started_at, zone),
        "end": _local(answer.ended_at, zone),
        "today": answer.answered_on.isoformat(),
        "_id": str(answer.submission_number),
        "_uuid": answer.submission_uuid,
        SUBMISSION_TIME: answer.submitted_at.isoformat(timespec="seconds"),
        "_validation_status": "Approved",
        "_submitted_by": "",
        "__version__": FORM_VERSION,
    }
    for question in questions():
        cells |= _question_cells(question, answer)
    return cells


def _local(moment: datetime, zone: timezone) -> str:
    return moment.replace(tzinfo=zone).isoformat(timespec="milliseconds")


def _question_cells(question: Question, answer: SurveyAnswer) -> dict[str, str]:
    language = answer.language
    label = _label(question.label, language)
    value = _values(answer)[question.path]
    if not question.choice_list:
        return {label: value}
    labels = _labels(question.choice_list, language)
    if question.type.startswith("select_one"):
        return {label: labels[value]}
    chosen = answer.resources_used
    columns = {header: "1" if name in chosen else "0" for name, header in _choice_headers(question, language).items()}
    return {label: " ".join(labels[name] for name in chosen)} | columns


def _values(answer: SurveyAnswer) -> dict[str, str]:
    """What was answered, by question path, in codes."""
    items = {f"cap/cap_{number:02d}": str(item) for number, item in enumerate(answer.items, start=1)}
    return items | {
        "consent": "yes",
        "intro/language": answer.language,
        "intro/country": answer.country_code,
        "intro/city": answer.city_code,
        "intro/respondent_role": answer.respondent_role,
        "mem/poc_name": answer.poc_name or "",
        "mem/poc_email": answer.poc_email or "",
        "mem/res_used": "",
        "mem/hub_shared_items": str(answer.hub_shared_items),
        "open/change_story": answer.change_story or "",
    }
