"""What a form says about its questions: who is asked, what may be answered, and in which words."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.xlsform import Form, read_form

COLUMNS = "TYPE|Name|label::English (en)|label:Français (fr)|hint::English (en)"
SURVEY: list[list[Any]] = [
    [*COLUMNS.split("|"), "constraint", "constraint_message::Français (fr)", "bind:relevant", "required"],
    ["start", "start"],
    ["begin group", "home", "Home", "Foyer", None, None, None, "${consent} = 'yes'"],
    ["integer", "size", "How many?", None, "All of them", ". > 0", "Plus de 0", "${lives} = '1'", "yes"],
    ["begin repeat", "member", "Members", "Membres"],
    ["select one from cities or_other", "city", "City", "Ville", None, None, None, None, "false"],
    ["end repeat"],
    ["end group"],
    ["begin loop over cities", "visits", "Visits"],
    ["integer", "days", "Days in %(label)s", None, None, None, None, "${went} = '%(name)s'"],
    ["end loop"],
    ["select all that apply from cities", "seen", "Seen"],
]
CHOICES: list[list[Any]] = [
    ["list name", "name", "label::English (en)", "label::Français (fr)"],
    ["cities", "C-1", "Cairo", "Le Caire"],
    [],
    ["cities", 0.5, "Half", None],
]


def form_of(folder: Path, **sheets: list[list[Any]]) -> Form:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "form.xlsx")
    return read_form(folder / "form.xlsx")


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return form_of(tmp_path, SURVEY=SURVEY, CHOICES=CHOICES, SETTINGS=[["version"], [20240901]])


def test_languages_repeats_and_version(form: Form) -> None:
    assert form.languages == ("English (en)", "Français (fr)")
    assert form.repeats == ("home/member",)
    assert form.version == "20240901"


def test_words_of_a_question_by_language(form: Form) -> None:
    size = form.questions["home/size"]
    assert size.by_language == {"English (en)": "How many?"}
    assert size.labels == ("How many?",)
    assert size.hints == {"English (en)": "All of them"}
    assert size.titles == ("Home/How many?",)
    assert form.questions["home/member/city"].titles == ("Home/Members/City", "Foyer/Membres/Ville")


def test_constraints_and_who_is_asked(form: Form) -> None:
    size = form.questions["home/size"]
    assert (size.constraint, size.constraint_messages) == (". > 0", {"Français (fr)": "Plus de 0"})
    assert size.asked_when == ("${consent} = 'yes'", "${lives} = '1'")
    assert (size.required, size.repeat) == (True, None)
    city = form.questions["home/member/city"]
    assert (city.asked_when, city.required, city.repeat) == (("${consent} = 'yes'",), False, "home/member")


def test_choices_with_another_one(form: Form) -> None:
    city = form.questions["home/member/city"]
    assert (city.kind, city.list_name) == ("select_one", "cities")
    assert [choice.code for choice in city.choices] == ["C-1", "0.5", "other"]
    assert city.choices[0].by_language == {"English (en)": "Cairo", "Français (fr)": "Le Caire"}
    assert form.questions["home/member/city_other"].kind == "text"
    seen = form.questions["seen"]
    assert (seen.kind, [choice.code for choice in seen.choices]) == ("select_multiple", ["C-1", "0.5"])


def test_a_loop_asks_once_for_each_choice(form: Form) -> None:
    days = form.questions["visits/C-1/days"]
    assert days.labels == ("Days in Cairo",)
    assert days.asked_when == ("${went} = 'C-1'",)
    assert "visits/0.5/days" in form.questions
    assert "visits/days" not in form.questions


def test_a_form_in_one_text_file(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(
        b"survey,,,\r,type,name,label\r,select_one l,q,Which?\r\rchoices,,,\r,list_name,name,label\r,l,1,One\r"
    )
    form = read_form(path)
    assert [(choice.code, choice.labels) for choice in form.questions["q"].choices] == [("1", ("One",))]


def test_a_workbook_without_questions_is_no_form(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        form_of(tmp_path, survey=[["type", "name"]], choices=CHOICES)
    assert refused.value.code == "faulty_form"
