"""Columns and expressions that a declared text reads from one mart, and their faults.

Which texts a measure has belongs to `lint_measures.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mel_pipeline.declarations.expressions import ExpressionError, read_expression
from mel_pipeline.declarations.faults import Fault, path_words, unknown_name
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.declarations.programme import Programme

Path = tuple[str | int, ...]
NUMBERS = ("BIGINT", "INTEGER", "DOUBLE")


@dataclass(frozen=True)
class MartReader:
    """One indicator and the contract of the table that a part of it reads."""

    programme: Programme
    code: str
    mart: MartContract

    def fault(self, message: str, path: Path) -> Fault:
        """A fault at a key path of the indicator, which the message goes on to tell."""
        thing = f"indicator {self.code} `{path_words(path)}`"
        return self.programme.fault("indicator", self.code, f"{thing} {message}", *path)

    def column(self, name: str, path: Path, types: tuple[str, ...] = ()) -> Iterator[Fault]:
        """The column exists and has one of the types (any, when none is given)."""
        found = self.mart.column_types.get(name)
        if found is None:
            thing = f"reads an unknown column of {self.mart.table}"
            yield self.fault(unknown_name(thing, name, self.mart.column_types, "Add it to the mart."), path)
        elif types and found not in types:
            message = (
                f"reads a column of another type: found {name} {found}, expected {' or '.join(types)}. Choose another."
            )
            yield self.fault(message, path)

    def number(self, text: str, path: Path) -> Iterator[Fault]:
        """The text is one expression over known columns; a column alone holds numbers."""
        try:
            expression = read_expression(text)
        except ExpressionError as error:
            yield self.fault(f"is not one expression: {error}. Rewrite it.", path)
            return
        for column in expression.columns:
            yield from self.column(column, path, NUMBERS if expression.is_column else ())

    def condition(self, text: str, path: Path) -> Iterator[Fault]:
        """The text is one expression over known columns whose answer is yes or no."""
        try:
            expression = read_expression(text)
        except ExpressionError as error:
            yield self.fault(f"is not one expression: {error}. Rewrite it.", path)
            return
        if not expression.is_condition:
            yield self.fault(
                f"is not a condition: found '{text}', expected yes or no, as in `a > b`. Rewrite it.", path
            )
        types = ("BOOLEAN",) if expression.is_column else ()
        for column in expression.columns:
            yield from self.column(column, path, types)
        for column, category in expression.compared:
            known = categories_of(self.programme, column)
            if known and category not in known:
                thing = f"compares {column} with an unknown category"
                yield self.fault(unknown_name(thing, category, known, "Declare it where the column comes from."), path)


def categories_of(programme: Programme, column: str) -> set[str]:
    """Categories that a column of that name can hold, as far as sources and dimensions declare them."""
    dimension = programme.dimensions.get(column)
    labelled = set(dimension.categories) if dimension and isinstance(dimension.categories, dict) else set()
    fields = (source.field(column) for source in programme.sources.values())
    return labelled.union(*(field.values for field in fields if field is not None))
