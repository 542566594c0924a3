"""Reader for files of SPSS (.sav, .zsav) and Stata (.dta): coded values, and the labels beside them."""

import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pyreadstat

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.tables.columns import NamedColumns, refuse_too_many

SPSS = (b"$FL2", b"$FL3")
LOCKED_SPSS = b"ENCRYPTEDSAV"
STATA = b"<stata_dta>"
_STATA_ENDS = b"</stata_dta>"
_OLD_STATA_VERSIONS = range(104, 116)
ROWS_AT_ONCE = 122_880

Kind = Literal["spss", "stata"]


def is_stata(start: bytes) -> bool:
    """Whether a file is one of Stata: by its tag, or by version, byte order and type in its first bytes."""
    if start.startswith(STATA):
        return True
    return len(start) > 4 and start[0] in _OLD_STATA_VERSIONS and start[1] in (1, 2) and start[2:4] == b"\x01\x00"


def read_statistical(path: Path, kind: Kind) -> NamedColumns:
    """Read all variables, some rows at a time; answers that a survey declares as missing are kept as codes."""
    if kind == "stata":
        _refuse_cut_off(path)
    about = _part(path, kind, metadataonly=True)[1]
    names = list(about.column_names)
    refuse_too_many(about.number_rows or 0, len(names))
    parts: list[list[Coded]] = []
    n_read = 0
    while True:
        values, _ = _part(path, kind, row_offset=n_read, row_limit=ROWS_AT_ONCE)
        parts.append([Coded.of([_cell(value) for value in values[name]]) for name in names])
        found = len(parts[-1][0]) if names else 0
        n_read += found
        refuse_too_many(n_read, len(names))
        if found < ROWS_AT_ONCE:
            break
    if about.number_rows is not None and n_read != about.number_rows:
        raise Refused("unreadable_table", found=kind)
    columns = [Coded.joined([part[place] for part in parts]) for place in range(len(names))]
    titles = [title or "" for title in about.column_labels]
    return NamedColumns(names, columns, titles, _labels(names, about.variable_value_labels))


def _refuse_cut_off(path: Path) -> None:
    """Refuse a tagged file without its last tag: what is missing may be labels, which no reader misses."""
    with path.open("rb") as file:
        is_tagged = file.read(len(STATA)) == STATA
        file.seek(-min(len(_STATA_ENDS), path.stat().st_size), os.SEEK_END)
        if is_tagged and file.read() != _STATA_ENDS:
            raise Refused("unreadable_table", found="stata")


def _part(path: Path, kind: Kind, **which: Any) -> tuple[dict[str, Any], Any]:
    """Some rows by variable, and what the file says about its variables."""
    read = pyreadstat.read_sav if kind == "spss" else pyreadstat.read_dta
    try:
        return read(str(path), output_format="dict", user_missing=kind == "spss", **which)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, OverflowError, ValueError):
        raise Refused("unreadable_table", found=kind) from None


def _cell(value: Any) -> Cell:
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, str):
        return value if value.strip() else None
    cell: Cell = value
    return cell


def _labels(names: list[str], labelled: Mapping[str, Mapping[Any, str]]) -> dict[int, dict[Cell, str]]:
    return {
        place: {_cell(code): label for code, label in labelled[name].items()}
        for place, name in enumerate(names)
        if name in labelled
    }
