"""Writes down which answers to a multiple choice came as one text of several codes and were taken apart.

`select_multiple_from_file` is exported so whatever the settings of the export. What the codes are, and that labels are
never cut, belongs to `kobo.py`.
"""

from collections.abc import Mapping, Sequence

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded, Rows
from mel_pipeline.intake.layout import choice_column
from mel_pipeline.intake.staged import Repair


def split_answers(
    rule_id: str,
    choices: Mapping[str, Mapping[str, object]],
    columns: Mapping[str, Coded],
    numbers: Sequence[int] | Rows,
) -> list[Repair]:
    """One repair for each answer of several codes, where a question has no columns of its options.

    Args:
        rule_id: under which they are written down.
        choices: codes of the options by field.
        columns: cells by field, and by option where the file has columns of options.
        numbers: number of each row as a spreadsheet shows it.
    """
    repairs = []
    for field, codes in choices.items():
        if field not in columns or any(choice_column(field, code) in columns for code in codes):
            continue
        listed = [_codes(cell, codes) for cell in columns[field].distinct]
        several = columns[field].flags(place for place, each in enumerate(listed) if len(each) > 1)
        for row in columns[field].rows_with(several).tolist():
            text = str(columns[field][row]).strip()
            repairs.append(Repair(rule_id, "", int(numbers[row]), None, field, text, ", ".join(_codes(text, codes))))
    return repairs


def _codes(cell: Cell, codes: Mapping[str, object]) -> list[str]:
    """The codes that a text lists; none where any of it is no code."""
    parts = str(cell).split() if cell is not None else []
    return parts if all(part in codes for part in parts) else []
