"""What is left of a person's name in Arabic and in Latin letters when only its consonants are heard.

Two names with one sound may be one person's, or not: Mohamed and Mahmoud sound the same. Nobody is taken for another
because of it; somebody decides.
"""

import re

from mel_pipeline.quality.names.keys import normalise

_ARTICLES = frozenset({"al", "el", "l", "ul"})
_ARABIC_ARTICLE = "ال"
_SHORTEST_SOUND = 3
# Servant of: one name with what follows, written apart or not.
_SERVANT = re.compile(r"\b(عبد|abd|abdel|abdul|abdal) ")
# English and French write one Arabic letter differently (sh and ch, j and dj), and one letter for several (d, z).
_PAIRS = (("ch", "1"), ("sh", "1"), ("kh", "k"), ("gh", "j"), ("dj", "j"), ("dh", "d"), ("th", "t"), ("ph", "f"))
_LATIN = str.maketrans({"q": "k", "c": "k", "x": "k", "g": "j", "z": "d", "p": "b", "v": "f"})
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("كقخ", "k"), **dict.fromkeys("جغگ", "j"), **dict.fromkeys("دذضظز", "d"),
        **dict.fromkeys("تطث", "t"), **dict.fromkeys("سص", "s"), **dict.fromkeys("حه", "h"),
        **dict.fromkeys("بپ", "b"), **dict.fromkeys("فڤ", "f"), "ش": "1", "ر": "r", "ل": "l", "م": "m", "ن": "n",
        **dict.fromkeys("اعيو", " "),
    }
)  # fmt: skip
_SOFT = re.compile(r"c(?=[eiy])")
_VOWELS = re.compile(r"[aeiouyw ]+")
_DOUBLED = re.compile(r"(.)\1+")


def is_arabic(name: str) -> bool:
    """Whether a name is written in Arabic letters."""
    return any("\u0600" <= letter <= "\u06ff" for letter in name)


def sound(name: str) -> str | None:
    """What a name of at least two words sounds like, whatever their order; None where too little is heard."""
    words = [word for word in _SERVANT.sub(r"\1", normalise(name)).split() if word not in _ARTICLES]
    heard = sorted(_sound_of_word(word) for word in words)
    return " ".join(heard) if len(words) > 1 and sum(map(len, heard)) >= _SHORTEST_SOUND and all(heard) else None


def _sound_of_word(word: str) -> str:
    """The consonants, doubled ones once; a last h is often not written, as vowels are not in Arabic."""
    letters = _of_arabic(word) if is_arabic(word) else _of_latin(word)
    heard = _VOWELS.sub("", _DOUBLED.sub(r"\1", letters))
    return heard.removesuffix("h") or heard


def _of_arabic(word: str) -> str:
    has_article = word.startswith(_ARABIC_ARTICLE) and len(word) > len(_ARABIC_ARTICLE) + 1
    return (word.removeprefix(_ARABIC_ARTICLE) if has_article else word).translate(_ARABIC)


def _of_latin(word: str) -> str:
    letters = word
    for pair, one in _PAIRS:
        letters = letters.replace(pair, one)
    return _SOFT.sub("s", letters).translate(_LATIN)
