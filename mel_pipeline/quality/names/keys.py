"""The key under which spellings of one name are equal, in Arabic, Latin and Cyrillic letters.

Only how two spellings are compared belongs here; which entry one of them means belongs to `register.py`.
"""

import re
import unicodedata

_TATWEEL = "\u0640"
# One letter for letters that writers of one name exchange; the key is for comparison, never shown.
_ARABIC = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ک": "ك", "ء": "", _TATWEEL: ""}
_LATIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
# As South Slavic languages write in Latin letters, after accents are gone; other romanisations differ (х as
# kh), and their spellings are for suggestions and approved aliases.
_CYRILLIC = {
    **dict(zip("абвгдезиклмнопрстуфхцчшћђжјэыіґєѕ", "abvgdeziklmnoprstufhccscdzjeyigez", strict=True)),
    "љ": "lj", "њ": "nj", "џ": "dz", "щ": "sc", "ъ": "a", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip
# As German and Scandinavian names are written where a keyboard lacks their letters.
_WRITTEN_OUT = str.maketrans({"ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"})
_DIGITS = {chr(start + value): str(value) for start in (0x0660, 0x06F0) for value in range(10)}
_FOLDED = str.maketrans({**_ARABIC, **_LATIN, **_CYRILLIC, **_DIGITS})
_NOT_A_KEY_LETTER = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """The key under which spellings of one name are equal.

    Case, accents, Arabic vowel signs and tatweel, direction marks, punctuation and repeated spaces do not
    count; forms of alef, ya and ta marbuta are one letter each; Cyrillic letters stand as Latin ones.
    """
    if text.isascii():
        return _NOT_A_KEY_LETTER.sub(" ", text.lower()).strip()
    bare = _without_marks(_without_marks(text).casefold()).translate(_FOLDED)
    spaced = "".join(letter if _is_letter_or_digit(letter) else " " for letter in bare)
    return " ".join(spaced.split())


def keys_of(text: str) -> set[str]:
    """The key, and the one of the same name where letters with marks are written out: `Høje` is Hoeje.

    A register knows its names under both; which of the two a spelling uses is then no question.
    """
    written_out = unicodedata.normalize("NFC", text).casefold().translate(_WRITTEN_OUT)
    return {normalise(text), normalise(written_out)}


def _without_marks(text: str) -> str:
    """Decompose, and drop what is drawn onto or hidden between letters (categories Mn, Me and Cf)."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))


def _is_letter_or_digit(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM"


def squeezed(key: str) -> str:
    """A key without its spaces: `CapeTown` is Cape Town."""
    return key.replace(" ", "")
