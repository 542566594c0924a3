"""A file goes and comes back: the marts follow it, and `mel diff` names every number that moved, and why."""

from pathlib import Path

import duckdb
import pandas as pd

from tests.end_to_end.conftest import PROGRAMME, mel, mel_run

CELL = ["indicator_code", "period_type", "period", "scope_type", "scope_code", "dimension", "category"]


def values_of(data: Path) -> pd.DataFrame:
    """The values of each indicator's own periods: those that a reader is told."""
    own = "from indicator_values semi join dim_indicator using (indicator_code, period_type)"
    with duckdb.connect(str(data / "marts" / "mel.duckdb"), read_only=True) as connection:
        return connection.execute(f"{own} order by all").df()


def moved_between(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Undivided values that differ, worked out with pandas, as `CODE period scope`."""
    both = before.merge(after, on=CELL, how="outer", suffixes=("_before", ""))
    both = both[both["dimension"] == "total"]
    differ = pd.Series(False, index=both.index)
    for figure in ("value", "numerator", "denominator"):
        one, other = both[f"{figure}_before"], both[figure]
        differ |= ~((one == other) | (one.isna() & other.isna()))
    return {
        f"{row.indicator_code} {row.period}"
        + ("" if row.scope_type == "all" else f" {row.scope_type}:{row.scope_code}")
        for row in both[differ].itertuples()
    }


def told_by_diff(text: str) -> set[str]:
    """What `mel diff --all` lists, as `CODE period scope`; lines of causes are four spaces in."""
    told, code = set(), ""
    for line in text.splitlines():
        if not line.startswith(" "):
            code = line.split()[0]
        elif "→" in line and not line.startswith("    "):
            told.add(f"{code} {line.strip().split(': ')[0]}")
    return told


def test_a_deleted_file_disappears_and_a_returned_one_is_there_again(copied: Path) -> None:
    before = values_of(copied)
    file = min((copied / "raw" / "attendance").rglob("*_signin.xlsx"))
    content, name = file.read_bytes(), file.relative_to(copied / "raw").as_posix()

    file.unlink()
    assert mel_run(copied).returncode == 0
    without = values_of(copied)
    expected = moved_between(before, without)
    assert expected
    told = mel("diff", "--all", "--programme", PROGRAMME, "--data", copied)
    assert told.returncode == 0, told.stderr
    assert told_by_diff(told.stdout) >= expected
    assert f"file deleted: {name}" in told.stdout
    with duckdb.connect(str(copied / "marts" / "mel.duckdb"), read_only=True) as connection:
        assert connection.execute("from source_files where source_file = ?", [name]).fetchall() == []

    file.write_bytes(content)
    assert mel_run(copied).returncode == 0
    pd.testing.assert_frame_equal(values_of(copied), before)
    told = mel("diff", "--programme", PROGRAMME, "--data", copied)
    assert f"new file: {name}" in told.stdout
    arabic = mel("diff", "--programme", PROGRAMME, "--data", copied, "--language", "ar")
    assert f"ملف جديد: {name}" in arabic.stdout
