"""Quarters as people write them on covers: codes, "T2 2025", names of months in English, French and Arabic.

What names no whole quarter of one year is not read. Dates belong to `date_cells.py`.
"""

import re

from mel_pipeline.intake.words import fold, visible

PERIOD_IN_WORDS = "PERIOD_IN_WORDS"
"""Rule identifier of quarters in words for sources that declare none in `rule_ids`."""

_CODE = re.compile(r"[12]\d{3}Q[1-4]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERED = re.compile(
    r"(?<!\w)[qt][ -]?([1-4])(?!\d)|(?<!\d)([1-4])(?:st|nd|rd|th|er|ere|e|eme)? (?:quarter|trimestre)|quarter ([1-4])"
    r"|trimestre ([1-4])"
)
_ORDINALS = {
    1: ("first quarter", "premier trimestre", "الربع الاول"),
    2: ("second quarter", "deuxieme trimestre", "الربع الثاني"),
    3: ("third quarter", "troisieme trimestre", "الربع الثالث"),
    4: ("fourth quarter", "quatrieme trimestre", "الربع الرابع"),
}
_MONTHS = (
    ("january", "janvier", "يناير", "كانون الثاني", "jan", "janv"),
    ("february", "fevrier", "فبراير", "شباط", "feb", "fevr"),
    ("march", "mars", "مارس", "اذار", "mar"),
    ("april", "avril", "ابريل", "نيسان", "apr", "avr"),
    ("may", "mai", "مايو", "ايار"),
    ("june", "juin", "يونيو", "حزيران", "jun"),
    ("july", "juillet", "يوليو", "تموز", "jul", "juil"),
    ("august", "aout", "اغسطس", "اب", "aug"),
    ("september", "septembre", "سبتمبر", "ايلول", "sep", "sept"),
    ("october", "octobre", "اكتوبر", "تشرين الاول", "oct"),
    ("november", "novembre", "نوفمبر", "تشرين الثاني", "nov"),
    ("december", "decembre", "ديسمبر", "كانون الاول", "dec"),
)
_MONTH_OF = {fold(name): number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH_NAMES = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, _MONTH_OF), key=len, reverse=True)) + r")(?!\w)"
)


def read_quarter(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Read a quarter as its code, and the rule that repaired its spelling; None for what is no clear quarter."""
    plain = visible(text)
    if _CODE.fullmatch(plain):
        return plain, ()
    words = fold(plain).replace("أ", "ا").replace("إ", "ا").replace("آ", "ا")
    years = set(_YEAR.findall(words))
    number = _quarter_of(_YEAR.sub(" ", words))
    if len(years) != 1 or number is None:
        return None, ()
    return f"{years.pop()}Q{number}", (PERIOD_IN_WORDS,)


def _quarter_of(words: str) -> int | None:
    """The one quarter that the words name, by its number or by its first and last month."""
    numbers = {int(digit) for found in _NUMBERED.findall(words) for digit in found if digit}
    numbers |= {number for number, names in _ORDINALS.items() if any(fold(name) in words for name in names)}
    months = [_MONTH_OF[name] for name in _MONTH_NAMES.findall(words)]
    if months:
        first, last = months[0], months[-1]
        if first % 3 != 1 or last != first + 2:
            return None
        numbers.add(last // 3)
    return numbers.pop() if len(numbers) == 1 else None
