"""A copy of the real programme that a test breaks in one way, and the faults that this one break gives."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from mel_pipeline.declarations import Fault, load_programme
from mel_pipeline.declarations.lint import lint

PROGRAMME = Path(__file__).resolve().parents[3] / "programme"


@dataclass
class ProgrammeCopy:
    """A programme folder to break; faults that the unbroken programme has as well are left out."""

    directory: Path
    known: frozenset[tuple[str, str]]

    def text(self, file: str) -> str:
        return (self.directory / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.directory / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str, at: str | None = None) -> int:
        """Replace the first `old`; give the line of `new`, or of the last `at` up to the end of `new`."""
        before, found, after = self.text(file).partition(old)
        assert found, f"{old!r} does not stand in {file}"
        text = before + new + after
        self.write(file, text)
        end = len(before) + len(new)
        return text.count("\n", 0, len(before) if at is None else text.rindex(at, 0, end)) + 1

    def append(self, file: str, row: str) -> int:
        """Add a row at the end of a file and give its line."""
        text = self.text(file) + row + "\n"
        self.write(file, text)
        return text.count("\n")

    def faults(self) -> list[Fault]:
        faults = lint(load_programme(self.directory))
        return [fault for fault in faults if (fault.file, fault.message) not in self.known]

    def only_fault(self) -> Fault:
        faults = self.faults()
        assert len(faults) == 1, "\n".join(map(str, faults)) or "no fault was found"
        return faults[0]


@pytest.fixture(scope="session")
def programme_directory() -> Path:
    return PROGRAMME


@pytest.fixture(scope="session")
def known_faults() -> frozenset[tuple[str, str]]:
    return frozenset((fault.file, fault.message) for fault in lint(load_programme(PROGRAMME)))


@pytest.fixture
def copy(tmp_path: Path, known_faults: frozenset[tuple[str, str]]) -> ProgrammeCopy:
    shutil.copytree(PROGRAMME, tmp_path / "programme")
    return ProgrammeCopy(tmp_path / "programme", known_faults)
