"""One sound for names in Arabic and in Latin letters, as English and French write them, and not for others."""

import pytest

from mel_pipeline.quality.names.sounds import is_arabic, sound

SAME = [
    ("محمد علي", "Mohamed Ali"),
    ("محمّد عليّ", "ALI Mohammed"),
    ("فاطمة الزهراء", "Fatima Zohra"),
    ("أحمد المصري", "Ahmed El-Masry"),
    ("ياسين قاسم", "Yacine Kacem"),
    ("ياسين قاسم", "Yassin Qassem"),
    ("خالد الشريف", "Khaled Cherif"),
    ("خالد الشريف", "Khalid Al-Sharif"),
    ("جمال غانم", "Djamel Ghanem"),
    ("رانية حداد", "Rania Haddad"),
    ("هدى بن عيسى", "Houda Ben Aïssa"),
    ("عبد الله حسن", "Abdallah Hassan"),
    ("عبد الرحمن يوسف", "Abdel Rahman Youssef"),
    ("سارة علي", "Sara Ali"),
]


@pytest.mark.parametrize(("arabic", "latin"), SAME)
def test_one_name_in_two_scripts_sounds_the_same(arabic: str, latin: str) -> None:
    assert (is_arabic(arabic), is_arabic(latin)) == (True, False)
    assert sound(arabic) == sound(latin) is not None


def test_different_names_sound_different() -> None:
    names = ["محمد علي", "Mourad Ali", "أحمد علي", "Mohamed Alami", "خليل حداد", "Khaled Haddad", "رانية حداد"]
    assert len({sound(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["", "محمد", "Mohamed", "Al Mohamed", "Aya Yaa", "علي ياي"])
def test_too_little_is_heard_of_one_word_or_of_vowels(name: str) -> None:
    assert sound(name) is None
