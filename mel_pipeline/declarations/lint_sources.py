"""Faults of sources: fields that their own parts name, other sources they take from, and their categories."""

import re
import unicodedata
from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.declarations.programme import Programme

Path = tuple[str | int, ...]


def source_faults(programme: Programme) -> Iterator[Fault]:
    """What each `source.yml` says about its own fields and about other sources."""
    for name, source in programme.sources.items():
        if source.source != name:
            thing = f"source {name} has another name than its folder"
            message = f"{thing}: found '{source.source}', expected '{name}'. Rename one."
            yield programme.fault("source", name, message, "source")
        yield from _repeated_fields(programme, name, source)
        yield from _file_name_faults(programme, name, source)
        yield from _reference_faults(programme, name, source)
        yield from _resolve_faults(programme, name, source)
        yield from _lookup_faults(programme, name, source)
        yield from _category_faults(programme, name, source)
        yield from _comparison_faults(programme, name, source)


def staged_fields(source: Source) -> set[str]:
    """Fields that exist once a file is read: declared ones and keyed hashes."""
    estimates = {f"{field.name}_is_estimate" for field in source.fields if field.estimates}
    return {field.name for field in source.fields} | estimates | set(source.privacy.hash)


def all_fields(source: Source) -> set[str]:
    """Fields of a source's rows when rules judge them: staged, resolved and looked up ones."""
    taken = {name for lookup in source.lookups for name in lookup.take}
    return staged_fields(source) | set(source.resolve) | taken


def _unknown_field(
    programme: Programme, name: str, found: str, known: set[str], path: Path, of: str | None = None
) -> Iterator[Fault]:
    if found not in known:
        place = f"field of {of}" if of and of != name else "field"
        message = unknown_name(f"source {name} `{path[0]}` names an unknown {place}", found, known, "Declare it.")
        yield programme.fault("source", name, message, *path)


def _repeated_fields(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, field in enumerate(source.fields):
        if field.name in seen:
            message = f"source {name} has a field twice: found '{field.name}' again, expected it once. Rename one."
            yield programme.fault("source", name, message, "fields", position)
        seen.add(field.name)


def _file_name_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    try:
        groups = set(re.compile(source.file_name or "").groupindex)
    except re.error as error:
        message = (
            f"source {name} `file_name` is not a pattern: found '{error}', expected a regular expression. Correct it."
        )
        yield programme.fault("source", name, message, "file_name")
        return
    for field in source.fields:
        if field.from_file_name and field.name not in groups:
            thing = f"source {name} `file_name` has no group for a field"
            message = unknown_name(thing, field.name, groups, f"Write (?P<{field.name}>…).")
            yield programme.fault("source", name, message, "file_name")


def _reference_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    fields = staged_fields(source)
    for key, found in (("key", source.key), ("supersedes_by", source.supersedes_by)):
        for position, field in enumerate(found):
            yield from _unknown_field(programme, name, field, fields, (key, position))
    for key, latest in (
        ("later_by", source.later_by),
        ("latest_by", source.latest_by),
        ("revision_by", source.revision_by),
    ):
        if latest is not None:
            yield from _unknown_field(programme, name, latest, fields, (key,))
    for position, field in enumerate(source.privacy.restricted):
        yield from _unknown_field(programme, name, field, fields, ("privacy", "restricted", position))
    for field, patterns in source.privacy.shared.items():
        yield from _unknown_field(programme, name, field, fields, ("privacy", "shared"))
        yield from (_no_pattern(programme, name, field, each) for each in patterns if not _is_pattern(each))
    for hashed, parts in source.privacy.hash.items():
        for position, part in enumerate(parts):
            for field in part:
                yield from _unknown_field(programme, name, field, fields, ("privacy", "hash", hashed, position))


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _no_pattern(programme: Programme, name: str, field: str, text: str) -> Fault:
    message = f"source {name} `privacy` `{field}` is no pattern: found '{text}', expected one. Correct it."
    return programme.fault("source", name, message, "privacy", "shared", field)


def _other(programme: Programme, name: str, other: str, path: Path) -> Iterator[Fault]:
    known = programme.names("source")
    if other not in known:
        message = unknown_name(f"source {name} `{path[0]}` names an unknown source", other, known, "Add its folder.")
        yield programme.fault("source", name, message, *path)


def _resolve_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    for resolved, how in source.resolve.items():
        path: Path = ("resolve", resolved)
        yield from _unknown_field(programme, name, how.from_field, staged_fields(source), (*path, "from"))
        yield from _other(programme, name, how.register_source, (*path, "register"))
        register = programme.sources.get(how.register_source)
        if register is not None:
            single = {"within": how.within, "prominence": how.prominence}
            named = {
                **{field: key for key, field in single.items() if field},
                **dict.fromkeys(how.qualifiers, "qualifiers"),
                **dict.fromkeys(how.shown, "shown"),
            }
            for field in dict.fromkeys([*how.names, *named, *register.key]):
                key = named.get(field, "names")
                known = staged_fields(register)
                yield from _unknown_field(programme, name, field, known, (*path, key), of=register.source)
        if how.within is not None:
            yield from _unknown_field(programme, name, how.within, staged_fields(source), (*path, "within"))
        apart = {*source.privacy.restricted, *source.privacy.drop}
        for position, hint in enumerate(how.hints):
            yield from _unknown_field(programme, name, hint, staged_fields(source) - apart, (*path, "hints", position))
        if how.aliases is not None:
            yield from _other(programme, name, how.aliases, (*path, "aliases"))


def _lookup_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    own = staged_fields(source) | set(source.resolve)
    for position, lookup in enumerate(source.lookups):
        path: Path = ("lookups", position)
        yield from _other(programme, name, lookup.source, (*path, "source"))
        for field in lookup.match:
            yield from _unknown_field(programme, name, field, own, (*path, "match"))
        other = programme.sources.get(lookup.source)
        if other is None:
            continue
        for key, pairs in (("match", lookup.match), ("take", lookup.take)):
            for field in pairs.values():
                yield from _unknown_field(programme, name, field, staged_fields(other), (*path, key), of=lookup.source)
        for taken in lookup.take:
            if taken in own:
                thing = f"source {name} `lookups` takes a name that is in use"
                message = f"{thing}: found '{taken}', expected a new name. Rename it."
                yield programme.fault("source", name, message, *path, "take")


def _comparison_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    """Compared answers stand among the rows when rules judge them: they are neither kept apart nor dropped."""
    if source.compare is None:
        return
    apart = {*source.privacy.restricted, *source.privacy.drop}
    choices = {field.name for field in source.fields if field.type == "choices"}
    known = all_fields(source) - apart - choices
    for key, fields in (("fields", source.compare.fields), ("within", source.compare.within)):
        for position, field in enumerate(fields):
            yield from _unknown_field(programme, name, field, known, ("compare", key, position))
    dates = {field.name for field in source.fields if field.type in ("date", "datetime")} - apart
    if source.compare.same_year is not None:
        yield from _unknown_field(programme, name, source.compare.same_year, dates, ("compare", "same_year"))


def _category_faults(programme: Programme, name: str, source: Source) -> Iterator[Fault]:
    """One written value stands for one category, and every category has a label where it is a dimension."""
    for position, field in enumerate(source.fields):
        owner: dict[str, str] = {}
        dimension = programme.dimensions.get(field.name)
        labelled = dimension.categories if dimension and isinstance(dimension.categories, dict) else None
        for keys, category, written in _spelled(field):
            path: Path = ("fields", position, *keys, category)
            if labelled is not None and category not in labelled:
                thing = f"source {name} field {field.name} has a category without label"
                message = unknown_name(thing, category, labelled, "Add it to dimensions.yml.")
                yield programme.fault("source", name, message, *path)
            for value in written:
                first = owner.setdefault(folded(value), category)
                if first != category:
                    message = (
                        f"source {name} field {field.name} has overlapping categories: found '{value}' in "
                        f"{first} and {category}, expected it in one. Remove it from the other."
                    )
                    yield programme.fault("source", name, message, *path)


def _spelled(field: SourceField) -> Iterator[tuple[tuple[str, ...], str, list[str]]]:
    """Each category with its spellings, and the keys below which they are declared."""
    for category, written in field.values.items():
        yield ("values",), category, written
    for rule_id, repaired in field.repaired_values.items():
        for category, written in repaired.items():
            yield ("repaired_values", rule_id), category, written


def folded(text: str) -> str:
    """A written value as it is compared: without case, accents or extra spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def due_faults(programme: Programme) -> Iterator[Fault]:
    """Due dates that name a field or a scope which the source's rows cannot be told apart by."""
    columns = {each: column for each, column in programme.settings.scopes.items() if isinstance(column, str)}
    for name, source in programme.sources.items():
        if source.due is None:
            continue
        yield from _unknown_field(programme, name, source.due.period, all_fields(source), ("due", "period"))
        scope = source.due.by
        if scope in columns:
            yield from _unknown_field(programme, name, columns[scope], all_fields(source), ("due", "by"))
        elif scope is not None:
            thing = f"source {name} `due` names an unknown scope"
            yield programme.fault("source", name, unknown_name(thing, scope, columns, "Choose one."), "due", "by")
