"""Choosing the reader of a file by its content; `format` in `source.yml` restricts the choice.

The readers themselves stand beside.
"""

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.kobo import find_survey, read_kobo
from mel_pipeline.intake.formats.reading import Reading
from mel_pipeline.intake.formats.signin import read_signin
from mel_pipeline.intake.formats.table import read_table
from mel_pipeline.intake.formats.teams import is_teams, read_teams
from mel_pipeline.intake.formats.workbook import read_workbook
from mel_pipeline.intake.formats.zoom import find_participants, read_zoom
from mel_pipeline.intake.grids import Grids
from mel_pipeline.intake.words import fold_header
from mel_pipeline.intake.xlsform import Form


def choose_format(grids: Grids, source: Source) -> str:
    """Name of the format of a file."""
    if source.format != "auto":
        return source.format
    if any(is_teams(grid) for grid in grids.sheets):
        return "teams"
    if any(find_participants(grid) for grid in grids.sheets):
        return "zoom"
    asks = any(field.question for field in source.fields)
    if asks and any(find_survey(grid) for grid in grids.sheets):
        return "kobo"
    covers = {fold_header(name) for name in source.cover_sheet}
    if any(fold_header(grid.sheet) in covers for grid in grids.sheets):
        return "workbook"
    return "signin" if source.kind == "attendance" else "table"


def read_as(
    file_format: str, grids: Grids, source: Source, form: Form | None, from_file_name: dict[str, str]
) -> Reading:
    """Read a file with the reader of a format."""
    if file_format == "zoom":
        return read_zoom(grids, source)
    if file_format == "teams":
        return read_teams(grids, source)
    if file_format == "kobo":
        return read_kobo(grids, source, form)
    if file_format == "signin":
        return read_signin(grids, source, from_file_name.get("session_no"))
    if file_format == "workbook":
        return read_workbook(grids, source)
    return read_table(grids, source)
