"""Breaks labels into lines that fit a drawn card, where no browser does it.

Only an estimate of text widths belongs here: it is on the wide side, so that no label leaves its card.
"""

NARROW, WIDE, CAPITAL = frozenset("iljtfrI.,;:'’()[]| ا"), frozenset("mwMWœæ—"), 0.70
ARABIC_WIDTH, NORMAL_WIDTH, NARROW_WIDTH, WIDE_WIDTH = 0.56, 0.60, 0.36, 0.94


def text_width(text: str, font_size: float) -> float:
    """Estimated width of a text in a half-bold sans serif, in pixels."""
    return font_size * sum(_character_width(character) for character in text)


def wrap(text: str, width: float, font_size: float) -> list[str]:
    """Break a text between words into lines of at most `width` pixels; a longer word keeps its own line."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, font_size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _character_width(character: str) -> float:
    if "\u064b" <= character <= "\u0652":
        return 0.0
    if character in NARROW:
        return NARROW_WIDTH
    if character in WIDE:
        return WIDE_WIDTH
    if "\u0600" <= character <= "\u06ff":
        return ARABIC_WIDTH
    return CAPITAL if character.isupper() else NORMAL_WIDTH
