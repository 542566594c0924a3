"""The `when` of a rule: what it may say, and the plain words for what it may not."""

import pytest

from mel_pipeline.declarations.conditions import Comparison, Condition, ConditionError, parse_condition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mode = 'online'", Comparison("mode", "=", ("online",))),
        ("age <> -3", Comparison("age", "!=", (-3,))),
        ("share >= 0.5", Comparison("share", ">=", (0.5,))),
        ("is_valid = true", Comparison("is_valid", "=", (True,))),
        ("sex in ('female', 'male')", Comparison("sex", "in", ("female", "male"))),
        ("age not in (1, 2)", Comparison("age", "not in", (1, 2))),
        ("age is null", Comparison("age", "is null")),
        ("age is not null", Comparison("age", "is not null")),
    ],
)
def test_one_comparison(text: str, expected: Comparison) -> None:
    assert parse_condition(text) == Condition(((expected,),))


def test_or_inside_and_is_written_out() -> None:
    a, b, c = (Comparison(name, "=", (1,)) for name in "abc")
    assert parse_condition("a = 1 and (b = 1 or c = 1)") == Condition(((a, b), (a, c)))


def test_columns_are_named_once() -> None:
    assert parse_condition("a = 1 and b = 2 or a = 3").columns == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "", "a =", "a", "a = b", "1 = a", "a = null", "lower(a) = 'x'", "a between 1 and 2", "a like 'x%'", "t.a = 1",
        "not a = 1", "a in (select 1)", "a in (1, 'x')", "a = 1; drop table x", "a = date '2024-01-01'",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ConditionError, match="expected column = value") as error:
        parse_condition(text)
    assert "Rewrite it." in str(error.value)


def test_a_condition_that_grows_too_long_is_refused() -> None:
    text = " and ".join(f"(a{number} = 1 or b{number} = 1)" for number in range(6))
    with pytest.raises(ConditionError, match="too long"):
        parse_condition(text)
