"""The questionnaires as XLSForms: their questions and choices in three languages.

The survey exports take their headers and labels from here, so that form and files agree. Who answers
what is drawn in `generate/`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mel_example import places
from mel_example.data import data_rows
from mel_example.raw_files.workbooks import new_workbook

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


@dataclass(frozen=True)
class Form:
    """A questionnaire: its name, its title, and the version that is in use at the end of the example.

    `data` is what the names of its files of questions and choices begin with.
    """

    form_id: str
    title: str
    version: str
    data: str
    has_places: bool = False


MEMBER_ANNUAL = Form("member_annual", "Annual survey of members", "v2024-1", "survey", has_places=True)
TRAINING_PREPOST = Form("training_prepost", "Before and after the training", "v2025-1", "training")
EVENT_FEEDBACK = Form("event_feedback", "After the event", "v2024-1", "feedback")
FORMS = (MEMBER_ANNUAL, TRAINING_PREPOST, EVENT_FEEDBACK)

_GROUPS: dict[str, Words] = {
    "intro": ("Your city", "Votre ville", "مدينتكم"),
    "mem": ("Membership", "Adhésion", "العضوية"),
    "cap": ("Capacity for prevention", "Capacité de prévention", "القدرة على الوقاية"),
    "sys": ("Plans and budget", "Plans et budget", "الخطط والميزانية"),
    "nlc": ("National and local cooperation", "Coopération nationale et locale", "التعاون الوطني والمحلي"),
    "yth": ("Young people", "Jeunes", "الشباب"),
    "inf": ("Voice of the city", "Voix de la ville", "صوت المدينة"),
    "res": ("Resilience", "Résilience", "القدرة على الصمود"),
    "inc": ("Incidents", "Incidents", "الحوادث"),
    "open": ("In your words", "Avec vos mots", "بكلماتكم"),
    "about": ("About you", "À propos de vous", "عنكم"),
    "test": ("What you know", "Ce que vous savez", "ما تعرفونه"),
    "conf": ("How confident you are", "Votre assurance", "مدى ثقتكم"),
    "then": ("Looking back", "Avec le recul", "نظرة إلى الوراء"),
    "sat": ("The training", "La formation", "التدريب"),
    "after": ("Six months later", "Six mois plus tard", "بعد ستة أشهر"),
    "event": ("The event", "L'événement", "الفعالية"),
}


@cache
def questions(form: Form = MEMBER_ANNUAL) -> tuple[Question, ...]:
    """All questions in the order of the form; cap_07 of the annual survey is worded the other way round."""
    return tuple(
        Question(row["type"], row["path"], _words(row), row["choice_filter"], row["required"])
        for row in data_rows(f"{form.data}_questions.csv")
    )


@cache
def choices(form: Form = MEMBER_ANNUAL) -> tuple[Choice, ...]:
    """All choices of the form; countries and cities come from the register of places."""
    fixed = [Choice(row["list_name"], row["name"], _words(row)) for row in data_rows(f"{form.data}_choices.csv")]
    return (*fixed, *_places()) if form.has_places else tuple(fixed)


def _places() -> tuple[Choice, ...]:
    countries = [
        Choice("countries", country.country_code, (country.name_en, country.name_fr, country.name_ar))
        for country in places.countries()
    ]
    cities = [
        Choice("cities", city.city_code, (city.name_en, city.name_fr, city.name_ar), city.country_code)
        for city in places.cities()
    ]
    return (*countries, *cities)


def _words(row: dict[str, str]) -> Words:
    return row["label_en"], row["label_fr"], row["label_ar"]


def write_form(path: Path, form: Form = MEMBER_ANNUAL) -> None:
    """Writes the XLSForm; the same form gives the same bytes."""
    with new_workbook(path) as workbook:
        survey = workbook.add_worksheet("survey")
        for number, row in enumerate([_survey_header(), *_survey_rows(form)]):
            survey.write_row(number, 0, row)
        sheet = workbook.add_worksheet("choices")
        header = ["list_name", "name", *LABEL_HEADERS.values(), "country"]
        for number, row in enumerate([header, *([c.list_name, c.name, *c.label, c.country] for c in choices(form))]):
            sheet.write_row(number, 0, row)
        settings = workbook.add_worksheet("settings")
        settings.write_row(0, 0, ["form_title", "form_id", "version", "default_language"])
        settings.write_row(1, 0, [form.title, form.form_id, form.version, "English (en)"])


_GROUP_END = ["end_group", "", "", "", "", "", ""]


def _survey_header() -> list[str]:
    return ["type", "name", *LABEL_HEADERS.values(), "required", "choice_filter"]


def _survey_rows(form: Form) -> list[list[str]]:
    rows = [[name, name, "", "", "", "", ""] for name in ("start", "end", "today")]
    open_group = ""
    for question in questions(form):
        group = question.path.rpartition("/")[0]
        if group != open_group:
            rows += [_GROUP_END] if open_group else []
            rows += [["begin_group", group, *_GROUPS[group], "", ""]] if group else []
            open_group = group
        rows.append([question.type, question.name, *question.label, question.required, question.choice_filter])
    return [*rows, _GROUP_END] if open_group else rows
