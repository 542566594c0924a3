"""Faults of texts: every label of the declared world stands in every language of the programme."""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Words
from mel_pipeline.declarations.programme import Programme

Path = tuple[str | int, ...]
Text = tuple[str, str, Path, Words]
"""Kind and name of an entry, the key path of one of its texts, and the text by language."""

_INDICATOR_TEXTS = ("title", "definition", "numerator", "denominator", "data_source", "unit", "limits")
SHEET_TEXTS = ("collection", "rationale", "responsible")
"""Texts that a reference sheet asks for besides; where they are missing altogether, `lint_indicators.py` warns."""


def word_faults(programme: Programme) -> Iterator[Fault]:
    """Texts that lack a language of the programme or have one that it does not declare."""
    languages = programme.settings.languages
    for kind, name, path, words in _texts(programme):
        thing = f"{kind} {name}".strip() if kind != "settings" else "programme"
        key = ".".join(str(part) for part in path)
        for language in languages:
            if not words.get(language, "").strip():
                message = (
                    f"{thing} `{key}` lacks a language: found {_languages_of(words)}, expected also {language}. "
                    f"Add `{language}: …`."
                )
                yield programme.fault(kind, name, message, *path)
        for language in words:
            if language not in languages:
                otherwise = "Remove the text, or declare the language in programme.yml."
                message = unknown_name(f"{thing} `{key}` has an unknown language", language, languages, otherwise)
                yield programme.fault(kind, name, message, *path, language)


def _languages_of(words: Words) -> str:
    return ", ".join(language for language, text in words.items() if text.strip()) or "no text"


def _texts(programme: Programme) -> Iterator[Text]:
    yield from _texts_of_settings(programme)
    yield from _texts_of_theory(programme)
    for name, dimension in programme.dimensions.items():
        yield "dimension", name, ("label",), dimension.label
        for code, category in dimension.categories.items() if isinstance(dimension.categories, dict) else ():
            yield "dimension", name, ("categories", code, "label"), category.label
    for code, indicator in programme.indicators.items():
        for key in _INDICATOR_TEXTS:
            words = getattr(indicator, key)
            if words is not None:
                yield "indicator", code, (key,), words
        for key in SHEET_TEXTS:
            if getattr(indicator, key):
                yield "indicator", code, (key,), getattr(indicator, key)
    yield from _texts_of_donors(programme)
    yield from _texts_of_learning(programme)
    for name, source in programme.sources.items():
        yield "source", name, ("title",), source.title
        for rule in programme.rules[name]:
            yield "rule", f"{name}/{rule.id}", ("reason",), rule.reason


def _texts_of_settings(programme: Programme) -> Iterator[Text]:
    settings = programme.settings
    yield "settings", "", ("title",), settings.title
    yield "settings", "", ("subtitle",), settings.subtitle
    for key, words in (("contact", settings.contact), ("licence", settings.licence)):
        if words:
            yield "settings", "", (key,), words


def _texts_of_theory(programme: Programme) -> Iterator[Text]:
    theory = programme.theory
    for node in theory.nodes:
        yield "node", node.id, ("label",), node.label
    for assumption in theory.assumptions:
        yield "assumption", assumption.id, ("statement",), assumption.statement
    coded = (("priority", theory.priorities), ("theme", theory.themes), ("modality", theory.modalities))
    for kind, entries in coded:
        for entry in entries:
            yield kind, entry.id, ("label",), entry.label


def _texts_of_learning(programme: Programme) -> Iterator[Text]:
    for number, review in enumerate(programme.learning.reviews, start=1):
        yield "review", str(number), ("role",), review.role
        yield "review", str(number), ("why",), review.why
    for number, weighed in enumerate(programme.learning.explanations, start=1):
        for key in ("role", "explanations", "conclusion"):
            yield "explanation", str(number), (key,), getattr(weighed, key)


def _texts_of_donors(programme: Programme) -> Iterator[Text]:
    for code, donor in programme.donors.items():
        yield "donor", code, ("name",), donor.name
        for grant in donor.grants:
            yield "grant", grant.grant_code, ("title",), grant.title
