"""Reader for Zoom participant lists: one row per stay or person, with or without a meeting block on top."""

import re
from datetime import datetime

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.headers import header_text
from mel_pipeline.intake.formats.reading import Reading, Table, column_cells, encoding_repairs, lines_below
from mel_pipeline.intake.formats.table import refuse_ragged
from mel_pipeline.intake.grids import Cell, Grid, Grids, Line
from mel_pipeline.intake.problems import Problem, Refused
from mel_pipeline.intake.words import western_digits

COLUMNS = {
    "name_raw": (
        "name (original name)",
        "nom (nom d'origine)",
        "nom (nom original)",
        "الاسم (الاسم الاصلي)",
        "name",
    ),
    "email_raw": (
        "user email",
        "email",
        "e-mail de l'utilisateur",
        "adresse e-mail",
        "البريد الالكتروني للمستخدم",
    ),
    "join_at": ("join time", "heure d'arrivee", "heure de connexion", "وقت الانضمام"),
    "leave_at": ("leave time", "heure de depart", "heure de deconnexion", "وقت المغادرة"),
    "minutes": (
        "duration (minutes)",
        "total duration (minutes)",
        "duree (minutes)",
        "duree totale (minutes)",
        "المدة (بالدقائق)",
        "المدة (دقائق)",
    ),
}
"""Names of Zoom's own columns, folded, as its accounts in English, French and Arabic write them."""

ROWS_TO_SEARCH = 12
_ORIGINAL_NAME = re.compile(r"^(?P<shown>.*\S)\s*\((?P<original>[^()]*)\)$", re.DOTALL)
_NAME_AND_PLACE = re.compile(r"\s+[-–—|]\s+")
_US_TIME = re.compile(
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}),? +"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?: *(?P<half>[AaPp])\.?[Mm]\.?)?"
)


def find_participants(grid: Grid) -> Line | None:
    """The header of the participants, or None where this is no Zoom list."""
    for line in grid.lines[:ROWS_TO_SEARCH]:
        texts = {header_text(cell) for cell in line.cells}
        if texts & set(COLUMNS["name_raw"]) and texts & set(COLUMNS["minutes"]):
            return line
    return None


def read_zoom(grids: Grids, source: Source) -> Reading:
    """Read the participants; the byte-order mark that Zoom writes is its normal form, not a repair."""
    for grid in grids.sheets:
        header = find_participants(grid)
        if header is not None:
            return _read(grids, grid, header, source)
    raise Refused(
        "header_not_found",
        found=[grid.sheet or "CSV" for grid in grids.sheets],
        expected=["Name (Original Name)", "User Email", "Duration (Minutes)"],
    )


def _read(grids: Grids, grid: Grid, header: Line, source: Source) -> Reading:
    lines = lines_below(grid, header)
    if grids.is_text:
        refuse_ragged(grids, lines, header)
    columns = column_cells(lines, _positions(header))
    names = [split_display_name(_text(cell)) for cell in columns.pop("name_raw")]
    columns["name_raw"] = [name for name, _ in names]
    columns["organisation"] = [place for _, place in names]
    for name in ("join_at", "leave_at"):
        if name in columns:
            columns[name] = [us_time(cell) for cell in columns[name]]
    declared = {field.name for field in source.fields}
    table = Table(
        grid.sheet,
        [line.number for line in lines],
        {name: cells for name, cells in columns.items() if name in declared},
        given={"source_format": "zoom", "mode": "online"},
    )
    repairs = encoding_repairs(grids, header, "name_raw")
    return Reading("zoom", [table], repairs, _announced(grid, header, columns))


def _positions(header: Line) -> dict[str, int]:
    texts = [header_text(cell) for cell in header.cells]
    found = {name: next((texts.index(t) for t in spellings if t in texts), None) for name, spellings in COLUMNS.items()}
    return {name: position for name, position in found.items() if position is not None}


def _announced(grid: Grid, header: Line, columns: dict[str, list[Cell]]) -> list[Problem]:
    """The meeting block tells how many people took part; fewer different people in the list is a remark."""
    block = [line for line in grid.lines if line.number < header.number]
    titles = [header_text(cell) for cell in block[0].cells] if block else []
    if len(block) < 2 or "participants" not in titles:
        return []
    place = titles.index("participants")
    announced = str(block[1].cells[place]) if place < len(block[1].cells) else ""
    people = len(set(zip(columns["name_raw"], columns.get("email_raw", columns["name_raw"]), strict=True)))
    if not announced.isdigit() or people >= int(announced):
        return []
    return [Problem("fewer_rows_than_announced", {"found": people, "expected": int(announced)})]


def split_display_name(shown: str | None) -> tuple[str | None, str | None]:
    """Name and place of a display name: `Amina Haddad - Karak`, `Amina (Amina Haddad)`.

    The name that was shown is kept; the original name in brackets is Zoom's, written after a renaming.
    """
    if shown is None:
        return None, None
    renamed = _ORIGINAL_NAME.match(shown.strip())
    parts = _NAME_AND_PLACE.split(renamed["shown"] if renamed else shown.strip(), maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else None


def us_time(cell: Cell) -> Cell:
    """Read Zoom's month-first times (`03/14/2024 09:58:00 AM`); anything else is left to typing."""
    found = _US_TIME.fullmatch(western_digits(cell.strip())) if isinstance(cell, str) else None
    if found is None:
        return cell
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return cell
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    try:
        return datetime(
            int(found["year"]),
            int(found["month"]),
            int(found["day"]),
            hour,
            int(found["minute"]),
            int(found["second"] or 0),
        )
    except ValueError:
        return cell


def _text(cell: Cell) -> str | None:
    return None if cell is None or not str(cell).strip() else str(cell)
