from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.declarations.models import SourceField
from mel_pipeline.intake.number_cells import read_integer, read_number
from mel_pipeline.intake.typing import TypedColumn, type_column

MISSING = {"-98": "dont_know", "-99": "refused"}


def typed(kind: str, *cells: Any, **declared: Any) -> TypedColumn:
    field = SourceField.model_validate({"name": "answer", "type": kind, **declared})
    return type_column(cells, field, MISSING)


def test_other_words_for_a_category_count_and_are_written_down_as_repairs() -> None:
    declared = {"values": {"female": ["f"]}, "repaired_values": {"AT31": {"female": ["Femme", "2"]}}}
    column = typed("category", "F", "femme", 2, "female", "fx", **declared)
    assert column.values == ["female", "female", "female", "female", None]
    assert [(cell.position, cell.rule_id, cell.after) for cell in column.repaired] == [
        (1, "AT31", "female"),
        (2, "AT31", "female"),
    ]
    assert column.unreadable == [(4, "fx")]


@pytest.mark.parametrize(
    ("cell", "value", "rules"),
    [
        ("37", 37, []),
        ("٣٧", 37, ["SV23"]),
        ("۳۷", 37, ["SV23"]),
        ("1 250", 1250, ["SV24"]),
        ("1\u202f250", 1250, ["SV24"]),
        ("37.0", 37, []),
        (37.0, 37, []),
        ("-5", -5, []),
    ],
)
def test_integers_as_people_type_them(cell: Any, value: int, rules: list[str]) -> None:
    column = typed("integer", cell)
    assert column.values == [value]
    assert [repair.rule_id for repair in column.repaired] == rules
    assert column.unreadable == []


@pytest.mark.parametrize(
    "cell", ["environ 20", "~40", "12,5", "12.000", "1,250", True, 12.5, "9" * 30, "1e999", "#REF!"]
)
def test_what_is_no_clear_integer_is_null_and_listed(cell: Any) -> None:
    column = typed("integer", cell)
    assert column.values == [None]
    assert column.unreadable == [(0, str(cell))]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1 250,5", 1250.5), ("0,125", 0.125), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("2.125", 2.125), ("٣٫٥", 3.5)],
)
def test_decimal_commas_and_thousands(cell: str, value: float) -> None:
    assert typed("number", cell).values == [value]


def test_a_comma_that_could_be_thousands_or_decimals_is_not_guessed() -> None:
    assert typed("number", "1,250").unreadable == [(0, "1,250")]


def test_one_repair_entry_for_each_cell_with_before_and_after() -> None:
    column = typed("integer", "٣٧", "12", "٣٧")
    assert [(r.position, r.rule_id, r.before, r.after) for r in column.repaired] == [
        (0, "SV23", "٣٧", "37"),
        (2, "SV23", "٣٧", "37"),
    ]


def test_missing_codes_become_null_with_their_reason() -> None:
    column = typed("integer", "-98", "-99", "4", None)
    assert column.values == [None, None, 4, None]
    assert column.reasons == ["dont_know", "refused", None, None]
    assert column.unreadable == []


@given(st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1))
def test_every_integer_is_read_as_itself_in_both_scripts(number: int) -> None:
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert read_integer(str(number)) == (number, ())
    assert read_integer(arabic) == (number, ("SV23",))


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_decimal_comma_with_two_places_is_the_same_number(number: Decimal) -> None:
    text = f"{number:f}"
    assert read_number(text.replace(".", ","))[0] == read_number(text)[0] == number


@given(st.text())
def test_any_text_is_typed_or_listed_but_never_lost(text: str) -> None:
    for kind in ("integer", "number", "date", "datetime", "time", "flag", "category"):
        column = typed(kind, text, values={"yes": ["oui"]})
        said_nothing = column.values == [None] and not column.unreadable and column.reasons == [None]
        assert len(column.values) == 1
        assert column.values[0] is not None or column.unreadable == [(0, text)] or said_nothing


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-03-14", date(2024, 3, 14)),
        ("2024-10-14T23:30:00.000+03:00", date(2024, 10, 14)),
        ("14/03/2024", date(2024, 3, 14)),
        ("03/14/2024", date(2024, 3, 14)),
        ("03.04.2024", date(2024, 4, 3)),
        ("١٤/٠٣/٢٠٢٤", date(2024, 3, 14)),
        (datetime(2024, 3, 14, 9, 0), date(2024, 3, 14)),
        (date(2024, 3, 14), date(2024, 3, 14)),
    ],
)
def test_dates(cell: Any, value: date) -> None:
    assert typed("date", cell).values == [value]


@pytest.mark.parametrize("cell", ["03/04/2024", "14/03/24", "1446-05-01", "2024-02-30", "45789", 45789, "avril 2024"])
def test_dates_that_have_two_readings_or_none_are_listed(cell: Any) -> None:
    column = typed("date", cell)
    assert column.values == [None]
    assert column.unreadable == [(0, str(cell))]


def test_a_day_and_month_in_local_order_is_a_repair() -> None:
    assert [repair.rule_id for repair in typed("date", "14/03/2024").repaired] == ["SV26"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-10-14T09:12:31.000+03:00", datetime(2024, 10, 14, 9, 12, 31)),
        ("2024-10-14T06:20:11", datetime(2024, 10, 14, 6, 20, 11)),
        ("2024-10-14 06:20:11Z", datetime(2024, 10, 14, 6, 20, 11)),
        ("2024-12-31T23:59:59-05:00", datetime(2024, 12, 31, 23, 59, 59)),
    ],
)
def test_points_of_time_keep_the_local_wall_clock(cell: str, value: datetime) -> None:
    assert typed("datetime", cell).values == [value]


@pytest.mark.parametrize(
    ("cell", "value"), [("9:30", "09:30"), (time(9, 30), "09:30"), ("14h05", "14:05"), ("2:15 PM", "14:15")]
)
def test_times_of_day(cell: Any, value: str) -> None:
    assert typed("time", cell).values == [value]


def test_flags_in_three_languages_and_signs() -> None:
    yes = ["yes", "Oui", "نعم", "x", "X", "✓", "signé", "تم", "1", 1, True, "TRUE"]
    no = ["no", "non", "لا", "0", 0, False, "false"]
    assert typed("flag", *yes).values == [True] * len(yes)
    assert typed("flag", *no).values == [False] * len(no)
    assert typed("flag", "peut-être").unreadable == [(0, "peut-être")]


def test_categories_match_folded_spellings_and_their_own_codes() -> None:
    values = {"female": ["f", "femme", "أنثى", "2"], "male": ["m", "homme", "1"]}
    column = typed("category", "F", "Femme ", "أنثى", 2, "MALE", "h", None, values=values)
    assert column.values == ["female", "female", "female", "female", "male", None, None]
    assert column.unreadable == [(5, "h")]


def test_lists_of_codes_split_on_every_separator() -> None:
    assert typed("codes", "Karak، Irbid; Zarqa,\nAmman").values == [["Karak", "Irbid", "Zarqa", "Amman"]]
    assert typed("codes", " ; ").values == [None]


def test_a_direction_mark_in_a_code_is_repaired() -> None:
    column = typed("code", "SCN\u200e-C-0001")
    assert column.values == ["SCN-C-0001"]
    assert column.repaired[0].rule_id == "SV30"


def test_whole_numbers_of_a_workbook_are_codes_without_a_point() -> None:
    assert typed("code", 2024).values == ["2024"]
