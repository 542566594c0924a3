"""Writes the truth folder: values, defects, and what becomes of the rows of each file."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from mel_example.raw_files.sheets import RawFile, source_of
from mel_example.records import PlantedDefect
from mel_example.truth.values import Cell, IndicatorValue

_VALUE_COLUMNS = (
    *(field.name for field in fields(Cell)),
    *(field.name for field in fields(IndicatorValue) if field.name != "cell"),
)
_FILE_COLUMNS = ("source", "source_file", "n_rows", "n_accepted", "n_quarantined", "n_dropped")


def write_truth(
    truth: Path,
    values: Iterable[IndicatorValue],
    defects: Iterable[PlantedDefect],
    files: Iterable[RawFile],
) -> None:
    """Writes `indicator_values.csv`, `defects.csv` and `files.csv` into the truth folder."""
    truth.mkdir(parents=True, exist_ok=True)
    _write(truth / "indicator_values.csv", _VALUE_COLUMNS, map(_value_row, values))
    _write(
        truth / "defects.csv",
        tuple(field.name for field in fields(PlantedDefect)),
        (tuple(map(str, astuple(defect))) for defect in defects),
    )
    _write(truth / "files.csv", _FILE_COLUMNS, (row for file in files for row in _file_rows(file)))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _value_row(row: IndicatorValue) -> tuple[str, ...]:
    numbers = (row.value, row.numerator, row.denominator, row.n, row.coverage)
    return (*astuple(row.cell), *map(_number, numbers))


def _number(value: float | None) -> str:
    """All digits, so that a check may ask for nine decimals; empty stands for what cannot be said."""
    return "" if value is None else repr(value).removesuffix(".0")


def _file_rows(file: RawFile) -> Iterator[tuple[str, ...]]:
    """One row for each source that reads the file, also where its sheet is empty."""
    verdicts: dict[str, Counter[str]] = {}
    for sheet in file.sheets:
        verdicts.setdefault(source_of(file, sheet), Counter()).update(row.verdict for row in sheet.rows)
    for source, found in verdicts.items():
        counts = (found.total(), found["accepted"], found["quarantined"], found["dropped"])
        yield (source, file.path, *map(str, counts))
