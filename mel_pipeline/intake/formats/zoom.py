"""Reader for Zoom participant lists: one row per stay or person, with or without a meeting block on top.

What Zoom shares with other meeting tools (names, clocks) belongs to `meetings.py`.
"""

from itertools import takewhile

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.formats.date_serials import serial_repairs
from mel_pipeline.intake.formats.headers import header_text
from mel_pipeline.intake.formats.meetings import (
    LOCAL_HEADERS,
    RENAMED,
    TIMES,
    contradictions,
    places,
    read_times,
    split_display_names,
)
from mel_pipeline.intake.formats.reading import (
    Reading,
    Table,
    column_cells,
    encoding_repairs,
    line_numbers,
    lines_below,
    undeclared_columns,
)
from mel_pipeline.intake.formats.table import refuse_ragged
from mel_pipeline.intake.grids import Grid, Grids, Line
from mel_pipeline.intake.problems import Problem, Refused
from mel_pipeline.intake.staged import Repair

COLUMNS = {
    "name_raw": (
        "name (original name)",
        "nom (nom d'origine)",
        "nom (nom original)",
        "nome (nome originale)",
        "الاسم (الاسم الاصلي)",
        "الاسم (الاسم الأصلي)",
        "name",
    ),
    "email_raw": (
        "user email",
        "email",
        "e-mail de l'utilisateur",
        "adresse e-mail",
        "e-mail utente",
        "e-mail dell'utente",
        "البريد الالكتروني للمستخدم",
        "البريد الإلكتروني للمستخدم",
    ),
    "join_at": (
        "join time",
        "heure d'arrivee",
        "heure de connexion",
        "ora di ingresso",
        "ora di accesso",
        "وقت الانضمام",
    ),
    "leave_at": ("leave time", "heure de depart", "heure de deconnexion", "ora di uscita", "وقت المغادرة"),
    "minutes": (
        "duration (minutes)",
        "total duration (minutes)",
        "duree (minutes)",
        "duree totale (minutes)",
        "durata (minuti)",
        "durata totale (minuti)",
        "المدة (بالدقائق)",
        "المدة (دقائق)",
    ),
    "is_waiting": (
        "in waiting room",
        "en salle d'attente",
        "dans la salle d'attente",
        "in sala d'attesa",
        "في غرفة الانتظار",
    ),
}
"""Names of Zoom's own columns, folded, as its accounts in English, French, Italian and Arabic write them."""

ENGLISH = {"name (original name)", "name"}
ROWS_TO_SEARCH = 12
MEETING_BLOCK = "AT04"


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
    found = places([header_text(cell) for cell in header.cells], COLUMNS)
    columns: dict[str, Coded] = column_cells(lines, found)
    columns["name_raw"], columns["organisation"], columns["original_name"] = split_display_names(columns["name_raw"])
    numbers = serial_repairs(grid.sheet, line_numbers(lines), columns, TIMES)
    columns |= read_times(columns, is_day_first=False)
    declared = {field.name for field in source.fields}
    table = Table(
        grid.sheet,
        line_numbers(lines),
        {name: cells for name, cells in columns.items() if name in declared},
        given={"source_format": "zoom", "mode": "online"},
        undeclared=undeclared_columns(lines, header, set(found.values()), source),
    )
    original = columns["original_name"]
    rows = original.rows_with(original.flagged(lambda name: name is not None))
    renamed = [  # without the names: notes lie beside the staged rows, where nobody's name may stand
        Repair(RENAMED, grid.sheet, int(table.row_numbers[row]), None, "name_raw", None, None) for row in rows
    ]
    repairs = [*encoding_repairs(grids, header, "name_raw"), *_file_repairs(grid, header), *renamed, *numbers]
    return Reading("zoom", [table], repairs, _announced(grid, header, columns))


def _file_repairs(grid: Grid, header: Line) -> list[Repair]:
    """A meeting block above the list, and column names in another language: each said once for the file."""
    block = _block(grid, header)
    repairs = [Repair(MEETING_BLOCK, grid.sheet, block[0].number, None, None, None, None)] if block else []
    if not ENGLISH & {header_text(cell) for cell in header.cells}:
        repairs.append(Repair(LOCAL_HEADERS, grid.sheet, header.number, None, None, None, None))
    return repairs


def _block(grid: Grid, header: Line) -> list[Line]:
    """The lines above the list."""
    return list(takewhile(lambda line: line.number < header.number, grid.lines))


def _announced(grid: Grid, header: Line, columns: dict[str, Coded]) -> list[Problem]:
    """The meeting block tells how many people took part."""
    block = _block(grid, header)
    titles = [header_text(cell) for cell in block[0].cells] if block else []
    if len(block) < 2 or "participants" not in titles:
        return []
    place = titles.index("participants")
    announced = str(block[1].cells[place]) if place < len(block[1].cells) else ""
    return contradictions(announced, columns)
