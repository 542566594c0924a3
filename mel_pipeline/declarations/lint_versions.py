"""Faults of `versions` in a survey's `source.yml`: questions that are not read, and what cannot be mapped."""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Source
from mel_pipeline.declarations.programme import Programme

VERSION = "__version__"


def version_faults(programme: Programme) -> Iterator[Fault]:
    """What each source says about versions of its form that cannot be applied."""
    for name, source in programme.sources.items():
        if source.versions and VERSION not in _questions(source):
            thing = f"source {name} declares versions, but no field reads them"
            message = f"{thing}: found no field with question {VERSION}, expected one. Add it."
            yield programme.fault("source", name, message, "versions")
        for version, declared in source.versions.items():
            for header, question in declared.renamed.items():
                yield from _unmappable(programme, source, question, ("versions", version, "renamed", header))
            for question in declared.recoded:
                yield from _unmappable(programme, source, question, ("versions", version, "recoded", question))


def _questions(source: Source) -> set[str]:
    return {field.question for field in source.fields if field.question}


def _unmappable(programme: Programme, source: Source, question: str, path: tuple[str, ...]) -> Iterator[Fault]:
    """A question that no field reads, or that has a column per option, which no single header or code stands for."""
    known = _questions(source)
    several = {field.question for field in source.fields if field.type == "choices"}
    if question not in known:
        thing = f"source {source.source} `versions` names an unknown question"
        yield programme.fault("source", source.source, unknown_name(thing, question, known, "Correct it."), *path)
    elif question in several:
        message = (
            f"source {source.source} `versions` maps a question of several choices: found '{question}', expected one "
            "with a single column. Map its columns in the export before it is handed in."
        )
        yield programme.fault("source", source.source, message, *path)
