"""Defects of attendance lists: the order in which they are planted, and what is noted about whole kinds of rows.

How the defects look belongs to `attendance_files.py` (whole files), `attendance_rows.py` (people and their stays)
and `attendance_paper.py` (sign-in sheets). Each plants fewer where a small world has no room.
"""

from mel_example.defects.attendance_files import plant_file_copies, plant_file_defects
from mel_example.defects.attendance_paper import plant_paper_defects
from mel_example.defects.attendance_rows import plant_row_defects
from mel_example.defects.planting import Planting
from mel_example.raw_files.attendance_sheets import WORDS
from mel_example.raw_files.online_lists import OnlineList
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet, SigninBook
from mel_example.world import AttendanceRow, World

SOURCE = "event_attendance"


def plant_attendance_defects(planting: Planting, world: World) -> None:
    """Breaks the attendance lists; copies of files come last, because they repeat what stands in the originals."""
    plant_file_defects(planting, world)
    plant_row_defects(planting, world)
    plant_paper_defects(planting, world)
    _note_formats(planting)
    _note_people_without_email(planting)
    _note_missing_signatures(planting)
    _note_people_both_ways(planting)
    plant_file_copies(planting)


def _note_formats(planting: Planting) -> None:
    """AT01, AT02, AT03, AT04, AT16: what is ordinary for a tool and is read all the same, once for each file."""
    for file in planting.files:
        if not isinstance(file, OnlineList):
            continue
        layout, table = file.layout, file.table
        at_top = ("AT01", "AT02") if layout.tool == "teams" else ("AT04",) if layout.has_block else ()
        for rule_id in at_top:
            planting.note(file, table, None, rule_id, "repair")
        if layout.language != "en":
            local = ("AT03", "AT16") if layout.tool == "teams" else ("AT03",)
            for rule_id in local:
                planting.note(file, table, None, rule_id, "repair", at=table.header_row)


def _judged_rows(planting: Planting) -> list[tuple[RawFile, RawSheet, RawRow]]:
    """Rows that come before the rules: those that reading or a repair drops are gone by then."""
    return [found for found in planting.rows(SOURCE) if found[2].verdict != "dropped"]


def _note_people_without_email(planting: Planting) -> None:
    """AT11: every row without an e-mail, which the clean lists hold already."""
    for file, sheet, row in _judged_rows(planting):
        header = file.layout.email if isinstance(file, OnlineList) else WORDS[sheet.language].email_header
        if not row.cells.get(header):
            planting.note(file, sheet, row, "AT11", "warn")


def _note_missing_signatures(planting: Planting) -> None:
    """AT29: everybody who is on a list on paper and did not sign."""
    for file, sheet, row in _judged_rows(planting):
        if isinstance(file, SigninBook) and not row.cells.get(WORDS[sheet.language].signature_header):
            planting.note(file, sheet, row, "AT29", "repair")


def _note_people_both_ways(planting: Planting) -> None:
    """AT37: every row of somebody who signed on paper and was online at the same session."""
    rows: dict[tuple[str, int, int], list[tuple[RawFile, RawSheet, RawRow]]] = {}
    for found in _judged_rows(planting):
        stay = found[2].subject
        if isinstance(stay, AttendanceRow) and stay not in planting.losses.nobodies:
            rows.setdefault((stay.event_code, stay.session_no, stay.person), []).append(found)
    for own in rows.values():
        stays = [row.subject for _, _, row in own if isinstance(row.subject, AttendanceRow)]
        if any(stay.is_signed for stay in stays) and any(stay.mode == "online" for stay in stays):
            for found in own:
                planting.note(*found, "AT37", "repair")
