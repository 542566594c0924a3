"""Reader for plain tables: registers and other lists with one header row. Surveys belong to `kobo.py`."""

from collections.abc import Sequence

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.formats.headers import header_line, known_headers, positions, require, table_fields
from mel_pipeline.intake.formats.labelled_values import with_labels
from mel_pipeline.intake.formats.reading import (
    Reading,
    Table,
    column_cells,
    encoding_repairs,
    line_numbers,
    lines_below,
    undeclared_columns,
    widest,
)
from mel_pipeline.intake.grids import Grid, Grids, Line
from mel_pipeline.intake.problems import Refused


def read_table(grids: Grids, source: Source) -> Reading:
    """Read the first sheet that bears declared column names."""
    fields = table_fields(source)
    known = known_headers(fields)
    for grid in grids.sheets:
        header = header_line(grid, known)
        if header is not None and not grid.is_hidden:
            found = positions(header, fields)
            require(fields, found, header)
            first = next((name for name, position in found.items() if position == 0), None)
            repairs = encoding_repairs(grids, header, first)
            return Reading("table", [_table(grids, grid, header, found, source)], repairs)
    raise Refused(
        "header_not_found",
        found=[grid.sheet or "CSV" for grid in grids.sheets],
        expected=[field.headers[0] for field in fields][:5],
    )


def _table(grids: Grids, grid: Grid, header: Line, found: dict[str, int], source: Source) -> Table:
    lines = lines_below(grid, header)
    if grids.is_text:
        refuse_ragged(grids, lines, header)
    others = undeclared_columns(lines, header, set(found.values()), source)
    columns = column_cells(lines, found)
    for field in source.fields:
        labels = grid.labels.get(found[field.name]) if field.name in found else None
        if labels:
            columns[field.name] = with_labels(columns[field.name], field, labels)
    return Table(grid.sheet, line_numbers(lines), columns, undeclared=others, places=found)


def refuse_ragged(grids: Grids, lines: Sequence[Line], header: Line) -> None:
    """Refuse a CSV whose records do not fit its header: their cells stand in the wrong columns.

    A record that ends early is read as empty beyond, except the last one of a file without a final line
    break: where others are longer, the file is cut off.
    """
    width = len(header.cells)
    for line in lines if widest(lines) > width else ():
        if any(str(cell).strip() for cell in line.cells[width:]):
            raise Refused("ragged_row", row=line.number, found=len(line.cells), expected=width)
    if not lines or grids.ends_in_newline:
        return
    last = lines[-1]
    if len(last.cells) < (min(width, widest(lines)) if len(lines) > 1 else width):
        raise Refused("ragged_row", row=last.number, found=len(last.cells), expected=width)
