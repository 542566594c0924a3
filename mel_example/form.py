"""The annual survey as an XLSForm: its questions and choices in three languages.

The survey exports take their headers and labels from here, so that form and files agree. Who answers
what is drawn in `generate/survey.py`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mel_example import places
from mel_example.data import data_rows
from mel_example.raw_files.workbooks import new_workbook

FORM_VERSION = "v2024-1"
LABEL_HEADERS = {"en": "label::English (en)", "fr": "label::Français (fr)", "ar": "label::العربية (ar)"}

Words = tuple[str, str, str]
"""One text in English, French and Arabic."""


@dataclass(frozen=True)
class Question:
    """A question of the form: its type, its path with the group in front, and its label."""

    type: str
    path: str
    label: Words
    choice_filter: str
    required: str

    @property
    def name(self) -> str:
        """The question's own name, without its group."""
        return self.path.rpartition("/")[2]

    @property
    def choice_list(self) -> str:
        """The list of choices that the question uses; empty for other types."""
        return self.type.partition(" ")[2] if self.type.startswith("select") else ""


@dataclass(frozen=True)
class Choice:
    """One choice of a list; `country` serves the filter of cities."""

    list_name: str
    name: str
    label: Words
    country: str = ""


_GROUPS: dict[str, Words] = {
    "intro": ("Your city", "Votre ville", "مدينتكم"),
    "mem": ("Membership", "Adhésion", "العضوية"),
    "cap": ("Capacity for prevention", "Capacité de prévention", "القدرة على الوقاية"),
    "open": ("In your words", "Avec vos mots", "بكلماتكم"),
}


@cache
def questions() -> tuple[Question, ...]:
    """All questions in the order of the form; cap_07 is worded the other way round."""
    return tuple(
        Question(row["type"], row["path"], _words(row), row["choice_filter"], row["required"])
        for row in data_rows("survey_questions.csv")
    )


@cache
def choices() -> tuple[Choice, ...]:
    """All choices of the form; countries and cities come from the register of places."""
    countries = [
        Choice("countries", country.country_code, (country.name_en, country.name_fr, country.name_ar))
        for country in places.countries()
    ]
    cities = [
        Choice("cities", city.city_code, (city.name_en, city.name_fr, city.name_ar), city.country_code)
        for city in places.cities()
    ]
    fixed = [Choice(row["list_name"], row["name"], _words(row)) for row in data_rows("survey_choices.csv")]
    return (*fixed, *countries, *cities)


def _words(row: dict[str, str]) -> Words:
    return row["label_en"], row["label_fr"], row["label_ar"]


def write_form(path: Path) -> None:
    """Writes the XLSForm; the same form gives the same bytes."""
    with new_workbook(path) as workbook:
        survey = workbook.add_worksheet("survey")
        for number, row in enumerate([_survey_header(), *_survey_rows()]):
            survey.write_row(number, 0, row)
        sheet = workbook.add_worksheet("choices")
        header = ["list_name", "name", *LABEL_HEADERS.values(), "country"]
        for number, row in enumerate([header, *([c.list_name, c.name, *c.label, c.country] for c in choices())]):
            sheet.write_row(number, 0, row)
        settings = workbook.add_worksheet("settings")
        settings.write_row(0, 0, ["form_title", "form_id", "version", "default_language"])
        settings.write_row(1, 0, ["Annual survey of members", "member_annual", FORM_VERSION, "English (en)"])


def _survey_header() -> list[str]:
    return ["type", "name", *LABEL_HEADERS.values(), "required", "choice_filter"]


def _survey_rows() -> list[list[str]]:
    rows = [[name, name, "", "", "", "", ""] for name in ("start", "end", "today")]
    open_group = ""
    for question in questions():
        group = question.path.rpartition("/")[0]
        if group != open_group:
            rows += [["end_group", "", "", "", "", "", ""]] if open_group else []
            rows += [["begin_group", group, *_GROUPS[group], "", ""]]
            open_group = group
        rows.append([question.type, question.name, *question.label, question.required, question.choice_filter])
    return [*rows, ["end_group", "", "", "", "", "", ""]]
