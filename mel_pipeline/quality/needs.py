"""Which other sources have to be judged before a source can be.

Only reading declarations belongs here; no data.
"""

from collections.abc import Iterable, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from mel_pipeline.declarations.models import Rule, Source
from mel_pipeline.quality.case import JUDGED


def dependencies(source: Source, rules: list[Rule]) -> list[str]:
    """Names of the sources that lookups, resolved names and the SQL of rules read, and of declared tables, sorted.

    SQL that cannot be parsed names nothing here; the rule itself will not run and says so.
    """
    needed = {lookup.source for lookup in source.lookups}
    for resolve in source.resolve.values():
        needed.add(resolve.register_source)
        if resolve.aliases:
            needed.add(resolve.aliases)
    for rule in rules:
        needed |= _tables(rule.sql)
    return sorted(needed - {source.source})


def with_dependencies(
    names: Iterable[str], sources: Mapping[str, Source], rules: Mapping[str, list[Rule]]
) -> list[str]:
    """Some sources and all those by which they were judged, sorted."""
    waiting, found = list(names), set()
    while waiting:
        name = waiting.pop()
        if name not in found and name in sources:
            found.add(name)
            waiting += dependencies(sources[name], rules.get(name, []))
    return sorted(found)


def _tables(sql: str | None) -> set[str]:
    if not sql:
        return set()
    try:
        query = sqlglot.parse_one(sql.replace("{batch}", JUDGED), read="duckdb")
    except SqlglotError:
        return set()
    own = {JUDGED, *(common.alias for common in query.find_all(exp.CTE))}
    return {table.name for table in query.find_all(exp.Table) if table.name} - own
