"""A programme folder drafted from a survey form and its export: written whole, then reported.

What the parts hold is decided in the other `draft_*` modules. Files of the export are copied below `data/raw`.
"""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mel_pipeline.declarations.models import Words
from mel_pipeline.declarations.periods import Period, half_year, quarter, whole_year
from mel_pipeline.declarations.targets import COLUMNS as TARGET_COLUMNS
from mel_pipeline.intake.words import fold
from mel_pipeline.starting.draft_comments import (
    ABOUT_DIMENSIONS,
    ABOUT_INDICATORS,
    ABOUT_SETTINGS,
    ABOUT_SOURCES,
    ABOUT_THEORY,
    about_rules,
)
from mel_pipeline.starting.draft_fields import add_fields, title_of
from mel_pipeline.starting.draft_indicators import NODE, draft_indicator, draft_mart, is_indicated
from mel_pipeline.starting.draft_rules import Untranslated, draft_rules
from mel_pipeline.starting.draft_source import consent_of, draft_source, ending_of, key_fields
from mel_pipeline.starting.draft_tables import DraftTable, tables_of
from mel_pipeline.starting.draft_words import LANGUAGES, declared
from mel_pipeline.starting.form_language import Call, FormLanguageError, Literal, parse
from mel_pipeline.starting.safe_names import safe_name
from mel_pipeline.starting.survey_data import data_sheets
from mel_pipeline.starting.survey_form import SurveyForm, read_survey_form
from mel_pipeline.starting.yaml_files import write_yaml

NO_ANSWER = "no_answer"
MANY = 0.05
"""Share of answers beyond which another version of the form is more likely than slips."""


@dataclass
class Draft:
    """What was drafted, and what was left out and why.

    Attributes:
        sources: rows in the data by source.
        dropped: questions whose answers are not read, because they may tell who somebody is.
        restricted: questions whose answers are kept apart for officers.
        other_languages: languages of the form that a programme cannot be told in.
        other_columns: columns of the data that are no question of the form.
        unused: files or sheets with no question of the form.
        not_of_the_choices: questions with many answers that are none of the form's choices.
    """

    languages: tuple[str, ...]
    sources: dict[str, int] = field(default_factory=dict)
    n_rules: int = 0
    n_indicators: int = 0
    raw_files: list[Path] = field(default_factory=list)
    untranslated: list[Untranslated] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    restricted: list[str] = field(default_factory=list)
    repeats_without_data: list[str] = field(default_factory=list)
    other_languages: list[str] = field(default_factory=list)
    other_columns: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    not_of_the_choices: list[str] = field(default_factory=list)
    consent: str | None = None
    is_language_guessed: bool = False
    n_labels_lent: int = 0


def draft_programme(directory: Path, form_path: Path, data: Sequence[Path]) -> Draft:
    """Write a programme folder for a form and its export.

    Args:
        directory: the new folder.
        form_path: the XLSForm.
        data: files of the export: submissions, and repeats where there are any.

    Raises:
        Refused: a file cannot be read, or the form is none.
        DraftError: the data has no answers to the form, no key, or no day.
    """
    form = read_survey_form(form_path)
    return _Writing(directory, form_path, form, _languages(form)).write(data)


def _languages(form: SurveyForm) -> tuple[str, ...]:
    """Languages of the form that the engine knows; its labels are taken as English where they name none of them."""
    known = tuple(language for language in LANGUAGES if language in form.languages)
    return known or ("en",)


class _Writing:
    """One draft in the making."""

    def __init__(self, directory: Path, form_path: Path, form: SurveyForm, languages: tuple[str, ...]):
        self.directory, self.form_path, self.form, self.languages = directory, form_path, form, languages
        self.draft = Draft(languages)
        self.draft.is_language_guessed = not set(languages) & set(form.languages)
        self.draft.other_languages = sorted(set(form.languages) - set(languages) - {""})
        self.title: Words = dict.fromkeys(languages, form.title)
        self.dimensions: dict[str, Any] = {}
        self.indicators: list[dict[str, Any]] = []

    def write(self, data: Sequence[Path]) -> Draft:
        name = safe_name(self.form.form_id, otherwise="survey")
        tables, without_data, sheets = tables_of(self.form, data_sheets(data), name)
        self.draft.repeats_without_data = [repeat.rsplit("/", 1)[-1] for repeat in without_data]
        for table in tables:
            add_fields(self.form, table)
        consent = consent_of(tables[0])
        self.draft.consent = consent
        period = _period(tables[0].days)
        for table in tables:
            self._table(table, tables, consent, period)
        self._settings(name, period)
        self._copy(tables)
        self.draft.unused = [sheet.path.name for sheet in sheets.unused]
        return self.draft

    def _table(self, table: DraftTable, tables: list[DraftTable], consent: str | None, period: Period) -> None:
        rules = draft_rules(table, self.languages, consent)
        folder = self.directory / "sources" / table.name
        title = self.title
        if table.repeat is not None:
            title = declared("repeat", self.languages, title=self.title, repeat=table.repeat.rsplit("/", 1)[-1])
        keys = key_fields(table, tables)
        source = draft_source(table, title, keys, consent if table.parent is None else None)
        write_yaml(folder / "source.yml", source, ABOUT_SOURCES)
        write_yaml(folder / "rules.yml", rules.rules, about_rules(rules.untranslated))
        shutil.copyfile(self.form_path, folder / "form.xlsx")
        sql, contract = draft_mart(table, rules.asked, list(keys))
        write_yaml(self.directory / "marts" / f"{table.mart}.yml", contract)
        (self.directory / "marts" / f"{table.mart}.sql").write_bytes(sql.encode("utf-8"))
        self._indicators(table, rules.asked, period, title)
        self.draft.sources[table.name] = table.sheet.n_rows
        self.draft.n_rules += len(rules.rules)
        self.draft.untranslated += rules.untranslated
        self._note(table)
        self.draft.not_of_the_choices += _unknown_answers(table)

    def _indicators(self, table: DraftTable, asked: dict[str, str], period: Period, title: Words) -> None:
        taken = {indicator["code"] for indicator in self.indicators}
        for each in table.fields:
            if not is_indicated(each):
                continue
            code = each.question.name if each.question.name not in taken else f"{table.name}_{each.name}"
            label = self._label(each.question.label, each.question.name)
            indicator = draft_indicator(table, each, code, label, title, period.period_type, each.name in asked)
            self.indicators.append(indicator)
            if each.type in ("code", "choices"):
                self._dimension(each.name, label, {c.code: self._label(c.label, c.code) for c in each.question.choices})
        self.draft.n_indicators = len(self.indicators)

    def _dimension(self, name: str, label: Words, choices: dict[str, Words]) -> None:
        categories = self.dimensions.setdefault(name, {"label": label, "categories": {}})["categories"]
        categories |= {code: {"label": words} for code, words in choices.items()}
        categories.setdefault("unknown", {"label": declared("unknown", self.languages)})

    def _label(self, words: Words, otherwise: str) -> Words:
        """A label in every language of the programme; where the form lacks one, another language lends its own."""
        any_language = next((words[language] for language in words), otherwise)
        self.draft.n_labels_lent += sum(language not in words for language in self.languages) if words else 0
        return {language: words.get(language, any_language) for language in self.languages}

    def _note(self, table: DraftTable) -> None:
        own = [each.question.name for each in table.fields if each.keeping == "dropped" and each.type is None]
        personal = [each.question.name for each in table.fields if each.question.kind != "calculate"]
        self.draft.dropped += [name for name in own if name in personal]
        self.draft.restricted += [each.question.name for each in table.fields if each.keeping == "restricted"]
        known = {part.casefold() for each in self.form.questions for part in (each.name, each.path)}
        self.draft.other_columns += [
            title
            for title in table.sheet.titles
            if title.removeprefix("X").strip("_")
            and not any(part.casefold() in known for part in _parts(title))
            and not title.removeprefix("X").startswith("_")
            and title not in table.key
        ]

    def _settings(self, name: str, period: Period) -> None:
        settings: dict[str, Any] = {
            "programme": name.replace("_", "-"),
            "title": self.title,
            "subtitle": declared("subtitle", self.languages),
            "languages": list(self.languages),
            "calendar": {"first_quarter": _quarter(period.start), "last_quarter": period.last_quarter},
            "as_of": period.end,
        }
        codes = _missing_codes(self.form)
        if codes:
            settings["missing_codes"] = dict.fromkeys(codes, NO_ANSWER)
        write_yaml(self.directory / "programme.yml", settings, ABOUT_SETTINGS)
        node = {"id": NODE, "level": "outcome", "label": declared("node", self.languages)}
        write_yaml(self.directory / "theory_of_change.yml", {"nodes": [node]}, ABOUT_THEORY)
        write_yaml(self.directory / "dimensions.yml", {"dimensions": self.dimensions}, ABOUT_DIMENSIONS)
        write_yaml(self.directory / "indicators" / "survey.yml", {"indicators": self.indicators}, ABOUT_INDICATORS)
        (self.directory / "targets.csv").write_bytes((",".join(TARGET_COLUMNS) + "\n").encode())

    def _copy(self, tables: list[DraftTable]) -> None:
        """Put each file where its source looks for it; what holds nothing of the form is not copied."""
        for table in tables:
            name = f"{table.sheet.path.stem}{ending_of(table)}"
            target = self.directory / "data" / "raw" / table.folder / name
            if target not in self.draft.raw_files:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(table.sheet.path, target)
                self.draft.raw_files.append(target)


def _unknown_answers(table: DraftTable) -> list[str]:
    """Questions of which more than a few answers are none of the choices, with how many."""
    found = []
    for each in table.fields:
        title = title_of(table.sheet, each.question)
        if each.type != "code" or title is None or not each.question.choices:
            continue
        known = {fold(text) for choice in each.question.choices for text in (choice.code, *choice.label.values())}
        answers = [fold(str(cell)) for cell in table.sheet.column(title)]
        strange = sum(answer not in known for answer in answers)
        if strange > MANY * len(answers):
            found.append(f"{each.question.name} ({strange}/{len(answers)})")
    return found


def _parts(title: str) -> list[str]:
    return [title, *title.replace(".", "/").split("/")]


def _quarter(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def _period(days: Sequence[date]) -> Period:
    """The shortest period that holds all days of the data; years where no single one does."""
    first, last = days[0], days[-1]
    number, half = (last.month + 2) // 3, (last.month + 5) // 6
    for period in (quarter(last.year, number), half_year(last.year, half), whole_year(last.year)):
        if period.start <= first:
            return period
    year = whole_year(last.year)
    return Period(whole_year(first.year).start, year.end, year.period_type, year.code)


def _missing_codes(form: SurveyForm) -> list[str]:
    """Numbers that constraints allow as a way to say that there is no answer: `. = -999`."""
    found: Counter[str] = Counter()
    for question in form.questions:
        if question.kind in ("integer", "decimal") and question.constraint:
            try:
                found.update(_refusals(parse(question.constraint)))
            except FormLanguageError:
                continue
    return sorted(found)


def _refusals(node: object) -> list[str]:
    if not isinstance(node, Call):
        return []
    if node.name == "=" and isinstance(node.arguments[1], Literal):
        value = node.arguments[1].value
        return (
            [str(int(value))] if isinstance(value, float) and value < 0 and set(str(int(-value))) <= set("789") else []
        )
    return [each for part in node.arguments for each in _refusals(part)]
