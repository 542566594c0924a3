"""The rows of the annual survey under attack: finding whole ones, changing what they say, adding others.

What each defect looks like belongs to the modules of the defects.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any, cast

from mel_example.defects.planting import Planting
from mel_example.form import MEMBER_ANNUAL
from mel_example.raw_files.kobo import labels, local_time
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.raw_files.survey_exports import SOURCE, question_header, row_of
from mel_example.world import SurveyAnswer, World

Found = tuple[RawFile, RawSheet, RawRow]


def answer_of(row: RawRow) -> SurveyAnswer:
    """The answer that a row tells."""
    return cast(SurveyAnswer, row.subject)


def speaks(language: str) -> Callable[[RawRow], bool]:
    """Whether a row was answered in a language."""
    return lambda row: answer_of(row).language == language


class SurveyRows:
    """The survey's exports with the bookkeeping of what was broken in them."""

    def __init__(self, planting: Planting, world: World) -> None:
        self.planting = planting
        self.world = world
        self._added = 0

    def draw(self, count: int, fits: Callable[[RawRow], bool] = lambda _row: True) -> list[Found]:
        """Whole rows that count and fit."""
        return self.planting.draw(SOURCE, count, lambda _file, _sheet, row: row.verdict == "accepted" and fits(row))

    def note(self, found: Found, rule_id: str, treatment: str) -> None:
        """Remember a broken row."""
        self.planting.note(*found, rule_id, treatment)

    def lose(self, found: Found) -> None:
        """The answer does not count any more."""
        self.planting.losses.lost_answers.add(answer_of(found[2]).submission_uuid)

    def write(self, found: Found, path: str, text: str) -> None:
        """Write into the cell of a question."""
        found[2].cells[question_header(path, found[1].language)] = text

    def choose(self, found: Found, path: str, choice_list: str, code: str) -> None:
        """Write a choice into the cell of a question, as the export tells it."""
        self.write(found, path, labels(MEMBER_ANNUAL, choice_list, found[1].language)[code])

    def answer_otherwise(self, found: Found, **changes: Any) -> None:
        """Let a row say something else; what it says then is what the city has answered."""
        row = found[2]
        answer = replace(answer_of(row), **changes)
        row.cells, row.subject = row_of(answer).cells, answer
        self.planting.losses.changed_answers[answer.submission_uuid] = answer

    def add(self, found: Found, answer: SurveyAnswer) -> Found:
        """Add a submission with a number of its own at the end of the file of another one."""
        self._added += 1
        number = uuid.UUID(int=self.planting.rng.getrandbits(128), version=4)
        own = replace(answer, submission_uuid=str(number), submission_number=9000 + self._added)
        row = row_of(own)
        found[1].rows.append(row)
        self.planting.keep(row)
        return found[0], found[1], row


def clock(answer: SurveyAnswer) -> Callable[[Any], str]:
    """How the device of a respondent writes a time."""
    zone = timezone(timedelta(minutes=answer.utc_offset))
    return lambda moment: local_time(moment, zone)
