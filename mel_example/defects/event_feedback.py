"""Defects of the questionnaires after events: those that every questionnaire around an event can have."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from mel_example.answers import EventFeedback
from mel_example.defects.planting import Planting
from mel_example.defects.questionnaires import (
    Exports,
    number_again,
    plant_answers,
    plant_copies,
    plant_event_codes,
    plant_states,
    plant_trials,
)
from mel_example.form import EVENT_FEEDBACK
from mel_example.raw_files.feedback_exports import SOURCE
from mel_example.raw_files.sheets import RawRow
from mel_example.world import World

_TRIALS = ("Test, please ignore", "essai", "تجربة")


def plant_feedback_defects(planting: Planting, world: World) -> None:
    """Breaks the exports: SV01, SV05, SV07, SV12, SV13, SV20, SV36 and SV39."""
    exports = Exports(planting, SOURCE, EVENT_FEEDBACK)
    plant_copies(exports)
    plant_trials(exports, "open/best_part", _TRIALS)
    plant_states(exports)
    plant_event_codes(exports)
    plant_answers(exports, _items, _with_item)
    number_again(exports)


def _feedback(row: RawRow) -> EventFeedback:
    return cast(EventFeedback, row.subject)


def _items(row: RawRow) -> Sequence[str]:
    """The one question of the indicator, where it was answered."""
    return ["event/useful"] if _feedback(row).useful in range(1, 6) else []


def _with_item(row: RawRow, path: str, answer: int | None) -> EventFeedback:
    return replace(_feedback(row), useful=answer)
