"""Faults of what a source says about persons: texts to redact, whose phone numbers, and refused consent."""

import re
from collections.abc import Iterator

import phonenumbers

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Source
from mel_pipeline.declarations.programme import Programme


def privacy_faults(programme: Programme) -> Iterator[Fault]:
    """What each `source.yml` says about persons under `privacy` and `consent`."""
    for name, source in programme.sources.items():
        yield from _redacted_faults(programme, name, source)
        yield from _presence_faults(programme, name, source)
        for position, field in enumerate(source.privacy.confidential):
            yield from _unknown(programme, name, source, field, "privacy", "confidential", position)
        yield from _sensitive_faults(programme, name, source)
        yield from _phone_faults(programme, name, source)
        yield from _consent_faults(programme, name, source)
        yield from _alike_faults(programme, name, source)
        yield from _name_faults(programme, name, source)


def _redacted_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    """Only free text can be kept with marks; anything else is either kept or not."""
    texts = {field.name for field in source.fields if field.type == "text"}
    for position, field in enumerate(source.privacy.redacted):
        if field not in texts:
            thing = f"source {name} `privacy` redacts what is no text of it"
            message = unknown_name(thing, field, texts, "Declare it with type text.")
            yield programme.fault("source", name, message, "privacy", "redacted", position)


def _presence_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    """Only of what is restricted there is a need to tell no more than whether it is there."""
    for position, field in enumerate(source.privacy.presence):
        if field not in source.privacy.restricted:
            thing = f"source {name} `privacy` tells the presence of what is not restricted"
            message = unknown_name(thing, field, source.privacy.restricted, "List it under `restricted`.")
            yield programme.fault("source", name, message, "privacy", "presence", position)


def _sensitive_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    """Patterns that cannot be searched, or that no text is searched for."""
    for position, pattern in enumerate(source.privacy.sensitive):
        try:
            re.compile(pattern)
        except re.error as error:
            message = (
                f"source {name} `privacy` has a pattern that cannot be searched: found '{pattern}' ({error}), "
                "expected a regular expression. Correct it."
            )
            yield programme.fault("source", name, message, "privacy", "sensitive", position)
    if source.privacy.sensitive and not source.privacy.redacted:
        message = (
            f"source {name} `privacy` searches no text for sensitive sentences: found nothing under `redacted`, "
            "expected a text. Name it there."
        )
        yield programme.fault("source", name, message, "privacy", "sensitive")


def _phone_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    phones = source.privacy.phones
    for position, region in enumerate(phones.regions):
        if region not in phonenumbers.SUPPORTED_REGIONS:
            thing = f"source {name} `privacy` `phones` names an unknown region"
            message = f"{thing}: found '{region}', expected a two-letter country code such as JO. Correct it."
            yield programme.fault("source", name, message, "privacy", "phones", "regions", position)
    if phones.country is not None:
        yield from _unknown(programme, name, source, phones.country, "privacy", "phones", "country")


def _consent_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    consent = source.consent
    if consent is None:
        return
    yield from _unknown(programme, name, source, consent.field, "consent", "field")
    texts = {field.name for field in source.fields if field.type == "text"}
    for position, field in enumerate(consent.keep):
        if field in texts or field in source.privacy.restricted:
            message = (
                f"source {name} `consent` keeps what tells of a person: found '{field}', "
                "expected no text and nothing restricted. Remove it."
            )
            yield programme.fault("source", name, message, "consent", "keep", position)
        yield from _unknown(programme, name, source, field, "consent", "keep", position)


def _alike_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    """A person's name is a field as it was written; the place may be a code that it was resolved to."""
    for hashed, alike in source.privacy.alike.items():
        if hashed not in source.privacy.hash:
            thing = f"source {name} `privacy` `alike` names no hashed field"
            message = unknown_name(thing, hashed, source.privacy.hash, "Declare it below `hash`.")
            yield programme.fault("source", name, message, "privacy", "alike", hashed)
        yield from _unknown(programme, name, source, alike.name, "privacy", "alike", hashed, "name")
        for position, field in enumerate(alike.within):
            if field not in source.resolve:
                yield from _unknown(programme, name, source, field, "privacy", "alike", hashed, "within", position)


def _name_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    """Fields with names of persons, and those that are emptied for minors: these are kept apart, as names are."""
    for field in source.privacy.person_names:
        yield from _unknown(programme, name, source, field, "privacy", "person_names", field)
    minors = source.privacy.minors
    if minors is None:
        return
    yield from _unknown(programme, name, source, minors.age, "privacy", "minors", "age")
    for position, field in enumerate(minors.forget):
        if field not in source.privacy.restricted:
            thing = f"source {name} `privacy` `minors` forgets what is not restricted"
            message = unknown_name(thing, field, source.privacy.restricted, "Declare it below `restricted`.")
            yield programme.fault("source", name, message, "privacy", "minors", "forget", position)


def _unknown(programme: Programme, name: str, source: Source, found: str, *path: str | int) -> Iterator[Fault]:
    known = {field.name for field in source.fields}
    if found not in known:
        message = unknown_name(f"source {name} `{path[0]}` names an unknown field", found, known, "Declare it.")
        yield programme.fault("source", name, message, *path)
