"""Defects of sign-in sheets: totals, blank numbered lines, sheets under other names, sexes in other words."""

from mel_example.defects.planting import Planting
from mel_example.raw_files.attendance_sheets import WORDS
from mel_example.raw_files.sheets import RawFile, RawRow, RawSheet, SigninBook
from mel_example.world import AttendanceRow, World

_SOURCE = "event_attendance"
_TOTALS = 4
_BLANK_LINES = 3
_OTHER_NAMES = 4
_OTHER_SEXES = 6
_TOTAL = {"fr": "Total", "en": "Total", "ar": "المجموع"}
_DAYS = {
    "fr": ("Jour1", "Deuxième jour"),
    "en": ("First day", "Day2"),
    "ar": ("اليوم الأول", "اليوم ٢"),
}
_SEXES = {"female": ("Femme", "2", "Mme"), "male": ("Homme", "1", "Man")}


def plant_paper_defects(planting: Planting, world: World) -> None:
    """AT25, AT27, AT28 and AT31."""
    _other_sheet_names(planting)
    _blank_lines(planting)
    _total_rows(planting)
    _other_sexes(planting)


def _sheets(planting: Planting) -> list[tuple[RawFile, RawSheet]]:
    """Sheets of people in books none of which was broken as a whole."""
    return [
        (file, sheet)
        for file in planting.files
        if isinstance(file, SigninBook)
        for sheet in file.sheets
        if any(planting.is_whole(row) for row in sheet.rows)
    ]


def _sample(planting: Planting, count: int) -> list[tuple[RawFile, RawSheet]]:
    sheets = _sheets(planting)
    return planting.rng.sample(sheets, min(count, len(sheets)))


def _other_sheet_names(planting: Planting) -> None:
    """AT25: the sheet of a day is named otherwise than the template names it."""
    for file, sheet in _sample(planting, _OTHER_NAMES):
        place = WORDS[sheet.language].day_names.index(sheet.name)
        sheet.name = _DAYS[sheet.language][place]
        planting.note(file, sheet, None, "AT25", "repair", at=sheet.header_row)


def _blank_lines(planting: Planting) -> None:
    """AT28: the template has numbered lines that nobody filled in."""
    for file, sheet in _sample(planting, _BLANK_LINES):
        header = WORDS[sheet.language].number_header
        first = len(sheet.rows) + 1
        for number in range(first, first + planting.rng.randint(2, 5)):
            blank = RawRow({header: number}, verdict="dropped")
            sheet.rows.append(blank)
            planting.note(file, sheet, blank, "AT28", "repair")


def _total_rows(planting: Planting) -> None:
    """AT27: the last line of a sheet counts the lines above."""
    for file, sheet in _sample(planting, _TOTALS):
        total = RawRow(
            {WORDS[sheet.language].name_header: f"{_TOTAL[sheet.language]} {len(sheet.rows)}"}, verdict="dropped"
        )
        sheet.rows.append(total)
        planting.note(file, sheet, total, "AT27", "repair")


def _other_sexes(planting: Planting) -> None:
    """AT31: the sex is written in other words than the template's, which mean the same."""

    def fits(file: RawFile, _sheet: RawSheet, row: RawRow) -> bool:
        return isinstance(file, SigninBook) and _sex(row) in _SEXES

    for number, (file, sheet, row) in enumerate(planting.draw_up_to(_SOURCE, _OTHER_SEXES, fits)):
        words = _SEXES[_sex(row) or ""]
        row.cells[WORDS[sheet.language].sex_header] = words[number % len(words)]
        planting.note(file, sheet, row, "AT31", "repair")


def _sex(row: RawRow) -> str | None:
    return row.subject.sex if isinstance(row.subject, AttendanceRow) else None
