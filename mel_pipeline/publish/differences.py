"""Which numbers moved between the last run and the one before it, and what can have moved them.

The tables of the run before are kept beside the built ones (`remember`); here the two are compared. Causes are
found by comparing inputs: files, decisions, targets, definitions, and the day as of which is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Indicator
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.findings import CORRECTIONS
from mel_pipeline.marts.lineage import sources_behind, tables_of
from mel_pipeline.quality import with_dependencies

COMPARED = (
    "indicator_values",
    "indicator_scores",
    "source_files",
    "corrections",
    "dim_target",
    "dim_indicator",
    "dim_period",
)
"""Tables whose state at the run before is kept."""

FILE_CAUSES = {
    "file_new": "b.source_file is null",
    "file_gone": "a.source_file is null",
    "file_changed": "a.sha256 <> b.sha256",
    "rows_changed": "a.fate <> b.fate",
}
"""What can have become of a file, and the SQL that tells it; the first that holds."""


class NothingToCompareError(Exception):
    """There is no run before the last one; the message says what to do."""


@dataclass(frozen=True)
class Moved:
    """One undivided value that is not what it was; None stands for no value."""

    indicator_code: str
    period: str
    scope_type: str
    scope_code: str
    before: float | None
    now: float | None
    status_before: str | None
    status_now: str | None


@dataclass(frozen=True)
class Cause:
    """Something that is not what it was, and the indicator it can have moved.

    `kind` is a key of `FILE_CAUSES`, or `decision`, `target`, `definition`, `period`, `rules`; `what` names
    the file, the period of the target or the period that has ended.
    """

    kind: str
    what: str = ""


@dataclass(frozen=True)
class Differences:
    """What moved: undivided values one by one, values of categories by their number, causes by indicator."""

    moved: tuple[Moved, ...]
    n_categories: dict[str, int]
    causes: dict[str, tuple[Cause, ...]]


def before(folders: DataFolder, table: str) -> Path:
    """Where a table of the run before is kept."""
    return folders.build / "before" / f"{table}.parquet"


def remember(folders: DataFolder) -> None:
    """Keep the tables of the published database, which is about to be replaced; nothing before the first run."""
    marts = database.current(folders.database)
    if marts is None:
        return
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        present = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
        for table in COMPARED:
            if table in present:
                kept = _decisions_to_keep(folders) if table == CORRECTIONS else f"from mel.{table}"
                database.write_parquet(connection, kept, before(folders, table))
            else:
                before(folders, table).unlink(missing_ok=True)


def _decisions_to_keep(folders: DataFolder) -> str:
    """SQL of as much of the decisions as is compared; no record and no person stays here that is gone elsewhere."""
    now = folders.table(CORRECTIONS)
    known = f"select record_key from {database.read_parquet(now)}" if now.exists() else "select null"
    return (
        "select source, source_file, case when record_key in"
        f" ({known}) then record_key end as record_key, question, change_type, decided_on, applied"
        f" from mel.{CORRECTIONS}"
    )


def compare(programme: Programme, folders: DataFolder) -> Differences:
    """Compare the published database with what the run before had published.

    Raises:
        NothingToCompareError: fewer than two runs have published something.
    """
    marts = database.current(folders.database)
    if marts is None or not before(folders, "indicator_values").exists():
        raise NothingToCompareError
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        _offer(connection, folders)
        moved = tuple(Moved(*row) for row in connection.execute(MOVED).fetchall())
        n_categories = dict(connection.execute(MOVED_CATEGORIES).fetchall())
        touched = sorted({each.indicator_code for each in moved} | set(n_categories))
        causes = {code: tuple(_causes(connection, programme, code)) for code in touched}
    return Differences(moved, n_categories, causes)


def _offer(connection: duckdb.DuckDBPyConnection, folders: DataFolder) -> None:
    """Show both states as `before_<table>` and `now_<table>`; a table that one of them lacks is empty there."""
    present = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    for table in COMPARED:
        path = before(folders, table)
        states = {
            "before": f"from {database.read_parquet(path)}" if path.exists() else None,
            "now": f"from mel.{table}" if table in present else None,
        }
        known = next((query for query in states.values() if query), None)
        for state, query in states.items():
            if known is not None:
                connection.execute(f"create view {state}_{table} as {query or f'{known} limit 0'}")


def _values_that_differ(is_total: bool) -> str:
    """SQL of the values that differ, of the type of period in which an indicator is scored.

    Figures are compared because one value can rest on other rows.
    """
    sides = {
        side: f"select * from {side}_indicator_values where dimension {'=' if is_total else '<>'} 'total'"
        f" and (indicator_code, period_type) in (select indicator_code, period_type from {side}_dim_indicator)"
        for side in ("now", "before")
    }
    return f"""
        select
            coalesce(a.indicator_code, b.indicator_code) as indicator_code,
            coalesce(a.period, b.period) as period,
            coalesce(a.scope_type, b.scope_type) as scope_type,
            coalesce(a.scope_code, b.scope_code) as scope_code,
            b.value as value_before,
            a.value as value_now,
            a.indicator_code is null
                or b.indicator_code is null
                or (a.value, a.numerator, a.denominator) is distinct from (b.value, b.numerator, b.denominator)
                as has_moved
        from ({sides["now"]}) as a
        full join ({sides["before"]}) as b
            using (indicator_code, period_type, period, scope_type, scope_code, dimension, category)
    """


_STATUS = """
    select indicator_code, period, scope_type, scope_code, status, target
    from {side}_indicator_scores
    where scoring_profile = 'default'
"""
MOVED = f"""
    select
        indicator_code, period, scope_type, scope_code, value_before, value_now,
        was.status as status_before, has.status as status_now
    from ({_values_that_differ(is_total=True)}) as compared
    left join ({_STATUS.format(side="before")}) as was using (indicator_code, period, scope_type, scope_code)
    left join ({_STATUS.format(side="now")}) as has using (indicator_code, period, scope_type, scope_code)
    where has_moved or (was.status, was.target) is distinct from (has.status, has.target)
    order by all
"""
MOVED_CATEGORIES = f"""
    select indicator_code, count(*)
    from ({_values_that_differ(is_total=False)}) as compared
    where has_moved
    group by 1
    order by 1
"""


def _causes(connection: duckdb.DuckDBPyConnection, programme: Programme, code: str) -> Iterator[Cause]:
    """What is not what it was among the inputs of an indicator; if nothing, then rules, marts or the engine."""
    found = [*_declared_causes(connection, code), *_causes_by_source(connection, programme, code)]
    yield from found or [Cause("rules")]


def _declared_causes(connection: duckdb.DuckDBPyConnection, code: str) -> Iterator[Cause]:
    for (period,) in connection.execute(CHANGED_TARGETS, [code, code]).fetchall():
        yield Cause("target", period)
    if connection.execute(CHANGED_DEFINITION, [code, code]).fetchall():
        yield Cause("definition")
    for (period,) in connection.execute(ENDED_PERIODS, [code]).fetchall():
        yield Cause("period", period)


CHANGED_TARGETS = """
    with differing as (
        (select * from now_dim_target where indicator_code = ? except from before_dim_target)
        union all
        (select * from before_dim_target where indicator_code = ? except from now_dim_target)
    )
    select distinct period from differing order by 1
"""
CHANGED_DEFINITION = """
    select indicator_code, measure, coverage, nodes, direction, baseline, tolerance, minimum_n, minimum_coverage
    from now_dim_indicator where indicator_code = ?
    except
    select indicator_code, measure, coverage, nodes, direction, baseline, tolerance, minimum_n, minimum_coverage
    from before_dim_indicator where indicator_code = ?
"""
ENDED_PERIODS = """
    select a.period
    from now_dim_period as a
    inner join before_dim_period as b using (period_type, period)
    inner join now_dim_indicator as indicators on indicators.period_type = a.period_type
    where a.is_closed <> b.is_closed and indicators.indicator_code = ?
    order by a.period_end
"""


def _causes_by_source(connection: duckdb.DuckDBPyConnection, programme: Programme, code: str) -> Iterator[Cause]:
    indicator = programme.indicators.get(code)
    sources = _sources_of(programme, indicator) if indicator else []
    for kind, file in connection.execute(CHANGED_FILES, [sources]).fetchall():
        yield Cause(kind, file)
    for (file,) in connection.execute(NEW_DECISIONS, [sources]).fetchall() if _has_decisions(connection) else []:
        yield Cause("decision", file)


def _sources_of(programme: Programme, indicator: Indicator) -> list[str]:
    """Sources of the indicator's mart, and the registers that decide what is accepted of them."""
    tables = tables_of(indicator.measure)
    return with_dependencies(sources_behind(programme, *tables), programme.sources, programme.rules)


_FILE = "select source, source_file, sha256, (n_accepted, n_quarantined, n_dropped, file_status) as fate"
_KINDS = " ".join(f"when {condition} then '{kind}'" for kind, condition in FILE_CAUSES.items())
CHANGED_FILES = f"""
    with a as ({_FILE} from now_source_files where source in (select unnest($1::varchar[]))),
    b as ({_FILE} from before_source_files where source in (select unnest($1::varchar[]))),
    differing as (
        select coalesce(a.source_file, b.source_file) as source_file, case {_KINDS} end as kind
        from a
        full join b on a.source = b.source and a.source_file = b.source_file
    )
    select distinct kind, source_file from differing where kind is not null order by all
"""
_DECISION = "select source, source_file, record_key, question, change_type, decided_on, applied"
NEW_DECISIONS = f"""
    with differing as (
        ({_DECISION} from now_corrections except {_DECISION} from before_corrections)
        union all
        ({_DECISION} from before_corrections except {_DECISION} from now_corrections)
    )
    select distinct source_file from differing where source in (select unnest($1::varchar[])) order by all
"""


def _has_decisions(connection: duckdb.DuckDBPyConnection) -> bool:
    views = {row[0] for row in connection.execute("select view_name from duckdb_views()").fetchall()}
    return "now_corrections" in views
