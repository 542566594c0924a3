"""How far the data can be trusted: for each source what was read and set aside, and the share of checks passed.

Only the choice of what is told about data quality belongs here.
"""

from dataclasses import dataclass

from mel_pipeline.declarations.models import DQA_DIMENSIONS, Source
from mel_pipeline.publish.facts import Facts
from mel_pipeline.publish.numbers import Number, Numbers
from mel_pipeline.publish.words import Words, mark

DQA_WORDS = {
    "validity": mark("Validity"),
    "integrity": mark("Integrity"),
    "precision": mark("Precision"),
    "reliability": mark("Reliability"),
    "timeliness": mark("Timeliness"),
}
GRADE_CUTS = (0.98, 0.95, 0.90)
"""Shares from which a data-quality grade is A, B and C."""


@dataclass(frozen=True)
class CheckShare:
    """Share of checks passed, with the grade it gives."""

    share: Number
    grade: str


@dataclass(frozen=True)
class SourceQuality:
    """One source: its rows, and the checks in each dimension; None where nothing was checked."""

    title: str
    read: Number
    accepted: Number
    set_aside: Number
    dropped: Number
    checks: list[CheckShare | None]


@dataclass(frozen=True)
class QualityView:
    """The table of data quality."""

    dimensions: list[str]
    sources: list[SourceQuality]


def quality_view(facts: Facts, sources: dict[str, Source], words: Words) -> QualityView:
    """Lay out the table of data quality; a source without any file is left out."""
    numbers = Numbers(words)
    checks = {(check.source, check.dqa_dimension): check for check in facts.checks}
    rows = []
    for found in facts.sources:
        declared = sources.get(found.source)
        shares = []
        for dimension in DQA_DIMENSIONS:
            check = checks.get((found.source, dimension))
            shares.append(None if check is None else _share(1 - check.failed / check.tested, numbers))
        rows.append(
            SourceQuality(
                title=words.declared(declared.title) if declared else found.source,
                read=numbers.count(found.read),
                accepted=numbers.count(found.accepted),
                set_aside=numbers.count(found.set_aside),
                dropped=numbers.count(found.dropped),
                checks=shares,
            )
        )
    return QualityView([words.plain(DQA_WORDS[dimension]) for dimension in DQA_DIMENSIONS], rows)


def _share(share: float, numbers: Numbers) -> CheckShare:
    grade = next((letter for letter, cut in zip("abc", GRADE_CUTS, strict=True) if share >= cut), "d")
    return CheckShare(numbers.share(share), grade)
