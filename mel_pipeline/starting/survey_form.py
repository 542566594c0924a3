"""A survey form as a draft needs it: labels by code of the language, and conditions told apart.

Reading the sheets belongs to `intake/xlsform.py`. What is made of a question belongs to the `draft_*` modules.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from mel_pipeline.declarations.models import Words
from mel_pipeline.intake.words import fold
from mel_pipeline.intake.xlsform import Question, read_form

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
class FormQuestion:
    """One row of the sheet `survey` that can have an answer.

    Attributes:
        path: name with its groups (`intro/city`).
        kind: first word of the type (`select_one`, `integer`).
        repeat: path of the innermost repeat around it.
        choices: of a select question; empty where they come from a file.
        relevant: when it is asked, its groups apart, whose conditions are `group_conditions`.
    """

    path: str
    kind: str
    label: Words
    repeat: str | None = None
    choices: tuple[FormChoice, ...] = ()
    required: bool = False
    relevant: str = ""
    group_conditions: tuple[str, ...] = ()
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name without its groups."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class SurveyForm:
    """A whole form; `languages` are the codes of its labels, `UNNAMED` where a label names none."""

    title: str
    form_id: str
    languages: tuple[str, ...]
    questions: tuple[FormQuestion, ...]
    repeat_paths: tuple[str, ...]

    @property
    def repeats(self) -> dict[str, str | None]:
        """Each repeat with the repeat around it, if any, outer ones first."""
        found: dict[str, str | None] = {}
        for path in self.repeat_paths:
            found[path] = next((outer for outer in reversed(found) if path.startswith(f"{outer}/")), None)
        return found


def read_survey_form(path: Path) -> SurveyForm:
    """Read an XLSForm.

    Raises:
        Refused: with code `faulty_form`, where the file is no form.
    """
    form = read_form(path)
    default = language_of(form.default_language or "")
    questions = tuple(_question(question, default) for question in form.questions.values())
    languages = dict.fromkeys(language for question in questions for language in question.label)
    return SurveyForm(form.title or path.stem, form.form_id or path.stem, tuple(languages), questions, form.repeats)


def _question(question: Question, default: str) -> FormQuestion:
    own = 1 if question.relevant else 0
    choices: dict[str, FormChoice] = {}
    for choice in question.choices:
        # The same code twice is one choice: filters show it in several places.
        choices.setdefault(choice.code, FormChoice(choice.code, _words(choice.by_language, default)))
    return FormQuestion(
        path=question.path,
        kind=question.kind,
        label=_words(question.by_language, default),
        repeat=question.repeat,
        choices=tuple(choices.values()),
        required=question.required,
        relevant=question.relevant,
        group_conditions=question.asked_when[: len(question.asked_when) - own],
        constraint=question.constraint,
        constraint_message=_words(question.constraint_messages, default),
    )


def language_of(name: str) -> str:
    """Code of a language as a form names it (`French (fr)`, `français`, `fr`); the folded name of an unknown one."""
    code = _CODE.search(name)
    if code:
        return code[1].casefold()
    folded = fold(name)
    return folded if len(folded) in (0, 2) else _language_names().get(folded, folded)


@cache
def _language_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code in _NAMED:
        for shown_in in ("en", "fr", code):
            try:
                names[fold(Locale.parse(code).get_language_name(shown_in) or code)] = code
            except UnknownLocaleError:
                continue
    return names


def _words(said: Mapping[str, str], default: str) -> Words:
    """Texts by code of their language; markup and references to answers are taken out."""
    words = {language_of(name) or default: plain_text(text) for name, text in said.items()}
    return {language: text for language, text in words.items() if text}


def plain_text(text: str) -> str:
    """A label without HTML, Markdown signs and references to other answers."""
    text = re.sub(r"<[^<>]{1,200}>", " ", text)
    text = re.sub(r"\$\{[^}]*\}", "…", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    return " ".join(text.split())
