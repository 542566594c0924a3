"""What a condition of a form means for the typed columns of a source, as SQL.

Empty answers count as in the form: they are equal to the empty text, and no number is greater or smaller than them.
The tree of a condition is read in `form_language.py`; which rule comes of it is decided in `draft_rules.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal as OneOf

from mel_pipeline.starting.form_language import Call, FormLanguageError, Literal, Node, Reference

Kind = OneOf["number", "text", "date", "time", "truth", "choices"]
_EQUALITY = ("=", "!=")
_ONLY_ELSEWHERE = ("(?=", "(?!", "(?<", "\\1", "\\2", "(?>", "++", "*+")
"""Parts of patterns that DuckDB's matcher does not know."""


@dataclass(frozen=True)
class Answer:
    """Where the answer to a question stands: its field, and for multiple choices the column of each choice."""

    name: str
    kind: Kind
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def answered(self) -> str:
        """SQL: whether there is an answer."""
        if self.kind == "choices":
            return f"({self.count}) > 0"
        return f"{quoted(self.name)} is not null"

    @property
    def count(self) -> str:
        """SQL: how many choices were made."""
        if self.kind == "choices":
            return " + ".join(f"coalesce({quoted(column)}, 0)" for column in self.columns.values()) or "0"
        return f"case when {self.answered} then 1 else 0 end"


@dataclass(frozen=True)
class Answers:
    """The answers that a condition may ask about, by the name of the question; `day` is the day of the interview."""

    known: Mapping[str, Answer]
    own: Answer | None = None
    day: str | None = None

    def get(self, name: str) -> Answer:
        """The answer of that name, `own` for none.

        Raises:
            FormLanguageError: its answers are not kept, or stand in another table.
        """
        answer = self.own if not name else self.known.get(name)
        if answer is None:
            raise FormLanguageError(f"${{{name}}}" if name else "`.`")
        return answer


@dataclass(frozen=True)
class _Sql:
    text: str
    kind: Kind


def quoted(name: str) -> str:
    """A column's name as SQL takes it whatever it holds."""
    return name if name.isidentifier() and name.isascii() and name.islower() else '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def condition_sql(node: Node, answers: Answers) -> str:
    """SQL of a condition; its answer is true or false, never null.

    Raises:
        FormLanguageError: a part cannot be translated.
    """
    return _truth(_sql(node, answers))


def _truth(sql: _Sql) -> str:
    if sql.kind == "truth":
        return sql.text
    if sql.kind == "number":
        return f"coalesce({sql.text} <> 0, false)"
    return f"coalesce({sql.text}::varchar, '') <> ''"


def _sql(node: Node, answers: Answers) -> _Sql:
    if isinstance(node, Literal):
        is_number = isinstance(node.value, float)
        return _Sql(number(node.value), "number") if is_number else _Sql(literal(str(node.value)), "text")  # type: ignore[arg-type]
    if isinstance(node, Reference):
        answer = answers.get(node.name)
        if answer.kind == "choices":
            raise FormLanguageError(f"${{{node.name}}}" if node.name else "`.`")
        return _Sql(quoted(answer.name), answer.kind)
    if node.name in ("and", "or"):
        return _Sql("(" + f" {node.name} ".join(condition_sql(each, answers) for each in node.arguments) + ")", "truth")
    if node.name in ("=", "!=", "<", "<=", ">", ">="):
        return _Sql(_comparison(node, answers), "truth")
    if node.name in ("+", "-", "*", "div", "mod"):
        sign = {"div": "/", "mod": "%"}.get(node.name, node.name)
        left, right = (_number(each, answers) for each in node.arguments)
        return _Sql(f"({left} {sign} {f'nullif({right}, 0)' if sign in '/%' else right})", "number")
    translate = _FUNCTIONS.get(node.name)
    if translate is None:
        raise FormLanguageError(f"{node.name}()")
    try:
        return translate(node.arguments, answers)
    except (IndexError, ValueError) as error:
        if isinstance(error, FormLanguageError):
            raise
        raise FormLanguageError(f"{node.name}()") from None


def number(value: float) -> str:
    """A number without a needless fraction."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _number(node: Node, answers: Answers) -> str:
    sql = _sql(node, answers)
    if sql.kind in ("number", "date"):
        return sql.text
    return f"try_cast({sql.text} as double)"


def _comparison(node: Call, answers: Answers) -> str:
    left, right = node.arguments
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Reference) and answers.get(one.name).kind == "choices":
            return _chosen_alone(answers.get(one.name), other, node.name)
        if isinstance(other, Literal) and other.value == "" and node.name in _EQUALITY:
            test = "is null" if node.name == "=" else "is not null"
            return f"{_sql(one, answers).text} {test}"
    operator = "<>" if node.name == "!=" else node.name
    sides = [_sql(left, answers), _sql(right, answers)]
    kinds = {side.kind for side in sides}
    if "date" in kinds:
        texts = [side.text if side.kind == "date" else f"try_cast({side.text} as date)" for side in sides]
    elif kinds == {"text"} and node.name in _EQUALITY:
        texts = [f"coalesce({side.text}, '')" if not side.text.startswith("'") else side.text for side in sides]
        return f"{texts[0]} {operator} {texts[1]}"
    else:
        texts = [_number(left, answers), _number(right, answers)]
    return f"coalesce({texts[0]} {operator} {texts[1]}, {'true' if node.name == '!=' else 'false'})"


def _chosen_alone(answer: Answer, other: Node, operator: str) -> str:
    """A list of choices compared with a text: one choice alone, or none at all."""
    if operator not in _EQUALITY or not isinstance(other, Literal) or not isinstance(other.value, str):
        raise FormLanguageError(f"{answer.name} {operator}")
    alone = f"({_selected(answer, other.value)} and {answer.count} = 1)"
    same = alone if other.value else f"({answer.count}) = 0"
    return same if operator == "=" else f"not {same}"


def _selected(answer: Answer, code: str) -> str:
    if answer.kind == "choices":
        column = answer.columns.get(code)
        return f"coalesce({quoted(column)} = 1, false)" if column else "false"
    return f"coalesce({quoted(answer.name)}::varchar = {literal(code)}, false)"


def _asked(node: Node, answers: Answers) -> Answer:
    if not isinstance(node, Reference):
        raise FormLanguageError("selected(…)")
    return answers.get(node.name)


def _text_of(node: Node) -> str:
    if not isinstance(node, Literal):
        raise FormLanguageError("(…)")
    return number(node.value) if isinstance(node.value, float) else node.value


def _selected_call(given: Sequence[Node], answers: Answers) -> _Sql:
    asked, code = given
    return _Sql(_selected(_asked(asked, answers), _text_of(code)), "truth")


def _count_selected(given: Sequence[Node], answers: Answers) -> _Sql:
    return _Sql(f"({_asked(given[0], answers).count})", "number")


def _not(given: Sequence[Node], answers: Answers) -> _Sql:
    return _Sql(f"not {condition_sql(given[0], answers)}", "truth")


def _regex(given: Sequence[Node], answers: Answers) -> _Sql:
    asked, pattern = given[0], _text_of(given[1])
    if any(part in pattern for part in _ONLY_ELSEWHERE):
        raise FormLanguageError(f"`{pattern}`")
    return _Sql(f"regexp_matches(coalesce({_sql(asked, answers).text}::varchar, ''), {literal(pattern)})", "truth")


def _if(given: Sequence[Node], answers: Answers) -> _Sql:
    test, yes, no = condition_sql(given[0], answers), _sql(given[1], answers), _sql(given[2], answers)
    if yes.kind != no.kind:
        raise FormLanguageError("if()")
    return _Sql(f"case when {test} then {yes.text} else {no.text} end", yes.kind)


def _coalesce(given: Sequence[Node], answers: Answers) -> _Sql:
    parts = [_sql(each, answers) for each in given]
    if len({part.kind for part in parts}) > 1:
        raise FormLanguageError("coalesce()")
    return _Sql(f"coalesce({', '.join(part.text for part in parts)})", parts[0].kind)


def _text_test(function: str) -> Callable[[Sequence[Node], Answers], _Sql]:
    def translate(given: Sequence[Node], answers: Answers) -> _Sql:
        asked, part = given
        return _Sql(
            f"{function}(coalesce({_sql(asked, answers).text}::varchar, ''), {literal(_text_of(part))})", "truth"
        )

    return translate


def _length(given: Sequence[Node], answers: Answers) -> _Sql:
    return _Sql(f"length(coalesce({_sql(given[0], answers).text}::varchar, ''))", "number")


def _of_a_number(function: str) -> Callable[[Sequence[Node], Answers], _Sql]:
    def translate(given: Sequence[Node], answers: Answers) -> _Sql:
        return _Sql(f"{function}({', '.join(_number(each, answers) for each in given)})", "number")

    return translate


def _today(given: Sequence[Node], answers: Answers) -> _Sql:
    """The day of the interview: what today was when the form was filled in."""
    if answers.day is None:
        raise FormLanguageError("today()")
    return _Sql(quoted(answers.day), "date")


def _date(given: Sequence[Node], answers: Answers) -> _Sql:
    return _Sql(f"try_cast({_sql(given[0], answers).text} as date)", "date")


_FUNCTIONS: dict[str, Callable[[Sequence[Node], Answers], _Sql]] = {
    "selected": _selected_call,
    "count-selected": _count_selected,
    "not": _not,
    "regex": _regex,
    "if": _if,
    "coalesce": _coalesce,
    "contains": _text_test("contains"),
    "starts-with": _text_test("starts_with"),
    "ends-with": _text_test("ends_with"),
    "string-length": _length,
    "int": _of_a_number("trunc"),
    "round": _of_a_number("round"),
    "number": _of_a_number(""),
    "abs": _of_a_number("abs"),
    "negative": _of_a_number("-"),
    "today": _today,
    "date": _date,
    "true": lambda given, answers: _Sql("true", "truth"),
    "false": lambda given, answers: _Sql("false", "truth"),
}
