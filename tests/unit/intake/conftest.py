"""A small bench for intake: a data folder, files written into it, and one source staged from them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.models import Settings, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.staged import FileNotes, load_manifest, load_notes, restricted_parquet, staged_parquet
from mel_pipeline.intake.staging import StagedSource, stage_source

SETTINGS = Settings.model_validate(
    {
        "programme": "test",
        "title": {"en": "Test"},
        "subtitle": {"en": "Of intake"},
        "languages": ["en", "fr", "ar"],
        "calendar": {"first_quarter": "2024Q1", "last_quarter": "2025Q4"},
        "missing_codes": {"-98": "dont_know", "-99": "refused"},
    }
)


def declare(**declared: Any) -> Source:
    """A source, with what every declaration needs filled in."""
    usual = {"source": "people", "kind": "reference", "title": {"en": "People"}, "files": ["**/*"]}
    return Source.model_validate({**usual, **declared})


@dataclass
class Bench:
    """Writes raw files, stages them, and looks at what was staged."""

    folders: DataFolder
    directory: Path
    progress: list[str] = field(default_factory=list)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folders.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def workbook(self, name: str, **sheets: list[list[Any]]) -> Path:
        """Write a workbook; a sheet's name may hold spaces written as two underscores."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title.replace("__", " "))
            for row in rows:
                sheet.append(row)
        path = self.folders.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    def form(self, survey: list[list[Any]], choices: list[list[Any]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in (("survey", survey), ("choices", choices)):
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = self.directory / "form.xlsx"
        book.save(path)
        return path

    def stage(self, source: Source, settings: Settings = SETTINGS) -> StagedSource:
        return stage_source(settings, source, self.directory, self.folders, self.progress.append)

    def rows(self, source: Source) -> list[dict[str, Any]]:
        """Staged rows of all files, in the order of the manifest."""
        return self._read(source, staged_parquet)

    def restricted(self, source: Source) -> list[dict[str, Any]]:
        return self._read(source, restricted_parquet)

    def _read(self, source: Source, where: Any) -> list[dict[str, Any]]:
        files = [file for file in load_manifest(self.folders, source.source) if file.copy_of is None]
        return [row for file in files for row in pq.read_table(where(self.folders, source.source, file)).to_pylist()]

    def columns(self, source: Source) -> list[str]:
        file = load_manifest(self.folders, source.source)[0]
        return pq.read_schema(staged_parquet(self.folders, source.source, file)).names

    def notes(self, source: Source, name: str | None = None) -> FileNotes:
        files = load_manifest(self.folders, source.source)
        wanted = next(file for file in files if name in (None, file.source_file))
        return load_notes(self.folders, source.source, wanted)

    def everything_on_disk(self, below: Path) -> bytes:
        return b"\n".join(path.read_bytes() for path in sorted(below.rglob("*")) if path.is_file())


@pytest.fixture(autouse=True)
def fixed_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEL_HASH_KEY", "a key for tests only")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    directory = tmp_path / "programme" / "sources" / "people"
    directory.mkdir(parents=True)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return Bench(DataFolder(tmp_path / "data"), directory)


@pytest.fixture(name="declare")
def declare_fixture() -> Any:
    return declare


@pytest.fixture
def samples() -> Path:
    folder = Path(__file__).resolve().parents[4] / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the shared samples are not here")
    return folder
