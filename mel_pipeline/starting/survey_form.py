"""A survey form with everything a draft needs: groups, repeats, conditions, and labels by language.

The reader of exports needs less of a form, and has `intake/xlsform.py`. What is made of a question belongs to `draft_*`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale, UnknownLocaleError

from mel_pipeline.declarations.models import Words
from mel_pipeline.intake.grids import Grid, read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.words import fold
from mel_pipeline.intake.xlsform import BEGINS, ENDS

Record = dict[str, str]
UNNAMED = ""
"""Language of a column `label` without a language."""
_CODE = re.compile(r"\(([a-z]{2,3})(?:[-_]\w+)?\)\s*$", re.IGNORECASE)
_NAMED = ("en", "fr", "ar", "es", "pt", "ru", "uk", "sw", "so", "ku", "fa", "ps", "ur", "tr", "ha", "am", "my", "bn")
"""Languages whose names are known in English, in French and in themselves, for headers without a code."""


@dataclass(frozen=True)
class FormChoice:
    """One choice of a list."""

    code: str
    label: Words


@dataclass(frozen=True)
class Group:
    """A group or repeat of a form; a repeat has rows of its own in an export."""

    name: str
    is_repeat: bool
    relevant: str
    label: Words


@dataclass(frozen=True)
class FormQuestion:
    """One row of the sheet `survey` that can have an answer.

    Attributes:
        kind: first word of the type (`select_one`, `integer`).
        groups: the groups and repeats around it, the outermost first.
        choices: of a select question; empty where they come from a file.
    """

    name: str
    kind: str
    label: Words
    groups: tuple[Group, ...] = ()
    choices: tuple[FormChoice, ...] = ()
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The name with its groups (`intro/city`)."""
        return "/".join([*(group.name for group in self.groups), self.name])

    @property
    def repeat(self) -> str | None:
        """The innermost repeat around it."""
        return next((group.name for group in reversed(self.groups) if group.is_repeat), None)


@dataclass(frozen=True)
class SurveyForm:
    """A whole form; `languages` are the codes of its labels, `UNNAMED` where a label names none."""

    title: str
    form_id: str
    languages: tuple[str, ...]
    questions: tuple[FormQuestion, ...]

    @property
    def repeats(self) -> dict[str, str | None]:
        """Each repeat with the repeat around it, if any, in the form's order."""
        found: dict[str, str | None] = {}
        for question in self.questions:
            outer = None
            for group in question.groups:
                if group.is_repeat:
                    found.setdefault(group.name, outer)
                    outer = group.name
        return found


def read_survey_form(path: Path) -> SurveyForm:
    """Read the sheets `survey`, `choices` and `settings` of an XLSForm.

    Raises:
        Refused: with code `faulty_form`, where the workbook is no form.
    """
    try:
        sheets = {fold(grid.sheet): grid for grid in read_grids(path).sheets}
    except (Refused, OSError):
        raise Refused("faulty_form", form=path.name, found="no_workbook") from None
    if "survey" not in sheets:
        raise Refused("faulty_form", form=path.name, found=sorted(sheets))
    survey, choices = _records(sheets["survey"]), _records(sheets["choices"]) if "choices" in sheets else []
    settings = (_records(sheets["settings"]) if "settings" in sheets else []) or [{}]
    default = language_of(settings[0].get("default_language", ""))
    lists = _choices(choices, default)
    questions = tuple(_questions(survey, lists, default))
    languages = dict.fromkeys(language for question in questions for language in question.label)
    title = settings[0].get("form_title") or path.stem
    return SurveyForm(title, settings[0].get("form_id") or path.stem, tuple(languages), questions)


def _records(grid: Grid) -> list[Record]:
    if not grid.lines:
        return []
    names = ["" if cell is None else str(cell).strip() for cell in grid.lines[0].cells]
    names = [name if "::" in name else name.casefold() for name in names]
    rows = [["" if cell is None else str(cell).strip() for cell in line.cells] for line in grid.lines[1:]]
    return [{name: text for name, text in zip(names, row, strict=False) if name} for row in rows]


def language_of(name: str) -> str:
    """Code of a language as a header names it (`French (fr)`, `français`, `fr`); the name itself, folded, if unknown."""
    code = _CODE.search(name)
    if code:
        return code[1].casefold()
    folded = fold(name)
    return folded if len(folded) in (0, 2) else _language_names().get(folded, folded)


def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code in _NAMED:
        for shown_in in ("en", "fr", code):
            try:
                names[fold(Locale.parse(code).get_language_name(shown_in) or code)] = code
            except UnknownLocaleError:
                continue
    return names


def _words(record: Record, column: str, default: str) -> Words:
    """Texts of a column by language; markup and references to answers are taken out."""
    words: Words = {}
    for name, text in record.items():
        head, _, language = name.partition(":")
        clean = plain_text(text)
        if head.strip().casefold() == column and clean:
            words[language_of(language.lstrip(":").strip()) if language else default] = clean
    return words


def plain_text(text: str) -> str:
    """A label without HTML, Markdown signs and references to other answers."""
    text = re.sub(r"<[^<>]{1,200}>", " ", text)
    text = re.sub(r"\$\{[^}]*\}", "…", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    return " ".join(text.split())


def _choices(records: Sequence[Record], default: str) -> dict[str, tuple[FormChoice, ...]]:
    lists: dict[str, dict[str, FormChoice]] = {}
    for record in records:
        name = record.get("list_name") or record.get("list name") or ""
        code = record.get("name") or record.get("value") or ""
        if name and code:
            # The same code twice is one choice: filters show it in several places.
            lists.setdefault(name, {}).setdefault(code, FormChoice(code, _words(record, "label", default)))
    return {name: tuple(choices.values()) for name, choices in lists.items()}


def _questions(
    records: Sequence[Record], lists: dict[str, tuple[FormChoice, ...]], default: str
) -> Sequence[FormQuestion]:
    found: list[FormQuestion] = []
    groups: list[Group] = []
    for record in records:
        kind = " ".join(record.get("type", "").split())
        if kind in BEGINS:
            is_repeat = kind.endswith("repeat")
            relevant = record.get("relevant", "")
            groups.append(Group(record.get("name", ""), is_repeat, relevant, _words(record, "label", default)))
        elif kind in ENDS:
            groups = groups[:-1]
        elif kind and record.get("name"):
            found.append(_question(record, kind.split(" "), tuple(groups), lists, default))
    return found


def _question(
    record: Record, kind: list[str], groups: tuple[Group, ...], lists: dict[str, tuple[FormChoice, ...]], default: str
) -> FormQuestion:
    return FormQuestion(
        name=record["name"],
        kind=kind[0],
        label=_words(record, "label", default),
        groups=groups,
        choices=lists.get(kind[1], ()) if len(kind) > 1 else (),
        required=fold(record.get("required", "")) in {"true", "yes", "t", "y", "1", "oui"},
        relevant=record.get("relevant", "") or record.get("relevance", ""),
        constraint=record.get("constraint", ""),
        constraint_message=_words(record, "constraint_message", default),
    )
