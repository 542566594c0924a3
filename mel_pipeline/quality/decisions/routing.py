"""Which decisions a source has to look at, and which no source can.

A decision about a name goes to the list in which names are kept, one about persons to every source that tells
persons apart in the same way. A log that names no source is shown to every source that a record's own identifier
can be looked up in.
"""

from collections.abc import Iterable, Iterator, Mapping

from mel_pipeline.declarations.models import Source
from mel_pipeline.quality.decisions.reading import Decision, ReadLog

Sources = Mapping[str, Source]

WITHOUT_ROWS = frozenset({"explain_deviation"})
"""Decisions about a number, not about rows: no source has to look at them."""


def decisions_of(logs: Iterable[ReadLog]) -> Iterator[Decision]:
    """Every decision of some logs."""
    for log in logs:
        yield from log.decisions


def concerned(decision: Decision, sources: Sources) -> list[str]:
    """Names of the sources that have to look at a decision, sorted; none where it can concern no rows."""
    named = sources.get(decision.source or "")
    if decision.change_type is None or decision.change_type in WITHOUT_ROWS or (decision.source and named is None):
        return []
    if decision.change_type == "merge_persons":
        return sorted(name for name, each in sources.items() if (decision.question or "") in each.privacy.hash)
    if decision.change_type == "approve_alias":
        names_in = list_of_names(decision, sources)
        return [names_in] if names_in else []
    if named is not None:
        return [named.source]
    return sorted(name for name, each in sources.items() if len(each.key) == 1 and each.kind != "reference")


def list_of_names(decision: Decision, sources: Sources) -> str | None:
    """The source that keeps other names for what a decision about a name is about."""
    named = sources.get(decision.source or "")
    resolve = named.resolve.get(decision.question or "") if named else None
    return resolve.aliases if resolve else None


def decisions_for(source: Source, sources: Sources, logs: Iterable[ReadLog]) -> list[Decision]:
    """The decisions that a source has to look at, the later ones last."""
    found = [each for each in decisions_of(logs) if source.source in concerned(each, sources)]
    return sorted(found, key=lambda each: each.order)
