"""`marts/*.yml`: the contract of a table."""

from pydantic import Field

from mel_pipeline.declarations.models.base import Declared


class MartColumn(Declared):
    """One column of a mart's contract."""

    name: str
    type: str
    meaning: str
    unit: str | None = None
    required: bool = False


class MartContract(Declared):
    """`marts/<table>.yml`: what one row is, and what every column means.

    A fact says when its rows count (`period_on`: a date; `snapshot_on`: the state at that date), which
    columns hold a scope's code, and which bridge family it joins by which column. A `restricted` mart lies in
    `data/restricted` and is no table of `mel.duckdb`: indicators are computed from it, and nobody queries it.
    """

    table: str
    description: str
    key: list[str] = Field(min_length=1)
    period_on: str | None = None
    snapshot_on: str | None = None
    scopes: dict[str, str] = {}
    families: dict[str, str] = {}
    valid_between: tuple[str, str] | None = None
    restricted: bool = False
    columns: list[MartColumn] = Field(min_length=1)

    @property
    def column_types(self) -> dict[str, str]:
        """Type of each column by name, in the contract's order."""
        return {column.name: column.type for column in self.columns}
