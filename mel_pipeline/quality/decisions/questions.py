"""Finds the column that a decision is about, and compares values as data, not as they are spelled.

No row is changed here.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mel_pipeline.declarations.models import SourceField
from mel_pipeline.intake.grids import Cell, is_blank
from mel_pipeline.intake.layout import choice_codes, choice_column, field_columns
from mel_pipeline.intake.typing import Typed, type_column
from mel_pipeline.intake.value_texts import Value
from mel_pipeline.intake.words import fold_header
from mel_pipeline.intake.xlsform import Form
from mel_pipeline.quality.case import Case

NOT_STATED = frozenset({"na", "n/a", "nan", "null", "none"})
"""What programs write for an empty cell of a log."""


@dataclass(frozen=True)
class Column:
    """A column of the judged rows that people may correct."""

    name: str
    field: SourceField


def columns_by_name(case: Case, form: Form | None) -> dict[str, Column]:
    """Correctable columns under every name that a log may use: field, question, last part of it, header, option."""
    found: dict[str, Column] = {}
    for field in case.source.fields:
        names = [field.name, *field.headers]
        if field.question:
            names += [field.question, field.question.rpartition("/")[2]]
        for column in field_columns(case.source, field, form):
            spelled = names if column == field.name else [column]
            if field.type == "choices":
                spelled = [column, *_option_names(names, column, field, form)]
            elif column != field.name:
                continue
            for name in spelled:
                found.setdefault(fold_header(name), Column(column, field))
    return found


def _option_names(names: list[str], column: str, field: SourceField, form: Form | None) -> list[str]:
    """An option of a multiple choice as exports name it: the question, a slash or a point, and the code."""
    code = next(code for code in choice_codes(field, form) if choice_column(field.name, code) == column)
    return [f"{name}{joint}{code}" for name in names for joint in "/."]


def read_cell(cell: Cell, field: SourceField, missing_codes: Mapping[str, str]) -> Typed:
    """A value of a log as the file's own cell would be read."""
    if field.type == "choices" and isinstance(cell, str) and cell.strip() in ("0", "1"):
        cell = int(cell)
    typed = type_column([cell], field, missing_codes)
    return Typed(typed.values[0], reason=typed.reasons[0], is_readable=not typed.unreadable)


def is_stated(old_value: str | None) -> bool:
    """Whether a log says what was found."""
    return not is_blank(old_value) and fold_header(old_value or "") not in NOT_STATED


def is_same(a: object, b: object) -> bool:
    """Whether two typed values are equal; lists count as sets, numbers to the last digits that matter."""
    if isinstance(a, list) and isinstance(b, list):
        return sorted(a) == sorted(b)
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(a, datetime) and isinstance(b, datetime):
        return a.replace(microsecond=0) == b.replace(microsecond=0)
    return a == b


__all__ = ["Column", "Value", "columns_by_name", "is_same", "is_stated", "read_cell"]
