"""Names of people as lists write them: without titles, and with the family name last where the list marks it.

Nothing is guessed: `Ali Mohamed` and `Mohamed Ali` may be two people. Capitals (`ALI Mohamed`) and a comma (`Ali,
Mohamed`) say which of them is the family name. The same name in two scripts belongs to `quality/same_persons.py`.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from mel_pipeline.intake.coded import Coded, Flags
from mel_pipeline.intake.words import fold, visible

_TITLES = frozenset({
    "dr", "dra", "doctor", "docteur", "prof", "professor", "professeur", "mr", "mrs", "ms", "miss", "mister", "mme",
    "mlle", "monsieur", "madame", "mademoiselle", "eng", "engr", "hon", "honorable", "sr", "sra", "د", "دكتور",
    "دكتوره", "الدكتور", "الدكتوره", "السيد", "السيده", "استاذ", "الاستاذ", "الاستاذه", "المهندس", "المهندسه",
})  # fmt: skip
"""Folded, without a point."""

_TITLES_WITH_A_POINT = frozenset({"m.", "ing.", "h.e.", "s.e.", "م.", "ا.", "ا.د.", "ا.د"})
"""Without the point they are initials or names."""

_DEGREES = frozenset({"phd", "ph.d", "ph.d.", "md", "mba", "msc", "esq", "esq."})
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه"})
_MAY_NEED_CARE = (
    rf"(?i)[,،]|(?:^|\s)(?:{'|'.join(sorted(_TITLES - {'د'}))})\b|\.|دكتور|السيد|ستاذ|مهندس|^د\s|(?-i:\p{{Lu}}{{2}})"
)


def tidied(shown: Coded) -> tuple[Coded, Flags]:
    """A column of names, tidied; flags say which of the different names were changed. Plain ones are passed over."""
    cells = pc.fill_null(shown.values(pa.string()), "")
    care = pc.match_substring_regex(cells, _MAY_NEED_CARE)
    before = cells.filter(care)
    after = pa.array([tidy_name(name) for name in before.to_pylist()], pa.string())
    is_other = pc.replace_with_mask(care, care, pc.not_equal(before, after))
    return Coded(shown.places, pc.replace_with_mask(cells, care, after)), is_other.to_numpy(zero_copy_only=False)


def tidy_name(name: str) -> str:
    """`Dr. ALI Mohamed` and `Ali, Mohamed` as `Mohamed Ali`; a name without a title or a mark of order as it is."""
    words = _without_titles(visible(name).replace("،", ",").split())
    joined = " ".join(words)
    family, comma, given = joined.partition(",")
    if any(letter.isdigit() for letter in joined):  # a device or a room: HUAWEI P30
        return name
    if comma and given.strip() and family.strip() and "," not in given:
        return f"{given.strip()} {family.strip()}"
    capitals = next((place for place, word in enumerate(words) if not _is_capital(word)), len(words))
    if 0 < capitals < len(words) and not any(map(_is_capital, words[capitals:])):
        return " ".join([*words[capitals:], *words[:capitals]])
    return joined if words else name


def _without_titles(words: list[str]) -> list[str]:
    """Titles stand in front, degrees behind a comma or at the end; a name is never all title."""
    start = next((place for place, word in enumerate(words) if not _is_title(word)), len(words))
    kept = words[start:]
    while len(kept) > 1 and fold(kept[-1]) in _DEGREES:
        kept = [*kept[:-2], kept[-2].rstrip(",")]
    return kept


def _is_title(word: str) -> bool:
    plain = fold(word).translate(_ARABIC_LETTERS)
    return plain in _TITLES_WITH_A_POINT or re.sub(r"[./]$", "", plain) in _TITLES


def _is_capital(word: str) -> bool:
    """Whether a word is written in capitals throughout, as family names are; an initial is not."""
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)
