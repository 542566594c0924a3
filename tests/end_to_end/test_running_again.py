"""A second run, a changed file, broken files, two runs at once: what an officer meets on a reporting day."""

import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import openpyxl
import pytest

from mel_pipeline import database
from mel_pipeline.declarations import load_programme
from mel_pipeline.folders import DataFolder
from mel_pipeline.scoring.criteria import is_context
from tests.end_to_end.conftest import PROGRAMME, ROOT, Finished, mel, mel_run


def files_below(data: Path) -> dict[str, tuple[str, int]]:
    """Every file with its hash and time of change; Dagster's home and the lock aside."""
    return {
        path.relative_to(data).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(data.rglob("*"))
        if path.is_file() and ".dagster" not in path.parts and path.name != ".lock"
    }


def values_of(data: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data / "marts" / "mel.duckdb"), read_only=True) as connection:
        return connection.execute("from indicator_values order by all").fetchall()


def zoom_list(data: Path) -> Path:
    return min((data / "raw" / "attendance" / "2024Q1").glob("*_zoom.csv"))


def test_a_run_without_changes_touches_no_file_and_says_so(finished: Finished) -> None:
    before = files_below(finished.folders.root)
    again = mel_run(finished.folders.root)
    assert again.returncode == 0, again.stderr
    assert "up to date" in again.stderr
    assert files_below(finished.folders.root) == before


def test_after_one_file_changed_exactly_that_file_is_parsed(copied: Path) -> None:
    changed = zoom_list(copied)
    lines = changed.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    changed.write_text("".join(lines[:-1]), encoding="utf-8-sig", newline="")
    staged = {path.name: path.stat().st_mtime_ns for path in (copied / "staging").rglob("*.parquet")}
    again = mel_run(copied)
    assert again.returncode == 0, again.stderr
    now = {path.name: path.stat().st_mtime_ns for path in (copied / "staging").rglob("*.parquet")}
    written = [name for name, at in now.items() if staged.get(name) != at]
    assert len(written) == 1
    assert "1 file read" in again.stderr
    assert "accepted/event_attendance" in again.stderr
    assert "accepted/member_annual" not in again.stderr


def test_before_any_file_has_arrived_nothing_is_red(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    done = mel_run(data)
    assert done.returncode == 0, done.stderr
    indicators = load_programme(PROGRAMME).indicators.values()
    n_context = sum(is_context(indicator) for indicator in indicators)
    told = f"latest value: not reported {len(indicators) - n_context}, context only {n_context}\n"
    assert f"Indicators of the whole programme, {told}" in done.stdout
    assert "off track" not in done.stdout


def test_a_deleted_file_disappears_from_the_marts(copied: Path) -> None:
    gone = zoom_list(copied)
    gone.unlink()
    gone.with_name(gone.name + ".meta.yml").unlink()
    assert mel_run(copied).returncode == 0
    with duckdb.connect(str(copied / "marts" / "mel.duckdb"), read_only=True) as connection:
        left = connection.execute("select count(*) from source_files where source_file like '%' || ?", [gone.name])
        assert left.fetchone() == (0,)


@pytest.fixture
def broken(copied: Path) -> Path:
    """Four files as they arrive on a bad day."""
    raw = copied / "raw"
    workbook = next((raw / "hub_reports").rglob("ESA_2024Q1.xlsx"))
    (workbook.with_name("ESA_2024Q1_cut.xlsx")).write_bytes(workbook.read_bytes()[:2000])
    (raw / "attendance" / "2024Q1" / "EV-2024-003_s3_zoom.csv").write_bytes(b"")
    (raw / "attendance" / "2024Q1" / "EV-2024-003_s4_zoom.csv").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    without = openpyxl.load_workbook(workbook)
    del without["Activities"]
    without.save(workbook.with_name("ESA_2024Q1_without.xlsx"))
    return copied


def test_each_broken_file_gets_one_plain_message_and_the_others_go_on(broken: Path, small: Finished) -> None:
    done = mel_run(broken)
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in told
    for name in (
        "ESA_2024Q1_cut.xlsx",
        "EV-2024-003_s3_zoom.csv",
        "EV-2024-003_s4_zoom.csv",
        "ESA_2024Q1_without.xlsx",
    ):
        lines = [line for line in told.splitlines() if name in line]
        assert len(lines) == 1, (name, told)
    assert "PDF" in told
    assert "Activities" in told
    assert values_of(broken) == values_of(small.folders.root)

    again = mel_run(broken)
    assert again.returncode == 1, "what is blocked stays blocked until somebody acts"
    assert "up to date" in again.stderr

    in_french = mel("status", "--data", broken, "--programme", PROGRAMME, "--language", "fr")
    assert "Fichiers inutilisables (4)" in in_french.stdout


def test_a_rule_that_blocks_is_told_with_its_file_and_ends_with_exit_1(copied: Path) -> None:
    events = copied / "raw" / "registers" / "events.csv"
    text = events.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("EV-2024-002,"))
    start = re.search(r"\d{4}-\d{2}-\d{2}", row)
    assert start is not None
    events.write_text(text.replace(row, row.replace(start[0], "2024-12-30", 1)), encoding="utf-8", newline="")
    done = mel_run(copied)
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if "RF07" in line]
    assert len(told) == 1
    assert "registers/events.csv" in told[0]
    assert mel_run(copied, "--language", "ar").stdout.count("RF07") == 1


HOLDER = """
import sys, time
from pathlib import Path
from mel_pipeline.folders import DataFolder
from mel_pipeline.holding import hold
with hold(DataFolder(Path(sys.argv[1])), "mel run"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_says_who_holds_the_folder(copied: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(copied)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        refused = mel_run(copied)
        holder.stdin.close()
    assert refused.returncode == 1
    assert f"process {holder.pid}" in refused.stderr
    assert "in use" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert mel_run(copied).returncode == 0


def test_a_reader_keeps_answering_while_a_run_publishes(copied: Path) -> None:
    (changed,) = (copied / "raw" / "registers").glob("memberships.csv")
    lines = changed.read_text(encoding="utf-8").splitlines(keepends=True)
    changed.write_text("".join(lines[:-1]), encoding="utf-8", newline="")
    marts = copied / "marts" / "mel.duckdb"
    inode = marts.stat().st_ino
    with duckdb.connect(str(marts), read_only=True) as reader:
        before = reader.execute("from indicator_values order by all").fetchall()
        with subprocess.Popen(
            [sys.executable, "-m", "mel_pipeline.cli", "run", "--programme", str(PROGRAMME), "--data", str(copied)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        ) as run:
            while run.poll() is None:
                assert reader.execute("from indicator_values order by all").fetchall() == before
                time.sleep(0.05)
        assert run.returncode == 0
        assert reader.execute("from indicator_values order by all").fetchall() == before
    assert marts.stat().st_ino != inode
    assert values_of(copied) != before


REFUSING = """
import os, sys
from pathlib import Path
from mel_pipeline import cli, database

replace = os.replace

def refuse(source, target):
    if Path(target).name == "mel.duckdb":
        raise PermissionError("somebody has the file open")
    replace(source, target)

os.replace = refuse
database.REPLACE_WAIT_SECONDS = 0
cli.main(sys.argv[1:])
"""


def test_refused_replacement_and_left_over_wal_leave_marts_readable(copied: Path) -> None:
    """A system that does not let an open file be replaced, as Windows, played by a refusing `os.replace`."""
    marts = DataFolder(copied).database
    marts.with_name("mel.duckdb.wal").write_bytes(b"left over")
    before = values_of_without_wal(marts)
    (changed,) = (copied / "raw" / "registers").glob("memberships.csv")
    lines = changed.read_text(encoding="utf-8").splitlines(keepends=True)
    changed.write_text("".join(lines[:-1]), encoding="utf-8", newline="")

    told = subprocess.run(
        [sys.executable, "-c", REFUSING, "run", "--programme", str(PROGRAMME), "--data", str(copied)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert told.returncode == 1, told.stderr
    assert "mel.next.duckdb" in told.stderr
    assert values_of(copied) == before, "the old marts stay readable"

    done = mel_run(copied)
    assert done.returncode == 0, done.stderr
    assert "are in place now" in done.stderr
    assert values_of(copied) != before
    assert not database.waiting(marts).exists()


def values_of_without_wal(marts: Path) -> list[tuple[object, ...]]:
    """What the marts hold; a reader would replay the left-over file, so it is set aside meanwhile."""
    wal = marts.with_name("mel.duckdb.wal")
    kept = wal.read_bytes()
    wal.unlink()
    with duckdb.connect(str(marts), read_only=True) as connection:
        found = connection.execute("from indicator_values order by all").fetchall()
    wal.write_bytes(kept)
    return found


def test_two_runs_from_scratch_give_equal_tables_and_pages(small: Finished, tmp_path: Path) -> None:
    other = tmp_path / "data"
    (other / "restricted").mkdir(parents=True)
    key = (small.folders.restricted / "person.key").read_bytes()
    (other / "restricted" / "person.key").write_bytes(key)
    os.symlink(small.folders.raw, other / "raw", target_is_directory=True)
    assert mel_run(other).returncode == 0
    for page in sorted(small.folders.preview.rglob("*.html")):
        twin = other / "preview" / page.relative_to(small.folders.preview)
        assert twin.read_bytes() == page.read_bytes(), page.name
    for table in sorted(small.folders.build.glob("*.parquet")):
        assert (other / "build" / table.name).read_bytes() == table.read_bytes(), table.name


def test_query_answers_in_every_form_and_refuses_to_write(finished: Finished, tmp_path: Path) -> None:
    data = finished.folders.root
    sql = "select count(*) as n from fct_event where status = 'delivered'"
    as_csv = mel("query", sql, "--data", data, "--format", "csv")
    assert re.fullmatch(r"n\n\d+\n", as_csv.stdout)
    as_json = mel("query", sql, "--data", data, "--format", "json")
    assert '"n":' in as_json.stdout
    answer = tmp_path / "answer.parquet"
    assert mel("query", sql, "--data", data, "--format", "parquet", "--output", answer).returncode == 0
    assert duckdb.read_parquet(str(answer)).fetchall()[0][0] == int(as_csv.stdout.split()[1])
    refused = mel("query", f"copy fct_event to '{tmp_path / 'out.csv'}'", "--data", data)
    assert refused.returncode == 1
    assert not (tmp_path / "out.csv").exists()
    assert "Traceback" not in refused.stderr


def test_explain_lists_rows_used_and_set_aside(finished: Finished) -> None:
    told = mel(
        "explain", "ACT-05", "--period", "2024Q4", "--scope", "grant:EU-STRIVE-2023",
        "--data", finished.folders.root, "--programme", PROGRAMME,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    value = finished.table(
        "select value from indicator_values where indicator_code = 'ACT-05' and period = '2024Q4' "
        "and scope_code = 'EU-STRIVE-2023' and dimension = 'total'"
    )["value"].item()
    assert f"value: {value}" in told.stdout
    assert "registers/events.csv" in told.stdout
    assert "HR11" in told.stdout
    assert "bridge_event_grant" in told.stdout
    unknown = mel("explain", "ACT-5", "--data", finished.folders.root, "--programme", PROGRAMME)
    assert unknown.returncode == 1
    assert "ACT-05" in unknown.stderr
