"""Reader for Microsoft Teams attendance reports: numbered sections, one row per stay, names in the account's language.

What Teams shares with other meeting tools (names, clocks, lengths of stay) belongs to `meetings.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.date_serials import serial_repairs
from mel_pipeline.intake.formats.headers import header_text
from mel_pipeline.intake.formats.meetings import (
    LOCAL_DURATION,
    LOCAL_HEADERS,
    TIMES,
    contradictions,
    is_local_duration,
    places,
    read_duration,
    read_times,
    split_display_name,
    text_of,
    uses_halves_of_the_day,
)
from mel_pipeline.intake.formats.reading import Reading, Table, Undeclared, column_cells, undeclared_columns
from mel_pipeline.intake.grids import Cell, Grid, Grids, Line
from mel_pipeline.intake.problems import Problem, Refused
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.words import fold

SECTIONS = "AT02"
ENCODING = "AT01"
_SECTION = re.compile(r"(?P<number>[123])\. ?\S")
_SUMMARY = re.compile(r"1\. ?(summary|resume|recapitulatif|synthese|riepilogo|ملخص|الملخص)")
_NAME = ("name", "full name", "nom", "nom complet", "nome", "الاسم", "الاسم الكامل")
_EMAIL = ("email", "e-mail", "adresse e-mail", "courriel", "البريد الالكتروني", "البريد الإلكتروني")
STAYS = {
    "name_raw": _NAME,
    "email_raw": _EMAIL,
    "join_at": (
        "join time",
        "heure d'arrivee",
        "heure de connexion",
        "heure de participation",
        "ora di accesso",
        "وقت الانضمام",
    ),
    "leave_at": (
        "leave time",
        "heure de depart",
        "heure de deconnexion",
        "heure de sortie",
        "ora di uscita",
        "وقت المغادرة",
    ),
    "minutes": ("duration", "duree", "durata", "المدة"),
}
PARTICIPANTS = {
    "name_raw": _NAME,
    "email_raw": _EMAIL,
    "join_at": (
        "first join",
        "first join time",
        "premiere connexion",
        "premiere participation",
        "اول انضمام",
        "أول انضمام",
    ),
    "leave_at": (
        "last leave",
        "last leave time",
        "derniere deconnexion",
        "dernier depart",
        "اخر مغادرة",
        "آخر مغادرة",
    ),
    "minutes": (
        "in-meeting duration",
        "duree de la reunion",
        "duree dans la reunion",
        "duree pendant la reunion",
        "المدة في الاجتماع",
    ),
}
"""Names of the columns of sections 3 and 2, folded, as accounts in English, French, Italian and Arabic write them."""

_ATTENDED = ("attended participants", "participants presents", "participants", "المشاركون الحاضرون")
_SAYS_HOW = re.compile(r"\s*\((?:guest|invite|ext|external|externe|unverified|non verifie|ضيف)\)$")


@dataclass(frozen=True)
class _Section:
    """One numbered section: its lines below the title."""

    number: int
    lines: list[Line]


def is_teams(grid: Grid) -> bool:
    """Whether the first line opens a summary as Teams writes it."""
    return bool(grid.lines) and bool(_SUMMARY.match(header_text(grid.lines[0].cells[0])))


def read_teams(grids: Grids, source: Source) -> Reading:
    """Read the stays of section 3, or the people of section 2 where the account exports no activities."""
    grid = grids.sheets[0]
    sections = {section.number: section for section in _sections(grid)}
    if 2 not in sections or not sections[2].lines:
        raise Refused("header_not_found", found=["Teams"], expected=["2. Participants", "Name", "First Join"])
    stays = sections.get(3)
    lines, spellings = (stays.lines, STAYS) if stays and stays.lines else (sections[2].lines, PARTICIPANTS)
    header, rows = lines[0], lines[1:]
    texts = [header_text(cell) for cell in header.cells]
    found = places(texts, spellings)
    lacking = [spelled[0] for name, spelled in spellings.items() if name not in found and name != "email_raw"]
    if lacking:
        raise Refused("missing_header", missing=lacking, found=len(texts), nearest=[])
    columns = column_cells(rows, found)
    repairs = _file_repairs(grids, grid, header, texts[found["name_raw"]], columns["minutes"])
    repairs += serial_repairs(grid.sheet, [line.number for line in rows], columns, TIMES)
    summary = sections[1].lines if 1 in sections else []
    others = undeclared_columns(rows, header, set(found.values()), source)
    table = _table(grid, rows, columns, summary, source, others)
    return Reading("teams", [table], repairs, _announced(summary, columns))


def _sections(grid: Grid) -> list[_Section]:
    found: list[_Section] = []
    for line in grid.lines:
        title = _SECTION.match(header_text(line.cells[0])) if line.cells else None
        if title and sum(1 for cell in line.cells if text_of(cell)) == 1:
            found.append(_Section(int(title["number"]), []))
        elif found:
            found[-1].lines.append(line)
    return found


def _table(
    grid: Grid,
    rows: list[Line],
    columns: dict[str, Any],
    summary: list[Line],
    source: Source,
    others: list[Undeclared],
) -> Table:
    names = [split_display_name(_without_status(text_of(cell))) for cell in columns["name_raw"]]
    columns["name_raw"] = [name for name, _, _ in names]
    columns["organisation"] = [place for _, place, _ in names]
    columns["original_name"] = [original for _, _, original in names]
    hints = [line.cells[1] for line in summary if len(line.cells) > 1]
    is_us = uses_halves_of_the_day([*hints, *columns["join_at"]])
    columns |= read_times(columns, is_day_first=not is_us, hints=hints)
    columns["minutes"] = [read_duration(cell) for cell in columns["minutes"]]
    declared = {field.name for field in source.fields}
    return Table(
        grid.sheet,
        [line.number for line in rows],
        {name: cells for name, cells in columns.items() if name in declared},
        given={"source_format": "teams", "mode": "online"},
        undeclared=others,
    )


def _without_status(shown: str | None) -> str | None:
    """A name without what Teams adds behind it about the account: `(Guest)`, `(Invité)`."""
    if shown is None or not shown.rstrip().endswith(")"):
        return shown
    status = _SAYS_HOW.search(fold(shown))
    return shown[: shown.rindex("(")].rstrip() if status else shown


def _file_repairs(grids: Grids, grid: Grid, header: Line, name: str, durations: Sequence[Cell]) -> list[Repair]:
    """What every report of Teams needs, said once for the file: encoding, sections, words of another language."""
    first = grid.lines[0].number
    repairs = [Repair(SECTIONS, grid.sheet, first, None, None, None, None)]
    if grids.was_utf16:
        repairs.insert(0, Repair(ENCODING, grid.sheet, first, None, None, "UTF-16", "UTF-8"))
    if name not in ("name", "full name"):
        repairs.append(Repair(LOCAL_HEADERS, grid.sheet, header.number, None, None, None, None))
    if any(is_local_duration(cell) for cell in durations):
        repairs.append(Repair(LOCAL_DURATION, grid.sheet, header.number, None, "minutes", None, None))
    return repairs


def _announced(summary: list[Line], columns: dict[str, Any]) -> list[Problem]:
    """The summary tells how many people took part."""
    said = [line.cells[1] for line in summary if len(line.cells) > 1 and header_text(line.cells[0]) in _ATTENDED]
    return contradictions(str(said[0]).strip() if said else "", columns)
