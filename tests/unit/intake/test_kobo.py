"""Survey exports: whatever the header and the answers are written in, the staged rows are the same."""

from datetime import date, datetime
from typing import Any

import pytest

SURVEY = [
    ["type", "name", "label::English (en)", "label::Français (fr)", "label::العربية (ar)"],
    ["start", "start", None, None, None],
    ["begin_group", "intro", "Intro", "Intro", "مقدمة"],
    ["select_one cities", "city", "City", "Ville", "المدينة"],
    ["end_group", None, None, None, None],
    ["begin_group", "mem", "Membership", "Adhésion", "العضوية"],
    ["select_multiple tools", "used", "Tools used", "Ressources utilisées", "الأدوات المستخدمة"],
    ["integer", "items", "Items shared", "Éléments partagés", "المواد المشتركة"],
    ["select_one agree", "cap_01", "We can", "Nous pouvons", "نستطيع"],
    ["text", "story", "Story", "Récit", "القصة"],
    ["end_group", None, None, None, None],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Français (fr)", "label::العربية (ar)"],
    ["cities", "C-1", "Karak", "Karak", "الكرك"],
    ["cities", "C-2", "Tunis", "Tunis", "تونس"],
    ["cities", "C-3", "Tripoli", "Tripoli", "طرابلس"],
    ["cities", "C-4", "Tripoli", "Tripoli", "طرابلس"],
    ["tools", "guide", "Mayors guide", "Guide des maires", "دليل العمد"],
    ["tools", "kit", "Response kit", "Trousse de réponse", "حقيبة الاستجابة"],
    ["tools", "none", "None", "Aucune", "لا شيء"],
    ["agree", "1", "Strongly disagree", "Pas du tout d'accord", "لا أوافق بشدة"],
    ["agree", "5", "Strongly agree", "Tout à fait d'accord", "أوافق بشدة"],
    ["agree", "-98", "Don't know", "Ne sait pas", "لا أعرف"],
]
FIELDS = [
    {"name": "submission_uuid", "type": "code", "question": "_uuid", "required": True},
    {"name": "submitted_at", "type": "datetime", "question": "_submission_time"},
    {"name": "started_at", "type": "datetime", "question": "start"},
    {"name": "city_raw", "type": "code", "question": "intro/city"},
    {"name": "used", "type": "choices", "question": "mem/used"},
    {"name": "items", "type": "integer", "question": "mem/items"},
    {"name": "cap_01", "type": "integer", "question": "mem/cap_01"},
    {"name": "story", "type": "text", "question": "mem/story"},
]
META = ["2024-10-14T06:20:11", "u1"]
START = "2024-10-14T09:12:31.000+03:00"

EXPORTS = {
    "english": (
        "start,City,Tools used,Tools used/Mayors guide,Tools used/Response kit,Tools used/None,Items shared,We can,"
        "Story,_submission_time,_uuid\n"
        f"{START},Tunis,Mayors guide Response kit,1,1,0,3,Strongly agree,A story,2024-10-14T06:20:11,u1\n"
    ),
    "french": (
        "start;Ville;Ressources utilisées;Ressources utilisées/Guide des maires;"
        "Ressources utilisées/Trousse de réponse;Ressources utilisées/Aucune;Éléments partagés;Nous pouvons;Récit;"
        "_submission_time;_uuid\n"
        f"{START};Tunis;Guide des maires Trousse de réponse;1;1;0;3;Tout à fait d’accord;A story;"
        "2024-10-14T06:20:11;u1\n"
    ),
    "arabic": (
        "start;المدينة;الأدوات المستخدمة;الأدوات المستخدمة/دليل العمد;الأدوات المستخدمة/حقيبة الاستجابة;"
        "الأدوات المستخدمة/لا شيء;المواد المشتركة;نستطيع;القصة;_submission_time;_uuid\n"
        f"{START};تونس;دليل العمد حقيبة الاستجابة;1;1;0;3;أوافق بشدة;A story;2024-10-14T06:20:11;u1\n"
    ),
    "codes with groups": (
        "start,intro/city,mem/used,mem/used/guide,mem/used/kit,mem/used/none,mem/items,mem/cap_01,mem/story,"
        "_submission_time,_uuid\n"
        f"{START},C-2,guide kit,1,1,0,3,5,A story,2024-10-14T06:20:11,u1\n"
    ),
    "codes without groups": (
        "start,city,used,used/guide,used/kit,used/none,items,cap_01,story,_submission_time,_uuid\n"
        f"{START},C-2,guide kit,True,True,False,3,5,A story,2024-10-14T06:20:11,u1\n"
    ),
    "names made fit for R": (
        "start,intro.city,mem.used,mem.used.guide,mem.used.kit,mem.used.none,mem.items,mem.cap_01,mem.story,"
        "_submission_time,_uuid\n"
        f"{START},C-2,guide kit,1,1,0,3,5,A story,2024-10-14T06:20:11,u1\n"
    ),
    "summary of codes only": (
        "start,city,used,items,cap_01,story,_submission_time,_uuid\n"
        f"{START},C-2,guide kit,3,5,A story,2024-10-14T06:20:11,u1\n"
    ),
    "underscores": (
        "start,city,used_guide,used_kit,used_none,items,cap_01,story,_submission_time,_uuid\n"
        f"{START},C-2,1,1,0,3,5,A story,2024-10-14T06:20:11,u1\n"
    ),
}


@pytest.fixture
def survey(bench: Any, declare: Any) -> Any:
    bench.form(SURVEY, CHOICES)
    return declare(
        source="annual", kind="survey", files=["*.csv"], format="kobo", fields=FIELDS, key=["submission_uuid"]
    )


@pytest.mark.parametrize("export", EXPORTS)
def test_every_kind_of_export_gives_the_same_row(bench: Any, survey: Any, export: str) -> None:
    bench.write("annual.csv", EXPORTS[export])
    bench.stage(survey)
    [row] = bench.rows(survey)
    answers = {name: value for name, value in row.items() if not name.startswith("_")}
    assert answers == {
        "submission_uuid": "u1",
        "submitted_at": datetime(2024, 10, 14, 6, 20, 11),
        "started_at": datetime(2024, 10, 14, 9, 12, 31),
        "city_raw": "C-2",
        "used_guide": 1,
        "used_kit": 1,
        "used_none": 0,
        "items": 3,
        "items_missing_reason": None,
        "cap_01": 5,
        "cap_01_missing_reason": None,
        "story": "A story",
    }
    notes = bench.notes(survey)
    assert notes.problem is None
    assert notes.unreadable == ()
    assert notes.repairs == ()


def test_an_unanswered_multiple_choice_stays_empty_and_is_not_zero(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", "_uuid,used,used/guide,used/kit,used/none\nu1,,,,\nu2,none,0,0,1\n")
    bench.stage(survey)
    first, second = bench.rows(survey)
    assert (first["used_guide"], first["used_kit"], first["used_none"]) == (None, None, None)
    assert (second["used_guide"], second["used_kit"], second["used_none"]) == (0, 0, 1)


def test_an_option_without_a_column_was_never_chosen_where_the_question_was_answered(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", "_uuid,used/guide,used/kit\nu1,,\nu2,1,0\n")
    bench.stage(survey)
    assert [row["used_none"] for row in bench.rows(survey)] == [None, 0]
    [repair] = bench.notes(survey).repairs
    assert (repair.rule_id, repair.field, repair.source_row) == ("SV08", "used_none", 1)


def test_a_summary_of_codes_tells_about_an_option_without_a_column(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", "_uuid,used,used/guide\nu1,guide none,1\nu2,,\n")
    bench.stage(survey)
    first, second = bench.rows(survey)
    assert (first["used_guide"], first["used_kit"], first["used_none"]) == (1, 0, 1)
    assert (second["used_kit"], second["used_none"]) == (None, None)


def test_a_summary_of_labels_is_read_where_only_one_way_fits(bench: Any, survey: Any) -> None:
    bench.write(
        "annual.csv",
        "_uuid,Tools used\nu1,Mayors guide Response kit\nu2,Mayors guide\nu3,Mayors kit\nu4,\nu5,Aucune mayors GUIDE\n",
    )
    bench.stage(survey)
    rows = [(row["used_guide"], row["used_kit"], row["used_none"]) for row in bench.rows(survey)]
    assert rows == [(1, 1, 0), (1, 0, 0), (None, None, None), (None, None, None), (1, 0, 1)]
    [cell] = bench.notes(survey).unreadable
    assert (cell.field, cell.source_row) == ("used", 4)


def test_a_summary_of_labels_that_fits_in_two_ways_is_not_guessed(bench: Any, declare: Any) -> None:
    values = {"a": ["Guide"], "b": ["Kit"], "c": ["Guide kit"]}
    fields = [
        {"name": "uuid", "type": "code", "question": "_uuid"},
        {"name": "used", "type": "choices", "question": "used", "values": values},
    ]
    source = declare(source="s", kind="survey", files=["*.csv"], format="kobo", fields=fields, key=["uuid"])
    bench.write("s.csv", "_uuid,used\nu1,Guide kit\nu2,Kit Guide\n")
    bench.stage(source)
    rows = [(row["used_a"], row["used_b"], row["used_c"]) for row in bench.rows(source)]
    assert rows == [(None, None, None), (1, 1, 0)]
    assert [cell.source_row for cell in bench.notes(source).unreadable] == [2]


def test_a_byte_order_mark_in_the_first_header_is_a_repair(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", EXPORTS["arabic"].encode("utf-8-sig"))
    bench.stage(survey)
    assert bench.rows(survey)[0]["started_at"] == datetime(2024, 10, 14, 9, 12, 31)
    [repair] = bench.notes(survey).repairs
    assert (repair.rule_id, repair.source_row, repair.field) == ("SV29", 1, "started_at")
    assert (repair.before, repair.after) == ("\ufeffstart", "start")


def test_a_mark_that_r_made_visible_is_taken_off_too(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", f"X.U.FEFF.start,_uuid\n{START},u1\n")
    bench.stage(survey)
    assert bench.rows(survey)[0]["started_at"] == datetime(2024, 10, 14, 9, 12, 31)
    assert [repair.rule_id for repair in bench.notes(survey).repairs] == ["SV29"]


def test_arabic_digits_dont_know_and_values_off_the_scale(bench: Any, survey: Any) -> None:
    bench.write(
        "annual.csv", "_uuid,Items shared,We can\nu1,٣٧,Don't know\nu2,-99,7\nu3,environ 20,Strongly disagree\n"
    )
    bench.stage(survey)
    rows = bench.rows(survey)
    assert [(row["items"], row["items_missing_reason"]) for row in rows] == [
        (37, None),
        (None, "refused"),
        (None, None),
    ]
    assert [(row["cap_01"], row["cap_01_missing_reason"]) for row in rows] == [
        (None, "dont_know"),
        (7, None),
        (1, None),
    ]
    notes = bench.notes(survey)
    assert [(r.rule_id, r.source_row, r.field, r.before, r.after) for r in notes.repairs] == [
        ("SV23", 2, "items", "٣٧", "37")
    ]
    assert [(cell.source_row, cell.value) for cell in notes.unreadable] == [(4, "environ 20")]


def test_a_city_that_is_not_in_the_list_is_kept_for_the_register(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", "_uuid,City\nu1,Saïda\n")
    bench.stage(survey)
    assert bench.rows(survey)[0]["city_raw"] == "Saïda"


def test_a_label_that_two_choices_bear_is_not_guessed(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", "_uuid,City\nu1,Tripoli\nu2,C-4\n")
    bench.stage(survey)
    assert [row["city_raw"] for row in bench.rows(survey)] == ["Tripoli", "C-4"]


def test_two_columns_for_one_question_are_refused(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", "_uuid,City,City\nu1,Tunis,Karak\n")
    bench.stage(survey)
    problem = bench.notes(survey).problem
    assert problem.code == "ambiguous_header"
    assert "columns 2, 3" in problem.message()


def test_a_submission_twice_in_a_file_is_two_rows_with_two_keys(bench: Any, survey: Any) -> None:
    bench.write("annual.csv", "_uuid,items\nu1,1\nu1,2\n")
    bench.write("later.csv", "_uuid,items\nu1,3\n")
    bench.stage(survey)
    first, second, later = bench.rows(survey)
    assert first["_record_key"] != second["_record_key"]
    assert later["_record_key"] == first["_record_key"]


def test_a_local_date_is_the_day_of_the_respondent(bench: Any, declare: Any) -> None:
    fields = [{"name": "on", "type": "date", "question": "end"}, {"name": "uuid", "type": "code", "question": "_uuid"}]
    source = declare(source="s", kind="survey", files=["*.csv"], format="kobo", fields=fields, key=["uuid"])
    bench.write("s.csv", "end,_uuid\n2025-01-01T00:30:00.000+03:00,u1\n")
    bench.stage(source)
    assert bench.rows(source)[0]["on"] == date(2025, 1, 1)


def test_a_workbook_in_place_of_the_form_is_named(bench: Any, survey: Any) -> None:
    (bench.directory / "form.xlsx").write_bytes(b"PK\x03\x04 cut off")
    bench.write("annual.csv", EXPORTS["english"])
    bench.stage(survey)
    assert bench.notes(survey).problem.code == "faulty_form"
