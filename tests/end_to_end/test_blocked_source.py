"""A register that contradicts itself: the numbers stay, say since when they are not renewed, and recover."""

from pathlib import Path

import duckdb

from tests.end_to_end.conftest import mel_run

COLUMNS = "indicator_code, period, scope_type, scope_code, dimension, category, value"


def asked(data: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data / "marts" / "mel.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_values_of_a_blocked_register_stay_and_carry_the_day(copied: Path) -> None:
    register = copied / "raw" / "registers" / "memberships.csv"
    whole = register.read_text(encoding="utf-8")
    header, *rows = whole.splitlines()
    still_member = next(row for row in rows if ",active," in row).split(",")
    still_member[1] = "2023-06-15"
    before = asked(copied, f"select {COLUMNS} from indicator_values order by all")

    register.write_text("\n".join([header, *rows, ",".join(still_member)]) + "\n", encoding="utf-8")
    done = mel_run(copied)
    assert done.returncode == 1
    assert "RF02" in done.stdout
    assert asked(copied, f"select {COLUMNS} from indicator_values order by all") == before
    stale = dict(asked(copied, "select indicator_code, any_value(stale_since) from indicator_values group by 1"))
    (received,) = asked(copied, "select received_on from source_files where source = 'memberships'")[0]
    assert stale["MEM-03"] == received
    assert stale["ACT-05"] is None
    page = next((copied / "preview").rglob("page.en.html")).read_text(encoding="utf-8")
    assert "not renewed since" in page

    register.write_text(whole, encoding="utf-8")
    assert mel_run(copied).returncode == 0
    assert asked(copied, "select distinct stale_since from indicator_values") == [(None,)]
