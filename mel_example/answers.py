"""What people answer to the questionnaires around events: plain records that do not change.

Shapes only. The answers to the annual survey of cities stand in `world.py`; who answers what is drawn in
`generate/`.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One questionnaire as it was sent: `submitted_at` is UTC, the other times are local."""

    submission_uuid: str
    submission_number: int
    form_version: str
    language: str
    started_at: datetime
    ended_at: datetime
    utc_offset: int
    submitted_at: datetime

    @property
    def answered_on(self) -> date:
        """The respondent's local date."""
        return self.started_at.date()


@dataclass(frozen=True, kw_only=True)
class TrainingTest(Submission):
    """One questionnaire before (`pre`), after (`post`) or six months after (`followup6m`) a training.

    `participant_key` is the code that people make for themselves, so that both questionnaires of one person can be
    found. `knowledge` are the options chosen, `confidence` and the others answers from 1 to 5; -98 stands for "don't
    know" and None for no answer. Looking back and satisfaction are asked after the training only; whether something
    was applied (`yes`, `partly` or `no`), how, and what stood in the way, six months after it.
    """

    event_code: str
    wave: str
    participant_key: str
    sex: str | None
    age_band: str | None
    role: str | None
    knowledge: tuple[str | None, ...]
    confidence: tuple[int | None, ...]
    looking_back: tuple[int | None, ...] = ()
    satisfaction: tuple[int | None, ...] = ()
    applied: str | None = None
    applied_how: str | None = None
    applied_barrier: str | None = None


@dataclass(frozen=True, kw_only=True)
class EventFeedback(Submission):
    """One questionnaire of somebody who came to an event, without a name or a code.

    `useful` to `intends_to_use` are answers from 1 to 5, with -98 for "don't know"; `nps` is 0 to 10. None stands for
    no answer.
    """

    event_code: str
    day: int
    sex: str | None
    role: str | None
    useful: int | None
    relevant: int | None = None
    learned_new: int | None = None
    intends_to_use: int | None = None
    nps: int | None = None
    has_made_contact: bool | None = None
    best_part: str | None = None
    improve: str | None = None


@dataclass(frozen=True)
class ApplicationExample:
    """What an officer found of an example that somebody gave six months after a training: `valid` or `not_valid`."""

    submission_uuid: str
    verdict: str
    coded_on: date


@dataclass(frozen=True)
class AnswerKey:
    """The right option of a knowledge question in one version of the questionnaire."""

    form_version: str
    question: str
    correct_option: str
