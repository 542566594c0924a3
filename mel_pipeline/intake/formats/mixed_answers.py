"""Finds answers in other words than the rest of their file: labels beside codes, two languages in one export.

They are read all the same; here they are only written down. What a label means belongs to `kobo.py`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mel_pipeline.intake.grids import Cell
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.words import fold
from mel_pipeline.intake.xlsform import Question

_CODES = -1
"""Stands for the notation of codes; the others are the places of the form's languages."""

Notations = frozenset[int]


def labels_beside_codes(
    rule_id: str, answers: Mapping[str, Sequence[Cell]], asked: Mapping[str, Question], row_numbers: Sequence[int]
) -> list[Repair]:
    """One repair for each label in a file that mostly holds codes, or labels of another language.

    A code beside labels says by itself what it means and is left alone.

    Args:
        rule_id: under which they are written down.
        answers: cells as they stand in the file, by field.
        asked: the question of each field; only those with choices tell a notation.
        row_numbers: number of each row as a spreadsheet shows it.
    """
    counted = {field: Counter(cells) for field, cells in answers.items()}
    usual = _usual((_notations(cell, asked[field]), n) for field, cells in counted.items() for cell, n in cells.items())
    repairs = []
    for field, cells in answers.items():
        strange = {cell for cell in counted[field] if _is_strange(_notations(cell, asked[field]), usual)}
        for number, cell in zip(row_numbers, cells, strict=True) if strange else ():
            if cell in strange:
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
    """The notation that fits most answers, told with how often each was given; codes where two fit as many."""
    fits: Counter[int] = Counter()
    for notations, count in answers:
        fits.update(dict.fromkeys(notations, count))
    return max(sorted(fits), key=lambda notation: fits[notation], default=_CODES)


def _is_strange(notations: Notations, usual: int) -> bool:
    return bool(notations) and usual not in notations and _CODES not in notations


def _code(cell: Cell, question: Question) -> str | None:
    text = fold(str(cell))
    codes = [choice.code for choice in question.choices if text in map(fold, choice.labels)]
    return codes[0] if len(codes) == 1 else None
