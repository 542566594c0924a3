"""What the exports of the questionnaire after events hold. How they are written belongs to `questionnaires.py`."""

from mel_example.answers import EventFeedback
from mel_example.form import EVENT_FEEDBACK
from mel_example.raw_files.kobo import Answers
from mel_example.raw_files.questionnaires import questionnaire_files
from mel_example.raw_files.sheets import CsvFile
from mel_example.world import World

SOURCE = EVENT_FEEDBACK.form_id


def event_feedback_files(world: World) -> list[CsvFile]:
    """Three exports a year, by the year of the event and the language of the answers."""
    return questionnaire_files(EVENT_FEEDBACK, world.event_feedback, _answers, world)


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
