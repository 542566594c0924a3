"""Defects of the questionnaires before and after trainings: codes of participants, waves, pairs that miss one half."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import cast

from mel_example.answers import TrainingTest
from mel_example.defects.planting import Planting
from mel_example.defects.questionnaires import (
    Exports,
    Found,
    item_place,
    number_again,
    plant_answers,
    plant_copies,
    plant_event_codes,
    plant_states,
    plant_trials,
    rows_left,
)
from mel_example.form import TRAINING_PREPOST
from mel_example.raw_files.kobo import SUBMISSION_TIME, labels
from mel_example.raw_files.sheets import RawRow
from mel_example.raw_files.training_exports import SOURCE
from mel_example.register_records import Event
from mel_example.world import World

_KEY, _WAVE = "about/participant_key", "about/wave"
_TRIALS = ("TEST01", "essai", "تجربة")
_SLIPS, _SHARED_KEYS = 3, 2
_WRONG_WAVES, _LATE_FIRST_ONES = 2, 2
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FEWEST_DIFFERENCES = 2

Questionnaires = dict[str, Found]
"""What one person filled in about a training, by wave."""

Fits = Callable[[Questionnaires], bool]
Told = tuple[str, str, str]
"""Training, code of the participant and wave, as they can be read once spellings are repaired."""


class Pairs:
    """Everybody's questionnaires, and what each of them says by now about training, person and wave."""

    def __init__(self, exports: Exports, world: World) -> None:
        self.exports = exports
        self.planting = exports.planting
        self.events: dict[str, Event] = {event.event_code: event for event in world.events}
        self.rows_of: dict[tuple[str, str], Questionnaires] = {}
        self.told: dict[int, Told] = {}
        self.aside: set[int] = set()
        for found in rows_left(exports):
            test = test_of(found[2])
            self.rows_of.setdefault((test.event_code, test.participant_key), {})[test.wave] = found
            self.told[id(found[2])] = (test.event_code, test.participant_key, test.wave)

    def draw(self, count: int, *waves: str, fits: Fits = lambda rows: True) -> list[Questionnaires]:
        """Up to so many people none of whose questionnaires is broken, and who filled in those of some waves."""
        people = [
            rows for rows in self.rows_of.values() if set(waves) <= set(rows) and self._are_whole(rows) and fits(rows)
        ]
        drawn = self.planting.rng.sample(people, min(count, len(people)))
        for rows in drawn:
            for _, _, row in rows.values():
                self.planting.keep(row)
        return drawn

    def _are_whole(self, rows: Questionnaires) -> bool:
        return all(self.planting.is_whole(row) for _, _, row in rows.values())

    def set_aside(self, found: Found, rule_id: str) -> None:
        """Notes that a questionnaire is set aside as a whole."""
        found[2].verdict = "quarantined"
        self.aside.add(id(found[2]))
        self.exports.lose(found[2])
        self.planting.note(*found, rule_id, "quarantine")

    def write_key(self, found: Found, key: str) -> None:
        """Writes another person's or no person's code into a questionnaire."""
        event_code, _, wave = self.told[id(found[2])]
        self.exports.write(found, _KEY, key)
        self.told[id(found[2])] = (event_code, key, wave)


def plant_training_test_defects(planting: Planting, world: World) -> None:
    """Breaks the exports: SV01, SV05, SV07, SV12, SV13, SV20, SV31 to SV34, SV36 and SV39."""
    exports = Exports(planting, SOURCE, TRAINING_PREPOST)
    pairs = Pairs(exports, world)
    _other_spellings_of_keys(pairs)
    _slips_in_keys(pairs)
    _shared_keys(pairs)
    _wrong_waves(pairs)
    _late_first_ones(pairs)
    plant_copies(exports)
    plant_trials(exports, _KEY, _TRIALS)
    plant_states(exports)
    plant_event_codes(exports)
    plant_answers(exports, _items, _with_item)
    _note_without_counterpart(pairs)
    number_again(exports)


def test_of(row: RawRow) -> TrainingTest:
    """The questionnaire that a row tells of."""
    return cast(TrainingTest, row.subject)


def _other_spellings_of_keys(pairs: Pairs) -> None:
    """SV31: the same code in small letters, with dashes or blanks, or with Arabic-Indic digits."""
    spellings = (
        lambda key: key.lower(),
        lambda key: f"{key[:2]}-{key[2:4]}-{key[4:]}",
        lambda key: f"{key[:2].capitalize()} {key[2:]}",
        lambda key: key.translate(_ARABIC_DIGITS),
    )
    for rows, spelling in zip(pairs.draw(len(spellings), "pre", "post"), spellings, strict=False):
        found = rows["post"]
        pairs.exports.write(found, _KEY, spelling(test_of(found[2]).participant_key))
        pairs.planting.note(*found, "SV31", "repair")


def _slips_in_keys(pairs: Pairs) -> None:
    """SV31: one digit differs between both questionnaires; whether it is one person is not guessed."""
    for rows in pairs.draw(_SLIPS, "pre", "post"):
        test = test_of(rows["post"][2])
        others = [key for code, key in pairs.rows_of if code == test.event_code and key != test.participant_key]
        pairs.write_key(rows["post"], _with_a_slip(pairs, test.participant_key, others))
        for found in rows.values():
            pairs.set_aside(found, "SV31-NEAR")


def _with_a_slip(pairs: Pairs, key: str, others: Sequence[str]) -> str:
    """The code with its last digit changed, still unlike every other code of the training."""
    digits = [digit for digit in "0123456789" if digit != key[-1]]
    slips = [key[:-1] + digit for digit in digits]
    return pairs.planting.rng.choice(
        [slip for slip in slips if all(_differences(slip, other) >= _FEWEST_DIFFERENCES for other in others)]
    )


def _differences(key: str, other: str) -> int:
    return sum(one != two for one, two in zip(key, other, strict=True))


def _shared_keys(pairs: Pairs) -> None:
    """SV32: two people of a training made the same code, so that both questionnaires could be anybody's."""
    for rows in pairs.draw(_SHARED_KEYS, "pre"):
        event_code, key, _ = pairs.told[id(rows["pre"][2])]
        for other in pairs.draw(1, "pre", fits=partial(_is_about, event_code)):
            pairs.write_key(other["pre"], key)
            for found in (rows["pre"], other["pre"]):
                pairs.set_aside(found, "SV32")


def _is_about(event_code: str, rows: Questionnaires) -> bool:
    return all(test_of(row).event_code == event_code for _, _, row in rows.values())


def _wrong_waves(pairs: Pairs) -> None:
    """SV34: filled in when the training was over and called the first one, or before it and called the last one."""
    for wave, called in (("post", "pre"), ("pre", "post")):
        for rows in pairs.draw(_WRONG_WAVES, wave, fits=partial(_is_on_another_day, pairs, wave)):
            found = rows[wave]
            pairs.exports.write(found, _WAVE, labels(TRAINING_PREPOST, "waves", found[1].language)[called])
            pairs.planting.note(*found, "SV34", "repair")
            pairs.planting.note(*found, "SV34-DATES", "warn")


def _is_on_another_day(pairs: Pairs, wave: str, rows: Questionnaires) -> bool:
    """Whether the day of a questionnaire alone tells that the training had not begun, or was over."""
    test = test_of(rows[wave][2])
    event = pairs.events[test.event_code]
    return not event.start_on <= test.answered_on <= event.end_on


def _late_first_ones(pairs: Pairs) -> None:
    """SV34: the first questionnaire was filled in when the training was over, beside a last one: it tells no start."""
    for rows in pairs.draw(_LATE_FIRST_ONES, "pre", "post"):
        found = rows["pre"]
        test = test_of(found[2])
        days = (pairs.events[test.event_code].end_on - test.answered_on).days + 1
        for name in ("start", "end", "today", SUBMISSION_TIME):
            found[2].cells[name] = _days_later(str(found[2].cells[name]), days)
        pairs.exports.lose(found[2])
        pairs.planting.note(*found, "SV34-DATES", "warn")


def _days_later(moment: str, days: int) -> str:
    """A date, or a time that begins with one, some days later."""
    day = date.fromisoformat(moment[:10]) + timedelta(days=days)
    return f"{day.isoformat()}{moment[10:]}"


def _items(row: RawRow) -> Sequence[str]:
    """The items of confidence that were answered on the scale."""
    answers = enumerate(test_of(row).confidence, start=1)
    return [f"conf/c_{number:02d}" for number, answer in answers if answer in range(1, 6)]


def _with_item(row: RawRow, path: str, answer: int | None) -> TrainingTest:
    test = test_of(row)
    place = item_place(path)
    return replace(test, confidence=(*test.confidence[:place], answer, *test.confidence[place + 1 :]))


def _note_without_counterpart(pairs: Pairs) -> None:
    """SV33: every questionnaire whose counterpart is missing, or not the only one under the code.

    Where nobody can tell the training (SV36), there is no counterpart to look for.
    """
    known = [
        found for found in rows_left(pairs.exports) if found[2].verdict == "accepted" or id(found[2]) in pairs.aside
    ]
    sheets = Counter(pairs.told[id(row)] for _, _, row in known)
    for found in known:
        event_code, key, wave = pairs.told[id(found[2])]
        if sheets[event_code, key, "post" if wave == "pre" else "pre"] != 1:
            pairs.planting.note(*found, "SV33", "warn")
