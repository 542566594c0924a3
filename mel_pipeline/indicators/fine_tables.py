"""The sums of one table's rows at the finest grain: by quarter, scopes, categories and what else is asked for.

From these tables everything about the rows is told; how they are put together is in `roll_up.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from mel_pipeline.database import literal, quote
from mel_pipeline.declarations.models import MartContract
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.atoms import Atoms, atom_sql
from mel_pipeline.indicators.measures import FACT
from mel_pipeline.indicators.parts import Divided, Part


@dataclass(frozen=True)
class Request:
    """Figures to be told of the rows of one table.

    Attributes:
        name: of the request, unique among all.
        mart: contract of the rows.
        table: SQL of the rows: the mart, or what stands in for it.
        divided: the figures over their parts.
        dimensions: by which they are told, `total` among them.
        scopes: in which they are told.
        of_entities: SQL of the figures of a group of entities, where each entity has one `entity_figure`.
    """

    name: str
    mart: MartContract
    table: str
    divided: Divided
    dimensions: tuple[str, ...]
    scopes: tuple[str, ...]
    of_entities: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Base:
    """Rows of a table with all that figures are divided by, for scopes that can be told from the same rows."""

    relation: str
    scopes: Mapping[str, str]


@dataclass
class FineTables:
    """Temporary tables of the sums of one base, each made when it is first asked for.

    Attributes:
        exponents: by what power of two each number that is added up is multiplied before, by the name of its part.
    """

    connection: duckdb.DuckDBPyConnection
    mart: MartContract
    atoms: Atoms
    requests: Sequence[Request]
    base: Base
    exponents: Mapping[str, int]
    made: list[str] = field(default_factory=list)

    @property
    def atom(self) -> str:
        """SQL of the number of the quarter in which a row counts."""
        return atom_sql(self.mart, self.atoms)

    def drop(self) -> None:
        """Give back the memory of the tables."""
        for table in self.made:
            self.connection.execute(f"drop table {table}")
        self.made.clear()

    def sums(self, dimension: str) -> tuple[str, str]:
        """Table of the sums at the finest grain that holds a dimension, and SQL of its category."""
        asked = [request for request in self.requests if request.divided.entity is None]
        parts = {name: part for name, part in parts_of(asked).items() if part.kind != "distinct"}
        sums = {name: self._fine_sql(part) for name, part in parts.items()}
        return self._grained(dimension, "sums", asked, sums)

    def seen(self, dimension: str, part: Part) -> tuple[str, str]:
        """Table of the units that are counted apart, each with the set of quarters in which it was seen."""
        asked = [request for request in self.requests if part.name in request.divided.parts]
        known = f"({part.argument}) is not null" + (f" and {part.condition}" if part.condition else "")
        quarters = f"bit_or((1::hugeint << {self.atom}))"
        columns = {"quarters": quarters}
        grain = {"unit": str(part.argument)}
        return self._grained(dimension, part.name, asked, columns, grain, known, has_atom=False)

    def of_entities(self, dimension: str, request: Request) -> tuple[str, str]:
        """Table of the sums of each entity."""
        parts = {name: self._fine_sql(part) for name, part in request.divided.parts.items()}
        entity = str(request.divided.entity)
        where = f"({entity}) is not null" + (f" and ({request.divided.where})" if request.divided.where else "")
        number = self.requests.index(request)
        return self._grained(dimension, f"entities_{number}", [request], parts, {"entity": entity}, where)

    def _grained(
        self,
        dimension: str,
        name: str,
        requests: Sequence[Request],
        sums: Mapping[str, str],
        grain: Mapping[str, str] | None = None,
        where: str = "true",
        *,
        has_atom: bool = True,
    ) -> tuple[str, str]:
        """Make a table of sums by quarter, scopes, categories and some further grain, unless it is there.

        Categories with one value a row share a table. A list needs one of its own, in which a row stands once for
        each of its categories.
        """
        is_list = rows.is_list(self.mart, dimension)
        table = f"fine_{name}_{dimension.encode().hex()}" if is_list else f"fine_{name}"
        if table not in self.made:
            single = [] if is_list else _single_dimensions(self.mart, requests)
            columns = {
                **({"atom": self.atom} if has_atom else {}),
                **{scope_column(scope): sql for scope, sql in self.base.scopes.items() if scope != rows.ALL},
                **{_category(each): rows.category_sql(self.mart, each) for each in single},
                **(grain or {}),
            }
            relation, is_within = self.base.relation, f"{self.atom} between 0 and {self.atoms.count - 1} and ({where})"
            if is_list:
                bearing = f"select *, {rows.category_sql(self.mart, dimension)} as {_category(dimension)}"
                relation = f"({bearing} from {relation} where {is_within}) as {FACT}"
                columns[_category(dimension)] = f"{FACT}.{_category(dimension)}"
            selected = ", ".join(f"{sql} as {column}" for column, sql in {**columns, **sums}.items())
            summed = f"select {selected} from {relation} where {is_within} group by all"
            self.connection.execute(f"create or replace temp table {table} as {summed}")
            self.made.append(table)
        return table, literal(rows.TOTAL) if dimension == rows.TOTAL else _category(dimension)

    def _fine_sql(self, part: Part) -> str:
        met = f" filter (where {part.condition})" if part.condition else ""
        if part.kind == "count":
            return f"count(*){met}"
        if part.kind == "sum":
            return f"sum((({part.argument})::double * {2.0 ** self.exponents[part.name]!r})::hugeint){met}"
        return f"{part.kind}({part.argument}){met}"

    def plain(self, part: Part) -> str:
        """A part as the expressions of the figures read it."""
        if part.kind == "sum":
            return f"{part.name}::double / {2.0 ** self.exponents[part.name]!r}"
        return f"coalesce({part.name}, 0)::bigint" if part.kind in ("count", "distinct") else part.name


def _single_dimensions(mart: MartContract, requests: Sequence[Request]) -> list[str]:
    asked = dict.fromkeys(dimension for request in requests for dimension in request.dimensions)
    return [each for each in asked if each != rows.TOTAL and not rows.is_list(mart, each)]


def taking_part(request: Request) -> Part:
    """How many rows take part in a request at all."""
    return Part("count", None, f"({request.divided.where})" if request.divided.where else None)


def parts_of(requests: Iterable[Request]) -> dict[str, Part]:
    """The parts of some requests by name, and of those without entities how many rows take part."""
    found: dict[str, Part] = {}
    for request in requests:
        found |= request.divided.parts
        if request.divided.entity is None:
            found[taking_part(request).name] = taking_part(request)
    return found


def together(part: Part) -> str:
    """SQL of a part out of several sums of it."""
    merge = part.kind if part.kind in ("max", "min") else "sum"
    return f"{merge}({part.name})"


def scope_column(scope: str) -> str:
    """SQL of the code of a scope in a table of sums."""
    return literal(rows.ALL) if scope == rows.ALL else quote(f"scope_{scope}")


def _category(dimension: str) -> str:
    return quote(f"category_{dimension}")
