"""The questionnaires after events as KoboToolbox exports them.

The English exports hold codes and paths, the others words in their language.
"""

from collections.abc import Sequence
from datetime import date

from mel_example.answers import EventFeedback
from mel_example.form import EVENT_FEEDBACK
from mel_example.quarters import AS_OF, YEARS
from mel_example.raw_files.kobo import Answers, all_headers, cells_of
from mel_example.raw_files.sheets import CsvFile, RawRow, RawSheet
from mel_example.raw_files.training_exports import words_of
from mel_example.world import LANGUAGES, World

SOURCE = "event_feedback"


def event_feedback_files(world: World) -> list[CsvFile]:
    """Three exports a year, by the year of the event and the language of the answers."""
    year_of = {event.event_code: event.end_on.year for event in world.events}
    grouped: dict[tuple[int, str], list[EventFeedback]] = {}
    for answer in world.event_feedback:
        grouped.setdefault((year_of[answer.event_code], answer.language), []).append(answer)
    return [
        _export(year, language, grouped[year, language])
        for year in YEARS
        for language in LANGUAGES
        if (year, language) in grouped
    ]


def _export(year: int, language: str, feedback: Sequence[EventFeedback]) -> CsvFile:
    written = words_of(language)
    rows = [
        RawRow(cells_of(each, each.form_version, EVENT_FEEDBACK, _answers(each), written), each) for each in feedback
    ]
    return CsvFile(
        source=SOURCE,
        path=f"surveys/{SOURCE}_{year}_{language}.csv",
        received_on=min(date(year + 1, 1, 15), AS_OF),
        received_from="central team",
        sheets=[RawSheet(all_headers(EVENT_FEEDBACK, written), rows, language=written)],
        delimiter="," if language == "en" else ";",
    )


def _answers(feedback: EventFeedback) -> Answers:
    return {
        "consent": "yes",
        "about/language": feedback.language,
        "about/event_code": feedback.event_code,
        "about/day": str(feedback.day),
        "about/sex": feedback.sex or "",
        "about/role": feedback.role or "",
        "event/useful": _number(feedback.useful),
        "event/relevant": _number(feedback.relevant),
        "event/learned_new": _number(feedback.learned_new),
        "event/intends_to_use": _number(feedback.intends_to_use),
        "event/nps": _number(feedback.nps),
        "event/contact_made": {True: "yes", False: "no", None: ""}[feedback.has_made_contact],
        "open/best_part": feedback.best_part or "",
        "open/improve": feedback.improve or "",
    }


def _number(answer: int | None) -> str:
    return "" if answer is None else str(answer)
