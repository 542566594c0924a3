"""Divide the compiled figures of a measure into parts that add up: over periods, scopes and categories.

A figure such as `100 * count(*) filter (where a) / count(*)` is made of two counts; each is taken once at the finest
grain and added up from there (`roll_up.py`), and the figure is computed last, by the same expression. What consists of
no such parts, a median say, is not divided and is computed from the rows.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import sqlglot
from sqlglot import exp

from mel_pipeline.indicators.measures import Aggregates
from mel_pipeline.indicators.measures.aggregates import EntityFigures

Kind = Literal["count", "sum", "distinct", "max", "min"]


@dataclass(frozen=True)
class Part:
    """One aggregate over the rows of a mart.

    Attributes:
        kind: how it is taken and put together; `distinct` is counted anew for each period.
        argument: SQL of what is added up or counted apart; of a count, nothing.
        condition: SQL of which rows take part; nothing means all.
    """

    kind: Kind
    argument: str | None
    condition: str | None

    @property
    def name(self) -> str:
        """The same for the same part, whichever figures it belongs to."""
        told = "|".join(each or "" for each in (self.kind, self.argument, self.condition))
        return f"part_{hashlib.sha256(told.encode()).hexdigest()[:16]}"


@dataclass
class Divided:
    """Figures of a measure over the parts they are made of.

    Attributes:
        figures: SQL of each figure over the names of the parts.
        parts: the parts by name.
        where: SQL of the rows that take part at all.
        entity: SQL of what has one figure of its own; nothing where rows are added up at once.
    """

    figures: dict[str, str]
    parts: dict[str, Part] = field(default_factory=dict)
    where: str | None = None
    entity: str | None = None


class UndividedError(Exception):
    """A figure that has no parts which add up."""


def divide(figures: Mapping[str, str], where: str | None = None, given: Mapping[str, str] | None = None) -> Divided:
    """Divide figures into their parts.

    Args:
        figures: SQL of each figure, by name.
        where: SQL of the rows that take part in all of them.
        given: columns that the figures read and the mart lacks, with the SQL that they stand for.

    Raises:
        UndividedError: a figure is made of something else than counts, sums, distinct counts and extremes.
    """
    divided = Divided({}, where=where)
    for name, sql in figures.items():
        parsed = _parsed(sql, given or {})
        if parsed.find(exp.Window):
            raise UndividedError(sql)
        divided.figures[name] = parsed.transform(lambda node: _as_part(node, where, divided.parts)).sql("duckdb")
    return divided


def divide_measure(aggregates: Aggregates, where: str | None) -> Divided:
    """Divide the figures of a compiled measure; of one with figures per entity, those of the entities.

    Raises:
        UndividedError: as in `divide`.
    """
    given: Mapping[str, str] = {}
    if aggregates.row_figures is not None:
        given = aggregates.row_figures.columns
        met = _parsed(aggregates.row_figures.where, given).sql("duckdb")
        where = met if where is None else f"({where}) and ({met})"
    if aggregates.entity_figures is None:
        return divide(figures_of(aggregates), where, given)
    return _divide_entities(aggregates.entity_figures, where, given)


def figures_of(aggregates: Aggregates) -> dict[str, str]:
    """SQL of the figures of a group of rows by the names that values have for them."""
    names = ("value", "numerator", "denominator", "n", "unidentified", "sum_of_squares")
    return {name: getattr(aggregates, name) for name in names}


def _divide_entities(entities: EntityFigures, where: str | None, given: Mapping[str, str]) -> Divided:
    divided = divide({"entity_figure": entities.figure}, where, given)
    if any(part.kind == "distinct" for part in divided.parts.values()):
        raise UndividedError(entities.figure)
    divided.entity = _parsed(entities.entity, given).sql("duckdb")
    return divided


def _parsed(sql: str, given: Mapping[str, str]) -> exp.Expr:
    parsed = sqlglot.parse_one(sql, dialect="duckdb")
    if not given:
        return parsed
    standing_for = {name: exp.paren(sqlglot.parse_one(of, dialect="duckdb")) for name, of in given.items()}
    return parsed.transform(lambda node: _resolved(node, standing_for))


def _resolved(node: exp.Expr, standing_for: Mapping[str, exp.Expr]) -> exp.Expr:
    if isinstance(node, exp.Column) and not node.table and node.name in standing_for:
        return standing_for[node.name].copy()
    return node


def _as_part(node: exp.Expr, where: str | None, parts: dict[str, Part]) -> exp.Expr:
    """The name of a part in the place of an aggregate; whatever else is left as it is."""
    if isinstance(node, exp.Filter):
        part = _part(node.this, where, node.expression.this.sql("duckdb"))
    elif isinstance(node, exp.AggFunc):
        part = _part(node, where, None)
    else:
        return node
    parts[part.name] = part
    return exp.column(part.name)


def _part(aggregate: exp.Expr, where: str | None, condition: str | None) -> Part:
    met = " and ".join(f"({each})" for each in (where, condition) if each) or None
    counted = aggregate.this
    if isinstance(aggregate, exp.Count):
        if isinstance(counted, exp.Distinct):
            if len(counted.expressions) != 1:
                raise UndividedError(aggregate.sql("duckdb"))
            return Part("distinct", counted.expressions[0].sql("duckdb"), met)
        if isinstance(counted, exp.Star):
            return Part("count", None, met)
        known = f"({counted.sql('duckdb')}) is not null"
        return Part("count", None, known if met is None else f"{met} and {known}")
    argument = counted.this if isinstance(counted, exp.Order) else counted
    kinds: dict[type[exp.Expr], Kind] = {exp.Sum: "sum", exp.Max: "max", exp.Min: "min"}
    kind = kinds.get(type(aggregate))
    if kind is None or isinstance(argument, exp.Distinct):
        raise UndividedError(aggregate.sql("duckdb"))
    return Part(kind, argument.sql("duckdb"), met)
