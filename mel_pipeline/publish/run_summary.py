"""What a run tells the officer at its end: files, rows, faults of files, indicators by status, and the pages.

It reads what is published; nothing is computed here. Words are in the officer's language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from mel_pipeline import database
from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Words as DeclaredWords
from mel_pipeline.folders import DataFolder
from mel_pipeline.holding import FolderInUseError
from mel_pipeline.intake.problems import Problem
from mel_pipeline.intake.raw_files import unclaimed_files
from mel_pipeline.intake.staged import load_manifest, load_notes
from mel_pipeline.publish.words import Words, mark, translator
from mel_pipeline.quality.decisions.outcomes import OutcomeCode, message

MOST_REFUSED = 20
"""Decisions that were not applied are told one by one up to here."""

STATUS_WORDS = {
    "on_track": mark("on track"),
    "at_risk": mark("at risk"),
    "off_track": mark("off track"),
    "not_assessable": mark("not assessable"),
    "not_reported": mark("not reported"),
    "no_target": mark("without a target"),
    "context": mark("context only"),
}


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
    problems: list[Problem]
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
        problems=problems_of_files(folders, programme.sources),
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


def nothing_done(language: str) -> str:
    """What a run says that found everything up to date."""
    return translator(language).plain("Everything is up to date: nothing was done.")


def files_read(n: int, language: str) -> str:
    """How many files a run had to read; the others were known by their content."""
    return str(translator(language).ngettext("%(n)s file read", "%(n)s files read", n, n=n))


def summary_lines(summary: RunSummary, language: str) -> list[str]:
    """The summary as lines of text in a language."""
    words = translator(language)
    return [
        *_rows(summary, words),
        *_decisions(summary, words),
        *_statuses(summary, words),
        *_review(summary, words),
        *_pages(summary, words),
        *_unclaimed(summary, words),
        *_problems(summary, words),
        *_alerts(summary, words),
    ]


def _rows(summary: RunSummary, words: Words) -> list[str]:
    return [
        words.plain("Files: %(n)s", n=summary.n_files),
        words.plain(
            "Rows: %(read)s read = %(accepted)s accepted + %(aside)s set aside "
            "+ %(dropped)s dropped as copies or totals",
            read=summary.n_rows,
            accepted=summary.n_accepted,
            aside=summary.n_quarantined,
            dropped=summary.n_dropped,
        ),
        words.plain(
            "Repairs: %(repairs)s. Warnings: %(warnings)s. Single answers set aside: %(answers)s.",
            repairs=summary.n_repairs,
            warnings=summary.n_warnings,
            answers=summary.n_answers_set_aside,
        ),
    ]


def _statuses(summary: RunSummary, words: Words) -> list[str]:
    told = ", ".join(
        f"{words.plain(STATUS_WORDS[status])} {summary.statuses[status]}"
        for status in STATUS_WORDS
        if status in summary.statuses
    )
    return [words.plain("Indicators of the whole programme, latest value: %(statuses)s", statuses=told)]


def _decisions(summary: RunSummary, words: Words) -> list[str]:
    """How many decisions hold, and each that does not."""
    if not summary.decisions:
        return []
    refused = [each for each in summary.decisions if not each.applied]
    told = words.plain(
        "Decisions read from data/raw/corrections: %(n)s, of which %(applied)s applied",
        n=len(summary.decisions),
        applied=len(summary.decisions) - len(refused),
    )
    lines = [f"  {each.source_file}:{each.source_row} {message(each.outcome, words.language)}" for each in refused]
    more = [words.plain("  and %(n)s more; see the table corrections", n=len(lines) - MOST_REFUSED)]
    return [told, *lines[:MOST_REFUSED], *(more if len(lines) > MOST_REFUSED else [])]


def _review(summary: RunSummary, words: Words) -> list[str]:
    if not summary.review:
        return []
    first, *others = summary.review
    lines = [words.plain("What waits for a decision: %(file)s", file=first)]
    if others:
        lines.append("  " + words.plain("to send out: %(files)s", files=", ".join(path.name for path in others)))
    return lines


def _pages(summary: RunSummary, words: Words) -> list[str]:
    if not summary.pages:
        return [words.plain("Draft pages: none yet")]
    return [words.plain("Draft pages:"), *(f"  {page}" for page in summary.pages)]


def _unclaimed(summary: RunSummary, words: Words) -> list[str]:
    """A file with a mistyped name is read by nobody; silence would lose it."""
    if not summary.unclaimed:
        return []
    heading = words.plain("Files that no source reads, perhaps misnamed (%(n)s):", n=len(summary.unclaimed))
    return [heading, *(f"  {file}" for file in summary.unclaimed)]


def _problems(summary: RunSummary, words: Words) -> list[str]:
    if not summary.problems:
        return []
    heading = words.plain("Files that could not be used (%(n)s):", n=len(summary.problems))
    return [heading, *(f"  {problem.message(words.language)}" for problem in summary.problems)]


def _alerts(summary: RunSummary, words: Words) -> list[str]:
    if not summary.alerts:
        return []
    heading = words.plain("Rules that block rows or did not run (%(n)s):", n=len(summary.alerts))
    return [heading, *(f"  {_in_words(alert, words)}" for alert in summary.alerts)]


def _in_words(alert: Alert, words: Words) -> str:
    if not alert.has_run:
        return words.plain(
            "%(rule)s of %(source)s did not run, so nothing is known of its rows.",
            rule=alert.rule_id,
            source=alert.source,
        )
    return words.plain(
        "%(rule)s, %(file)s: %(reason)s (rows concerned: %(n)s)",
        rule=alert.rule_id,
        file=alert.source_file,
        reason=words.declared(alert.reason),
        n=alert.n_failed,
    )


def folder_in_use(error: FolderInUseError, language: str) -> str:
    """What a run says that found the folder held by another."""
    return translator(language).plain(
        "The data folder %(folder)s is in use: %(user)s runs '%(doing)s' on %(computer)s (process %(process)s). "
        "Wait until it has finished, then run again.",
        folder=error.folder,
        **error.holder,
    )


def marts_wait(database_file: Path, language: str) -> str:
    """What a run says whose new marts the system did not let it put in place."""
    return translator(language).plain(
        "The new marts could not be put in place: the system refused to replace %(file)s. They wait in %(waiting)s; "
        "the old ones stay readable. Close the programs that have the file open and run again.",
        file=database_file,
        waiting=database.waiting(database_file).name,
    )


def marts_taken(language: str) -> str:
    """What a run says that put the waiting marts in place."""
    return translator(language).plain("The marts that were waiting are in place now.")
