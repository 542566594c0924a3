"""The `when` of a rule: a small condition in SQL's words, as plain data.

Only the grammar belongs here: comparisons of one column with fixed values, joined by `and` and `or`. It is
what Great Expectations can hold as a row condition; turning it into one belongs to
`quality/great_expectations.py`, so that linting a programme needs no Great Expectations.
"""

from dataclasses import dataclass
from itertools import product

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

Value = str | int | float | bool

_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "!=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ALLOWED = "column = value with =, !=, <, <=, >, >=, in (...), not in (...), is null, is not null, joined by and / or"
_MOST_COMPARISONS = 100  # Great Expectations refuses longer conditions


class ConditionError(ValueError):
    """A condition that is not in the grammar; the message is meant for the writer of the rule."""


@dataclass(frozen=True)
class Comparison:
    """One column against fixed values.

    `operator` is =, !=, <, <=, >, >=, in, not in, is null or is not null.
    """

    column: str
    operator: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Condition:
    """A row meets the condition when it meets every comparison of at least one alternative."""

    alternatives: tuple[tuple[Comparison, ...], ...]

    @property
    def columns(self) -> list[str]:
        """The columns the condition looks at, each once."""
        found = [comparison.column for alternative in self.alternatives for comparison in alternative]
        return list(dict.fromkeys(found))


def parse_condition(text: str) -> Condition:
    """Read the `when` of a rule.

    A comparison with an empty cell is never met, as in SQL; `is null` asks for empty cells.

    Raises:
        ConditionError: for anything that the grammar does not have.
    """
    condition = Condition(_alternatives(_parsed(text), text))
    if sum(map(len, condition.alternatives)) > _MOST_COMPARISONS:
        raise ConditionError(
            f"`when` is too long: found more than {_MOST_COMPARISONS} comparisons once `or` is written out. "
            "Split the rule in two."
        )
    return condition


def _parsed(text: str) -> exp.Expr:
    try:
        statements = sqlglot.parse(text, read="duckdb")
    except SqlglotError:
        statements = []
    if len(statements) != 1 or statements[0] is None:
        raise _fault(text, text)
    return statements[0]


def _alternatives(node: exp.Expr, text: str) -> tuple[tuple[Comparison, ...], ...]:
    """The condition with every `or` outermost: Great Expectations holds no `or` inside an `and`."""
    if isinstance(node, exp.Paren):
        return _alternatives(node.this, text)
    if isinstance(node, exp.Or):
        return _alternatives(node.left, text) + _alternatives(node.right, text)
    if isinstance(node, exp.And):
        pairs = product(_alternatives(node.left, text), _alternatives(node.right, text))
        return tuple(left + right for left, right in pairs)
    return ((_comparison(node, text),),)


def _comparison(node: exp.Expr, text: str) -> Comparison:
    if isinstance(node, exp.Not):
        return _negated(node.this, text)
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        return Comparison(_column(node.this, text), "is null")
    if isinstance(node, exp.In) and node.expressions:
        return Comparison(_column(node.this, text), "in", _one_type(node, text))
    operator = _COMPARISONS.get(type(node))
    if operator is None:
        raise _fault(node.sql("duckdb"), text)
    return Comparison(_column(node.this, text), operator, (_value(node.expression, text),))


def _negated(node: exp.Expr, text: str) -> Comparison:
    """`is not null` and `not in`; any other `not` would hide how empty cells count."""
    positive = _comparison(node, text) if isinstance(node, exp.Is | exp.In) else None
    if positive is None:
        raise _fault(f"not {node.sql('duckdb')}", text)
    negated = {"is null": "is not null", "in": "not in"}[positive.operator]
    return Comparison(positive.column, negated, positive.values)


def _column(node: exp.Expr, text: str) -> str:
    if not isinstance(node, exp.Column) or node.table:
        raise _fault(node.sql("duckdb"), text)
    return node.name


def _value(node: exp.Expr, text: str) -> Value:
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal) and not node.this.is_string:
        return -_number(node.this.name)
    if not isinstance(node, exp.Literal):
        raise _fault(node.sql("duckdb"), text)
    return node.name if node.is_string else _number(node.name)


def _one_type(node: exp.In, text: str) -> tuple[Value, ...]:
    """The values of a list: all texts or all numbers, as Great Expectations asks."""
    values = tuple(_value(value, text) for value in node.expressions)
    has_both = len({isinstance(value, str) for value in values}) > 1
    if has_both or any(isinstance(value, bool) for value in values):
        raise _fault(node.sql("duckdb"), text)
    return values


def _number(text: str) -> int | float:
    return int(text) if text.isdigit() else float(text)


def _fault(part: str, text: str) -> ConditionError:
    return ConditionError(f"`when` cannot be used: found `{part}` in `{text}`, expected {_ALLOWED}. Rewrite it.")
