"""Writes the draft pages of every donor, and removes those that nobody is promised any more.

Only files are handled here; what stands on a page is composed in `page.py`.
"""

import os
from datetime import date
from pathlib import Path

from mel_pipeline.declarations.models import Donor
from mel_pipeline.folders import DataFolder
from mel_pipeline.publish.blocked_publication import is_publication_blocked
from mel_pipeline.publish.facts import Facts, Programme, read_facts
from mel_pipeline.publish.page import compose
from mel_pipeline.publish.rendering import render
from mel_pipeline.publish.words import translator

PAGE_FILES = "page.*.html"


def write_donor_pages(
    programme: Programme, database: Path, folders: DataFolder, period: str, as_of: date, is_synthetic: bool
) -> list[Path]:
    """Write the draft page of every donor in each of its languages, from the published database alone.

    Args:
        programme: what is declared about donors, indicators and words.
        database: the published database.
        folders: the data folder below which the pages go.
        period: the quarter reported on, such as `2024Q4`.
        as_of: the day up to which data were received; printed on the page.
        is_synthetic: whether any input was synthetic; printed on the page.

    Returns:
        The written pages, below `preview/<period>/<donor>/`, in declared order; none while a rule that blocks
        publication fails: drafts of the period are removed then, so that nobody sends out what has to be read first.

    Raises:
        UnknownPeriodError: the database holds no such quarter.
        MissingWordsError: a text has no words in a language that a donor was promised.
    """
    if is_publication_blocked(programme, database):
        for path in sorted(folders.preview.glob(f"{period}/*/{PAGE_FILES}")):
            path.unlink()
        return []
    facts: dict[str, Facts] = {}
    pages: dict[Path, str] = {}
    for donor in programme.donors.values():
        if "page" not in donor.products:
            continue
        profile = donor.scoring_profile
        if profile not in facts:
            facts[profile] = read_facts(programme, database, period, profile)
        for language in donor.languages:
            words = translator(language)
            page = compose(programme, donor, facts[profile], as_of, is_synthetic, words)
            pages[_path(folders, period, donor, language)] = render(page, programme.settings.thresholds, words)
    for path, html in pages.items():
        _write_whole(path, html)
    _remove_undeclared(programme, folders)
    return list(pages)


def _path(folders: DataFolder, period: str, donor: Donor, language: str) -> Path:
    return folders.preview / period / donor.donor_code / f"page.{language}.html"


def _write_whole(path: Path, html: str) -> None:
    """Write beside and replace, so that a reader never opens half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(html, encoding="utf-8", newline="\n")
    os.replace(beside, path)


def _remove_undeclared(programme: Programme, folders: DataFolder) -> None:
    """Remove pages, in every period, of donors and languages that are no longer declared."""
    promised = {
        (donor.donor_code, f"page.{language}.html")
        for donor in programme.donors.values()
        if "page" in donor.products
        for language in donor.languages
    }
    for path in sorted(folders.preview.glob(f"*/*/{PAGE_FILES}")):
        if (path.parent.name, path.name) not in promised:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
