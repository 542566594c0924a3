"""Reading `targets.csv`, the one declared file that is kept as a table.

Only the form of the file and of each row belongs here. Whether the indicator, scope and period of a target
exist is judged by `lint_targets.py`.
"""

import csv
import io
from typing import Any

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Target
from mel_pipeline.declarations.reading import Place, Reading
from mel_pipeline.declarations.wording import shown

TARGETS_FILE = "targets.csv"
COLUMNS = tuple(name for name in Target.model_fields if name != "line")


def read_targets(reading: Reading) -> list[Target]:
    """The readable rows of `targets.csv` in the order of the file; a programme without the file has none."""
    path = reading.directory / TARGETS_FILE
    if not path.is_file():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "file is not UTF-8 text: found another encoding, expected UTF-8. Save it as 'CSV UTF-8'."
        reading.faults.append(Fault(TARGETS_FILE, 1, message))
        return []
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return _targets(reading, rows)


def _targets(reading: Reading, rows: Any) -> list[Target]:
    header = [name.strip() for name in next(rows, [])]
    if not _has_all_columns(reading, header):
        return []
    found, line = [], rows.line_num + 1
    for cells in rows:
        if any(cell.strip() for cell in cells):
            target = _target(reading, header, cells, line)
            found += [target] if target is not None else []
        line = rows.line_num + 1
    return found


def _has_all_columns(reading: Reading, header: list[str]) -> bool:
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    messages = [unknown_name("column is unknown", name, COLUMNS, "Remove it.") for name in unknown]
    if missing:
        found = ", ".join(header) or "nothing"
        messages.append(f"columns are missing: found {found}, expected also {', '.join(missing)}. Add them.")
    reading.faults += [Fault(TARGETS_FILE, 1, message) for message in messages]
    return not messages


def _target(reading: Reading, header: list[str], cells: list[str], line: int) -> Target | None:
    if len(cells) != len(header):
        message = (
            f"target has a wrong number of cells: found {len(cells)}, expected {len(header)}. Quote texts with commas."
        )
        reading.faults.append(Fault(TARGETS_FILE, line, message))
        return None
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    empty = [name for name, value in values.items() if not value]
    for name in empty:
        message = f"target `{name}` is empty: found nothing, expected a value. Fill it in or delete the row."
        reading.faults.append(Fault(TARGETS_FILE, line, message))
    if empty:
        return None
    # The reading's own entry() finds lines by key path; a table has one place per row instead.
    before = len(reading.faults)
    target = reading.entry(
        Target, {**values, "line": line}, f"target {shown(values['indicator_code'])}", Place(TARGETS_FILE)
    )
    reading.faults[before:] = [Fault(TARGETS_FILE, line, fault.message) for fault in reading.faults[before:]]
    return target
