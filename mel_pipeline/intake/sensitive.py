"""Takes sentences out of free text that tell of a victim, a suspect or a case, before anything is written.

Which words are signs of that is declared by the programme. Addresses and names belong to `personal_scan.py`.
"""

import re
from dataclasses import replace

import numpy as np

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.problems import Problem
from mel_pipeline.intake.rows import TypedRows
from mel_pipeline.intake.staged import Repair

SENSITIVE = "SENSITIVE"
"""Rule identifier of sentences taken out for sources that declare none in `rule_ids`."""

MARK = "[sensitive]"
"""What stands in a kept text in place of such a sentence; the same in every language, known to rules."""

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?؟])(\s+)(?!\d)|(\n+)")


def take_sensitive_out(source: Source, rows: TypedRows) -> tuple[TypedRows, list[Problem]]:
    """Put a mark in place of each sentence in which a declared pattern is found; the texts are changed in place.

    Returns:
        The rows with the repairs added, and a remark for each field in which something was found.
    """
    if not source.privacy.sensitive:
        return rows, []
    pattern = re.compile("|".join(f"(?:{each})" for each in source.privacy.sensitive), re.IGNORECASE)
    repairs: list[Repair] = []
    remarks: list[Problem] = []
    for name in source.privacy.redacted:
        if name in rows.columns:
            found = _marked(rows, name, pattern)
            rule_id = source.rule_ids.sensitive or SENSITIVE
            repairs += [Repair(rule_id, *rows.where(row), rows.key(row), name, None, None) for row in found]
            remarks += [Problem("sensitive_text", {"field": name, "found": len(found)})] if found else []
    return replace(rows, repairs=rows.repairs + repairs), remarks


def _marked(rows: TypedRows, name: str, pattern: re.Pattern[str]) -> list[int]:
    """Rows whose text held a sensitive sentence, which a mark has replaced."""
    values = rows.columns[name]
    texts = {
        row: without_sensitive(str(text), pattern)
        for row, text in enumerate(values)
        if text is not None and pattern.search(str(text))
    }
    if texts:
        rows.columns[name] = values.with_values(np.array(list(texts)), list(texts.values()))
    return list(texts)


def without_sensitive(text: str, pattern: re.Pattern[str]) -> str:
    """The text with a mark in place of each sentence in which the pattern is found."""
    parts = [part for part in _BETWEEN_SENTENCES.split(text) if part]
    return "".join(MARK if pattern.search(part) else part for part in parts)
