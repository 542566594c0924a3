"""What is out of date: nothing after all was done, and just what a change reaches."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from mel_pipeline.declarations import load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.freshness import mark_done, out_of_date
from mel_pipeline.pipeline import Pipeline, Step, UnknownDayError, in_order, resolve_as_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    shutil.copytree(ROOT / "data" / "raw" / "registers", tmp_path / "data" / "raw" / "registers")
    return DataFolder(tmp_path / "data")


@pytest.fixture
def programme_dir(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "programme", tmp_path / "programme"))


def pipeline(programme_dir: Path, data: DataFolder) -> Pipeline:
    return Pipeline(load_programme(programme_dir), data, date(2025, 1, 31))


def do_everything(pipeline: Pipeline) -> None:
    """Stand-in for a run: every output exists, every step is recorded."""
    for step in pipeline.steps.values():
        for output in step.outputs:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.touch()
        mark_done(pipeline, step.key)


def stale(pipeline: Pipeline) -> set[str]:
    return {"/".join(step.key) for step in out_of_date(pipeline)}


def test_at_first_everything_is_out_of_date_and_afterwards_nothing(programme_dir: Path, data: DataFolder) -> None:
    first = pipeline(programme_dir, data)
    assert len(stale(first)) == len(first.steps)
    do_everything(first)
    assert stale(pipeline(programme_dir, data)) == set()


def test_a_changed_file_reaches_what_reads_it_and_nothing_else(programme_dir: Path, data: DataFolder) -> None:
    do_everything(pipeline(programme_dir, data))
    contacts = data.raw / "registers" / "contacts.csv"
    contacts.write_bytes(contacts.read_bytes() + b"\n")
    reached = stale(pipeline(programme_dir, data))
    assert {"staging/contacts", "accepted/contacts", "fct_member_quarter", "indicator_values", "mel"} <= reached
    assert "staging/cities" not in reached
    assert "accepted/memberships" not in reached
    assert "fct_event" not in reached


def test_a_changed_note_about_a_file_counts_as_a_change(programme_dir: Path, data: DataFolder) -> None:
    do_everything(pipeline(programme_dir, data))
    note = data.raw / "registers" / "hubs.csv.meta.yml"
    note.write_text(note.read_text(encoding="utf-8").replace("synthetic: true", "synthetic: false"), encoding="utf-8")
    assert "staging/hubs" in stale(pipeline(programme_dir, data))


def test_a_changed_mart_is_done_again_with_what_rests_on_it(programme_dir: Path, data: DataFolder) -> None:
    do_everything(pipeline(programme_dir, data))
    sql = programme_dir / "marts" / "dim_hub.sql"
    sql.write_text(sql.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    reached = stale(pipeline(programme_dir, data))
    assert {"dim_hub", "fct_hub_report", "indicator_values"} <= reached
    assert "fct_attendance" not in reached
    assert not {name for name in reached if name.startswith(("staging", "accepted"))}


def test_a_deleted_result_is_made_again(programme_dir: Path, data: DataFolder) -> None:
    do_everything(pipeline(programme_dir, data))
    data.table("dim_city").unlink()
    assert stale(pipeline(programme_dir, data)) == {"dim_city"}


def test_another_day_renews_what_knows_the_day(programme_dir: Path, data: DataFolder) -> None:
    do_everything(pipeline(programme_dir, data))
    later = Pipeline(load_programme(programme_dir), data, date(2025, 4, 30))
    assert {"dim_period", "indicator_values", "donor_pages"} <= stale(later)
    assert "accepted/cities" not in stale(later)
    assert later.report_period == "2025Q1"


def test_a_step_that_read_an_old_result_stays_out_of_date(programme_dir: Path, data: DataFolder) -> None:
    do_everything(pipeline(programme_dir, data))
    hubs = data.raw / "registers" / "hubs.csv"
    hubs.write_bytes(hubs.read_bytes() + b"\n")
    changed = pipeline(programme_dir, data)
    mark_done(changed, ("dim_hub",))
    assert "dim_hub" in stale(changed)


def test_steps_come_after_what_they_read() -> None:
    steps = {
        ("b",): Step(("b",), "marts", (("a",),), "", ()),
        ("a",): Step(("a",), "marts", (), "", ()),
        ("c",): Step(("c",), "marts", (("b",), ("a",)), "", ()),
    }
    assert [step.key for step in in_order(steps)] == [("a",), ("b",), ("c",)]


def test_the_day_is_the_option_else_the_programme_s_else_the_latest_file(programme_dir: Path, data: DataFolder) -> None:
    declared = load_programme(programme_dir)
    assert resolve_as_of(date(2024, 6, 1), declared, data) == date(2024, 6, 1)
    assert resolve_as_of(None, declared, data) == date(2026, 10, 31)
    settings = programme_dir / "programme.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("as_of: 2026-10-31\n", ""), encoding="utf-8")
    latest = resolve_as_of(None, load_programme(programme_dir), data)
    assert f"received_on: {latest}" in "".join(
        note.read_text(encoding="utf-8") for note in (data.raw / "registers").glob("*.meta.yml")
    )
    with pytest.raises(UnknownDayError, match="--as-of"):
        resolve_as_of(None, load_programme(programme_dir), DataFolder(data.root / "empty"))
