"""Finds answers in other words than the rest of their file: labels beside codes, two languages in one export.

They are read all the same; here they are only written down. What a label means belongs to `kobo.py`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded, Rows
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.words import fold
from mel_pipeline.intake.xlsform import Question

_CODES = -1
"""Stands for the notation of codes; the others are the places of the form's languages."""

Notations = frozenset[int]


def labels_beside_codes(
    rule_id: str, answers: Mapping[str, Coded], asked: Mapping[str, Question], row_numbers: Sequence[int] | Rows
) -> list[Repair]:
    """One repair for each label in a file that mostly holds codes, or labels of another language.

    A code beside labels says by itself what it means and is left alone.

    Args:
        rule_id: under which they are written down.
        answers: cells as they stand in the file, by field.
        asked: the question of each field; only those with choices tell a notation.
        row_numbers: number of each row as a spreadsheet shows it.
    """
    known = {field: [_notations(cell, asked[field]) for cell in cells.distinct] for field, cells in answers.items()}
    usual = _usual(
        (notations, int(count))
        for field, cells in answers.items()
        for notations, count in zip(known[field], cells.counts, strict=True)
    )
    repairs = []
    for field, cells in answers.items():
        strange = cells.flags(place for place, notations in enumerate(known[field]) if _is_strange(notations, usual))
        for row in cells.rows_with(strange).tolist():
            cell, number = cells[row], int(row_numbers[row])
            repairs.append(Repair(rule_id, "", number, None, field, str(cell), _code(cell, asked[field])))
    return repairs


def _notations(cell: Cell, question: Question) -> Notations:
    """Every notation in which the cell is one of the choices."""
    text = "" if cell is None else str(cell).strip()
    found = {_CODES for choice in question.choices if choice.code == text}
    for choice in question.choices if text else ():
        found |= {place for place, label in enumerate(choice.labels) if fold(label) == fold(text)}
    return frozenset(found)


def _usual(answers: Iterable[tuple[Notations, int]]) -> int:
    """The notation that fits most answers, each told with how many rows gave it; codes where two fit as many."""
    fits: Counter[int] = Counter()
    for notations, count in answers:
        for notation in notations:
            fits[notation] += count
    return max(sorted(fits), key=lambda notation: fits[notation], default=_CODES)


def _is_strange(notations: Notations, usual: int) -> bool:
    return bool(notations) and usual not in notations and _CODES not in notations


def _code(cell: Cell, question: Question) -> str | None:
    text = fold(str(cell))
    codes = [choice.code for choice in question.choices if text in map(fold, choice.labels)]
    return codes[0] if len(codes) == 1 else None
