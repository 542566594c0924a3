"""Under which name a raw file is staged: its content, and everything else that decides what is staged.

A planner can ask here what is out of date without parsing anything.
"""

import hashlib
import json
from datetime import date
from pathlib import Path

from mel_pipeline.declarations.models import Settings, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.privacy import load_key
from mel_pipeline.intake.raw_files import RawFile
from mel_pipeline.intake.staged import StagedFile
from mel_pipeline.intake.xlsform import FORM

DEFINITION_LENGTH = 16
NOT_ABOUT_READING = {"title", "resolve", "lookups", "rule_ids", "supersedes_by", "revision_by", "latest_by", "files"}
"""Parts of a declaration that say what happens after staging: a change of them reads nothing again."""


def definition_hash(settings: Settings, source: Source, source_directory: Path, folders: DataFolder) -> str:
    """Everything besides a file's content that decides what is staged, as one short hash.

    That is the declaration and the form of the source, the programme's missing codes, the id of the hashing
    key, and the code of intake itself.
    """
    form = source_directory / FORM
    parts = {
        "source": source.model_dump(mode="json", exclude=NOT_ABOUT_READING),
        "form": hashlib.sha256(form.read_bytes()).hexdigest() if form.exists() else None,
        "missing_codes": settings.missing_codes,
        "key": load_key(folders).id,
        "reader": _code_hash(),
    }
    return _short_hash(json.dumps(parts, sort_keys=True, ensure_ascii=False))


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DEFINITION_LENGTH]


def _code_hash() -> str:
    """Hash of intake's own modules: a changed reader reads everything again."""
    package = Path(__file__).parent
    modules = sorted(package.rglob("*.py"), key=lambda module: module.relative_to(package).as_posix())
    digest = hashlib.sha256()
    for module in modules:
        digest.update(module.relative_to(package).as_posix().encode("utf-8"))
        digest.update(module.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def name_staged_files(raw_files: list[RawFile], definition: str) -> list[StagedFile]:
    """Name the staged files; of several with the same content the one received first is the original."""
    originals: dict[str, RawFile] = {}
    for raw in sorted(raw_files, key=_precedence):
        if raw.problem is None:
            originals.setdefault(raw.sha256, raw)
    return [
        _staged_file(raw, originals.get(raw.sha256, raw) if raw.problem is None else raw, definition)
        for raw in raw_files
    ]


def _precedence(raw: RawFile) -> tuple[date, int, str]:
    return raw.received_on or date.max, len(raw.source_file), raw.source_file


def _staged_file(raw: RawFile, original: RawFile, definition: str) -> StagedFile:
    return StagedFile(
        raw.source_file,
        raw.sha256,
        raw.received_on,
        raw.is_synthetic,
        raw.received_from,
        name=_staged_name(original, definition),
        copy_of=None if original is raw else original.source_file,
    )


def _staged_name(raw: RawFile, definition: str) -> str:
    """Stem of a staged file: content hash, then a hash of everything else that decides what is staged.

    The path is part of it: a renamed file may tell another event, and bears another `_source_file`.
    """
    problem = [raw.problem.code, raw.problem.params] if raw.problem else None
    announced = [] if raw.n_rows is None else [raw.n_rows]
    told = json.dumps([definition, raw.source_file, problem, *announced], ensure_ascii=False)
    return f"{raw.sha256 or 'unopened'}-{_short_hash(told)}"
