"""The summary of a run as lines of text in the officer's language.

Its figures come from `run_summary.py`.
"""

from mel_pipeline.publish.run_summary import Alert, RunSummary
from mel_pipeline.publish.words import Words, mark, translator
from mel_pipeline.quality.decisions.outcomes import message

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


def summary_lines(summary: RunSummary, language: str) -> list[str]:
    """The summary as lines of text in a language."""
    words = translator(language)
    return [
        *_rows(summary, words),
        *_decisions(summary, words),
        *_statuses(summary, words),
        *_honesty(summary, words),
        *_review(summary, words),
        *_pages(summary, words),
        *_unclaimed(summary, words),
        *_problems(summary, words),
        *_personal_data(summary, words),
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


def _honesty(summary: RunSummary, words: Words) -> list[str]:
    """What the checks found that look for misleading numbers; what was not declared has not passed."""
    if not set(summary.honesty) - {"not_declared"}:
        return [words.plain("Honesty checks: none declared in honesty.yml")]
    return [
        words.plain(
            "Honesty checks: to look into %(found)s, gaps with a reason %(named)s, without a finding %(passed)s, "
            "not assessable %(open)s, not declared %(undeclared)s; see the table honesty_findings",
            found=summary.honesty.get("found", 0),
            named=summary.honesty.get("named", 0),
            passed=summary.honesty.get("passed", 0),
            open=summary.honesty.get("not_assessable", 0),
            undeclared=summary.honesty.get("not_declared", 0),
        )
    ]


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


def _personal_data(summary: RunSummary, words: Words) -> list[str]:
    if not summary.personal_data:
        return []
    heading = words.plain("Personal data where none is expected (%(n)s):", n=len(summary.personal_data))
    return [heading, *(f"  {remark.message(words.language)}" for remark in summary.personal_data)]


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
