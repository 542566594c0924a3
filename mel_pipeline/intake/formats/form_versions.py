"""Answers to older versions of a survey form: their headers and codes become those of today, as `versions` declares.

A version that is not declared, or whose scales were others than those of today's form, is refused: a renamed question
or a scale that was turned round would be read without a word.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.cells import Cell, is_blank
from mel_pipeline.intake.coded import Coded, Flags, Rows
from mel_pipeline.intake.formats.reading import column_cells
from mel_pipeline.intake.grids import Line
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.words import fold_header, visible
from mel_pipeline.intake.xlsform import Form

VERSION = "__version__"
RENAMED = "RENAMED"
RECODED = "RECODED"
"""Rule identifiers of what is read by `versions`, for sources that declare none in `rule_ids`."""

FINGERPRINT_LENGTH = 12


@dataclass(frozen=True)
class _Old:
    """Rows that answered one version: the columns of its renamed headers, and today's codes, both by field."""

    rows: Flags
    columns: Mapping[str, Coded]
    codes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Versions:
    """What older versions in one file say otherwise.

    Attributes:
        fields: fields that stand under an older header.
        positions: columns of older headers.
    """

    fields: frozenset[str] = frozenset()
    positions: frozenset[int] = frozenset()
    repairs: list[Repair] = field(default_factory=list)
    old: Sequence[_Old] = ()

    def mapped(self, columns: Mapping[str, Coded], numbers: Sequence[int] | Rows) -> dict[str, Coded]:
        """Cells under the questions and in the codes of today; each changed code is written down."""
        result = dict(columns)
        for old in self.old:
            for name, cells in old.columns.items():
                result[name] = _replaced(result.get(name), cells, old.rows)
            for name, codes in old.codes.items():
                if name in result:
                    before = result[name]
                    after = before.map(partial(_in_todays_code, codes))
                    self.repairs.extend(_recoded(name, before, codes, old.rows, numbers))
                    result[name] = _replaced(before, after, old.rows)
        return result


def read_versions(
    source: Source, form: Form | None, fields: Sequence[SourceField], titles: Sequence[str], lines: Sequence[Line]
) -> Versions:
    """Find which versions of the form the rows of an export answered, and what they say otherwise.

    Args:
        source: the declaration; without `versions` every version is read as today's.
        form: the form of today.
        fields: fields that are read from questions.
        titles: header cells.
        lines: the submissions.

    Raises:
        Refused: a version is not declared, or its scales are not those of today's form.
    """
    position = _position(titles, VERSION)
    if not source.versions or position is None:
        return Versions()
    told = column_cells(lines, {VERSION: position})[VERSION]
    texts = [_text(cell) for cell in told.distinct]
    present = sorted({text for place, text in enumerate(texts) if text and told.counts[place]})
    _refuse_unmapped(source, form, titles, present)
    _refuse_other_scales(source, form, present)
    fields_found: set[str] = set()
    places: set[int] = set()
    repairs, old = [], []
    for version in present:
        declared = source.versions[version]
        headers = {header: _position(titles, header) for header in declared.renamed}
        found = {header: place for header, place in headers.items() if place is not None}
        named = {
            each.name: found[header] for header in found for each in fields if each.question == declared.renamed[header]
        }
        rows = np.array([text == version for text in texts], np.bool_)[told.places]
        codes = {each.name: declared.recoded[each.question] for each in fields if each.question in declared.recoded}
        old.append(_Old(rows, column_cells(lines, named), codes))
        fields_found |= set(named)
        places |= set(found.values())
        repairs += [
            Repair(RENAMED, "", 1, None, name, titles[place], _question(fields, name)) for name, place in named.items()
        ]
    return Versions(frozenset(fields_found), frozenset(places), list(dict.fromkeys(repairs)), old)


def scales_of(source: Source, form: Form) -> str:
    """A fingerprint of the codes and labels of every choice that is read as a number; their order does not matter."""
    scales = {
        each.question: sorted([choice.code, *choice.labels] for choice in question.choices)
        for each in source.fields
        if each.type in ("integer", "number") and each.question
        for question in [form.question(each.question)]
        if question and question.choices
    }
    text = json.dumps(scales, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:FINGERPRINT_LENGTH]


def _refuse_unmapped(source: Source, form: Form | None, titles: Sequence[str], present: Sequence[str]) -> None:
    unmapped = [version for version in present if version not in source.versions]
    if unmapped:
        known = {fold_header(name) for name in _known_names(source, form)}
        strange = [title for title in titles if "/" in title and fold_header(title) not in known]
        others = [title for title in strange if not any(fold_header(title).startswith(f"{name}/") for name in known)]
        raise Refused("unmapped_version", found=unmapped, expected=sorted(source.versions), headers=others[:5])


def _known_names(source: Source, form: Form | None) -> list[str]:
    asked = [name for question in form.questions.values() for name in (question.path, *question.labels)] if form else []
    return [*asked, *(each.question for each in source.fields if each.question)]


def _refuse_other_scales(source: Source, form: Form | None, present: Sequence[str]) -> None:
    if form is None:
        return
    today = scales_of(source, form)
    for version in present:
        declared = source.versions[version]
        if declared.scales and declared.scales != today and not declared.recoded:
            raise Refused("other_scales", version=version, found=today, expected=declared.scales)


def _position(titles: Sequence[str], name: str) -> int | None:
    """Where a header stands: as it is written, with points for slashes, or without its groups."""
    spellings = [name, name.replace("/", "."), name.rsplit("/", 1)[-1]]
    folded = [fold_header(title) for title in titles]
    return next((folded.index(fold_header(each)) for each in spellings if fold_header(each) in folded), None)


def _question(fields: Sequence[SourceField], name: str) -> str | None:
    return next((each.question for each in fields if each.name == name), None)


def _text(cell: Cell) -> str:
    return "" if is_blank(cell) else visible(str(cell))


def _in_todays_code(codes: Mapping[str, str], cell: Cell) -> Cell:
    return codes.get(_text(cell), cell)


def _replaced(usual: Coded | None, other: Coded, rows: Flags) -> Coded:
    """The cells of another column in some rows."""
    if usual is None:
        usual = Coded.constant(None, len(rows))
    places = np.where(rows, other.places + usual.n_distinct, usual.places).astype(np.int32)
    return Coded(places, *usual.pieces, *other.pieces)


def _recoded(
    name: str, before: Coded, codes: Mapping[str, str], rows: Flags, numbers: Sequence[int] | Rows
) -> Iterable[Repair]:
    changed = before.flagged(lambda cell: codes.get(_text(cell), _text(cell)) != _text(cell))
    for row in before.rows_with(changed).tolist():
        if rows[row]:
            text = _text(before[row])
            yield Repair(RECODED, "", int(numbers[row]), None, name, text, codes[text])
