"""Which texts are one expression over the columns of a row."""

import pytest

from mel_pipeline.declarations.expressions import ExpressionError, read_expression


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("status = 'delivered' and activity_line = 'training'", ("status", "activity_line")),
        ("completed_share >= 0.75", ("completed_share",)),
        ("not coalesce(is_bounced, false)", ("is_bounced",)),
        ("theme is not null and list_contains(theme, 'T1')", ("theme",)),
        ("case when joined then seats else 0 end > 2", ("joined", "seats")),
        ("is_active", ("is_active",)),
    ],
)
def test_a_condition_names_its_columns(text: str, columns: tuple[str, ...]) -> None:
    expression = read_expression(text)
    assert expression.columns == columns
    assert expression.is_condition


def test_a_sum_of_columns_is_an_expression_but_no_condition() -> None:
    expression = read_expression("women + men")
    assert expression.columns == ("women", "men")
    assert not expression.is_condition


@pytest.mark.parametrize(
    "text",
    ["", "status =", "true; drop table fct_event", "drop table fct_event", "select 1", "status = (select 'x')",
     "exists (select 1)", "count(*) > 1", "sum(women) over () > 1", "read_text('/etc/passwd') is null",
     "other.status = 'x'", "*", "women as w", "getenv('HOME') = 'x'"],
)  # fmt: skip
def test_anything_else_than_one_expression_over_columns_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="expected one expression over columns of the table"):
        read_expression(text)
