"""Declared expressions as SQL over the rows of one mart, parsed again so that only a scalar can pass."""

import sqlglot
from sqlglot import exp

FACT = "facts"
"""Alias of the mart's rows in every compiled query."""


def expression(text: str) -> str:
    """Parse a declared expression and write it again, its columns bound to the mart's rows.

    What is divided by zero has no value.

    Raises:
        ValueError: the text is not one scalar expression.
    """
    parsed = sqlglot.parse_one(text, dialect="duckdb")
    if parsed.find(exp.Query, exp.DDL, exp.DML, exp.Command):
        raise ValueError(f"found '{text}', expected one expression over the columns of the mart")
    return parsed.transform(_bind).sql(dialect="duckdb")


def number(text: str) -> str:
    """A declared expression as a number with fractions."""
    return f"({expression(text)})::double"


def text_literal(value: str) -> str:
    """A text as SQL writes it."""
    return exp.Literal.string(value).sql(dialect="duckdb")


def _bind(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Column) and not node.table:
        return exp.column(node.this, table=FACT)
    if isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and not isinstance(node.expression, exp.Nullif | exp.Literal):
        # The database would give infinity, which no page can show, or stop.
        divisor = exp.Nullif(this=node.expression.copy(), expression=exp.Literal.number(0))
        node.set("expression", divisor)
    return node
