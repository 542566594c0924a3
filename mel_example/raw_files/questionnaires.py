"""Questionnaires around events as KoboToolbox exports them: three files a year, one per language.

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
    form: Form, sent: Iterable[Asked], answers: Callable[[Asked], Answers], world: World
) -> list[CsvFile]:
    """The exports of a form, by the year of the event and the language of the answers; none where nobody answered."""
    year_of = {event.event_code: event.end_on.year for event in world.events}
    grouped: dict[tuple[int, str], list[Asked]] = {}
    for each in sent:
        grouped.setdefault((year_of[each.event_code], each.language), []).append(each)
    return [
        _export(form, year, language, grouped[year, language], answers)
        for year in YEARS
        for language in LANGUAGES
        if (year, language) in grouped
    ]


def _export(
    form: Form, year: int, language: str, sent: Sequence[Asked], answers: Callable[[Asked], Answers]
) -> CsvFile:
    written = CODES if language == "en" else language
    rows = [RawRow(cells_of(each, each.form_version, form, answers(each), written), each) for each in sent]
    return CsvFile(
        source=form.form_id,
        path=f"surveys/{form.form_id}_{year}_{language}.csv",
        received_on=min(date(year + 1, 1, 15), AS_OF),
        received_from="central team",
        sheets=[RawSheet(all_headers(form, written), rows, language=written)],
        delimiter="," if language == "en" else ";",
    )
