"""The columns of a multiple choice: from its own, from a summary of codes, and 0 only where others were answered.

Which column of a file is which option belongs to `kobo.py`.
"""

from collections.abc import Mapping

import numpy as np

from mel_pipeline.declarations.models import SourceField
from mel_pipeline.intake.cells import Cell, blank_values, is_blank
from mel_pipeline.intake.coded import Coded, Flags
from mel_pipeline.intake.grids import Line
from mel_pipeline.intake.layout import choice_codes, choice_column
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.words import fold
from mel_pipeline.intake.xlsform import Form

MANY_WAYS = 50
"""A summary whose first words can be read in more ways than these is not followed to its end."""

TICKED = frozenset({"1", "1.0", "true", "yes", "oui", "نعم"})
NOT_TICKED = frozenset({"0", "0.0", "false", "no", "non", "لا"})


def codes_by_label(choices: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Code of each folded label; a label that two choices bear (two cities named Tripoli) tells neither."""
    bearers: dict[str, set[str]] = {}
    for code, labels in choices.items():
        for label in labels:
            bearers.setdefault(fold(label), set()).add(code)
    return {label: next(iter(codes)) for label, codes in bearers.items() if len(codes) == 1}


def fill_options(columns: dict[str, Coded], field: SourceField, form: Form | None, header: Line) -> list[Repair]:
    """Make every option's column: from its own, from a summary of codes, or 0 where others were answered."""
    choices = choice_codes(field, form)
    summary = columns.pop(field.name, None)
    names = {code: choice_column(field.name, code) for code in choices}
    present = [name for name in names.values() if name in columns]
    if not present and summary is None:
        return []
    if not present and summary is not None:
        columns.update(_split_summary(summary, choices, field.name))
        return []
    for name in present:
        columns[name] = columns[name].map(_tick)
    missing = [name for name in names.values() if name not in columns]
    if not missing:
        return []
    answered = _answered([*(columns[name] for name in present), *([summary] if summary else [])])
    told = _split_summary(summary, choices, field.name) if summary else {}
    for name in missing:
        by_summary = told.get(name, Coded.constant(None, len(columns[present[0]])))
        untold = by_summary.flagged(lambda cell: cell is None)[by_summary.places]
        columns[name] = by_summary.with_value(np.flatnonzero(answered & untold), 0)
    return [Repair("SV08", "", header.number, None, name, None, "0") for name in missing]


def _answered(columns: list[Coded]) -> Flags:
    """Rows in which any of some columns says something."""
    answered = np.zeros(len(columns[0]), np.bool_)
    for column in columns:
        answered |= ~blank_values(column)[column.places]
    return answered


def _tick(cell: Cell) -> Cell:
    text = fold(str(cell)) if cell is not None else ""
    return 1 if text in TICKED else 0 if text in NOT_TICKED else cell


def _split_summary(summary: Coded, choices: dict[str, tuple[str, ...]], field: str) -> dict[str, Coded]:
    """Cut summaries at spaces: into codes, or into labels where that can be done in one way only."""
    by_label = codes_by_label(choices)
    longest = max((label.count(" ") + 1 for label in by_label), default=1)

    def chosen(cell: Cell) -> frozenset[str]:
        text = "" if is_blank(cell) else str(cell).strip()
        codes = frozenset(text.split())
        if codes <= set(choices):
            return codes
        ways = _ways(tuple(fold(text).split()), by_label, longest)
        return next(iter(ways)) if len(ways) == 1 else frozenset()

    said = [chosen(cell) for cell in summary.distinct]
    columns = {
        choice_column(field, code): Coded(summary.places, [int(code in codes) if codes else None for codes in said])
        for code in choices
    }
    unreadable = [None if codes or is_blank(cell) else cell for cell, codes in zip(summary.distinct, said, strict=True)]
    if any(cell is not None for cell in unreadable):
        columns[field] = Coded(summary.places, unreadable)
    return columns


def _ways(words: tuple[str, ...], by_label: Mapping[str, str], longest: int) -> set[frozenset[str]]:
    """The choices that words can stand for, label after label; more than one way tells nothing."""
    ways: list[set[frozenset[str]]] = [{frozenset()}]
    for end in range(1, len(words) + 1):
        found: set[frozenset[str]] = set()
        for start in range(max(0, end - longest), end):
            code = by_label.get(" ".join(words[start:end]))
            if code is not None:
                found |= {way | {code} for way in ways[start] if code not in way}
        if len(found) > MANY_WAYS:
            return found
        ways.append(found)
    return ways[-1]
