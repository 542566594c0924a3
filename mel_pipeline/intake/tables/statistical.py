"""Reader for files of SPSS (.sav, .zsav) and Stata (.dta): coded values, and the labels beside them.

The library that reads them crashes on some damaged files; `statistical_program.py` runs it in a process of its own.
"""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.tables import columns
from mel_pipeline.intake.tables.apart import run_apart
from mel_pipeline.intake.tables.columns import NamedColumns, refuse_too_many
from mel_pipeline.intake.tables.parquet import read_parquet

SPSS = (b"$FL2", b"$FL3")
LOCKED_SPSS = b"ENCRYPTEDSAV"
STATA = b"<stata_dta>"
_STATA_ENDS = b"</stata_dta>"
_OLD_STATA_VERSIONS = range(104, 116)
_PROGRAM = "mel_pipeline.intake.tables.statistical_program"

Kind = Literal["spss", "stata"]


def is_stata(start: bytes) -> bool:
    """Whether a file is one of Stata: by its tag, or by version, byte order and type in its first bytes."""
    if start.startswith(STATA):
        return True
    return len(start) > 4 and start[0] in _OLD_STATA_VERSIONS and start[1] in (1, 2) and start[2:4] == b"\x01\x00"


def read_statistical(path: Path, kind: Kind) -> NamedColumns:
    """Read all variables; answers that a survey declares as missing are kept as codes."""
    if kind == "stata":
        _refuse_cut_off(path)
    with TemporaryDirectory() as name:
        folder = Path(name)
        if not run_apart(_PROGRAM, kind, str(columns.MAX_CELLS), path, folder):
            raise Refused("unreadable_table", found=kind)
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        names: list[str] = about["names"]
        refuse_too_many(about["rows"] or 0, len(names))
        parts = [read_parquet(part).columns for part in sorted(folder.glob("*.parquet"))]
    whole = [Coded.joined([part[place] for part in parts]) for place in range(len(names))]
    if about["rows"] is not None and whole and len(whole[0]) != about["rows"]:
        raise Refused("unreadable_table", found=kind)
    labels = {int(place): {_code(code): label for code, label in pairs} for place, pairs in about["labels"].items()}
    return NamedColumns(names, whole, about["titles"], labels)


def _refuse_cut_off(path: Path) -> None:
    """Refuse a tagged file without its last tag: what is missing may be labels, which no reader misses."""
    with path.open("rb") as file:
        is_tagged = file.read(len(STATA)) == STATA
        file.seek(-min(len(_STATA_ENDS), path.stat().st_size), os.SEEK_END)
        if is_tagged and file.read() != _STATA_ENDS:
            raise Refused("unreadable_table", found="stata")


def _code(code: Any) -> Cell:
    whole: Cell = int(code) if isinstance(code, float) and code.is_integer() else code
    return whole
