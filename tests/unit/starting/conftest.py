"""Writes small forms and exports, as people have them."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

Rows = Sequence[Sequence[Any]]
WriteForm = Callable[..., Path]
WriteExport = Callable[[str, Rows], Path]


@pytest.fixture
def write_form(tmp_path: Path) -> WriteForm:
    def write(survey: Rows, choices: Rows = (), settings: Rows = (), name: str = "visits.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as workbook:
            for title, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
                sheet = workbook.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return write


@pytest.fixture
def write_export(tmp_path: Path) -> WriteExport:
    def write(name: str, rows: Rows) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write
