"""What translators have to translate, and what they have left out.

Only extraction and comparison belong here; looking words up at run time belongs to `words.py`.
"""

from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from mel_pipeline.publish.words import read_catalogue

METHODS = [("**.py", "python"), ("templates/**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None, "plain": None}
JINJA = {"trimmed": "true", "extensions": "jinja2.ext.i18n", "silent": "false"}


def source_catalogue() -> Catalog:
    """Every text of code and templates that needs words in the other languages."""
    catalogue = Catalog(domain="mel", project="mel-pipeline")
    room = str(files("mel_pipeline.publish"))
    found = extract_from_dir(room, METHODS, {"templates/**.j2": JINJA}, KEYWORDS)
    for path, _line, text, comments, context in found:
        catalogue.add(text, locations=[(path, 0)], auto_comments=comments, context=context)
    return catalogue


def faults(language: str) -> list[str]:
    """What is wrong with the words of a language: missing, empty, unsure or no longer used texts."""
    wanted = {message.id: message for message in source_catalogue() if message.id}
    present = {message.id: message for message in read_catalogue(language) if message.id}
    found = [f"missing: {text!r}" for text in wanted if text not in present]
    found += [f"no longer used: {text!r}" for text in present if text not in wanted]
    for text, message in present.items():
        if message.fuzzy:
            found.append(f"unsure (fuzzy): {text!r}")
        if not message.string or not all([message.string] if isinstance(message.string, str) else message.string):
            found.append(f"empty: {text!r}")
        found += [f"{error}: {text!r}" for error in message.check()]
    return sorted(found)
