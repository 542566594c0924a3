"""Which rows are of one person: what they say about people, made comparable, becomes a keyed hash.

How texts are hashed belongs to `privacy.py`, how a name is tidied to `person_names.py`.
"""

import re
from collections.abc import Mapping

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.coded import Coded, Flags
from mel_pipeline.intake.folding import folded
from mel_pipeline.intake.person_names import tidied
from mel_pipeline.intake.privacy import HashKey, person_hashes
from mel_pipeline.intake.value_texts import as_texts
from mel_pipeline.intake.words import fold

Retold = dict[str, list[int]]
"""Rows whose person follows from a name that was tidied, by the field of the name."""


def hash_persons(
    columns: Mapping[str, Coded], source: Source, key: HashKey, count: int
) -> tuple[dict[str, Coded], Retold]:
    """The hashed columns of a source, and the rows in which a title or the order of a name was in the way."""
    hashed: dict[str, Coded] = {}
    retold: Retold = {}
    for name, alternatives in source.privacy.hash.items():
        parts = {part for together in alternatives for part in together}
        written = {part: _texts(columns, part, count) for part in parts}
        tidy = {part: tidied(written[part]) for part in parts if part in source.privacy.person_names}
        read = {part: _comparable(source, part, tidy[part][0] if part in tidy else written[part]) for part in parts}
        hashed[name] = person_hashes(key, _inputs(alternatives, read), count)
        for part, (_, is_other) in tidy.items():
            as_written = {**read, part: _comparable(source, part, written[part])}
            retold[part] = _moved(hashed[name], key, alternatives, as_written, written[part], is_other)
    return hashed, retold


def _moved(
    hashed: Coded,
    key: HashKey,
    alternatives: list[list[str]],
    as_written: dict[str, Coded],
    names: Coded,
    is_other: Flags,
) -> list[int]:
    """Rows that would be of another person if the name had been taken as it is written."""
    rows = names.rows_with(is_other)
    if not len(rows):
        return []
    of_rows = {part: texts.take(rows) for part, texts in as_written.items()}
    before = person_hashes(key, _inputs(alternatives, of_rows), len(rows)).to_list()
    after = hashed.take(rows).to_list()
    return [int(row) for row, old, new in zip(rows, before, after, strict=True) if old != new]


def _inputs(alternatives: list[list[str]], texts: Mapping[str, Coded]) -> list[list[tuple[str, Coded]]]:
    return [[(part, texts[part]) for part in together] for together in alternatives]


def _texts(columns: Mapping[str, Coded], column: str, count: int) -> Coded:
    values = columns.get(column)
    return Coded.constant("", count) if values is None else as_texts(values).compacted()


def _comparable(source: Source, column: str, texts: Coded) -> Coded:
    """Folded texts; nothing where one stands for several people, such as an office's mailbox."""
    plain = folded(texts)
    if column not in source.privacy.shared:
        return plain
    return plain.map(lambda text: "" if stands_for_several(source, column, text) else text)


def stands_for_several(source: Source, column: str, text: str) -> bool:
    """Whether a text is that of several people, such as the address of an office's mailbox."""
    return any(re.search(pattern, fold(text)) for pattern in source.privacy.shared.get(column, ()))
