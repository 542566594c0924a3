"""How names as people write them find their entry in a register, and when they must not."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mel_pipeline.quality.register import Entry, build_register, normalise


@given(st.text())
@example("İstanbul")
@example("ﷺ ‏الكَرَكـ‎")
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْـ \u200e\u200f"))
def test_normalising_arabic_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


SAME = [
    ("Cape Town", "  cape   TOWN "),
    ("Saïda", "Saida"),
    ("Komuna e Kumanovës", "komuna e kumanoves"),
    ("New-York (ville)", "New York, Ville"),
    ("'s-Gravenhage", "’s Gravenhage"),
    ("الكرك", "الكَـــرَك"),
    ("الزرقاء", "\u200fالزرقاء\u200e"),
    ("إربد", "اربد"),
    ("طرابلس", "طرابلس "),
    ("المدينة", "المدينه"),
    ("مصطفى", "مصطفي"),
    ("Danilovgrad", "ＤＡＮＩＬＯＶＧＲＡＤ"),
    ("Šibenik", "Sibenik"),
    ("Đakovica", "djakovica".replace("dj", "d")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Halle", "Halle (Saale)"), ("Karak", "Kerak"), ("تونس", "تونسي")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


KARAK, TRIPOLI_LBN, TRIPOLI_LBY = Entry("C-1", "JOR"), Entry("C-2", "LBN"), Entry("C-3", "LBY")
REGISTER = build_register(
    names=[
        ("Karak", KARAK),
        ("الكرك", KARAK),
        ("Tripoli", TRIPOLI_LBN),
        ("Tripoli", TRIPOLI_LBY),
        ("طرابلس", TRIPOLI_LBN),
    ],
    aliases=[("Al-Karak", KARAK), ("Trablous", TRIPOLI_LBN), ("Trablous", TRIPOLI_LBY), ("Tripoli", KARAK)],
)


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("KARAK", None, ("C-1", "name")),
        ("الكَرَك", None, ("C-1", "name")),
        ("al karak", None, ("C-1", "alias")),
        ("Tripoli", None, (None, "ambiguous")),
        ("Tripoli", "LBY", ("C-3", "name")),
        ("Trablous", None, (None, "ambiguous")),
        ("Trablous", "LBN", ("C-2", "alias")),
        ("Karak", "LBN", (None, "unknown")),
        ("Karac", None, (None, "unknown")),
        (" - ", None, (None, "blank")),
        (None, "JOR", (None, "blank")),
    ],
)
def test_a_name_is_known_or_stays_open_but_is_never_guessed(
    name: str | None, within: str | None, expected: tuple[str | None, str]
) -> None:
    assert REGISTER.resolve(name, within) == expected


CITIES = {"city_code": "code", "name": "code", "country_code": "code"}
ALIASES = {"alias": "code", "city_code": "code", "is_valid": "flag"}


@pytest.fixture
def registers(bench: Any) -> Any:
    bench.declare("cities", CITIES)
    bench.write("cities.csv", ",".join(CITIES), "C-1,Karak,JOR", "C-2,Tripoli,LBN", "C-3,Tripoli,LBY")
    bench.declare("aliases", ALIASES, key=["alias", "city_code"])
    bench.write("aliases.csv", ",".join(ALIASES), "Al-Karak,C-1,yes", "Krk,C-1,no")
    bench.judge("cities")
    bench.judge("aliases")
    return bench


def test_each_row_gets_a_code_and_how_it_was_found(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "aliases": "aliases"}}
    registers.declare("people", {"person": "code", "place": "code"}, resolve=resolve)
    rows = ("p1,karak", "p2,Al Karak", "p3,Krk", "p4,Tripoli", "p5,", "p6,C-3")
    registers.write("people.csv", "person,place", *rows)
    registers.judge("people")
    found = [(row["person"], row["city_code"], row["city_code_match"]) for row in registers.accepted("people")]
    assert found == [
        ("p1", "C-1", "name"),
        ("p2", "C-1", "alias"),
        ("p3", None, "unknown"),
        ("p4", None, "ambiguous"),
        ("p5", None, "blank"),
        ("p6", "C-3", "name"),
    ]


def test_the_country_of_the_row_tells_same_names_apart(registers: Any) -> None:
    resolve = {"city_code": {"from": "place", "register": "cities", "names": ["name"], "within": "country_code"}}
    registers.declare("people", {"person": "code", "place": "code", "country_code": "code"}, resolve=resolve)
    registers.write("people.csv", "person,place,country_code", "p1,Tripoli,LBY", "p2,Tripoli,", "p3,Karak,LBN")
    registers.judge("people")
    found = [(row["city_code"], row["city_code_match"]) for row in registers.accepted("people")]
    assert found == [("C-3", "name"), (None, "ambiguous"), (None, "unknown")]
