"""Single sentences that a run says on its way, in the officer's language.

The summary at its end belongs to `summary_lines.py`.
"""

from pathlib import Path

from mel_pipeline import database
from mel_pipeline.holding import FolderInUseError
from mel_pipeline.publish.words import translator


def nothing_done(language: str) -> str:
    """What a run says that found everything up to date."""
    return translator(language).plain("Everything is up to date: nothing was done.")


def files_read(n: int, language: str) -> str:
    """How many files a run had to read; the others were known by their content."""
    return str(translator(language).ngettext("%(n)s file read", "%(n)s files read", n, n=n))


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
