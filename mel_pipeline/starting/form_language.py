"""Conditions of a survey form, read into a tree: the part of XPath that forms use.

Only reading belongs here; what a condition means for typed columns is said in `form_sql.py`.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.\d+|\d+|\.\d+)|(?P<text>'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”)|\$\{\s*(?P<reference>[^}\s]+)\s*\}"
    r"|(?P<dots>\.\.)|(?P<self>\.)|(?P<word>[A-Za-z_][\w:-]*)|(?P<sign>!=|<=|>=|[=<>+*(),-]))"
)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
"""Operators, those that bind least first."""


class FormLanguageError(ValueError):
    """A condition that cannot be translated; the message is the part that is in the way."""


@dataclass(frozen=True)
class Literal:
    """A number or text."""

    value: float | str


@dataclass(frozen=True)
class Reference:
    """The answer to a question: `.` (the name is empty) or `${name}`."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function or operator with its arguments."""

    name: str
    arguments: tuple["Node", ...]


Node = Literal | Reference | Call


def parse(text: str) -> Node:
    """The tree of a condition.

    Raises:
        FormLanguageError: it cannot be read.
    """
    reader = _Reader(_tokens(text))
    node = reader.level(0)
    if reader.kind != "end":
        raise FormLanguageError(f"`{reader.value}`")
    return node


def references(node: Node) -> set[str]:
    """Names of the questions that a condition looks at, `.` as an empty name."""
    if isinstance(node, Reference):
        return {node.name}
    return set().union(*(references(each) for each in node.arguments)) if isinstance(node, Call) else set()


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    place = 0
    text = text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise FormLanguageError(f"`{text[place : place + 12].strip()}`")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return [*tokens, ("end", "")]


class _Reader:
    """Reads tokens from left to right, one level of operators inside the other."""

    def __init__(self, tokens: list[tuple[str, str]]):
        self.tokens = tokens
        self.place = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.place][0]

    @property
    def value(self) -> str:
        return self.tokens[self.place][1]

    def take(self) -> str:
        self.place += 1
        return self.tokens[self.place - 1][1]

    def level(self, number: int) -> Node:
        if number == len(_LEVELS):
            return self.unary()
        node = self.level(number + 1)
        while self.kind in ("sign", "word") and self.value in _LEVELS[number]:
            node = Call(self.take(), (node, self.level(number + 1)))
        return node

    def unary(self) -> Node:
        if self.value == "-" and self.kind == "sign":
            self.take()
            inner = self.unary()
            return Literal(-inner.value) if _is_number(inner) else Call("negative", (inner,))  # type: ignore[union-attr, operator]
        return self.single()

    def single(self) -> Node:
        kind, value = self.kind, self.take()
        if kind == "number":
            return Literal(float(value))
        if kind == "text":
            return Literal(value[1:-1])
        if kind in ("self", "reference"):
            return Reference("" if kind == "self" else value)
        if value == "(" and kind == "sign":
            node = self.level(0)
            self.expect(")")
            return node
        if kind == "word" and self.value == "(":
            return self.call(value)
        raise FormLanguageError(f"`{value or '…'}`")

    def call(self, name: str) -> Node:
        self.expect("(")
        arguments: list[Node] = []
        while self.value != ")" or self.kind != "sign":
            arguments.append(self.level(0))
            if self.value != ",":
                break
            self.take()
        self.expect(")")
        return Call(name, tuple(arguments))

    def expect(self, sign: str) -> None:
        if self.kind != "sign" or self.take() != sign:
            raise FormLanguageError(f"… `{sign}`")


def _is_number(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, float)
