"""Contracts of the engine's own tables, kept beside this module as one YAML file per table.

A column named `title_<language>` stands for one column per declared language. Contracts of the programme's
marts are declared in the programme and read by `declarations`.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import yaml

from mel_pipeline.declarations.models import MartColumn, MartContract

FOLDER = Path(__file__).with_name("contracts")
LANGUAGE = "<language>"

_ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
}


def _load(path: Path) -> MartContract:
    return MartContract.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


ENGINE_CONTRACTS: dict[str, MartContract] = {path.stem: _load(path) for path in sorted(FOLDER.glob("*.yml"))}
"""Contract of each table that the engine itself makes, by name."""


def columns_in(contract: MartContract, languages: Iterable[str]) -> list[MartColumn]:
    """The columns of an engine table, with one column per language where the contract says so."""
    columns: list[MartColumn] = []
    for column in contract.columns:
        if LANGUAGE not in column.name:
            columns.append(column)
            continue
        for language in languages:
            columns.append(column.model_copy(update={"name": column.name.replace(LANGUAGE, language)}))
    return columns


def in_languages(contract: MartContract, languages: Iterable[str]) -> MartContract:
    """The contract with its language columns written out."""
    return contract.model_copy(update={"columns": columns_in(contract, languages)})


def arrow_schema(contract: MartContract, languages: Iterable[str]) -> pa.Schema:
    """Arrow schema of an engine table, columns in the contract's order."""
    return pa.schema([(column.name, _ARROW_TYPES[column.type]) for column in columns_in(contract, languages)])
