"""The rules of a draft: what the form itself asks of answers, said again for data that came another way.

A condition that cannot be translated is told, never left out in silence. Conditions become SQL in `form_sql.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mel_pipeline.declarations.models import Words
from mel_pipeline.starting.draft_tables import DraftField, DraftTable
from mel_pipeline.starting.draft_words import declared
from mel_pipeline.starting.form_language import Call, FormLanguageError, Literal, Node, Reference, parse, references
from mel_pipeline.starting.form_sql import Answer, Answers, condition_sql, number

Rule = dict[str, Any]
_Made = tuple[str, Rule | None]
"""A condition as SQL, and the rule that comes of it, if any."""


@dataclass(frozen=True)
class Untranslated:
    """A condition that became no rule, and which part is in the way."""

    table: str
    question: str
    kind: str
    condition: str
    part: str


@dataclass
class DraftRules:
    """Rules of one source, the conditions left out, and when the form asks each question, as SQL."""

    rules: list[Rule] = field(default_factory=list)
    untranslated: list[Untranslated] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)


def draft_rules(table: DraftTable, languages: tuple[str, ...], consent: str | None) -> DraftRules:
    """Everything that the form asks of the answers of one table."""
    return _Drafting(table, languages, consent).draft()


class _Drafting:
    """One table's rules in the making."""

    def __init__(self, table: DraftTable, languages: tuple[str, ...], consent: str | None):
        self.table, self.languages, self.consent = table, languages, consent
        self.known = {each.question.name: each.answer for each in table.fields if each.answer is not None}
        self.result = DraftRules()
        self.of_groups: dict[str, list[DraftField]] = {}

    def draft(self) -> DraftRules:
        if self.table.parent is not None:
            self.result.rules.append(self._orphan(self.table.parent))
        self.result.rules += self._choices()
        for each in self.table.fields:
            if each.question.constraint:
                self._constraint(each)
        for each in self.table.fields:
            self._relevance(each)
        for condition, fields in self.of_groups.items():
            self._group(condition, fields)
        return self.result

    def _orphan(self, parent: DraftTable) -> Rule:
        sql = (
            f"select answer._record_key from {{batch}} as answer\nwhere not exists (\n"
            f"  select 1 from {parent.name} as submission\n"
            f"  where submission.{link_field(parent, self.table)} = answer.parent_key\n)"
        )
        treated = {"field": "parent_key", "treatment": "quarantine"}
        return _rule("orphan", {"expect": "unexpected_rows", "sql": sql}, treated, "integrity", self._words("orphan"))

    def _choices(self) -> Iterator[Rule]:
        """One rule for each list of choices: answers from elsewhere may be none of them."""
        lists: dict[tuple[str, ...], list[str]] = {}
        for each in self.table.fields:
            if each.type == "code" and each.question.choices and each.question.name != self.consent:
                lists.setdefault(tuple(choice.code for choice in each.question.choices), []).append(each.name)
        for codes, names in lists.items():
            expected = {"expect": "expect_column_values_to_be_in_set", "columns": names, "value_set": list(codes)}
            yield _rule(f"{names[0]}-choices", expected, _QUARANTINED, "validity", self._words("not_a_choice"))

    def _constraint(self, each: DraftField) -> None:
        if each.question.name == self.consent:
            return
        condition = each.question.constraint

        def make(node: Node) -> _Made:
            if each.answer is None:
                raise FormLanguageError("privacy: drop")
            own_only = references(node) <= {"", each.question.name} and each.answer.kind != "choices"
            treated = _QUARANTINED if own_only else {"treatment": "warn"}
            expected = _plain_expectation(node, each)
            if expected is None:
                holds = condition_sql(node, self._answers(each.answer))
                expected = _unexpected(f"{each.answer.answered}\n  and not ({holds})")
                treated = {"field": _judged(each), **treated}
            reason = self._constraint_words(each)
            return "", _rule(f"{each.name}-constraint", expected, treated, "validity", reason)

        self._translate(each, "constraint", condition, make)

    def _relevance(self, each: DraftField) -> None:
        """When the form asks a question: rules for answers that should not be there, or are missing."""
        answer = each.answer
        if answer is None:
            return
        asked = [self._group_condition(condition, each) for condition in each.question.group_conditions]
        if each.question.relevant:
            asked.append(self._translate(each, "relevant", each.question.relevant, self._when_asked(each, answer)))
        is_whole = all(sql is not None for sql in asked)
        needed = [sql for sql in asked if sql and sql != "true"]
        if is_whole and needed:
            self.result.asked[each.name] = " and ".join(f"({sql})" for sql in needed)
        if each.question.required and each.is_in_data and is_whole and each.question.name != self.consent:
            self._required(each, answer)

    def _when_asked(self, each: DraftField, answer: Answer) -> Callable[[Node], _Made]:
        def make(node: Node) -> _Made:
            sql = condition_sql(node, self._answers(answer))
            reason = self._words("relevant", condition=each.question.relevant)
            expected = _unexpected(f"{answer.answered}\n  and not ({sql})")
            treated = {"field": _judged(each), "treatment": "warn"}
            return sql, _rule(f"{each.name}-relevant", expected, treated, "integrity", reason)

        return make

    def _group_condition(self, condition: str, each: DraftField) -> str | None:
        """When a group is asked; "true" where consent says so, because nothing is kept of those who refuse."""
        self.of_groups.setdefault(condition, []).append(each)
        try:
            node = parse(condition)
            return "true" if self._is_consent(node) else condition_sql(node, self._answers(None))
        except FormLanguageError:
            return None

    def _is_consent(self, node: Node) -> bool:
        return self.consent is not None and references(node) == {self.consent}

    def _group(self, condition: str, fields: list[DraftField]) -> None:
        """One rule for all questions of a group with a condition."""
        kept = [each.answer for each in fields if each.answer is not None]

        def make(node: Node) -> _Made:
            if self._is_consent(node):
                return "true", None
            sql = condition_sql(node, self._answers(None))
            any_answer = "\n    or ".join(answer.answered for answer in kept)
            reason = self._words("group_relevant", condition=condition)
            expected = _unexpected(f"not ({sql})\n  and ({any_answer})")
            treated = {"field": _judged(fields[0]), "treatment": "warn"}
            return sql, _rule(f"{fields[0].name}-group-relevant", expected, treated, "integrity", reason)

        self._translate(fields[0], "group", condition, make)

    def _required(self, each: DraftField, answer: Answer) -> None:
        asked = self.result.asked.get(each.name)
        reason, treated = self._words("required"), {"treatment": "warn"}
        if asked is None and answer.kind != "choices":
            expected: dict[str, Any] = {"expect": "expect_column_values_to_not_be_null", "column": each.name}
        else:
            expected = _unexpected(f"not ({answer.answered})" + (f"\n  and {asked}" if asked else ""))
            treated = {"field": _judged(each), **treated}
        self.result.rules.append(_rule(f"{each.name}-required", expected, treated, "reliability", reason))

    def _translate(self, each: DraftField, kind: str, condition: str, make: Callable[[Node], _Made]) -> str | None:
        """Add the rule of a condition and give its SQL back, or note what is in the way."""
        try:
            sql, rule = make(parse(condition))
        except FormLanguageError as error:
            name = each.question.name
            self.result.untranslated.append(Untranslated(self.table.name, name, kind, condition, str(error)))
            return None
        if rule is not None:
            self._add(rule)
        return sql

    def _add(self, rule: Rule) -> None:
        """Add a rule under an identifier of its own: a question may stand first in several groups."""
        taken = {other["id"] for other in self.result.rules}
        number, wanted = 1, rule["id"]
        while rule["id"] in taken:
            number += 1
            rule["id"] = f"{wanted}-{number}"
        self.result.rules.append(rule)

    def _answers(self, own: Answer | None) -> Answers:
        return Answers(self.known, own, self.table.day)

    def _constraint_words(self, each: DraftField) -> Words:
        message = each.question.constraint_message
        plain = self._words("constraint", condition=each.question.constraint)
        return {language: message.get(language, plain[language]) for language in self.languages}

    def _words(self, key: str, **values: str) -> Words:
        return declared(key, self.languages, **values)


_QUARANTINED: Rule = {"treatment": "quarantine", "level": "answer"}


def link_field(parent: DraftTable, table: DraftTable) -> str:
    """The field of the table around a repeat by which its rows are found."""
    if table.link is None or table.link.parent == parent.key[-1]:
        return "submission_key" if parent.parent is None else "row_key"
    return "link_key"


def _judged(each: DraftField) -> str:
    """The field that a finding names: of multiple choices the column of the first."""
    return next(iter(each.columns.values()), each.name)


def _rule(rule_id: str, expected: Mapping[str, Any], treated: Rule, dimension: str, reason: Words) -> Rule:
    return {"id": rule_id, **expected, **treated, "dqa_dimension": dimension, "reason": reason}


def _unexpected(condition: str) -> dict[str, Any]:
    return {"expect": "unexpected_rows", "sql": f"select _record_key from {{batch}}\nwhere {condition}"}


def _plain_expectation(node: Node, each: DraftField) -> dict[str, Any] | None:
    """A range or a pattern, which has an expectation of its own."""
    if isinstance(node, Call) and node.name == "regex" and each.type in ("code", "text"):
        asked, pattern = node.arguments
        if asked == Reference("") and isinstance(pattern, Literal) and not any(s in str(pattern.value) for s in "?\\"):
            return {
                "expect": "expect_column_values_to_match_regex",
                "column": each.name,
                "regex": str(pattern.value),
            }
    limits = _limits(node)
    if limits is None or each.type not in ("integer", "number"):
        return None
    return {"expect": "expect_column_values_to_be_between", "column": each.name, **limits}


def _limits(node: Node) -> dict[str, Any] | None:
    """Limits of a range, where a condition is one: comparisons of the answer with numbers, joined by `and`."""
    if not isinstance(node, Call):
        return None
    if node.name == "and":
        found: dict[str, Any] = {}
        for part in node.arguments:
            limits = _limits(part)
            if limits is None or set(limits) & set(found):
                return None
            found |= limits
        return found
    if len(node.arguments) != 2 or node.name not in _LIMITS:
        return None
    left, right = node.arguments
    if left != Reference("") or not isinstance(right, Literal) or not isinstance(right.value, float):
        return None
    value: Any = float(number(right.value))
    value = int(value) if value.is_integer() else value
    side, is_strict = _LIMITS[node.name]
    return {f"{side}_value": value, **({f"strict_{side}": True} if is_strict else {})}


_LIMITS = {">": ("min", True), ">=": ("min", False), "<": ("max", True), "<=": ("max", False)}
