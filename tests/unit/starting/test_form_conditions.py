"""Conditions of forms mean in SQL what they mean in the form: judged by DuckDB on rows with and without answers."""

import pytest

from mel_pipeline import database
from mel_pipeline.starting.form_language import FormLanguageError, parse
from mel_pipeline.starting.form_sql import Answer, Answers, condition_sql

ANSWERS = {
    "age": Answer("age", "number"),
    "size": Answer("size", "number"),
    "sex": Answer("sex", "text"),
    "place": Answer("place", "text"),
    "visit": Answer("visit", "date"),
    "water": Answer("water", "choices", {"tap": "water_tap", "well": "water_well", "no": "water_no"}),
}
COLUMNS = "age, size, sex, place, visit, water_tap, water_well, water_no, today"
FULL = "(30, 4, 'female', 'Ain Zara', date '2025-02-01', 1, 1, 0, date '2025-03-01')"
EMPTY = "(null, null, null, null, null, null, null, null, date '2025-03-01')"


def judged(condition: str, row: str, own: str = "age") -> bool:
    sql = condition_sql(parse(condition), Answers(ANSWERS, ANSWERS[own], "today"))
    with database.connect() as connection:
        answer = connection.execute(f"select {sql} from (values {row}) as answer({COLUMNS})").fetchone()
    assert answer is not None
    assert answer[0] is not None, "a condition is never null"
    return bool(answer[0])


@pytest.mark.parametrize(
    ("condition", "full", "empty"),
    [
        (". >= 18 and . <= 120", True, False),
        (".>17 and .<30", False, False),
        (". >= -5", True, False),
        (". = 30", True, False),
        (". != 30", False, True),
        (". = ''", False, True),
        (". != ''", True, False),
        ("${sex} = 'female'", True, False),
        ("'female' = ${sex}", True, False),
        ("${sex} != 'male'", True, True),
        ('${sex} = "male" or ${age} > 20', True, False),
        ("not(${sex} = 'female')", False, True),
        ("selected(${sex}, 'female')", True, False),
        ("selected(${water}, 'tap') and not(selected(${water}, 'no'))", True, False),
        ("not(selected(${water}, 'no') and count-selected(${water}) > 1)", True, True),
        ("selected(${water}, 'river')", False, False),
        ("count-selected(${water}) <= 1", False, True),
        ("${water} = ''", False, True),
        ("${water} != ''", True, False),
        ("${water} = 'tap'", False, False),
        ("${size} > 1 or ${size} > 3 and ${age} > 99", True, False),
        ("(${size} > 1 or ${size} > 3) and ${age} > 99", False, False),
        ("${age} div ${size} = 7.5", True, False),
        ("${age} mod 4 = 2", True, False),
        ("${age} - ${size} * 2 = 22", True, False),
        ("if(${sex} = 'female', ${age} > 20, ${age} > 40)", True, False),
        ("regex(${place}, '^[A-Z]')", True, False),
        ("regex(${place}, '^[0-9]+$')", False, False),
        ("string-length(${place}) > 3", True, False),
        ("string-length(${place}) = 0", False, True),
        ("starts-with(${place}, 'Ain')", True, False),
        ("contains(${place}, 'Zara')", True, False),
        ("${visit} <= today()", True, False),
        ("${visit} > date('2025-02-28')", False, False),
        ("${visit} >= '2025-01-01'", True, False),
        ("coalesce(${age}, 5) < 10", False, True),
        ("round(${age} div ${size}, 0) = 8", True, False),
        ("int(${age} div ${size}) = 7", True, False),
        ("${age}", True, False),
        ("true()", True, True),
    ],
)  # fmt: skip
def test_a_condition_is_judged_as_in_the_form(condition: str, full: bool, empty: bool) -> None:
    assert (judged(condition, FULL), judged(condition, EMPTY)) == (full, empty)


@pytest.mark.parametrize(
    ("condition", "part"),
    [
        ("${nobody} = 1", "${nobody}"),
        ("pulldata('list', 'a', 'b', ${age}) = 1", "pulldata()"),
        ("position(..) = 1", "`..`"),
        ("once(. > 3)", "once()"),
        (". >", "`…`"),
        (". > 3 §", "`§`"),
        ("(. > 3", "… `)`"),
        ("regex(${place}, '^(?!x)')", "`^(?!x)`"),
        ("concat(${water}, 'x') = 'tapx'", "concat()"),
        ("${water} > 3", "water >"),
        ("string-length(${water}) > 3", "${water}"),
        ("selected(${age})", "selected()"),
        ("if(. > 3, 'a', 1) = 1", "if()"),
    ],
)
def test_what_cannot_be_translated_is_named(condition: str, part: str) -> None:
    with pytest.raises(FormLanguageError) as told:
        condition_sql(parse(condition), Answers(ANSWERS, ANSWERS["age"], "today"))
    assert str(told.value) == part


def test_today_is_the_day_of_the_interview_and_unknown_without_one() -> None:
    assert judged("${visit} < today()", FULL)
    with pytest.raises(FormLanguageError):
        condition_sql(parse(". < today()"), Answers(ANSWERS, ANSWERS["visit"]))


def test_names_and_texts_that_sql_would_misread_are_quoted() -> None:
    own = Answer("it's", "text")
    sql = condition_sql(parse('. = "l\'eau"'), Answers({}, own))
    with database.connect() as connection:
        assert connection.execute(f"""select {sql} from (values ('l''eau')) as answer("it's")""").fetchone() == (True,)
