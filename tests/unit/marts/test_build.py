"""A mart is written when it keeps its contract, and not otherwise."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mel_pipeline.declarations.models import MartContract
from mel_pipeline.folders import DataFolder
from mel_pipeline.marts.build import ContractBrokenError, build_mart


@pytest.fixture
def folders(tmp_path: Path) -> DataFolder:
    folders = DataFolder(tmp_path / "data")
    folders.accepted.mkdir(parents=True)
    rows = {"city_code": ["C-2", "C-1", "C-3"], "population": [200, 100, None]}
    pq.write_table(pa.table(rows), folders.accepted_rows("cities"))
    return folders


def contract(**changes: object) -> MartContract:
    columns = [
        {"name": "city_code", "type": "VARCHAR", "meaning": "Code", "required": True},
        {"name": "population", "type": "BIGINT", "meaning": "Inhabitants"},
    ]
    declared = {"table": "dim_city", "description": "One row per city.", "key": ["city_code"], "columns": columns}
    return MartContract.model_validate(declared | changes)


SQL = "with cities as (select * from accepted.cities) select city_code, population from cities"


def test_a_mart_that_keeps_its_contract_is_written_in_the_order_of_its_key(folders: DataFolder) -> None:
    assert build_mart(contract(), SQL, folders) == 3
    assert pq.read_table(folders.table("dim_city")).column("city_code").to_pylist() == ["C-1", "C-2", "C-3"]


def test_a_restricted_mart_lies_among_the_restricted_files_alone(folders: DataFolder) -> None:
    assert build_mart(contract(restricted=True), SQL, folders) == 3
    assert not folders.table("dim_city").exists()
    assert pq.read_table(folders.root / "restricted" / "build" / "dim_city.parquet").num_rows == 3


def test_equal_input_gives_equal_bytes(folders: DataFolder) -> None:
    build_mart(contract(), SQL, folders)
    first = folders.table("dim_city").read_bytes()
    build_mart(contract(), SQL, folders)
    assert folders.table("dim_city").read_bytes() == first


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select city_code from accepted.cities", "column population is missing"),
        ("select *, 1 as more from accepted.cities", "column more is not in the contract"),
        (
            "select city_code, population::double as population from accepted.cities",
            "column population has type DOUBLE, expected BIGINT",
        ),
        ("select 'C-1' as city_code, population from accepted.cities", "1 values of the key (city_code)"),
        (
            "select nullif(city_code, 'C-1') as city_code, population from accepted.cities",
            "column city_code is empty in 1 rows",
        ),
    ],
)
def test_a_broken_contract_names_what_is_broken_and_leaves_the_old_table(
    folders: DataFolder, sql: str, says: str
) -> None:
    build_mart(contract(), SQL, folders)
    before = folders.table("dim_city").read_bytes()
    with pytest.raises(ContractBrokenError) as broken:
        build_mart(contract(), sql, folders)
    assert says in str(broken.value)
    assert "dim_city" in str(broken.value)
    assert folders.table("dim_city").read_bytes() == before
