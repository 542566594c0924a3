"""Reader for report templates: a cover sheet, and one table on a sheet known by its name."""

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.headers import header_line, known_headers, positions, require, table_fields
from mel_pipeline.intake.formats.reading import Reading, Table, column_cells, is_total, lines_below, undeclared_columns
from mel_pipeline.intake.grids import Cell, Grid, Grids, Line, is_blank
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.staged import Dropped
from mel_pipeline.intake.words import fold_header

TOTAL_ROW = "HR16"
NAMES_IN_A_HEADER = 2


def read_workbook(grids: Grids, source: Source) -> Reading:
    """Read the declared table sheet; every record bears the values of the cover, which may be the only record."""
    for names in source.required_sheets:
        find_sheet(grids, names)
    if source.cover_sheet and not source.sheet:
        cover = find_sheet(grids, source.cover_sheet)
        return Reading("workbook", [Table(cover.sheet, [_first_line(cover)], {}, cover_values(cover, source))])
    grid = find_sheet(grids, source.sheet) if source.sheet else grids.sheets[0]
    given = cover_values(find_sheet(grids, source.cover_sheet), source) if source.cover_sheet else {}
    fields = table_fields(source)
    header = header_line(grid, known_headers(fields), NAMES_IN_A_HEADER)
    if header is None:
        expected = [field.headers[0] for field in fields][:5]
        raise Refused("header_not_found", found=[grid.sheet], expected=expected)
    found = positions(header, fields)
    require(fields, found, header)
    return Reading("workbook", [_table(grid, header, found, given, source)])


def find_sheet(grids: Grids, names: list[str]) -> Grid:
    """The sheet that bears one of the declared names."""
    wanted = {fold_header(name) for name in names}
    for grid in grids.sheets:
        if fold_header(grid.sheet) in wanted:
            return grid
    raise Refused("missing_sheet", found=[grid.sheet or "CSV" for grid in grids.sheets], expected=names)


def _first_line(cover: Grid) -> int:
    return cover.lines[0].number if cover.lines else 1


def cover_values(cover: Grid, source: Source) -> dict[str, Cell]:
    """Values beside the labels of a cover sheet, by field; labels without a required value are refused."""
    values: dict[str, Cell] = {}
    for line in cover.lines:
        said = [cell for cell in line.cells if not is_blank(cell)]
        if len(said) >= 2:
            values.setdefault(fold_header(str(said[0])), said[1])
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


def _table(grid: Grid, header: Line, found: dict[str, int], given: dict[str, Cell], source: Source) -> Table:
    lines = lines_below(grid, header)
    records = [line for line in lines if not is_total(line)]
    totals = [Dropped(grid.sheet, line.number, TOTAL_ROW) for line in lines if is_total(line)]
    others = undeclared_columns(records, header, set(found.values()), source)
    numbers = [line.number for line in records]
    return Table(grid.sheet, numbers, column_cells(records, found), given, totals, others, found)
