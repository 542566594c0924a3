"""Reader for report templates: a cover sheet, and one table on a sheet known by its name.

How people change a template (renamed sheets, merged and hidden cells, local numbers) belongs to `templates.py`.
"""

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.headers import header_line, known_headers, positions, require, table_fields
from mel_pipeline.intake.formats.reading import Reading, Table, column_cells, is_total, lines_below, undeclared_columns
from mel_pipeline.intake.formats.templates import (
    TableSheet,
    extra_columns,
    fill_merged_cells,
    hidden_cells,
    read_local_numbers,
    refuse_errors,
    sheet_named,
    template_sheet,
)
from mel_pipeline.intake.grids import Cell, Grid, Grids, is_blank
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.sheet_scans import cell_name
from mel_pipeline.intake.staged import Dropped, Repair
from mel_pipeline.intake.typing import WORKBOOK_ERRORS
from mel_pipeline.intake.words import fold_header

TOTAL_ROW = "HR16"
NAMES_IN_A_HEADER = 2


def read_workbook(grids: Grids, source: Source) -> Reading:
    """Read the declared table sheet; every record bears the values of the cover, which may be the only record."""
    for names in source.required_sheets:
        template_sheet(grids, names)
    repairs: list[Repair] = []
    given: dict[str, Cell] = {}
    if source.cover_sheet:
        cover, renamed = (grids.sheets[0], []) if grids.may_lack_sheets else template_sheet(grids, source.cover_sheet)
        given = cover_values(cover, source, grids)
        repairs += renamed
        if not source.sheet:
            return Reading("workbook", [Table(cover.sheet, [_first_line(cover)], {}, given)], repairs)
    told = sheet_named(grids, source.sheet)
    if grids.may_lack_sheets and (told is None or not told.lines):
        return Reading("workbook", [Table(source.sheet[0], [], {}, given)], repairs)
    grid, renamed = template_sheet(grids, source.sheet) if source.sheet else (grids.sheets[0], [])
    return _read_table(grid, given, [*repairs, *renamed], source)


def _read_table(grid: Grid, given: dict[str, Cell], repairs: list[Repair], source: Source) -> Reading:
    fields = table_fields(source)
    header = header_line(grid, known_headers(fields), NAMES_IN_A_HEADER)
    if header is None:
        expected = [field.headers[0] for field in fields][:5]
        raise Refused("header_not_found", found=[grid.sheet], expected=expected)
    found = positions(header, fields)
    require(fields, found, header)
    lines = lines_below(grid, header)
    records = [line for line in lines if not is_total(line)]
    totals = [Dropped(grid.sheet, line.number, TOTAL_ROW) for line in lines if is_total(line)]
    sheet = TableSheet(grid, records, found)
    refuse_errors(sheet)
    columns = column_cells(records, found)
    filled = fill_merged_cells(sheet, columns, source)
    read = read_local_numbers(sheet, columns, given, source)
    others = undeclared_columns(records, header, set(found.values()), source)
    table = Table(grid.sheet, [line.number for line in records], columns, given, totals, others, found)
    return Reading(
        "workbook", [table], [*repairs, *filled, *read], [*extra_columns(sheet, others), *hidden_cells(sheet)]
    )


def _first_line(cover: Grid) -> int:
    return cover.lines[0].number if cover.lines else 1


def cover_values(cover: Grid, source: Source, grids: Grids) -> dict[str, Cell]:
    """Values beside the labels of a cover sheet, by field; labels without a required value are refused.

    What the cover does not say may stand on the sheet about the template.
    """
    values = _beside_labels(cover) if not source.meta_sheet else _with_meta(cover, source, grids)
    given: dict[str, Cell] = {}
    missing = []
    for field in source.fields:
        labels = [fold_header(label) for label in field.cover]
        value = next((values[label] for label in labels if label in values), None)
        if labels:
            given[field.name] = value
        if labels and value is None and field.required:
            missing.append(field.cover[0])
    if missing:
        raise Refused("missing_cover_value", sheet=cover.sheet, missing=missing)
    return given


def _with_meta(cover: Grid, source: Source, grids: Grids) -> dict[str, Cell]:
    wanted = {fold_header(name) for name in source.meta_sheet}
    about = [grid for grid in grids.sheets if fold_header(grid.sheet) in wanted]
    said: dict[str, Cell] = {}
    for grid in [*about, cover]:
        said |= _beside_labels(grid)
    return said


def _beside_labels(cover: Grid) -> dict[str, Cell]:
    values: dict[str, Cell] = {}
    for line in cover.lines:
        said = [(place, cell) for place, cell in enumerate(line.cells) if not is_blank(cell)]
        if len(said) >= 2:
            place, value = said[1]
            if isinstance(value, str) and value.strip() in WORKBOOK_ERRORS:
                raise Refused("error_cells", sheet=cover.sheet, found=[cell_name(line.number, place + 1)])
            values.setdefault(fold_header(str(said[0][1])), value)
    return values
