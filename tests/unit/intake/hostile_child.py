"""Stages every file of a folder within limits of memory, and tells what came of each; run as a process of its own.

python hostile_child.py FOLDER LIMIT_MB
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mel_pipeline.declarations.models import Settings, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import load_notes
from mel_pipeline.intake.staging import stage_source

SETTINGS = Settings.model_validate(
    {
        "programme": "test",
        "title": {"en": "Test"},
        "subtitle": {"en": "Of hostile files"},
        "languages": ["en"],
        "calendar": {"first_quarter": "2024Q1", "last_quarter": "2025Q4"},
    }
)
SOURCE = Source.model_validate(
    {
        "source": "places",
        "kind": "reference",
        "title": {"en": "Places"},
        "files": ["**/*"],
        "format": "table",
        "fields": [
            {"name": "code", "type": "code", "headers": ["code"], "required": True},
            {"name": "name", "type": "text", "headers": ["name"]},
            {"name": "people", "type": "integer", "headers": ["people"]},
            {"name": "founded", "type": "date", "headers": ["founded"]},
        ],
        "key": ["code"],
    }
)


def main(folder: Path, limit_mb: int) -> None:
    """Stage the folder's files and print what came of each as JSON."""
    _limit_memory(limit_mb)
    folders = DataFolder(folder)
    started = time.monotonic()
    read_at: list[tuple[str, float]] = []
    staged = stage_source(SETTINGS, SOURCE, folder, folders, _noted(read_at))
    ends = [moment for _, moment in read_at[1:]] + [time.monotonic()]
    seconds = {line.partition("reading ")[2]: end - start for (line, start), end in zip(read_at, ends, strict=True)}
    told = {}
    for file in staged.files:
        notes = load_notes(folders, SOURCE.source, file)
        told[file.source_file] = {
            "n_rows": notes.n_rows,
            "problem": notes.problem.code if notes.problem else None,
            "message": notes.problem.message("en") if notes.problem else None,
            "remarks": [remark.code for remark in notes.remarks],
            "unreadable": [cell.field for cell in notes.unreadable],
            "copy_of": file.copy_of,
            "seconds": seconds.get(file.source_file, 0.0),
        }
    print(json.dumps({"files": told, "seconds": time.monotonic() - started}))


def _noted(read_at: list[tuple[str, float]]) -> Callable[[str], None]:
    """Remember when each file was begun, and tell it: where the process dies, the last one told is to blame."""

    def note(line: str) -> None:
        read_at.append((line, time.monotonic()))
        print(repr(line), file=sys.stderr, flush=True)

    return note


def _limit_memory(limit_mb: int) -> None:
    """Hold the process to so much more memory than it has now, where the system can."""
    with suppress(ImportError):
        import resource

        now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        limit = now + limit_mb * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
