"""Folding whole columns of texts for comparison: plain ones all at once, the others as `words.fold` does it."""

import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.words import fold

_ONE_CASE_AWAY = r"^(?:[!-.0-_a-~]+(?: [!-.0-_a-~]+)*)?$"
"""Texts that only their letters' case keeps from being folded: no slash, no backquote, no two spaces."""


def folded(texts: Coded) -> Coded:
    """A column of texts, each folded; empty ones stay empty."""
    cells = texts.values(pa.string())
    is_plain = pc.fill_null(pc.match_substring_regex(cells, _ONE_CASE_AWAY), False)
    others = pc.invert(is_plain)
    exact = [fold(text or "") for text in cells.filter(others).to_pylist()]
    return Coded(texts.places, pc.replace_with_mask(pc.ascii_lower(cells), others, pa.array(exact, pa.string())))
