"""Questionnaires around events as KoboToolbox exports them: three files a year and part, one per language.

The English exports hold codes and paths, the others words in their language. What each questionnaire asks belongs to
a module of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from mel_example.answers import EventFeedback, TrainingTest
from mel_example.form import Form
from mel_example.quarters import AS_OF, YEARS
from mel_example.raw_files.kobo import CODES, Answers, all_headers, cells_of
from mel_example.raw_files.sheets import CsvFile, RawRow, RawSheet
from mel_example.world import LANGUAGES, World

Asked = TypeVar("Asked", TrainingTest, EventFeedback)


def questionnaire_files(
    form: Form,
    sent: Iterable[Asked],
    answers: Callable[[Asked], Answers],
    world: World,
    part: str = "",
    handed_in: tuple[int, int] = (1, 15),
) -> list[CsvFile]:
    """The exports of a form, by the year of the event and the language of the answers; none where nobody answered.

    Args:
        form: the questionnaire.
        sent: what was sent.
        answers: the answers of one submission, by path of the question.
        world: the world whose events they are about.
        part: what the names of the files say besides the form.
        handed_in: month and day of the year after the event on which the export is handed in.
    """
    year_of = {event.event_code: event.end_on.year for event in world.events}
    grouped: dict[tuple[int, str], list[Asked]] = {}
    for each in sent:
        grouped.setdefault((year_of[each.event_code], each.language), []).append(each)
    return [
        _export(
            form,
            f"surveys/{form.form_id}{part}_{year}_{language}.csv",
            min(date(year + 1, *handed_in), AS_OF),
            language,
            grouped[year, language],
            answers,
        )
        for year in YEARS
        for language in LANGUAGES
        if (year, language) in grouped
    ]


def _export(
    form: Form,
    path: str,
    received_on: date,
    language: str,
    sent: Sequence[Asked],
    answers: Callable[[Asked], Answers],
) -> CsvFile:
    written = CODES if language == "en" else language
    rows = [RawRow(cells_of(each, each.form_version, form, answers(each), written), each) for each in sent]
    return CsvFile(
        source=form.form_id,
        path=path,
        received_on=received_on,
        received_from="central team",
        sheets=[RawSheet(all_headers(form, written), rows, language=written)],
        delimiter="," if language == "en" else ";",
    )
