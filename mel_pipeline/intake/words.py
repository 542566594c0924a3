"""Words as people type them: folding for comparison, digits of other scripts, cells that say nothing.

Types of values belong to `typing.py`; names of cities to `quality/register.py`.
"""

import re
import unicodedata

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
"""Direction marks and other characters without a shape of their own."""

TATWEEL = "\u0640"
_SPACES = re.compile(r"\s+")
_AROUND_SLASH = re.compile(r"\s*/\s*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_WESTERN = {ord(digit): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(digits)}
SAYS_NOTHING = frozenset({"", "-", "--", "–", "—", "n/a", "#n/a"})


def western_digits(text: str) -> str:
    """Write Arabic-Indic and Persian digits as 0 to 9."""
    return text.translate(_WESTERN)


def has_eastern_digits(text: str) -> bool:
    """Whether a text holds Arabic-Indic or Persian digits."""
    return any(ord(character) in _WESTERN for character in text)


def visible(text: str) -> str:
    """A text without invisible characters and outer spaces."""
    return INVISIBLE.sub("", text).strip()


def says_nothing(text: str) -> bool:
    """Whether a cell is blank or a dash. The bare letters NA are a code (Namibia, a hub), not a gap."""
    return visible(text).casefold() in SAYS_NOTHING


def fold(text: str) -> str:
    """Fold case, accents, digits, spaces and invisible characters, so that spellings can be compared."""
    plain = visible(unicodedata.normalize("NFKC", text)).replace(TATWEEL, "").translate(_APOSTROPHES)
    letters = unicodedata.normalize("NFD", western_digits(plain).casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return _AROUND_SLASH.sub("/", _SPACES.sub(" ", bare)).strip()


def fold_header(text: str) -> str:
    """Fold a column name or a sheet label; a star for "required" and a closing colon do not count."""
    return fold(text).strip(" *:").strip()
