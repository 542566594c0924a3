"""Faults of the marts' contracts: names, keys and the columns that other keys of a contract name."""

from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.declarations.programme import Programme

Path = tuple[str | int, ...]
COLUMN_TYPES = ("VARCHAR", "VARCHAR[]", "BIGINT", "DOUBLE", "BOOLEAN", "DATE")
"""Types that a mart may have; the engine writes no others."""


def mart_faults(programme: Programme) -> Iterator[Fault]:
    """What each contract says about its own columns, and contracts or queries without the other."""
    for stem, mart in programme.marts.items():
        if mart.table != stem:
            message = (
                f"mart {stem} has another name than its file: found '{mart.table}', expected '{stem}'. Rename one."
            )
            yield programme.fault("mart", stem, message, "table")
        yield from _repeated_columns(programme, stem, mart)
        yield from _named_columns(programme, stem, mart)
        yield from _time_faults(programme, stem, mart)
    for stem in sorted(programme.names("mart") - set(programme.mart_sql)):
        message = f"mart {stem} has no query: found no marts/{stem}.sql, expected it beside the contract. Write it."
        yield programme.fault("mart", stem, message)
    for stem in sorted(set(programme.mart_sql) - programme.names("mart")):
        message = f"mart {stem} has no contract: found no marts/{stem}.yml, expected it beside the query. Write it."
        yield Fault(f"marts/{stem}.sql", 1, message)


def _repeated_columns(programme: Programme, stem: str, mart: MartContract) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, column in enumerate(mart.columns):
        if column.name in seen:
            message = f"mart {stem} has a column twice: found '{column.name}' again, expected it once. Remove one."
            yield programme.fault("mart", stem, message, "columns", position)
        seen.add(column.name)
        if column.type not in COLUMN_TYPES:
            thing = f"mart {stem} column {column.name} has an unknown type"
            message = unknown_name(thing, column.type, COLUMN_TYPES, "Choose one of them.")
            yield programme.fault("mart", stem, message, "columns", position)


def _named_columns(programme: Programme, stem: str, mart: MartContract) -> Iterator[Fault]:
    named: list[tuple[Path, str | None]] = [
        *((("key", position), column) for position, column in enumerate(mart.key)),
        (("period_on",), mart.period_on),
        (("snapshot_on",), mart.snapshot_on),
        *((("scopes", scope), column) for scope, column in mart.scopes.items()),
        *((("families", family), column) for family, column in mart.families.items()),
        *((("valid_between", position), column) for position, column in enumerate(mart.valid_between or ())),
    ]
    for path, column in named:
        if column is not None and column not in mart.column_types:
            thing = f"mart {stem} `{path[0]}` names an unknown column"
            message = unknown_name(thing, column, mart.column_types, "Add the column.")
            yield programme.fault("mart", stem, message, *path)


def _time_faults(programme: Programme, stem: str, mart: MartContract) -> Iterator[Fault]:
    if mart.period_on and mart.snapshot_on:
        message = f"mart {stem} has two times: found period_on and snapshot_on, expected one of them. Remove one."
        yield programme.fault("mart", stem, message, "snapshot_on")
    for key in ("period_on", "snapshot_on"):
        column = getattr(mart, key)
        found = mart.column_types.get(column) if column else None
        if found not in (None, "DATE"):
            message = (
                f"mart {stem} `{key}` is not a date: found {column} {found}, expected a DATE. Choose another column."
            )
            yield programme.fault("mart", stem, message, key)
