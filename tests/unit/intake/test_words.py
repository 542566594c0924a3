import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.intake.words import fold, fold_header, says_nothing, visible, western_digits


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Élu  Local", "elu local"),
        ("FEMME\u00a0", "femme"),
        ("الأول", "الاول"),
        ("طـــرابلس", "طرابلس"),
        ("Institution/Ville", "institution / ville"),
        ("d’accord", "d'accord"),
        ("اليوم ٢", "اليوم 2"),
        ("SCN\u200e-C", "scn-c"),
    ],
)
def test_spellings_that_mean_the_same_fold_to_the_same(typed: str, same: str) -> None:
    assert fold(typed) == fold(same)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.integers(min_value=0))
def test_arabic_digits_are_the_same_number(number: int) -> None:
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert western_digits(arabic) == str(number)


def test_a_dash_says_nothing_but_na_is_a_code() -> None:
    assert says_nothing(" – ")
    assert says_nothing("n/a")
    assert not says_nothing("NA")


def test_a_required_mark_does_not_change_a_header() -> None:
    assert fold_header("Sexe * :") == "sexe"


def test_direction_marks_are_taken_off() -> None:
    assert visible("\u200fقائمة\u200e ") == "قائمة"
