"""Scalar expressions inside declarations (`where`, `share`, `received` …), read but not run.

Only the question "is this one expression over columns, and over which?" belongs here. Compiling it into a
query belongs to `indicators/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

ROW_FUNCTIONS = (
    exp.Connector, exp.Abs, exp.ArrayContains, exp.ArraySize, exp.Case, exp.Cast, exp.Coalesce, exp.Date,
    exp.DateDiff, exp.Day, exp.Extract, exp.Greatest, exp.If, exp.Least, exp.Length, exp.Lower, exp.Month,
    exp.Nullif, exp.Pad, exp.Quarter, exp.RegexpExtract, exp.RegexpReplace, exp.Round, exp.Translate, exp.Trim,
    exp.Upper, exp.Year,
)  # fmt: skip
"""Functions that only look at the values of their own row, whatever engine computes them."""

_REFUSED = (exp.Query, exp.DDL, exp.DML, exp.Command, exp.Window, exp.Star, exp.Placeholder, exp.Parameter, exp.Alias)


@dataclass(frozen=True)
class Expression:
    """One readable expression: the columns it looks at, and whether its answer is yes or no.

    `compared` holds each column with each text that it is compared with (`status = 'delivered'`).
    """

    columns: tuple[str, ...]
    compared: tuple[tuple[str, str], ...]
    is_column: bool
    is_condition: bool


class ExpressionError(ValueError):
    """A text that is not one scalar expression; the message is meant for the writer."""


def read_expression(text: str) -> Expression:
    """The columns and the kind of one declared expression.

    A single column counts as a condition too: its contract knows whether it holds yes or no.

    Raises:
        ExpressionError: the text is not one expression over the columns of one row.
    """
    try:
        statements = sqlglot.parse(text, read="duckdb")
    except SqlglotError:
        statements = []
    if len(statements) != 1 or statements[0] is None:
        raise _error(text, text)
    root = statements[0]
    refused = next(_parts_refused(root), None)
    if refused is not None or not isinstance(root, exp.Condition | exp.Paren):
        raise _error(text, (refused or root).sql("duckdb"))
    columns = tuple(dict.fromkeys(column.name for column in root.find_all(exp.Column)))
    return Expression(columns, tuple(_compared(root)), isinstance(root, exp.Column), _is_condition(root))


def _compared(root: exp.Expr) -> Iterator[tuple[str, str]]:
    for node in root.find_all(exp.EQ, exp.NEQ, exp.In):
        sides = [node.this, *(node.expressions if isinstance(node, exp.In) else [node.expression])]
        columns = [side.name for side in sides if isinstance(side, exp.Column)]
        texts = [side.name for side in sides if isinstance(side, exp.Literal) and side.is_string]
        yield from ((column, text) for column in columns for text in texts)


def _parts_refused(root: exp.Expr) -> Iterator[exp.Expr]:
    for node in root.walk():
        is_strange = isinstance(node, exp.Func) and not isinstance(node, ROW_FUNCTIONS)
        is_qualified = isinstance(node, exp.Column) and bool(node.table)
        if isinstance(node, _REFUSED) or is_strange or is_qualified:
            yield node


def _is_condition(node: exp.Expr) -> bool:
    inner = node.unnest()
    if isinstance(inner, exp.Coalesce):
        return _is_condition(inner.this)
    return isinstance(inner, exp.Predicate | exp.Connector | exp.Not | exp.Boolean | exp.Column | exp.ArrayContains)


def _error(text: str, part: str) -> ExpressionError:
    found = f"'{text}'" if part == text else f"`{part}` in '{text}'"
    return ExpressionError(
        f"found {found}, expected one expression over columns of the table, such as status = 'delivered'"
    )
