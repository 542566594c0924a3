"""The program that takes a file of SPSS or Stata apart: its rows as Parquet files, and what it says about them as JSON.

It is run by `statistical.py` in a process of its own.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

from mel_pipeline.intake.tables.apart import limit_memory

ROWS_AT_ONCE = 122_880


def take_apart(kind: str, max_cells: int, path: str, folder: Path) -> None:
    """Write the rows, some at a time; of a file with too many cells only what it says about itself."""
    about = _part(kind, path, metadataonly=True)[1]
    names = list(about.column_names)
    _write_about(about, names, folder)
    if (about.number_rows or 0) * len(names) > max_cells:
        return
    n_read = 0
    while names:
        values, _ = _part(kind, path, row_offset=n_read, row_limit=ROWS_AT_ONCE)
        table = pa.table({str(place): pa.array(values[name], from_pandas=True) for place, name in enumerate(names)})
        pq.write_table(table, folder / f"{n_read:012d}.parquet")
        n_read += table.num_rows
        if table.num_rows < ROWS_AT_ONCE or n_read * len(names) > max_cells:
            break


def _write_about(about: Any, names: list[str], folder: Path) -> None:
    labelled = about.variable_value_labels
    labels = {place: list(labelled[name].items()) for place, name in enumerate(names) if name in labelled}
    titles = [title or "" for title in about.column_labels]
    told = {"names": names, "titles": titles, "labels": labels, "rows": about.number_rows}
    (folder / "about.json").write_text(json.dumps(told), encoding="utf-8")


def _part(kind: str, path: str, **which: Any) -> tuple[dict[str, Any], Any]:
    """Some rows by variable, and what the file says about its variables."""
    read = pyreadstat.read_sav if kind == "spss" else pyreadstat.read_dta
    return read(path, output_format="dict", user_missing=kind == "spss", **which)


if __name__ == "__main__":
    limit_memory()
    take_apart(sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
