"""Which values a rule of data quality blocks: those of an indicator, or only those that a faulty row is part of.

A status without value is decided in `status.py`; that rows break a rule is found out in `quality`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from mel_pipeline import database
from mel_pipeline.database import literal, quote
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Rule
from mel_pipeline.folders import DataFolder


@dataclass(frozen=True)
class BlockedPart:
    """The values of an indicator in one part of the programme, for the periods that a day lies in."""

    indicator_code: str
    scope_type: str
    scope_code: str
    day: date


@dataclass(frozen=True)
class Blocked:
    """Indicators that are blocked as a whole, and parts of others."""

    whole: frozenset[str] = frozenset()
    parts: frozenset[BlockedPart] = frozenset()

    def holds(self, value: Mapping[Any, Any]) -> bool:
        """Whether a row of `indicator_values` is blocked."""
        if value["indicator_code"] in self.whole:
            return True
        place = (value["indicator_code"], value["scope_type"], value["scope_code"])
        days = (each.day for each in self.parts if (each.indicator_code, each.scope_type, each.scope_code) == place)
        return any(_day(value["period_start"]) <= day <= _day(value["period_end"]) for day in days)


NOTHING_BLOCKED = Blocked()


def read_blocked(connection: duckdb.DuckDBPyConnection, programme: Programme, folders: DataFolder) -> Blocked:
    """What rules with `blocks: indicator` block that did not hold, or did not run, in some file.

    A rule that found no row to judge stops nothing. One that did not run blocks its indicators as a whole.
    """
    results = database.read_parquet(folders.table("quality_results"))
    told = connection.execute(
        f"select source, rule_id, bool_or(reason like 'Did not run:%') from {results}"
        " where not success or reason like 'Did not run:%' group by all"
    ).fetchall()
    failed = {(source, rule_id): not is_errored for source, rule_id, is_errored in told}
    blocking = [
        (source, rule)
        for source, rules in programme.rules.items()
        for rule in rules
        if rule.blocks == "indicator" and (source, rule.id) in failed
    ]
    in_parts = [(source, rule) for source, rule in blocking if rule.within and failed[source, rule.id]]
    whole = [rule for source, rule in blocking if (source, rule) not in in_parts]
    return Blocked(
        frozenset(code for rule in whole for code in rule.indicators),
        frozenset(part for source, rule in in_parts for part in _parts(connection, folders, source, rule)),
    )


def _parts(
    connection: duckdb.DuckDBPyConnection, folders: DataFolder, source: str, rule: Rule
) -> Iterable[BlockedPart]:
    """The parts that the rows are of which break a rule; one that a person released breaks it no more."""
    if rule.within is None:
        return []
    warned = database.read_parquet(folders.table("warnings"))
    rows = connection.execute(
        f"select distinct {quote(rule.within.code)}::varchar, {quote(rule.within.day)}::date"
        f" from {database.read_parquet(folders.accepted_rows(source))} where _record_key in (select record_key"
        f" from {warned} where source = {literal(source)} and rule_id = {literal(rule.id)} and treatment = 'block')"
    ).fetchall()
    return [BlockedPart(indicator, rule.within.scope, code, day) for indicator in rule.indicators for code, day in rows]


def _day(value: Any) -> date:
    """A day, also where pandas made a point of time of it."""
    return value.date() if isinstance(value, datetime) else value
