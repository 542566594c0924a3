"""The pages have words in every language, and a missing word is an error instead of an English text."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import Markup

from mel_pipeline.publish import catalogue as catalogue_module
from mel_pipeline.publish.catalogue import faults, source_catalogue
from mel_pipeline.publish.words import MissingWordsError, compiled, read_catalogue, translator

UNSURE = "For %(number)s result the sample is too small to tell."
UNSURE_MANY = "For %(number)s results the sample is too small to tell."


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_text_has_words(language: str) -> None:
    assert faults(language) == []


def test_texts_are_found_in_templates_and_code() -> None:
    texts = {message.id for message in source_catalogue()}
    assert {"Skip to the results", "On track", "Whole programme"} <= texts


def test_missing_empty_unsure_and_unused_texts_are_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(faults("fr"))
    broken = read_catalogue("fr")
    broken.delete("On track")
    broken["At risk"].string = ""
    broken["Off track"].flags.add("fuzzy")
    broken.add("A text of yesterday", "Un texte d’hier")
    monkeypatch.setattr(catalogue_module, "read_catalogue", lambda language: broken)
    assert sorted(set(faults("fr")) - before) == [
        "empty: 'At risk'",
        "missing: 'On track'",
        "no longer used: 'A text of yesterday'",
        "unsure (fuzzy): 'Off track'",
    ]


def test_a_lost_placeholder_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(faults("fr"))
    broken = read_catalogue("fr")
    broken["Target %(target)s"].string = "Cible %(cible)s"
    monkeypatch.setattr(catalogue_module, "read_catalogue", lambda language: broken)
    (found,) = set(faults("fr")) - before
    assert found == "unknown named placeholder 'cible': 'Target %(target)s'"


def test_a_text_without_words_is_an_error() -> None:
    words = compiled(Catalog(locale="fr"), "fr")
    with pytest.raises(MissingWordsError, match="'On track' has no words in fr"):
        words.gettext("On track")
    with pytest.raises(MissingWordsError):
        words.ngettext(UNSURE, UNSURE_MANY, 2)


def test_a_language_without_a_catalogue_is_an_error() -> None:
    with pytest.raises(MissingWordsError, match="found no de/LC_MESSAGES"):
        translator("de")


def test_declared_words_do_not_fall_back_to_english() -> None:
    with pytest.raises(MissingWordsError, match="'Women' has no words in ar"):
        translator("ar").declared({"en": "Women"})


def test_arabic_has_six_plural_forms() -> None:
    words = translator("ar")
    forms = {words.ngettext(UNSURE, UNSURE_MANY, n, number="N") for n in (0, 1, 2, 3, 11, 100)}
    assert len(forms) == 6


def test_values_are_escaped_and_numbers_keep_their_markup() -> None:
    words = translator("en")
    assert words.gettext("Target %(target)s", target="<b>") == "Target &lt;b&gt;"
    assert words.gettext("Target %(target)s", target=Markup("<b>1</b>")) == "Target <b>1</b>"


def test_a_catalogue_is_read_with_its_own_plural_rule() -> None:
    header = 'msgid ""\nmsgstr "Language: fr\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    catalogue = read_po(BytesIO((header + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] "y"\n').encode()))
    words = compiled(catalogue, "fr")
    assert [words.ngettext("a", "b", n) for n in (0, 1, 2)] == ["x", "x", "y"]
