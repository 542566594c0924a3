"""Quarters by number, of which every period is made."""

from datetime import date

import duckdb
import pytest

from mel_pipeline.declarations.periods import parse_period
from mel_pipeline.indicators.atoms import atom_sql, atoms_of, offer_periods
from tests.unit.indicators.conftest import MARTS

PERIODS = [parse_period(code) for code in ("2024Q2", "2024Q4-r4", "2024H2", "2025Q1-ytd")]


def test_a_period_is_made_of_its_quarters_and_a_state_of_the_last_one() -> None:
    with duckdb.connect() as connection:
        offer_periods(connection, atoms_of(PERIODS))
        asked = "select period, list(atom order by atom) from {} group by 1 order by 1"
        assert dict(connection.execute(asked.format("told_facts")).fetchall()) == {
            "2024Q2": [1], "2024Q4-r4": [0, 1, 2, 3], "2024H2": [2, 3], "2025Q1-ytd": [4],
        }  # fmt: skip
        assert dict(connection.execute(asked.format("told_snapshots")).fetchall()) == {
            "2024Q2": [1], "2024Q4-r4": [3], "2024H2": [3], "2025Q1-ytd": [4],
        }  # fmt: skip
        masks = dict(connection.execute("select period, mask from told_facts_masks").fetchall())
        assert masks == {"2024Q2": 2, "2024Q4-r4": 15, "2024H2": 12, "2025Q1-ytd": 16}


@pytest.mark.parametrize(
    ("table", "day", "number"),
    [
        ("fct_visit", date(2024, 1, 1), 0), ("fct_visit", date(2024, 3, 31), 0), ("fct_visit", date(2025, 1, 1), 4),
        ("fct_visit", date(2023, 12, 31), -1), ("fct_visit", None, None),
        ("fct_city_quarter", date(2024, 6, 30), 1), ("fct_city_quarter", date(2024, 6, 29), None),
        ("fct_city_quarter", date(2024, 12, 31), 3),
    ],
)  # fmt: skip
def test_a_row_has_the_number_of_its_quarter(table: str, day: date | None, number: int | None) -> None:
    contract = MARTS[table]
    sql = atom_sql(contract, atoms_of(PERIODS))
    column = contract.snapshot_on or contract.period_on
    found = duckdb.execute(f"select {sql} from (select ?::date as {column}) as facts", [day]).fetchall()
    assert found == [(number,)]


def test_more_quarters_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="found periods that span 200 quarters"):
        atoms_of([parse_period("2000"), parse_period("2049Q4")])


def test_without_periods_there_are_no_quarters() -> None:
    with duckdb.connect() as connection:
        offer_periods(connection, atoms_of([]))
        assert connection.execute("from told_facts").fetchall() == []
