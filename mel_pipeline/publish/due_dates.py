"""The reporting calendar: which reports are owed by whom and when, and what has become of them.

Only sources that declare `due` take part. A report counts as received when rows of it were accepted: one whose
every row was set aside is still owed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import duckdb

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Due, Source
from mel_pipeline.declarations.periods import Period, periods_of
from mel_pipeline.folders import DataFolder

State = Literal["overdue", "due_next", "received_late"]
PERIOD_SQL = {
    "quarter": "year({day}) || 'Q' || quarter({day})",
    "half_year": "year({day}) || 'H' || ((quarter({day}) + 1) // 2)",
    "year": "year({day})::varchar",
}
"""SQL of the code of the period that holds a day."""


@dataclass(frozen=True)
class Owed:
    """One report: of which source, for which period, by which part of the programme, and when it came."""

    source: str
    scope_type: str
    scope_code: str
    period: str
    due_on: date
    received_on: date | None
    is_received: bool

    def state(self, as_of: date) -> State | None:
        """What there is to say of it on a day; None for a report that came in time, or at an unknown time."""
        if not self.is_received:
            return "overdue" if self.due_on < as_of else "due_next"
        return "received_late" if self.received_on and self.received_on > self.due_on else None


def reporting_calendar(programme: Programme, folders: DataFolder, as_of: date) -> list[Owed]:
    """Every report owed for a period that had ended on a day, and the first one of each kind after it.

    Sorted by due date. Empty before the first run.
    """
    marts = database.current(folders.database)
    if marts is None:
        return []
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        owed = [
            each
            for source in programme.sources.values()
            if source.due is not None
            for each in _owed_of(connection, programme, folders, source, source.due, as_of)
        ]
    return sorted(owed, key=lambda each: (each.due_on, each.source, each.scope_code))


def _owed_of(
    connection: duckdb.DuckDBPyConnection,
    programme: Programme,
    folders: DataFolder,
    source: Source,
    due: Due,
    as_of: date,
) -> Iterator[Owed]:
    column = programme.settings.scopes[due.by] if due.by else None
    received = _received(connection, folders, source, due, str(column) if column else None)
    for code, active_from, active_to in _parts(connection, due):
        for period in _until_next(periods_of(due.every, "period", programme.settings.calendar), as_of):
            if (active_from or period.end) <= period.end and (active_to or period.start) >= period.start:
                key = code, period.code
                due_on = period.end + timedelta(days=due.days)
                scope_type = due.by or "all"
                yield Owed(source.source, scope_type, code, period.code, due_on, received.get(key), key in received)


def _until_next(periods: list[Period], as_of: date) -> Iterator[Period]:
    """Periods that had ended, and the one that ends next."""
    for period in periods:
        yield period
        if period.end > as_of:
            return


def _parts(connection: duckdb.DuckDBPyConnection, due: Due) -> list[tuple[str, date | None, date | None]]:
    """Who owes: every part of the scope with the days between which it is active, or the programme as a whole."""
    if due.by is None:
        return [("all", None, None)]
    code = database.quote(f"{due.by}_code")
    return connection.execute(f"select {code}, active_from, active_to from mel.dim_{due.by} order by 1").fetchall()


def _received(
    connection: duckdb.DuckDBPyConnection, folders: DataFolder, source: Source, due: Due, column: str | None
) -> dict[tuple[str, str], date | None]:
    """The first day on which accepted rows came, by part and period; None where the file does not tell the day."""
    path = folders.accepted_rows(source.source)
    if not path.exists():
        return {}
    field = source.field(due.period)
    told = f"rows.{database.quote(due.period)}"
    is_day = field is not None and field.type in ("date", "datetime")
    period = PERIOD_SQL[due.every].format(day=f"{told}::date") if is_day else told
    found = connection.execute(
        f"""
        select {f"rows.{database.quote(column)}" if column else "'all'"}, {period}, min(files.received_on)
        from {database.read_parquet(path)} as rows
        left join mel.source_files as files
            on files.source = {database.literal(source.source)} and files.source_file = rows._source_file
        group by 1, 2
        """
    ).fetchall()
    return {(code, period): received_on for code, period, received_on in found}
