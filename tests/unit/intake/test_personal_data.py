"""Addresses, numbers and names in texts as people write them in Arabic, English and French."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mel_pipeline.intake.personal_data import find, find_known, holds_contact, marked, region_of, suspects

TOLD = [
    ("Write to amina.haddad@example.org please", "Write to [e-mail] please"),
    ("amina＠example.org", "[e-mail]"),
    ("amina (at) example.org", "[e-mail]"),
    ("راسلوني على amina@example.org، شكرا", "راسلوني على [e-mail]، شكرا"),
    ("call +962 79 123 4567 now", "call [phone] now"),
    ("call 00962791234567", "call [phone]"),
    ("\u200e+962\u200e791234567", "\u200e[phone]"),
    ("اتصل على ٠٧٩ ١٢٣ ٤٥٦٧", "اتصل على [phone]"),
    ("mon portable: 06.12.34.56.78", "mon portable: [phone]"),
    ("tel. 1234567", "tel. [phone]"),
    ("واتساب ٧٩١٢٣٤٥٦٧", "واتساب [phone]"),
    ("Mme Haddad nous a aidés", "Mme [name] nous a aidés"),
    ("My name is Amina Haddad.", "My name is [name]."),
    ("السيدة أمينة حداد", "السيدة [name]"),
]
NOTHING_TOLD = [
    "2024-05-01 09:00:00",
    "01/02/2025 10:30",
    "We trained 1 200 300 people",
    "budget 1.250.000,50",
    "2024 2025 2026",
    "628e5ba3-30a2-4e5f-a9cb-68027b221065",
    "EV-2024-041",
    "12345678",
    "Monsieur le Maire",
    "Mr Mayor",
    "السيد رئيس البلدية",
    "",
]


@pytest.mark.parametrize(("text", "kept"), TOLD)
def test_what_tells_of_a_person_is_marked(text: str, kept: str) -> None:
    assert marked(text, find(text, with_names=True)) == kept


@pytest.mark.parametrize("text", NOTHING_TOLD)
def test_days_amounts_codes_and_offices_tell_of_nobody(text: str) -> None:
    assert find(text, ["JO", "FR", "LB"], with_names=True) == []


def test_a_number_without_country_code_is_known_by_its_country() -> None:
    assert not holds_contact("79 123 45 67")
    assert holds_contact("79 123 45 67", ["CH"])
    assert (region_of("CHE"), region_of("ch"), region_of("Nowhere")) == ("CH", "CH", None)


def test_a_name_that_is_known_is_found_whatever_its_case() -> None:
    text = "AMINA HADDAD et Amina Haddadi"
    assert marked(text, find_known(text, ["Amina Haddad"])) == "[name] et Amina Haddadi"


def test_the_fast_look_misses_nothing_that_the_slow_one_finds() -> None:
    texts = [text for text, _ in TOLD]
    assert suspects(pa.array(texts), with_names=True) == list(range(len(texts)))
    assert suspects(pa.array(["Nothing here", None, "٤٥"])) == []


@given(
    before=st.text(alphabet="abc أب,.", max_size=12),
    digits=st.text(alphabet="0123456789٠١٢٣٤٥٦٧٨٩", min_size=7, max_size=9),
    gap=st.sampled_from(["", " ", "-", ".", "\u00a0"]),
    name=st.text(alphabet="abcxyz", min_size=1, max_size=8),
)
def test_whatever_stands_around_them_addresses_and_numbers_are_found(
    before: str, digits: str, gap: str, name: str
) -> None:
    number = "+9627" + gap.join(digits)
    for text in (f"{before} {number} fin", f"{before} {name}@example.org fin"):
        found = find(text)
        assert found
        assert suspects(pa.array([text])) == [0]
        assert not holds_contact(marked(text, found))
