"""Writing the example: the same seed gives the same bytes, and the committed files are those of seed 7."""

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml

from mel_example import write_example
from mel_example.form import FORMS, Form, write_form

ROOT = Path(__file__).resolve().parents[3]


def contents(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def raw_files(raw: Path) -> list[str]:
    return [
        path.relative_to(raw).as_posix()
        for path in sorted(raw.rglob("*"))
        if path.is_file() and path.name != "README.md" and not path.name.endswith(".meta.yml")
    ]


def test_same_seed_same_bytes(example, tmp_path: Path) -> None:
    write_example(tmp_path, seed=7)

    assert contents(tmp_path / "raw") == contents(example.raw)
    assert contents(tmp_path / "truth") == contents(example.truth)


def test_other_seed_other_bytes(example, tmp_path: Path) -> None:
    write_example(tmp_path, seed=8)

    for name in ("registers/memberships.csv", "surveys/member_annual_2024_ar.csv", "registers/events.csv"):
        assert (tmp_path / "raw" / name).read_bytes() != (example.raw / name).read_bytes()


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("scale", [0.1, 0.5])
def test_a_small_world_holds_most_of_them_for_any_seed(seed: int, scale: float, tmp_path: Path) -> None:
    write_example(tmp_path, seed=seed, scale=scale)

    with (tmp_path / "truth" / "defects.csv").open(encoding="utf-8", newline="") as file:
        assert len({row["rule_id"] for row in csv.DictReader(file)}) >= 25


def test_a_larger_scale_has_more_people_and_events(example, tmp_path: Path) -> None:
    write_example(tmp_path, scale=2)

    def lines(raw: Path, name: str) -> int:
        return len((raw / name).read_text(encoding="utf-8").splitlines())

    assert lines(tmp_path / "raw", "registers/events.csv") > 1.8 * lines(example.raw, "registers/events.csv")
    assert lines(tmp_path / "raw", "registers/cities.csv") == lines(example.raw, "registers/cities.csv")


@pytest.mark.parametrize("scale", [0.09, 1001.0])
def test_a_scale_out_of_bounds_is_refused_and_writes_nothing(scale: float, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"scale is out of bounds: found {scale}, expected 0.1 to 1000.0"):
        write_example(tmp_path, scale=scale)

    assert not list(tmp_path.iterdir())


def test_summary_counts_what_was_written(tmp_path: Path) -> None:
    summary = write_example(tmp_path, scale=0.5)

    with (tmp_path / "truth" / "files.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert summary.n_files == len({row["source_file"] for row in rows}) == len(raw_files(tmp_path / "raw"))
    assert summary.n_rows == sum(int(row["n_rows"]) for row in rows)


def test_every_raw_file_says_that_it_is_synthetic(example) -> None:
    for name in raw_files(example.raw):
        path = example.raw / name
        said = yaml.safe_load(path.with_name(f"{path.name}.meta.yml").read_text(encoding="utf-8"))
        assert said["synthetic"] is True
        assert said["licence"] == "synthetic"
        assert said["received_on"].year in (2024, 2025, 2026)


def test_truth_about_files_names_every_file_and_loses_no_row(example) -> None:
    with (example.truth / "files.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert list(dict.fromkeys(row["source_file"] for row in rows)) == sorted(raw_files(example.raw))
    readings = Counter(row["source_file"] for row in rows)
    assert {readings[file] for file in readings if file.startswith("hub_reports/")} == {10}
    assert {readings[file] for file in readings if not file.startswith("hub_reports/")} == {1}
    assert len({(row["source"], row["source_file"]) for row in rows}) == len(rows)
    for row in rows:
        parts = [int(row[name]) for name in ("n_accepted", "n_quarantined", "n_dropped")]
        assert sum(parts) == int(row["n_rows"])


def test_truth_of_the_whole_network_lies_near_its_targets(example) -> None:
    with (example.truth / "indicator_values.csv").open(encoding="utf-8", newline="") as file:
        values = {
            (row["indicator_code"], row["period"]): float(row["value"])
            for row in csv.DictReader(file)
            if (row["scope_type"], row["dimension"]) == ("all", "total") and row["value"]
        }

    assert [values["ACT-05", f"2024Q{quarter}"] for quarter in (1, 2, 3, 4)] == [4, 5, 6, 8]
    assert 45 < values["OCM-03", "2024"] < 53
    assert 450 < values["OUT-02", "2024Q4-ytd"] < 570
    assert values["OUT-02", "2025Q4-ytd"] < 0.85 * 600
    assert 60 < values["MEM-04", "2024Q4-ytd"] < 80
    assert 85 < values["MEM-03", "2024Q4"] < values["MEM-03", "2025Q4"]


def test_the_committed_raw_files_are_those_of_seed_seven(example) -> None:
    committed = ROOT / "data" / "raw"
    if not (committed / "README.md").exists():
        pytest.skip("the data folder was emptied")

    for name, content in contents(example.raw).items():
        assert (committed / name).read_bytes() == content, name


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_the_committed_form_is_the_one_that_the_exports_answer(form: Form, tmp_path: Path) -> None:
    write_form(tmp_path / "form.xlsx", form)

    committed = ROOT / "programme" / "sources" / form.form_id / "form.xlsx"
    assert committed.read_bytes() == (tmp_path / "form.xlsx").read_bytes()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form_id)
def test_the_exports_come_with_their_form(form: Form, example) -> None:
    written = example.raw.parent / "forms" / f"{form.form_id}.xlsx"
    committed = ROOT / "programme" / "sources" / form.form_id / "form.xlsx"
    assert written.read_bytes() == committed.read_bytes()
