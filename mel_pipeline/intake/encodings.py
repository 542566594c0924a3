"""In which encoding a text was written that is not UTF-8: told from its words, or not at all.

Windows writes Latin letters in 1252 and Arabic ones in 1256. Latin words mix bytes above 127 with plain letters, Arabic
words hold nothing but such bytes; where every word says the same, there is no doubt. Text that was decoded wrongly
before it reached the file belongs to `mojibake.py`.
"""

import re

LATIN = "windows-1252"
ARABIC = "windows-1256"

_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_BORDER = rb"\x91-\x97\x85\x82\x84\x8b\x9b\xa0\xa1\xab\xbb\xba\xbf\xb0\xb7"
_WORD = re.compile(rb"(?:[A-Za-z]|[^\x00-\x7f" + _BORDER + rb"])+")
"""Letters in a row; quotation marks, dashes and spaces above 127 stand between words in both encodings."""

_MISPLACED = re.compile(rb"[A-Za-z](?:[\x82\x84\x8b]|[\x91\x93-\x95][A-Za-z])")
"""Opening quotation marks behind a letter, or others inside a word: letters of an encoding of DOS or of old Macs."""

_LATIN_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜàáâãäåæçèéêëìíîïñòóôõöùúûüÿŒœªß²³€")
"""What French, Spanish, Portuguese and German write; other letters of 1252 are rarer than another encoding."""


def told_encoding(content: bytes) -> str | None:
    """The encoding of a text that is not UTF-8; None where its words leave a doubt."""
    high = len(_HIGH.findall(content))
    if 2 * sum(map(len, _UTF8_SEQUENCE.findall(content))) > high:
        return None  # UTF-8 that was damaged
    if _MISPLACED.search(content):
        return None
    words = {word for word in _WORD.findall(content) if _HIGH.search(word)}
    telling = {word for word in words if _decoded(word, LATIN) != _decoded(word, ARABIC)}
    if all(map(_is_latin, telling)):
        return LATIN
    return ARABIC if all(map(_is_arabic, telling)) else None


def _decoded(word: bytes, encoding: str) -> str:
    return word.decode(encoding, "replace")


def _is_latin(word: bytes) -> bool:
    text = _decoded(word, LATIN)
    high = [letter for letter in text if not letter.isascii()]
    return len(high) < len(text) and all(letter in _LATIN_LETTERS for letter in high)


def _is_arabic(word: bytes) -> bool:
    """Nothing but Arabic letters, with their vowel signs; a single one may be a part of anything."""
    text = _decoded(word, ARABIC)
    return len(text) > 1 and all("\u0600" <= letter <= "\u06ff" or letter in "\u200c\u200d" for letter in text)
