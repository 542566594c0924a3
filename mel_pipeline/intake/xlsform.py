"""A survey form (XLSForm): its questions by path, who is asked what, and the choices of each list with their labels.

Cutting its sheets into records belongs to `xlsform_sheets.py`, finding the questions in an export to
`formats/kobo.py`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.xlsform_sheets import Record, languages, records, sheets_by_name

FORM = "form.xlsx"
_BEGINS = re.compile(r"begin[ _](group|repeat|loop)(?: over (.+))?$")
_ENDS = re.compile(r"end[ _](group|repeat|loop)$")
_SELECTS = (
    (re.compile(r"(?:add )?select(?:1|[ _]one)(?: prompt using| from)? (.+)$"), "select_one"),
    (re.compile(r"(?:add )?select[ _](?:multiple|all that apply)(?: prompt using| from)? (.+)$"), "select_multiple"),
)
_OR_OTHER = re.compile(r"[ _]or (?:specify )?[ _]?other$|[ _]or_other$")
OTHER = "other"
"""Code of the choice that `or_other` adds; the words themselves stand in a question of their own."""


@dataclass(frozen=True)
class Choice:
    """One choice: its code, and its labels, also by the languages of the form as it names them."""

    code: str
    labels: tuple[str, ...]
    by_language: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question of a form.

    Attributes:
        path: name with its groups (`intro/city`).
        kind: first word of the XLSForm type (`select_one`, `integer`).
        labels: in the languages of the form, those that are filled in.
        choices: of a select question, in the form's order; empty where they come from a file.
        by_language: labels by the languages of the form as it names them; so are `hints` and `constraint_messages`.
        titles: labels behind those of all groups, with slashes, as exports may write them.
        constraint: XPath condition of an answer (`. <= 120`); empty without one.
        asked_when: XPath conditions of its groups, then its own, all of which have to hold for it to be asked.
        relevant: the last of these, where it is its own; empty without one.
        required: whether the form asks for an answer in any case; a condition is no such case.
        repeat: path of the innermost repeat in which it stands.
        list_name: of a select question.
    """

    path: str
    kind: str
    labels: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    by_language: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    constraint: str = ""
    constraint_messages: Mapping[str, str] = field(default_factory=dict)
    asked_when: tuple[str, ...] = ()
    relevant: str = ""
    required: bool = False
    repeat: str | None = None
    list_name: str | None = None

    @property
    def name(self) -> str:
        """The name without its groups."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Form:
    """All questions of a form by path.

    Attributes:
        languages: of its labels, as the form names them (`English (en)`); empty for a column `label`.
        repeats: paths of its repeats, the outer ones first.
        version: what its sheet `settings` says, as are `title`, `form_id`, and the language of a bare `label`.
    """

    questions: dict[str, Question]
    languages: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    version: str | None = None
    title: str | None = None
    form_id: str | None = None
    default_language: str | None = None

    def question(self, name: str) -> Question | None:
        """The question of that path, or of that bare name where only one bears it."""
        if name in self.questions:
            return self.questions[name]
        same = [question for question in self.questions.values() if question.name == name]
        return same[0] if len(same) == 1 else None


def read_form(path: Path) -> Form:
    """Read the sheets `survey`, `choices` and `settings` of a form, in whatever case they are written.

    Raises:
        Refused: with code `faulty_form`, where the file is no form.
    """
    try:
        sheets = sheets_by_name(read_grids(path))
    except (Refused, OSError):
        raise Refused("faulty_form", form=path.name, found="no_workbook") from None
    survey = records(sheets.get("survey"))
    if "survey" not in sheets or not any(record["type"] for record in survey):
        raise Refused("faulty_form", form=path.name, found=sorted(sheets) or "no_workbook")
    choices = records(sheets.get("choices"))
    settings = records(sheets.get("settings"))
    spoken = tuple(dict.fromkeys([*languages(survey), *languages(choices)]))
    survey_sheet = _Survey(_lists(choices), spoken)
    survey_sheet.read(survey)
    columns = ("version", "form_title", "form_id", "default_language")
    said = [next((record[column] for record in settings if record[column]), None) for column in columns]
    return Form(survey_sheet.questions, spoken, tuple(survey_sheet.repeats), *said)


def _lists(found: list[Record]) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    for record in found:
        if record["list_name"] and record["name"]:
            labels = record.said("label")
            lists.setdefault(record["list_name"], []).append(Choice(record["name"], tuple(labels.values()), labels))
    return {name: tuple(choices) for name, choices in lists.items()}


@dataclass(frozen=True)
class _Group:
    """A group, repeat or loop that is open, under one of the paths it makes."""

    path: str
    labels: Mapping[str, str]
    asked_when: tuple[str, ...]
    repeat: str | None
    choice: Choice | None = None

    def filled(self, text: str, language: str) -> str:
        """A text inside a loop, with the name and the label of its choice."""
        if self.choice is None:
            return text
        label = self.choice.by_language.get(language) or self.choice.code
        return text.replace("%(label)s", label).replace("%(name)s", self.choice.code)


class _Survey:
    """Goes down the sheet `survey`; inside a loop everything is asked once for each choice of a list."""

    def __init__(self, lists: Mapping[str, tuple[Choice, ...]], spoken: Sequence[str]) -> None:
        self.lists = lists
        self.spoken = spoken
        self.questions: dict[str, Question] = {}
        self.repeats: list[str] = []
        self.open: list[list[_Group]] = [[_Group("", {}, (), None)]]

    def read(self, found: list[Record]) -> None:
        for record in found:
            kind = " ".join(record["type"].split())
            begins = _BEGINS.match(kind.casefold())
            if begins:
                listed = self._choices(kind.split(" over ", 1)[1]) if begins[2] else ()
                self.open.append([new for outer in self.open[-1] for new in self._begun(outer, record, begins, listed)])
            elif _ENDS.match(kind.casefold()):
                self.open = self.open[:-1] or self.open
            elif kind and record["name"]:
                for group in self.open[-1]:
                    self._add(group, record, kind)

    def _begun(self, outer: _Group, record: Record, begins: re.Match[str], listed: tuple[Choice, ...]) -> list[_Group]:
        path = _joined(outer.path, record["name"])
        labels = _joined_labels(outer.labels, record.said("label"), self.spoken)
        asked_when = (*outer.asked_when, *_filled(record["relevant"]))
        if begins[1] == "repeat" and path not in self.repeats:
            self.repeats.append(path)
        inside = path if begins[1] == "repeat" else outer.repeat
        group = _Group(path, labels, asked_when, inside, outer.choice)
        return [self._looped(group, choice) for choice in listed] or [group]

    def _looped(self, loop: _Group, choice: Choice) -> _Group:
        labels = _joined_labels(loop.labels, choice.by_language, self.spoken)
        return replace(loop, path=_joined(loop.path, choice.code), labels=labels, choice=choice)

    def _add(self, group: _Group, record: Record, kind: str) -> None:
        word, listed, has_other = _kind(kind)
        labels = {language: group.filled(text, language) for language, text in record.said("label").items()}
        path = _joined(group.path, record["name"])
        choices = self._choices(listed) if listed else ()
        relevant = group.filled(record["relevant"], "")
        if has_other:
            choices = (*choices, Choice(OTHER, ("Other",), {"": "Other"}))
            words = f"{path}_{OTHER}"
            self.questions[words] = Question(words, "text", ("Specify other.",), repeat=group.repeat)
        titles = _joined_labels(group.labels, labels, self.spoken)
        self.questions[path] = Question(
            path,
            word,
            tuple(labels.values()),
            choices,
            by_language=labels,
            titles=tuple(dict.fromkeys(titles.values())) if group.labels else (),
            hints=record.said("hint"),
            constraint=record["constraint"],
            constraint_messages=record.said("constraint_message"),
            asked_when=(*group.asked_when, *_filled(relevant)),
            relevant=relevant,
            required=record["required"].casefold() in ("yes", "true", "true()", "1"),
            repeat=group.repeat,
            list_name=listed,
        )

    def _choices(self, name: str) -> tuple[Choice, ...]:
        return self.lists.get(name) or self.lists.get(name.replace(" ", "_")) or ()


def _kind(kind: str) -> tuple[str, str | None, bool]:
    """First word of a type, its list, and whether something else may be answered."""
    plain = _OR_OTHER.sub("", kind)
    for pattern, word in _SELECTS:
        found = pattern.match(plain.casefold())
        if found:
            return word, plain[found.start(1) :], plain != kind
    words = kind.split(" ")
    return words[0], words[1] if len(words) > 1 and words[0].endswith("_from_file") else None, False


def _joined(path: str, name: str) -> str:
    return "/".join(part for part in (path, name) if part)


def _joined_labels(outer: Mapping[str, str], own: Mapping[str, str], spoken: Sequence[str]) -> dict[str, str]:
    """Labels of a question behind those of its groups, in each language in which it has one itself."""
    return {each: _joined(outer.get(each, ""), own[each]) for each in spoken if each in own} or dict(outer)


def _filled(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
