"""Headers of a survey export that may be a question under another name, in the place of one that is missing.

Columns that are simply not declared are nobody's fault and are passed over; here only those are looked for behind
which the answers to a declared question would be lost.
"""

import difflib
from collections.abc import Collection, Mapping, Sequence

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.personal_data import holds_contact
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.words import fold_header
from mel_pipeline.intake.xlsform import Form

ABOUT_THE_DEVICE = frozenset(
    {"start", "end", "today", "deviceid", "phonenumber", "username", "simserial", "subscriberid", "audit"}
)
SHOWN = 3
ALIKE = 0.75
"""From here on two headers are taken for two wordings of one question."""


def refuse_renamed_questions(
    source: Source, form: Form | None, titles: Sequence[str], read: Collection[int], missing: Sequence[SourceField]
) -> None:
    """Refuse an export in which an unknown header is like a missing question, or stands in its place.

    Args:
        source: the declaration.
        form: the form, whose questions are all known.
        titles: header cells.
        read: positions of the columns from which a field is read.
        missing: declared questions without a column.
    """
    asked = [each for each in missing if each.question and not _is_about_the_export(each.question)]
    known = _known(source, form)
    unknown = [place for place, title in enumerate(titles) if place not in read and not _is_known(title, known)]
    if not asked or not unknown:
        return
    order = _order(source, form)
    found = {
        titles[place]: each.question or each.name
        for place in unknown
        for each in asked
        if _is_like(titles[place], each, form) or _is_in_place(place, each, titles, order)
    }
    if found:
        shown = [title for title in found if not holds_contact(title)][:SHOWN]
        raise Refused("renamed_question", found=shown or len(found), missing=sorted(set(found.values()))[:SHOWN])


def _is_about_the_export(question: str) -> bool:
    return question.startswith("_") or question in ABOUT_THE_DEVICE


def _names(each: SourceField, form: Form | None) -> list[str]:
    question = form.question(each.question) if form and each.question else None
    return [each.question or "", *(question.labels if question else ()), *each.headers]


def _known(source: Source, form: Form | None) -> set[str]:
    """Every name that a question of the form or of the source has, folded."""
    names = [name for each in source.fields for name in _names(each, form)]
    for question in form.questions.values() if form else ():
        names += [question.path, *question.labels]
    return {fold_header(spelling) for name in names if name for spelling in _spellings(name)}


def _spellings(name: str) -> list[str]:
    return [name, name.replace("/", "."), name.rsplit("/", 1)[-1]]


def _is_known(title: str, known: Collection[str]) -> bool:
    """Whether a header is a known question or one of its options, or of the tool itself."""
    folded = fold_header(title)
    if not folded or title.startswith(("_", "meta/", "formhub/")) or folded in ABOUT_THE_DEVICE or folded in known:
        return True
    return any(folded[:end] in known for end, sign in enumerate(folded) if sign in "/._")


def _order(source: Source, form: Form | None) -> dict[str, int]:
    """The place of each question in the form, by all of its names."""
    paths = list(form.questions) if form else [each.question for each in source.fields if each.question]
    places: dict[str, int] = {}
    for number, path in enumerate(paths):
        labels = form.questions[path].labels if form else ()
        for name in (*_spellings(path), *labels):
            places.setdefault(fold_header(name), number)
    return places


def _is_like(title: str, each: SourceField, form: Form | None) -> bool:
    names = [fold_header(name) for name in _names(each, form) if name]
    return bool(difflib.get_close_matches(fold_header(title), names, n=1, cutoff=ALIKE))


def _is_in_place(place: int, each: SourceField, titles: Sequence[str], order: Mapping[str, int]) -> bool:
    """Whether a column stands between the neighbours that a missing question has in the form."""
    own = order.get(fold_header(each.question or ""))
    before = _nearest(titles[:place][::-1], order)
    after = _nearest(titles[place + 1 :], order)
    return own is not None and before is not None and after is not None and before < own < after


def _nearest(titles: Sequence[str], order: Mapping[str, int]) -> int | None:
    """The place in the form of the first known question; the tool's own columns come after all questions."""
    for title in titles:
        folded = fold_header(title)
        if title.startswith("_"):
            return len(order)
        if folded in order:
            return order[folded]
        ends = [end for end, sign in enumerate(folded) if sign == "/" and folded[:end] in order]
        if ends:
            return order[folded[: ends[0]]]
    return None
