"""Defects of the questionnaires six months after trainings: too early, one code for two, not approved, an address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import cast

from mel_example.answers import TrainingTest
from mel_example.defects.planting import Planting
from mel_example.defects.questionnaires import Exports, Found, is_follow_up
from mel_example.form import TRAINING_PREPOST
from mel_example.raw_files.kobo import SUBMISSION_TIME, VALIDATION_STATUS
from mel_example.raw_files.sheets import RawRow
from mel_example.raw_files.training_exports import SOURCE
from mel_example.world import World

_EARLY = 2
_ADDRESS = "jo.archer@example.org"


def plant_follow_up_defects(planting: Planting, world: World) -> None:
    """Breaks the exports of what was asked six months later: SV22, SV32, SV34 and SV39."""
    exports = Exports(planting, SOURCE, TRAINING_PREPOST)
    _too_early(exports, world)
    _two_under_one_code(exports)
    _not_approved(exports)
    _address_in_an_example(exports)


def _draw(exports: Exports, count: int, fits: Callable[[TrainingTest], bool] = lambda sent: True) -> list[Found]:
    """Up to so many whole rows that fit."""
    return exports.planting.draw_up_to(
        SOURCE, count, lambda _f, _s, row: row.verdict == "accepted" and is_follow_up(row) and fits(_sent(row))
    )


def _sent(row: RawRow) -> TrainingTest:
    return cast(TrainingTest, row.subject)


def _too_early(exports: Exports, world: World) -> None:
    """SV34: answered ten days after the training, when nobody can have applied much yet: it does not count."""
    ended = {event.event_code: event.end_on for event in world.events}
    for found in _draw(exports, _EARLY):
        day = ended[_sent(found[2]).event_code] + timedelta(days=10)
        for name in ("start", "end", "today", SUBMISSION_TIME):
            found[2].cells[name] = _moved(str(found[2].cells[name]), day)
        exports.lose(found[2])
        exports.planting.note(*found, "SV34-DATES", "warn")


def _moved(moment: str, day: date) -> str:
    """A date, or a time that begins with one, on another day."""
    return f"{day.isoformat()}{moment[10:]}"


def _two_under_one_code(exports: Exports) -> None:
    """SV32: two people of a training answer under one code; whose answer it is cannot be told."""
    for first in _draw(exports, 1):
        event_code, key = _sent(first[2]).event_code, _sent(first[2]).participant_key
        for other in _draw(exports, 1, partial(_is_about, event_code)):
            exports.write(other, "about/participant_key", key)
            for found in (first, other):
                found[2].verdict = "quarantined"
                exports.lose(found[2])
                exports.planting.note(*found, "SV32", "quarantine")


def _is_about(event_code: str, sent: TrainingTest) -> bool:
    return sent.event_code == event_code


def _not_approved(exports: Exports) -> None:
    """SV39: the team has not decided on an answer yet."""
    for found in _draw(exports, 1):
        found[2].cells[VALIDATION_STATUS] = "On Hold"
        found[2].verdict = "dropped"
        exports.lose(found[2])
        exports.planting.note(*found, "SV39", "repair")


def _address_in_an_example(exports: Exports) -> None:
    """SV22: an example says whom to write to; the answer still counts."""
    for found in _draw(exports, 1, lambda sent: bool(sent.applied_how)):
        sent = _sent(found[2])
        told = replace(sent, applied_how=f"{sent.applied_how} {_ADDRESS}")
        exports.write(found, "after/applied_how", str(told.applied_how))
        exports.lose(found[2], told)
        exports.planting.note(*found, "SV22", "repair")
