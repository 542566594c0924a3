"""Figures of many measures in every period, scope and category, out of one pass over each mart.

Each mart is brought once to the sums at its finest grain: quarter, codes of the scopes, all categories that are asked
for, and for figures per entity the entity. From there sums are put together for every period, scope and dimension,
and last each figure is computed by the expression of its measure. Units that are counted apart are kept as sets of
the quarters in which they were seen, so that each period counts them anew.

Which figures there are is not known here; measures that have no such sums go row by row (`row_by_row.py`).
"""

import math
from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pandas as pd

from mel_pipeline.database import literal
from mel_pipeline.declarations import Programme
from mel_pipeline.indicators import rows
from mel_pipeline.indicators.atoms import Atoms, told_table
from mel_pipeline.indicators.fine_tables import Base, FineTables, Request, parts_of, scope_column, taking_part, together
from mel_pipeline.indicators.measures import FACT
from mel_pipeline.indicators.parts import Part

KEYS = ["period", "period_end", "scope_code", "dimension", "category"]
_BITS = 126


class RollUp:
    """The requests about one table, answered from the tables of periods that `atoms.offer_periods` made."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, programme: Programme, atoms: Atoms, requests: Sequence[Request]
    ) -> None:
        self.connection, self.programme, self.atoms = connection, programme, atoms
        self.requests = requests
        self.mart, self.table = requests[0].mart, requests[0].table
        self.told = told_table(self.mart)

    def frames(self) -> Iterator[tuple[str, str, pd.DataFrame]]:
        """Name of the request, scope, and its figures in the columns `KEYS` and one for each figure.

        Cells without any row that takes part have none here either.
        """
        exponents = self._exponents()
        for base in self._bases():
            fine = FineTables(self.connection, self.mart, self.atoms, self.requests, base, exponents)
            for scope in base.scopes:
                yield from self._in_scope(fine, scope)
            fine.drop()

    def _bases(self) -> Iterator[Base]:
        asked = {scope for request in self.requests for scope in request.scopes}
        declared = self.programme.settings.scopes
        by_column = [scope for scope in sorted(asked) if isinstance(declared.get(scope), str)]
        columns = {scope: f"{FACT}.{self.mart.scopes[scope]}" for scope in by_column}
        if rows.ALL in asked:
            columns[rows.ALL] = literal(rows.ALL)
        if columns:
            yield Base(f"{self.table} as {FACT}", columns)
        for scope in sorted(asked - set(columns)):
            members = rows.members_sql(self.programme, self.mart, scope, self.table)
            yield Base(f"({members}) as {FACT}", {scope: f"{FACT}.cell_scope"})

    def _in_scope(self, fine: FineTables, scope: str) -> Iterator[tuple[str, str, pd.DataFrame]]:
        asked = [request for request in self.requests if scope in request.scopes]
        added = [request for request in asked if request.divided.entity is None]
        if added:
            frame = self.connection.execute(self._added_sql(fine, scope, added)).df()
            for number, request in enumerate(added):
                yield request.name, scope, _of_request(frame, number, request)
        for request in asked:
            if request.divided.entity is not None:
                sql = self._of_entities_sql(fine, scope, request)
                yield request.name, scope, self.connection.execute(sql).df()

    def _added_sql(self, fine: FineTables, scope: str, requests: Sequence[Request]) -> str:
        """SQL of the figures of several requests side by side; `rows_<number>` says how many rows took part."""
        by_dimension = {
            dimension: parts_of(request for request in requests if dimension in request.dimensions)
            for dimension in dict.fromkeys(each for request in requests for each in request.dimensions)
        }
        told = [
            sql
            for dimension, parts in by_dimension.items()
            for sql in (
                self._sums_sql(fine, scope, dimension, parts),
                *(self._apart_sql(fine, scope, dimension, part) for part in parts.values() if part.kind == "distinct"),
            )
        ]
        parts = parts_of(requests)
        put_together = ", ".join(f"{together(part)} as {name}" for name, part in parts.items())
        plain = ", ".join(f"{fine.plain(part)} as {name}" for name, part in parts.items())
        figures = ", ".join(
            f"{sql} as {_column(number, figure)}"
            for number, request in enumerate(requests)
            for figure, sql in {**request.divided.figures, "rows": taking_part(request).name}.items()
        )
        keys = ", ".join(KEYS)
        return f"""
            with told as ({" union all by name ".join(told)}),
            put_together as (select {keys}, {put_together} from told group by {keys}),
            plain as (select {keys}, {plain} from put_together)
            select {keys}, {figures} from plain order by {keys}
        """

    def _sums_sql(self, fine: FineTables, scope: str, dimension: str, parts: Mapping[str, Part]) -> str:
        table, category = fine.sums(dimension)
        sums = ", ".join(f"{together(part)} as {name}" for name, part in parts.items() if part.kind != "distinct")
        return f"""
            select
                told.period,
                told.period_end,
                scope_code,
                {literal(dimension)} as dimension,
                category,
                {sums}
            from (
                select atom, {scope_column(scope)} as scope_code, {category} as category, {sums}
                from {table}
                where {scope_column(scope)} is not null
                group by all
            ) as by_atom
            inner join {self.told} as told using (atom)
            group by all
        """

    def _apart_sql(self, fine: FineTables, scope: str, dimension: str, part: Part) -> str:
        """SQL of how many units of a kind each cell has seen."""
        seen, category = fine.seen(dimension, part)
        return f"""
            select
                told.period,
                told.period_end,
                scope_code,
                {literal(dimension)} as dimension,
                category,
                sum(units)::bigint as {part.name}
            from (
                select scope_code, category, quarters, count(*) as units
                from (
                    select
                        {scope_column(scope)} as scope_code,
                        {category} as category,
                        bit_or(quarters) as quarters
                    from {seen}
                    where {scope_column(scope)} is not null
                    group by scope_code, category, unit
                ) as units
                group by all
            ) as sets
            inner join {self.told}_masks as told on (sets.quarters & told.mask) <> 0
            group by all
        """

    def _of_entities_sql(self, fine: FineTables, scope: str, request: Request) -> str:
        each = " union all ".join(
            self._entities_sql(fine, scope, dimension, request) for dimension in request.dimensions
        )
        keys = ", ".join(KEYS)
        figures = ", ".join(f"{sql} as {figure}" for figure, sql in (request.of_entities or {}).items())
        return f"select {keys}, {figures} from ({each}) as {FACT} group by {keys} order by {keys}"

    def _entities_sql(self, fine: FineTables, scope: str, dimension: str, request: Request) -> str:
        table, category = fine.of_entities(dimension, request)
        parts = request.divided.parts
        sums = ", ".join(f"{together(part)} as {name}" for name, part in parts.items())
        plain = ", ".join(f"{fine.plain(part)} as {name}" for name, part in parts.items())
        return f"""
            select
                period,
                period_end,
                scope_code,
                {literal(dimension)} as dimension,
                category,
                {request.divided.figures["entity_figure"]} as entity_figure
            from (
                select period, period_end, scope_code, category, entity, {plain}
                from (
                    select
                        told.period,
                        told.period_end,
                        {scope_column(scope)} as scope_code,
                        {category} as category,
                        entity,
                        {sums}
                    from {table}
                    inner join {self.told} as told using (atom)
                    where {scope_column(scope)} is not null
                    group by all
                ) as put_together
            ) as entities
        """

    def _exponents(self) -> dict[str, int]:
        """By what power of two each number is multiplied before it is added up as a whole number.

        Sums of whole numbers do not depend on their order, as those of floating-point numbers do in the last digits.
        The power is as large as the sum of all rows allows, so that next to the largest number nothing is lost.

        Raises:
            ValueError: some number is infinite, or none.
        """
        sums = [part for part in parts_of(self.requests).values() if part.kind == "sum"]
        if not sums:
            return {}
        largest = ", ".join(f"max(abs(({part.argument})::double))" for part in sums)
        (found,) = self.connection.execute(f"select count(*), {largest} from {self.table} as {FACT}").fetchall()
        n_bits = int(found[0]).bit_length()
        return {part.name: _exponent(value, n_bits) for part, value in zip(sums, found[1:], strict=True)}


def _exponent(largest: float | None, n_bits: int) -> int:
    if largest is None or largest == 0:
        return 0
    if not math.isfinite(largest):
        raise ValueError("found a number that is infinite or none, expected numbers that add up")
    return min(_BITS - n_bits - math.frexp(largest)[1], 1000)


def _of_request(frame: pd.DataFrame, number: int, request: Request) -> pd.DataFrame:
    """The figures of one request, in its dimensions, where rows took part."""
    chosen = frame[(frame[f"rows_{number}"] > 0) & frame["dimension"].isin(request.dimensions)]
    columns = {f"{figure}_{number}": figure for figure in request.divided.figures}
    return chosen[[*KEYS, *columns]].rename(columns=columns)


def _column(number: int, figure: str) -> str:
    return f"{figure}_{number}"
