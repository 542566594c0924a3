"""Names as lists write them: titles go, and the family name goes last where the list marks it."""

import pytest

from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.person_names import tidied, tidy_name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dr. ALI Mohamed", "Mohamed ALI"),
        ("Ali, Mohamed", "Mohamed Ali"),
        ("M. Jean Dupont", "Jean Dupont"),
        ("Mme Fatou DIOP", "Fatou DIOP"),
        ("DE SOUSA Ana", "Ana DE SOUSA"),
        ("Sara Nasser, PhD", "Sara Nasser"),
        ("الدكتورة سارة الناصر", "سارة الناصر"),
        ("د. محمد علي", "محمد علي"),
    ],
)
def test_a_title_or_a_marked_order_is_set_right(written: str, meant: str) -> None:
    assert tidy_name(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "Mohamed Ali",
        "Ali Mohamed",
        "ALI MOHAMED",
        "J. Smith",
        "M Ali",
        "Dr.",
        "UNDP",
        "HUAWEI P30",
        "Ali, Mohamed, Karak",
        "",
    ],
)
def test_nothing_is_guessed_where_the_list_marks_nothing(written: str) -> None:
    assert tidy_name(written) == written


def test_a_column_is_tidied_as_its_cells_are() -> None:
    written = ["Dr. ALI Mohamed", "Mohamed Ali", None, "السيد كريم الحداد", "Zoë Ångström", "Nour, Dr"]
    names, is_other = tidied(Coded.of(written))
    assert names == ["Mohamed ALI", "Mohamed Ali", "", "كريم الحداد", "Zoë Ångström", "Dr Nour"]
    assert names.rows_with(is_other).tolist() == [0, 3, 5]
