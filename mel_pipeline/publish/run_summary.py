"""What a run tells the officer at its end, in figures: files, rows, faults, statuses and pages.

It reads what is published; nothing is computed here. The words belong to `summary_lines.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Words as DeclaredWords
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.problems import PERSONAL_DATA, Problem
from mel_pipeline.intake.raw_files import unclaimed_files
from mel_pipeline.intake.staged import load_manifest, load_notes
from mel_pipeline.quality.decisions.outcomes import OutcomeCode


@dataclass(frozen=True)
class Alert:
    """A rule that blocks rows of a file, or that did not run: neither may pass in silence."""

    rule_id: str
    source: str
    source_file: str
    n_failed: int
    has_run: bool
    reason: DeclaredWords


@dataclass(frozen=True)
class Decision:
    """What came of one decision of a person, by its place in the log."""

    source_file: str
    source_row: int
    outcome: OutcomeCode
    applied: bool


@dataclass(frozen=True)
class RunSummary:
    """Figures of the current marts: files by state, rows by fate, statuses of the report period."""

    n_files: int
    n_rows: int
    n_accepted: int
    n_quarantined: int
    n_dropped: int
    n_repairs: int
    n_warnings: int
    n_answers_set_aside: int
    statuses: dict[str, int]
    honesty: dict[str, int]
    problems: list[Problem]
    personal_data: list[Problem]
    alerts: list[Alert]
    unclaimed: list[str]
    pages: list[Path]
    decisions: list[Decision]
    review: list[Path]

    @property
    def is_blocked(self) -> bool:
        """Whether some file contributes nothing, or some rule blocks or did not run."""
        return bool(self.problems or self.alerts)


def summarise(
    folders: DataFolder, programme: Programme, pages: Iterable[Path], review: Iterable[Path] = ()
) -> RunSummary | None:
    """Read the figures of the current marts; None before the first run.

    Args:
        folders: the data folder.
        programme: the words of rules.
        pages: draft pages to name.
        review: review workbooks to name, the officer's first.
    """
    marts = database.current(folders.database)
    if marts is None:
        return None
    with database.connect() as connection:
        database.attach_read_only(connection, marts, "mel")
        n_files, n_rows, n_accepted, n_quarantined, n_dropped = _numbers(connection, FILES)
        n_repairs, n_warnings, n_answers = _numbers(connection, CELLS)
        statuses = dict(connection.execute(STATUSES).fetchall())
        honesty = dict(connection.execute(HONESTY).fetchall())
        alerts = [_alert(programme, *row) for row in connection.execute(ALERTS).fetchall()]
        decisions = [Decision(*row) for row in connection.execute(DECISIONS).fetchall()]
    return RunSummary(
        n_files=n_files,
        n_rows=n_rows,
        n_accepted=n_accepted,
        n_quarantined=n_quarantined,
        n_dropped=n_dropped,
        n_repairs=n_repairs,
        n_warnings=n_warnings,
        n_answers_set_aside=n_answers,
        statuses=statuses,
        honesty=honesty,
        problems=problems_of_files(folders, programme.sources),
        personal_data=personal_data_in_files(folders, programme.sources),
        alerts=alerts,
        unclaimed=[
            path.relative_to(folders.raw).as_posix()
            for path in unclaimed_files(programme.sources.values(), folders.raw)
        ],
        pages=[page for page in pages if page.exists()],
        decisions=decisions,
        review=list(review),
    )


FILES = """
    select count(distinct source_file), sum(n_rows), sum(n_accepted), sum(n_quarantined), sum(n_dropped)
    from mel.source_files
"""
CELLS = """
    select
        (select count(*) from mel.repairs),
        (select count(*) from mel.warnings),
        (select count(*) from mel.quarantine where level = 'answer')
"""
STATUSES = """
    with latest as (
        select scores.indicator_code, scores.status
        from mel.indicator_scores as scores
        inner join mel.dim_period as periods using (period_type, period)
        where scores.scope_type = 'all' and scores.scoring_profile = 'default' and periods.is_closed
        qualify row_number() over (partition by scores.indicator_code order by periods.period_end desc) = 1
    )
    select status, count(*) from latest group by status order by status
"""
HONESTY = """
    select outcome, count(*) from mel.honesty_findings group by outcome order by outcome
"""
"""Results of the checks that look for numbers which mislead, by outcome."""


ALERTS = """
    select rule_id, source, source_file, coalesce(n_failed, 0), success is not null
    from mel.quality_results
    where (treatment = 'block' and not success) or (success is null and reason like 'Did not run:%')
    order by all
"""
DECISIONS = """
    select source_file, source_row, outcome, applied from mel.corrections order by source_file, source_sheet, source_row
"""


def _alert(programme: Programme, rule_id: str, source: str, file: str, n_failed: int, has_run: bool) -> Alert:
    reasons = [rule.reason for rule in programme.rules.get(source, []) if rule.id == rule_id]
    return Alert(rule_id, source, file, n_failed, has_run, next(iter(reasons), {}))


def _numbers(connection: DuckDBPyConnection, sql: str) -> list[int]:
    row = connection.execute(sql).fetchone() or ()
    return [int(number or 0) for number in row]


def problems_of_files(folders: DataFolder, sources: Iterable[str]) -> list[Problem]:
    """Why files contribute no rows; a file that several sources read is told once per reason."""
    found: dict[str, Problem] = {}
    for source in sources:
        for file in load_manifest(folders, source):
            problem = load_notes(folders, source, file).problem
            if problem is not None:
                found[f"{file.source_file} {problem.code}"] = problem
    return [found[name] for name in sorted(found)]


def personal_data_in_files(folders: DataFolder, sources: Iterable[str]) -> list[Problem]:
    """What the scan at the door found in files that were read: where, of what kind and how often, never what."""
    return [
        remark
        for source in sources
        for file in load_manifest(folders, source)
        for remark in load_notes(folders, source, file).remarks
        if remark.code.endswith(PERSONAL_DATA) and file.copy_of is None
    ]
