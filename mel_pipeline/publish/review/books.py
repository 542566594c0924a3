"""Which review workbooks there are: one for the officer, and one for each who answers for a part of the data.

Files are handled here; questions and layout belong to the modules beside.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from mel_pipeline import database
from mel_pipeline.database import quote, read_parquet
from mel_pipeline.declarations import Programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.publish.review.contents import Audience, read_contents
from mel_pipeline.publish.review.workbook import write_workbook
from mel_pipeline.publish.words import translator

PREFIX = "review"


class WorkbookInUseError(Exception):
    """The system refused to replace a workbook, as it does while a spreadsheet program has it open."""


def review_workbook(folders: DataFolder, scope_code: str | None = None) -> Path:
    """Where the workbook of the officer lies, or that of one part."""
    return folders.restricted / (f"{PREFIX}_{scope_code}.xlsx" if scope_code else f"{PREFIX}.xlsx")


def review_workbooks(folders: DataFolder) -> list[Path]:
    """The workbooks of the last run, the officer's first."""
    first = review_workbook(folders)
    parts = sorted(set(folders.restricted.glob(f"{PREFIX}_*.xlsx")) - {first})
    return [path for path in (first, *parts) if path.exists()]


def write_review_workbooks(programme: Programme, folders: DataFolder, period: str, as_of: date) -> list[Path]:
    """Write the officer's workbook, and one for each part that has something to decide; others are removed.

    Args:
        programme: what is declared; its `review` says who answers for a part, and in which language.
        folders: the data folder.
        period: the quarter reported on.
        as_of: the day on which it is told.

    Returns:
        The workbooks, the officer's first.

    Raises:
        WorkbookInUseError: a workbook is open in another program.
    """
    written = []
    for audience in _audiences(programme, folders):
        contents = read_contents(programme, folders, period, audience)
        if audience.scope_code is not None and not len(contents):
            continue
        path = review_workbook(folders, audience.scope_code)
        path.parent.mkdir(parents=True, exist_ok=True)
        words = translator(audience.language)
        with _put_in_place(path) as beside:
            write_workbook(beside, contents, words.declared(programme.settings.title), as_of, audience, words)
        written.append(path)
    for old in set(review_workbooks(folders)) - set(written):
        old.unlink()
    return written


@contextmanager
def _put_in_place(path: Path) -> Iterator[Path]:
    """A file to write beside, which then takes the place of the old one, whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        os.replace(beside, path)
    except PermissionError:
        raise WorkbookInUseError(
            f"{path.name} could not be written: it is open in another program. Close it, then run again."
        ) from None
    finally:
        beside.unlink(missing_ok=True)


def _audiences(programme: Programme, folders: DataFolder) -> Iterator[Audience]:
    """The officer in the programme's first language, then each code of the register in its own."""
    first = programme.settings.languages[0]
    yield Audience(first)
    review = programme.settings.review
    if review is None or not folders.accepted_rows(review.register_source).exists():
        return
    column = programme.settings.scopes[review.by]
    key = programme.sources[review.register_source].key[0]
    with database.connect() as connection:
        register = read_parquet(folders.accepted_rows(review.register_source))
        listed = connection.execute(
            f"select {quote(key)}, {quote(review.language)} from {register} order by 1"
        ).fetchall()
    for code, language in listed:
        spoken = language if language in programme.settings.languages else first
        yield Audience(spoken, review.by, code, str(column))
