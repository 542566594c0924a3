"""The survey forms of a programme to send out: each as it is declared, with the limits that rules ask of answers.

A constraint that the form already has is kept. How a form is read belongs to `intake/xlsform.py`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Rule, Source, Words
from mel_pipeline.intake.grids import Cell, Grid, read_grids
from mel_pipeline.intake.words import fold
from mel_pipeline.intake.xlsform import Form, read_form
from mel_pipeline.starting.survey_form import language_of

NUMBERS = ("integer", "decimal", "range")


def write_form(path: Path, programme: Programme, source: Source, form_path: Path) -> int:
    """Write a form with constraints from rules where it has none.

    Args:
        path: where to; the folder exists.
        programme: its rules and missing codes.
        source: the source that reads the form's exports.
        form_path: the declared form.

    Returns:
        How many constraints were added.
    """
    form = read_form(form_path)
    added = _constraints(programme, source, form)
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        for grid in read_grids(form_path).sheets:
            rows = [list(line.cells) for line in grid.lines]
            if fold(grid.sheet) == "survey":
                rows = _with_constraints(rows, form, added)
            _write(workbook, grid, rows)
    return len(added)


def _constraints(programme: Programme, source: Source, form: Form) -> dict[str, tuple[str, Words]]:
    """Constraint and message by the bare name of the question, from rules about the range of a number."""
    found: dict[str, tuple[str, Words]] = {}
    for rule in programme.rules[source.source]:
        if rule.expect != "expect_column_values_to_be_between" or rule.when is not None:
            continue
        for name in rule.arguments.get("columns") or [rule.arguments["column"]]:
            field = source.field(name)
            question = form.question(field.question) if field is not None and field.question else None
            if question is not None and question.kind in NUMBERS and not question.constraint:
                found.setdefault(question.name, (_range(rule, programme.settings.missing_codes), rule.reason))
    return found


def _range(rule: Rule, missing_codes: dict[str, str]) -> str:
    arguments = rule.arguments
    limits = [
        f". {sign}{'' if arguments.get(strict) else '='} {arguments[key]}"
        for key, sign, strict in (("min_value", ">", "strict_min"), ("max_value", "<", "strict_max"))
        if arguments.get(key) is not None
    ]
    plain = " and ".join(limits)
    return " or ".join([f"({plain})", *(f". = {code}" for code in missing_codes)]) if missing_codes else plain


def _with_constraints(rows: list[list[Cell]], form: Form, added: dict[str, tuple[str, Words]]) -> list[list[Cell]]:
    """The sheet with its constraints, and a message in each language that the form speaks."""
    if not added or not rows:
        return rows
    header = [str(cell or "").strip() for cell in rows[0]]
    spoken = [name for name in form.languages if name]
    messages = [f"constraint_message::{name}" for name in spoken] or ["constraint_message"]
    columns = [*header, *(name for name in ("constraint", *messages) if name not in header)]
    name_at = [fold(each) for each in header].index("name")
    done: list[list[Cell]] = [list(columns)]
    for row in rows[1:]:
        cells: list[Cell] = [*row, *[None] * (len(columns) - len(row))]
        name = str(cells[name_at] or "").strip()
        if name in added:
            constraint, words = added[name]
            cells[columns.index("constraint")] = constraint
            for column, language in zip(messages, spoken or [""], strict=True):
                cells[columns.index(column)] = words.get(language_of(language), next(iter(words.values())))
        done.append(cells)
    return done


def _write(workbook: xlsxwriter.Workbook, grid: Grid, rows: Sequence[Sequence[Cell]]) -> None:
    """Write cells as what they are; text stays text, whatever it begins with."""
    sheet = workbook.add_worksheet(grid.sheet)
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(number, place, cell)
            elif isinstance(cell, (int, float)):
                sheet.write_number(number, place, cell)
            elif isinstance(cell, (date, datetime)):
                sheet.write_datetime(number, place, cell, day)
            elif cell is not None:
                sheet.write_string(number, place, str(cell), bold if number == 0 else None)
