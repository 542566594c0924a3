"""Values that a file holds as codes with labels beside them (SPSS, Stata): which of the two a field wants.

Labels of a survey form belong to `kobo.py`.
"""

from collections.abc import Mapping

from mel_pipeline.declarations.models import SourceField
from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.value_texts import as_text
from mel_pipeline.intake.words import fold

READ_AS_WORDS = ("text", "category", "flag")


def with_labels(cells: Coded, field: SourceField, labels: Mapping[Cell, str]) -> Coded:
    """Labels in place of codes where the field holds words, save codes that its declared values spell."""
    if field.type not in READ_AS_WORDS:
        return cells
    repaired = [values for each in field.repaired_values.values() for values in each.values()]
    spelled = {fold(str(text)) for values in (*field.values.values(), *repaired) for text in values}
    return cells.map(lambda cell: cell if cell is None or fold(as_text(cell)) in spelled else labels.get(cell, cell))
