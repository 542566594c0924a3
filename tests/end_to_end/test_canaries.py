"""Planted names, addresses, numbers and phrases: after a run they stand only where the sources say they may."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations import load_programme
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from tests.end_to_end.canaries import KEPT_APART, NEVER_KEPT, plant
from tests.end_to_end.conftest import PROGRAMME, Finished, mel, mel_run
from tests.end_to_end.searching import plain, searchable, told, ways_to_write

EVERYTHING = {**KEPT_APART, **NEVER_KEPT}


@dataclass(frozen=True)
class Spiked:
    folders: DataFolder
    output: Path
    found: set[tuple[str, str]]

    def words_in(self, *places: Path) -> dict[str, str]:
        """Planted words that stand in files and folders, each with one place."""
        return {word: where for word, where in self.found if any(where.startswith(str(place)) for place in places)}


@pytest.fixture(scope="module")
def spiked(small: Finished, tmp_path_factory: pytest.TempPathFactory) -> Spiked:
    """A run over spiked files, then everything that an officer may ask; everything is searched once."""
    root = tmp_path_factory.mktemp("canaries")
    data = Path(shutil.copytree(small.folders.root, root / "data"))
    folders = DataFolder(data)
    plant(folders)
    here = ("--data", data, "--programme", PROGRAMME)
    done = [
        mel_run(data),
        mel("status", *here, "--all", "--language", "fr"),
        mel("diff", *here, "--all"),
        *(mel("explain", code, *here) for code in ("OUT-02", "MEM-04", "ACT-05")),
    ]
    assert "Traceback" not in "".join(each.stderr for each in done)
    assert [each.returncode for each in done] == [1, 1, 0, 0, 0, 0], done[0].stderr
    output = root / "output.txt"
    output.write_text("\n".join(each.stdout + each.stderr for each in done), encoding="utf-8")
    return Spiked(folders, output, told(EVERYTHING.values(), data, output))


def test_the_search_finds_what_it_should(spiked: Spiked) -> None:
    """Every planted word is found in the raw files, however they are packed, encoded and spelled."""
    in_an_encoding_that_nobody_reads = {NEVER_KEPT["list in another encoding"]}
    found = set(spiked.words_in(spiked.folders.raw))
    assert found == set(EVERYTHING.values()) - in_an_encoding_that_nobody_reads
    assert plain("أُمَيْمَة القَرَنْفُلِيّ") == plain("اميمه القرنفلي")
    assert searchable("\\u0627\\u0645 Z&eacute;naïde") == plain("ام ZENAIDE")
    assert len({plain(word) for word in EVERYTHING.values()}) == len(EVERYTHING) >= 20


def test_the_faults_were_met(spiked: Spiked) -> None:
    """The words stand where a fault brings them: otherwise the search would prove nothing."""
    said = spiked.output.read_text(encoding="utf-8")
    for session in ("s6", "s7", "s8", "s9"):
        assert f"_{session}_zoom.csv" in said
    assert "column I:" in said
    kept = set(spiked.words_in(spiked.folders.restricted))
    assert set(KEPT_APART.values()) - kept <= {
        KEPT_APART["phrase in a title"],
        KEPT_APART["own key of a participant"],
    }


def test_nothing_reaches_tables_pages_logs_or_the_screen(spiked: Spiked) -> None:
    folders = spiked.folders
    open_to_many = (folders.build, folders.marts, folders.preview, folders.dagster_home, spiked.output)
    assert any(path.suffix == ".db" for path in folders.dagster_home.rglob("*"))
    assert spiked.words_in(*open_to_many) == {}
    others = {path.name for path in folders.root.iterdir()} - {"raw", "staging", "accepted", "restricted"}
    assert others <= {place.name for place in open_to_many} | {".lock"}


def test_what_nobody_needs_stands_in_the_raw_file_only(spiked: Spiked) -> None:
    folders = spiked.folders
    found = spiked.words_in(folders.staging, folders.accepted, folders.restricted)
    assert not set(found) & set(NEVER_KEPT.values()), found


def test_accepted_rows_hold_them_only_in_fields_declared_so(spiked: Spiked) -> None:
    sources = load_programme(PROGRAMME).sources
    forms = {form: word for word in EVERYTHING.values() for form in ways_to_write(word)}
    for source in sources.values():
        table = pq.read_table(spiked.folders.accepted_rows(source.source))
        assert not set(source.privacy.restricted) & set(table.column_names)
        for name in set(table.column_names) - _declared_personal(source):
            text = searchable(" ".join(map(str, table[name].to_pylist())))
            assert not [word for form, word in forms.items() if form in text], f"{source.source}: {name}"


def _declared_personal(source: Source) -> set[str]:
    """Fields of which the source says that people write freely there."""
    texts = {field.name for field in source.fields if field.type == "text"}
    return texts | {resolve.from_field for resolve in source.resolve.values()}


def test_findings_and_questions_of_accepted_rows_hold_none(spiked: Spiked) -> None:
    findings = spiked.folders.accepted / "findings"
    assert len(list(findings.rglob("*.parquet"))) > 20
    assert spiked.words_in(findings) == {}
