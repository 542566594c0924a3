"""Words of the pages in one language: translations of the English texts in code and templates.

Only looking up words belongs here. Numbers and dates are written by `numbers.py`; names of indicators, hubs and
donors are declared by the programme, and read with `Words.declared`.
"""

import gettext
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from mel_pipeline.declarations.models import Words as DeclaredWords

SOURCE_LANGUAGE = "en"
LOCALES = {"en": "en_GB"}
"""CLDR locale of a language where it is not the language itself."""


class MissingWordsError(LookupError):
    """A text has no translation in a language that a donor was promised."""


def mark(text: str) -> str:
    """Mark a constant text for the translators; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str
    locale: Locale
    translations: gettext.NullTranslations

    @property
    def direction(self) -> str:
        """Direction of the script, as HTML writes it."""
        return "rtl" if self.is_right_to_left else "ltr"

    @property
    def is_right_to_left(self) -> bool:
        """Whether lines run from right to left."""
        return bool(self.locale.text_direction == "rtl")

    def gettext(self, text: str, /, **values: object) -> Markup:
        """Translate a text and fill in values, escaped for HTML."""
        return Markup(self.translations.gettext(text)) % values  # noqa: S704 (own catalogue; values are escaped)

    def plain(self, text: str, /, **values: object) -> str:
        """Translate a text and fill in values for places that hold no markup, such as SVG and hover texts."""
        return self.translations.gettext(text) % values

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> Markup:
        """Translate a text that depends on a number, by the plural rules of the language."""
        return Markup(self.translations.ngettext(one, many, number)) % values  # noqa: S704

    def declared(self, words: DeclaredWords) -> str:
        """A text that the programme declares in every language.

        Raises:
            MissingWordsError: the programme declares no text in this language.
        """
        if self.language not in words:
            known = words.get(SOURCE_LANGUAGE) or next(iter(words.values()), "")
            raise MissingWordsError(f"{known!r} has no words in {self.language}. Add them to the programme folder.")
        return words[self.language]


class _NoWords(gettext.NullTranslations):
    """Stands behind a catalogue: what the catalogue lacks is an error, never an English text."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        raise MissingWordsError(f"{message!r} has no words in {self.language}. Add them to its mel.po.")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise MissingWordsError(f"{msgid1!r} has no words in {self.language}. Add them to its mel.po.")


@cache
def translator(language: str) -> Words:
    """The words of a language.

    Raises:
        MissingWordsError: there is no catalogue for the language.
    """
    locale = Locale.parse(LOCALES.get(language, language))
    if language == SOURCE_LANGUAGE:
        return Words(language, locale, gettext.NullTranslations())
    return Words(language, locale, compiled(read_catalogue(language), language))


def compiled(catalogue: Catalog, language: str) -> gettext.NullTranslations:
    """A catalogue as gettext uses it: its own plural rules, and an error for each text it lacks."""
    machine = BytesIO()
    write_mo(machine, catalogue)
    machine.seek(0)
    translations = gettext.GNUTranslations(machine)
    translations.add_fallback(_NoWords(language))
    return translations


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language, as the translators keep it.

    Raises:
        MissingWordsError: there is no catalogue for the language.
    """
    path = files("mel_pipeline.publish") / "locale" / language / "LC_MESSAGES" / "mel.po"
    if not path.is_file():
        raise MissingWordsError(f"Pages have no words in {language!r}: found no {language}/LC_MESSAGES/mel.po.")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)
