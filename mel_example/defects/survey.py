"""Defects of the annual survey: repeated, impossible, in other digits, from outside, with a mark."""

from datetime import timedelta
from typing import cast

from mel_example.defects.planting import Planting
from mel_example.raw_files.kobo import SUBMISSION_TIME, renumber
from mel_example.raw_files.sheets import CsvFile, RawRow
from mel_example.raw_files.survey_exports import item_header, shared_items_header
from mel_example.world import SurveyAnswer, World

_SOURCE = "member_annual"
_SENT_TWICE = 2
_IMPOSSIBLE = ("7", "0", "55")
_ARABIC_NUMBERS = 4
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def plant_survey_defects(planting: Planting, world: World) -> None:
    """Breaks the survey exports: SV05, SV13, SV23, SV29 and SV37."""
    _answer_from_outside(planting, world)
    _arabic_digits(planting)
    _submissions_sent_twice(planting)
    _impossible_answers(planting)
    _byte_order_mark(planting)
    for file in planting.files:
        if file.source == _SOURCE:
            renumber(file.sheets[0])


def _answer(row: RawRow) -> SurveyAnswer:
    return cast(SurveyAnswer, row.subject)


def _answer_from_outside(planting: Planting, world: World) -> None:
    """SV37: the answers of cities that were never members, which the world holds already."""
    members = {member.city_code for member in world.memberships}
    for file, sheet, row in planting.rows(_SOURCE):
        if _answer(row).city_code not in members:
            planting.keep(row)
            planting.note(file, sheet, row, "SV37", "warn")


def _submissions_sent_twice(planting: Planting) -> None:
    """SV05: a first version of a submission, with another number, stands in the same file."""
    drawn = planting.draw(_SOURCE, _SENT_TWICE, lambda _f, _s, _r: True)
    for number, (file, sheet, row) in enumerate(drawn):
        answer = _answer(row)
        earlier = answer.submitted_at - timedelta(minutes=4)
        cells = row.cells | {
            "_id": str(answer.submission_number - 1000),
            SUBMISSION_TIME: earlier.isoformat(timespec="seconds"),
            shared_items_header(sheet.language): str(answer.hub_shared_items + 1),
        }
        first_version = RawRow(cells, answer, verdict="dropped")
        place = next(place for place, candidate in enumerate(sheet.rows) if candidate is row)
        sheet.rows.insert(place + number, first_version)
        planting.note(file, sheet, first_version, "SV05", "repair")


def _impossible_answers(planting: Planting) -> None:
    """SV13: a capacity item answered with a number that is not on the scale."""

    def has_items_to_lose(row: RawRow) -> bool:
        return row.verdict == "accepted" and sum(item in range(1, 6) for item in _answer(row).items) >= 8

    drawn = planting.draw(_SOURCE, len(_IMPOSSIBLE), lambda _f, _s, row: has_items_to_lose(row))
    for value, (file, sheet, row) in zip(_IMPOSSIBLE, drawn, strict=True):
        answer = _answer(row)
        place = planting.rng.choice([place for place, item in enumerate(answer.items) if item in range(1, 6)])
        row.cells[item_header(place, sheet.language)] = value
        planting.losses.items.add((answer.submission_uuid, place))
        planting.note(file, sheet, row, "SV13", "quarantine")


def _arabic_digits(planting: Planting) -> None:
    """SV23: a number typed with Arabic-Indic digits in the Arabic export."""
    drawn = planting.draw(
        _SOURCE, _ARABIC_NUMBERS, lambda _f, sheet, row: sheet.language == "ar" and row.verdict == "accepted"
    )
    for file, sheet, row in drawn:
        header = shared_items_header(sheet.language)
        row.cells[header] = str(row.cells[header]).translate(_ARABIC_DIGITS)
        planting.note(file, sheet, row, "SV23", "repair")


def _byte_order_mark(planting: Planting) -> None:
    """SV29: the Arabic export begins with a byte-order mark."""
    for file in planting.files:
        if isinstance(file, CsvFile) and file.source == _SOURCE and file.sheets[0].language == "ar":
            file.has_byte_order_mark = True
            planting.note(file, file.sheets[0], None, "SV29", "repair")
