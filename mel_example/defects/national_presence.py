"""Hubs and lists of people that do not agree whether national government was present at an event.

Noted wherever the cells say so, whoever wrote them; a list that leaves a function open contradicts nobody.
"""

from mel_example.defects.planting import Planting
from mel_example.raw_files.report_sheets import ACTIVITIES
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet
from mel_example.records import surviving_world
from mel_example.world import ActivityRow, AttendanceRow, World

_COLUMN = "is_national_government_present"
_WORDS = {"en": ("yes", "no"), "fr": ("oui", "non"), "ar": ("نعم", "لا")}
_NATIONAL = "national_government"


def plant_presence_defects(planting: Planting, world: World) -> None:
    """HR-NATIONAL: one hub overlooks national government that a list names, one sees it where no list has it."""
    listed = _listed(surviving_world(world, planting.losses))
    for is_present in (True, False):

        def fits(_file: RawFile, _sheet: RawSheet, row: RawRow, is_present: bool = is_present) -> bool:
            told = row.subject
            if not isinstance(told, ActivityRow) or row.verdict != "accepted":
                return False
            return listed.get(told.event_code) is is_present and told.is_national_government_present is is_present

        for _, sheet, row in planting.draw_up_to(ACTIVITIES.source, 1, fits):
            row.cells[ACTIVITIES.header(_COLUMN, sheet.language)] = _WORDS[sheet.language][is_present]
    _note(planting, listed)


def _note(planting: Planting, listed: dict[str, bool | None]) -> None:
    for file, sheet, row in planting.rows(ACTIVITIES.source):
        if row.verdict == "dropped" or not isinstance(row.subject, ActivityRow):
            continue
        event_code = str(row.cells[ACTIVITIES.header("event_code", sheet.language)])
        says_yes = row.cells[ACTIVITIES.header(_COLUMN, sheet.language)] == _WORDS[sheet.language][0]
        if listed.get(event_code) is not None and listed[event_code] is not says_yes:
            planting.note(file, sheet, row, "HR-NATIONAL", "warn")


def _listed(world: World) -> dict[str, bool | None]:
    """Whether the lists of each event name somebody of national government; None where they cannot tell."""
    rows: dict[str, list[AttendanceRow]] = {}
    for row in world.attendance:
        rows.setdefault(row.event_code, []).append(row)
    return {event_code: _says(own) for event_code, own in rows.items()}


def _says(rows: list[AttendanceRow]) -> bool | None:
    functions = {row.stakeholder_type for row in rows}
    if _NATIONAL in functions:
        return True
    return None if None in functions else False
