"""Faults of the calendar and of the scopes that `programme.yml` declares, against the marts that carry them."""

import re
from collections.abc import Iterator

from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.declarations.periods import parse_period
from mel_pipeline.declarations.programme import Programme

_PREFIX = re.compile("[A-Z]+")
ALL = "all"
GRANT = "grant"
"""The scope whose codes are declared in donors.yml; the engine makes its table."""


def calendar_faults(programme: Programme) -> Iterator[Fault]:
    """First and last quarter are quarters, in this order."""
    calendar = programme.settings.calendar
    readable = True
    for key, code in (("first_quarter", calendar.first_quarter), ("last_quarter", calendar.last_quarter)):
        if not is_quarter(code):
            readable = False
            thing = f"programme `calendar.{key}` is not a quarter"
            message = f"{thing}: found '{code}', expected a code such as 2024Q1. Correct it."
            yield programme.fault("settings", "", message, "calendar", key)
    if readable and calendar.last_quarter < calendar.first_quarter:
        message = (
            f"programme ends before it begins: found last quarter {calendar.last_quarter}, expected "
            f"{calendar.first_quarter} or later. Correct `calendar`."
        )
        yield programme.fault("settings", "", message, "calendar", "last_quarter")


def fiscal_year_faults(programme: Programme) -> Iterator[Fault]:
    """Fiscal years whose codes could not be read, or which begin in no month."""
    for prefix, month in programme.settings.fiscal_years.items():
        if _PREFIX.fullmatch(prefix) is None:
            message = (
                f"programme `fiscal_years` has a name that is no prefix: found '{prefix}', expected capital letters "
                "such as US. Rename it."
            )
            yield programme.fault("settings", "", message, "fiscal_years", prefix)
        if not 1 <= month <= 12:
            message = (
                f"fiscal year {prefix} begins in no month: found {month}, expected a number from 1 (January) to 12. "
                "Correct it."
            )
            yield programme.fault("settings", "", message, "fiscal_years", prefix)
        elif month % 3 != 1:
            message = (
                f"fiscal year {prefix} begins within a quarter: found month {month}, expected 1, 4, 7 or 10. Values "
                "fall due at the ends of quarters, so that no indicator is told for it."
            )
            yield programme.fault("settings", "", message, "fiscal_years", prefix, severity="warning")


def is_quarter(code: str) -> bool:
    """Whether a code names one quarter."""
    try:
        return parse_period(code).period_type == "quarter"
    except ValueError:
        return False


def scope_faults(programme: Programme) -> Iterator[Fault]:
    """Scopes that no table can serve, bridges without unique keys, and marts that name unknown scopes."""
    for scope, declared in programme.settings.scopes.items():
        if scope == ALL:
            message = (
                "scope 'all' is declared: found it in `scopes`, expected other names. Remove it; it always exists."
            )
            yield programme.fault("settings", "", message, "scopes", scope)
        elif isinstance(declared, str):
            yield from _column_faults(programme, scope, declared)
        else:
            for family, bridge in declared.items():
                yield from _bridge_faults(programme, scope, family, bridge)
    for table, mart in programme.marts.items():
        yield from _mart_scope_faults(programme, table, mart)


def review_faults(programme: Programme) -> Iterator[Fault]:
    """A review by a scope without a column of its own, or by a register that does not tell languages."""
    review = programme.settings.review
    if review is None:
        return
    by_column = [scope for scope, declared in programme.settings.scopes.items() if isinstance(declared, str)]
    if review.by not in by_column:
        message = unknown_name("review is by a scope without a column", review.by, by_column, "Choose one of them.")
        yield programme.fault("settings", "", message, "review", "by")
    register = programme.sources.get(review.register_source)
    if review.register_source not in programme.names("source"):
        message = unknown_name(
            "review names an unknown register", review.register_source, programme.names("source"), "Add the source."
        )
        yield programme.fault("settings", "", message, "review", "register")
    elif register is not None and register.field(review.language) is None:
        fields = [field.name for field in register.fields]
        thing = f"source {register.source} has no field for the language of reviews"
        message = unknown_name(thing, review.language, fields, "Add the field.")
        yield programme.fault("settings", "", message, "review", "language")


def _column_faults(programme: Programme, scope: str, column: str) -> Iterator[Fault]:
    carrying = [mart for mart in programme.marts.values() if mart.scopes.get(scope) == column]
    if not carrying:
        columns = {mart.scopes[scope] for mart in programme.marts.values() if scope in mart.scopes}
        thing = f"scope {scope} has a column that no mart uses"
        message = unknown_name(thing, column, columns, f"Write `scopes: {{{scope}: {column}}}` in a mart's contract.")
        yield programme.fault("settings", "", message, "scopes", scope)
    yield from _code_table_faults(programme, scope)


def _code_table_faults(programme: Programme, scope: str) -> Iterator[Fault]:
    """The codes of a scope and the days on which they are active stand in a dimension of that name."""
    table = f"dim_{scope}"
    if scope == GRANT:
        return
    if table not in programme.names("mart"):
        message = unknown_name(
            f"scope {scope} has no table of its codes", table, programme.names("mart"), "Add the mart."
        )
        yield programme.fault("settings", "", message, "scopes", scope)
    elif table in programme.marts:
        wanted = (f"{scope}_code", "active_from", "active_to")
        missing = [column for column in wanted if column not in programme.marts[table].column_types]
        if missing:
            message = (
                f"mart {table} cannot tell the codes of scope {scope}: found no {', '.join(missing)}, expected the "
                f"columns {', '.join(wanted)}. Add them."
            )
            yield programme.fault("mart", table, message, "columns")


def _bridge_faults(programme: Programme, scope: str, family: str, bridge: str) -> Iterator[Fault]:
    if bridge not in programme.names("mart"):
        thing = f"scope {scope} names an unknown bridge for {family}"
        message = unknown_name(thing, bridge, programme.names("mart"), "Add the mart.")
        yield programme.fault("settings", "", message, "scopes", scope, family)
    mart = programme.marts.get(bridge)
    if mart is None:
        return
    column = mart.families.get(family)
    if column is None:
        thing = f"mart {bridge} does not serve the family of scope {scope}"
        message = unknown_name(thing, family, mart.families, f"Write `families: {{{family}: …}}`.")
        yield programme.fault("mart", bridge, message, "families")
        return
    missing = [name for name in (column, f"{scope}_code") if name not in mart.key]
    if missing:
        # Without them in the key the same row could join twice, and one fact would belong twice to a scope.
        message = (
            f"mart {bridge} is a bridge without unique keys: found key {', '.join(mart.key)}, expected also "
            f"{', '.join(missing)}. Add it to `key`."
        )
        yield programme.fault("mart", bridge, message, "key")
    yield from _code_table_faults(programme, scope)


def _mart_scope_faults(programme: Programme, table: str, mart: MartContract) -> Iterator[Fault]:
    scopes = programme.settings.scopes
    for scope in mart.scopes:
        if scope not in scopes:
            thing = f"mart {table} names an unknown scope"
            message = unknown_name(thing, scope, scopes, "Declare it in programme.yml.")
            yield programme.fault("mart", table, message, "scopes", scope)
    families = {family for declared in scopes.values() if isinstance(declared, dict) for family in declared}
    for family in mart.families:
        if family not in families:
            thing = f"mart {table} names an unknown family"
            message = unknown_name(thing, family, families, "Declare a bridge for it in programme.yml.")
            yield programme.fault("mart", table, message, "families", family)
