"""Defects that every questionnaire around an event can have: copies, trials, states, codes, answers off the scale.

What only questionnaires before and after trainings can have belongs to `training_tests.py`.
"""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from mel_example.answers import EventFeedback, TrainingTest
from mel_example.defects.planting import Planting
from mel_example.form import Form, questions
from mel_example.generate.events import UNREGISTERED_EVENT
from mel_example.generate.follow_ups import WAVE as FOLLOW_UP
from mel_example.raw_files.kobo import CODES, SUBMISSION_TIME, VALIDATION_STATUS, header, labels, renumber
from mel_example.raw_files.sheets import Cell, RawFile, RawRow, RawSheet
from mel_example.world import LANGUAGES

Found = tuple[RawFile, RawSheet, RawRow]
Fits = Callable[[RawRow], bool]

EVENT_CODE = "about/event_code"
_SENT_TWICE, _DOUBLE_CLICKS = 2, 3
_STATES = ("Not Approved", "On Hold", "validation_status_not_approved", "On Hold")
_BEFORE_LAUNCH = 2
_LAUNCH_YEAR_BEFORE = 2023
_IMPOSSIBLE = ("7", "0", "55")
_REFUSED, _REFUSALS = -99, 3
_LABELS = 4
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True)
class Exports:
    """The exports of one questionnaire, and where its defects are planted."""

    planting: Planting
    source: str
    form: Form

    def draw(self, count: int, fits: Fits = lambda row: True) -> list[Found]:
        """Up to so many whole rows that fit; what is asked months later has defects of its own."""
        return self.planting.draw_up_to(
            self.source,
            count,
            lambda _f, _s, row: row.verdict == "accepted" and not is_follow_up(row) and fits(row),
        )

    def write(self, found: Found, path: str, answer: str) -> None:
        """Writes into the cell of a question."""
        found[2].cells[header(self.form, path, found[1].language)] = answer

    def add(self, found: Found, cells: Mapping[str, Cell], rule_id: str, is_before: bool = False) -> None:
        """Puts a row that must be dropped beside another one, with some other cells."""
        file, sheet, row = found
        added = RawRow({**row.cells, **cells}, row.subject, verdict="dropped")
        place = next(place for place, candidate in enumerate(sheet.rows) if candidate is row)
        sheet.rows.insert(place if is_before else place + 1, added)
        self.planting.keep(added)
        self.planting.note(file, sheet, added, rule_id, "repair")

    def lose(self, row: RawRow, left: TrainingTest | EventFeedback | None = None) -> None:
        """Notes what can still be known of a submission."""
        sent = sent_of(row)
        if isinstance(sent, TrainingTest):
            self.planting.losses.training_tests[sent.submission_uuid] = cast(TrainingTest | None, left)
        else:
            self.planting.losses.event_feedback[sent.submission_uuid] = cast(EventFeedback | None, left)


def is_follow_up(row: RawRow) -> bool:
    """Whether a row was asked for months after a training."""
    sent = sent_of(row)
    return isinstance(sent, TrainingTest) and sent.wave == FOLLOW_UP


def sent_of(row: RawRow) -> TrainingTest | EventFeedback:
    """The submission that a row tells of."""
    return cast(TrainingTest | EventFeedback, row.subject)


def plant_copies(exports: Exports) -> None:
    """SV05 and SV07: a first version under the same number, and the copy that a second click sends."""
    for found in exports.draw(_SENT_TWICE):
        sent = sent_of(found[2])
        earlier = sent.submitted_at - timedelta(minutes=4)
        cells = {"_id": str(sent.submission_number + 100_000), SUBMISSION_TIME: _utc(earlier)}
        exports.add(found, cells, "SV05", is_before=True)
    for found in exports.draw(_DOUBLE_CLICKS):
        sent = sent_of(found[2])
        later = sent.submitted_at + timedelta(seconds=4)
        exports.add(found, _another(exports, sent, later), "SV07")


def _another(exports: Exports, sent: TrainingTest | EventFeedback, submitted_at: datetime) -> dict[str, str]:
    """Cells of another submission than that of a row."""
    number = uuid.UUID(int=exports.planting.rng.getrandbits(128), version=4)
    return {
        "_uuid": str(number),
        "_id": str(sent.submission_number + 200_000),
        SUBMISSION_TIME: _utc(submitted_at),
    }


def _utc(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def plant_trials(exports: Exports, path: str, words: Sequence[str]) -> None:
    """SV20: somebody tries the questionnaire out, and says so, or does it before the first event of the programme."""
    for found, word in zip(exports.draw(len(words)), words, strict=False):
        sent = sent_of(found[2])
        told = {header(exports.form, path, found[1].language): word}
        exports.add(found, _another(exports, sent, sent.submitted_at + timedelta(hours=1)) | told, "SV20")
    for found in exports.draw(_BEFORE_LAUNCH):
        sent = sent_of(found[2])
        day = f"{_LAUNCH_YEAR_BEFORE}-12-{exports.planting.rng.randint(4, 20):02d}"
        moved = {name: f"{day}{str(found[2].cells[name])[10:]}" for name in ("start", "end", "today", SUBMISSION_TIME)}
        exports.add(found, _another(exports, sent, sent.submitted_at) | moved, "SV20")


def plant_states(exports: Exports) -> None:
    """SV39: the team did not approve of a submission, or has not decided yet."""
    for found, state in zip(exports.draw(len(_STATES)), _STATES, strict=False):
        found[2].cells[VALIDATION_STATUS] = state
        found[2].verdict = "dropped"
        exports.lose(found[2])
        exports.planting.note(*found, "SV39", "repair")


def plant_event_codes(exports: Exports) -> None:
    """SV36: the code of the event is written in an old or another way, or so that nobody can tell the event."""
    readable = list(_other_spellings)
    for found, spelling in zip(exports.draw(len(readable)), readable, strict=False):
        exports.write(found, EVENT_CODE, spelling(sent_of(found[2]).event_code))
        exports.planting.note(*found, "SV36-SPELLING", "repair")
    unreadable = list(_codes_of_no_event)
    for found, spelling in zip(exports.draw(len(unreadable)), unreadable, strict=False):
        exports.write(found, EVENT_CODE, spelling(sent_of(found[2]).event_code))
        found[2].verdict = "quarantined"
        exports.lose(found[2])
        exports.planting.note(*found, "SV36", "quarantine")


_other_spellings: Sequence[Callable[[str], str]] = (
    lambda code: f"EV-{code[5:7]}-{int(code[8:])}",
    lambda code: code.lower().replace("-", "_"),
    lambda code: f"EV {code[3:7]} / {int(code[8:])}",
    lambda code: code.replace("-20", "-2O"),
    lambda code: code.translate(_ARABIC_DIGITS),
)
_codes_of_no_event: Sequence[Callable[[str], str]] = (
    lambda code: f"EV-{code[8:]}",
    lambda code: f"EV-{code[4]}{code[3]}{code[5:]}",
    lambda code: UNREGISTERED_EVENT,
)


def plant_answers(
    exports: Exports,
    items: Callable[[RawRow], Sequence[str]],
    with_item: Callable[[RawRow, str, int | None], TrainingTest | EventFeedback],
) -> None:
    """SV13, SV12 and SV01: off the scale, refused where the form has no such choice, in words where codes stand.

    Args:
        exports: where.
        items: paths of the questions of a row that were answered on the scale.
        with_item: the submission with another answer to one of them; None for no answer.
    """
    for found, value in zip(exports.draw(len(_IMPOSSIBLE), lambda row: bool(items(row))), _IMPOSSIBLE, strict=False):
        path = exports.planting.rng.choice(items(found[2]))
        exports.write(found, path, value)
        exports.lose(found[2], with_item(found[2], path, None))
        exports.planting.note(*found, "SV13", "quarantine")
    for found in exports.draw(_REFUSALS, lambda row: bool(items(row))):
        path = exports.planting.rng.choice(items(found[2]))
        exports.write(found, path, str(_REFUSED))
        exports.lose(found[2], with_item(found[2], path, _REFUSED))
        exports.planting.note(*found, "SV12", "repair")
    _words_among_codes(exports, items)


def _words_among_codes(exports: Exports, items: Callable[[RawRow], Sequence[str]]) -> None:
    in_codes = {id(row) for _, sheet, row in exports.planting.rows(exports.source) if sheet.language == CODES}
    drawn = exports.draw(_LABELS, lambda row: id(row) in in_codes and bool(items(row)))
    for number, found in enumerate(drawn):
        path = exports.planting.rng.choice(items(found[2]))
        told = labels(exports.form, _choice_list(exports.form, path), LANGUAGES[number % len(LANGUAGES)])
        exports.write(found, path, told[str(found[2].cells[path])])
        exports.planting.note(*found, "SV01", "repair")


def _choice_list(form: Form, path: str) -> str:
    return next(question.choice_list for question in questions(form) if question.path == path)


def number_again(exports: Exports) -> None:
    """Writes the running numbers of all rows, as the exports do last."""
    for file in exports.planting.files:
        if file.source == exports.source:
            renumber(file.sheets[0])


def item_place(path: str) -> int:
    """Place of a numbered question among its like, from 0."""
    return int(re.findall(r"\d+$", path)[0]) - 1


def rows_left(exports: Exports) -> Iterator[Found]:
    """Rows around an event that come before the rules: those that reading or a repair drops are gone by then."""
    return (
        found
        for found in exports.planting.rows(exports.source)
        if found[2].verdict != "dropped" and not is_follow_up(found[2])
    )
