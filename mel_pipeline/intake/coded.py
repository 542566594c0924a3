"""A column of a million rows as its different values and, for each row, which of them it holds.

Whoever reads cells looks at each different one once. What the cells mean, and how they are read, belongs elsewhere.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

Piece: TypeAlias = "list[Any] | pa.Array"
"""Some different values: of Python where they are of several kinds, else of Arrow."""

Places = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]
Rows = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

LISTED_AT_ONCE = 50_000
"""Rows whose values are made into objects of Python together."""


class Coded(Sequence[Any]):
    """A column; it also behaves like the list of its values.

    Attributes:
        places: for each row the place of its value among the different ones.
        pieces: the different values, one piece after the other. One may occur twice, and some in no row.
    """

    def __init__(self, places: Places, *pieces: Piece) -> None:
        self.places = places
        self.pieces = pieces

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Coded":
        """A list as a column; 1 and true are equal to Python, but not here."""
        if isinstance(values, cls):
            return values
        known: dict[Hashable, int] = {}
        places = np.fromiter((known.setdefault(_key(value), len(known)) for value in values), np.int32, len(values))
        distinct: list[Any] = [None] * len(known)
        for place, value in zip(places, values, strict=True):
            distinct[place] = value
        return cls(places, distinct)

    @classmethod
    def constant(cls, value: Any, count: int) -> "Coded":
        """The same value in every row."""
        return cls(np.zeros(count, np.int8), [value])

    @classmethod
    def joined(cls, columns: Sequence["Coded"]) -> "Coded":
        """Columns one below the other."""
        if len(columns) < 2:
            return columns[0] if columns else cls.of([])
        places = np.empty(sum(map(len, columns)), _wide_enough(sum(column.n_distinct for column in columns)))
        row = moved = 0
        for column in columns:
            np.add(column.places, moved, out=places[row : row + len(column)], casting="unsafe")
            row, moved = row + len(column), moved + column.n_distinct
        return cls(places, *(piece for column in columns for piece in column.pieces))

    @property
    def n_distinct(self) -> int:
        """How many different values there are."""
        return sum(map(len, self.pieces))

    @cached_property
    def distinct(self) -> list[Any]:
        """The different values of all pieces."""
        return list(chain.from_iterable(map(self.listed, self.pieces)))

    @cached_property
    def counts(self) -> Rows:
        """In how many rows each different value stands."""
        return np.bincount(self.places, minlength=self.n_distinct)

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return self.take(row).narrowed().to_list()
        place = int(self.places[row])
        for piece in self.pieces:
            if place < len(piece):
                return piece[place].as_py() if isinstance(piece, pa.Array) else piece[place]
            place -= len(piece)
        raise IndexError(row)

    def __iter__(self) -> Iterator[Any]:
        # Part by part: a million texts of Python would take more memory than the whole column.
        parts = (self[start : start + LISTED_AT_ONCE] for start in range(0, len(self), LISTED_AT_ONCE))
        return chain.from_iterable(parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.to_list() == list(other)

    __hash__ = None  # type: ignore[assignment]

    def to_list(self) -> list[Any]:
        """The values of all rows; of few rows, only their own values are looked up."""
        if "distinct" not in self.__dict__ and len(self) < self.n_distinct:
            return [self[row] for row in range(len(self))]
        distinct = self.distinct
        return [distinct[place] for place in self.places.tolist()]

    def take(self, rows: slice | Rows | Flags) -> "Coded":
        """Some of the rows."""
        return Coded(self.places[rows], *self.pieces)

    def map(self, change: Callable[[Any], Any]) -> "Coded":
        """Change every different value."""
        return Coded(self.places, [change(value) for value in self.distinct])

    def recoded(self, places: Iterable[int], *pieces: Piece) -> "Coded":
        """Other values in place of the different ones: `places` tells for each where the other one stands."""
        return Coded(np.asarray(places, np.int32)[self.places], *pieces)

    def with_value(self, rows: Rows, value: Any) -> "Coded":
        """One value in some rows, of whatever kind the others are."""
        return self.with_values(rows, [value])

    def with_values(self, rows: Rows, values: Sequence[Any]) -> "Coded":
        """Other values in some rows; a single one stands in all of them."""
        places = self.places.astype(_wide_enough(self.n_distinct + len(values)))
        places[rows] = self.n_distinct + (np.arange(len(values)) if len(values) > 1 else 0)
        return Coded(places, *self.pieces, list(values))

    def rows_with(self, flags: Flags) -> Rows:
        """The rows whose value is flagged; `flags` holds one flag for each different value."""
        return np.flatnonzero(flags[self.places]) if flags.any() else np.zeros(0, np.int64)

    def flagged(self, is_meant: Callable[[Any], bool]) -> Flags:
        """Flags for those of the different values that are meant."""
        return np.fromiter(map(is_meant, self.distinct), np.bool_, self.n_distinct)

    def flags(self, places: Iterable[int]) -> Flags:
        """Flags for the values at some places."""
        marks = np.zeros(self.n_distinct, np.bool_)
        marks[list(places)] = True
        return marks

    @staticmethod
    def listed(piece: Piece) -> list[Any]:
        """Some different values as a list."""
        if not isinstance(piece, pa.Array):
            return piece
        # Much faster than Arrow's own list, and the same for texts.
        return piece.to_numpy(zero_copy_only=False).tolist() if pa.types.is_string(piece.type) else piece.to_pylist()

    def compacted(self) -> "Coded":
        """A column of texts in which none stands twice among the different ones."""
        encoded = self.values(pa.string()).dictionary_encode()
        return self.recoded(encoded.indices.to_numpy(), encoded.dictionary)

    def values(self, kind: pa.DataType) -> pa.Array:
        """The different values as Arrow knows them."""
        parts = [piece if isinstance(piece, pa.Array) else pa.array(piece, kind) for piece in self.pieces]
        parts = [part if part.type == kind else part.cast(kind) for part in parts]
        return parts[0] if len(parts) == 1 else pa.concat_arrays(parts) if parts else pa.array([], kind)

    def arrow(self, kind: pa.DataType) -> pa.Array:
        """The values of all rows as Arrow knows them."""
        used = self.narrowed()
        return used.values(kind).take(pa.array(used.places))

    def narrowed(self) -> "Coded":
        """Without the pieces before the first and behind the last value that is used: rows of a block lie together."""
        if len(self.pieces) < 2 or not len(self):
            return self
        ends = np.cumsum([len(piece) for piece in self.pieces])
        first, last = np.searchsorted(ends, [self.places.min(), self.places.max()], side="right")
        return Coded(self.places - (ends[first - 1] if first else 0), *self.pieces[first : last + 1])


def _wide_enough(n_distinct: int) -> np.dtype[np.signedinteger[Any]]:
    """The smallest integers that tell so many values apart: a large file has many columns of few values."""
    return np.min_scalar_type(-n_distinct)


def _key(value: Any) -> Hashable:
    return value if value is None or type(value) is str else (type(value), _hashable(value))


def _hashable(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
