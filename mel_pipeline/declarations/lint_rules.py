"""Faults of data-quality rules: expectations, columns and conditions against the fields of their source.

What one rule can get wrong by itself is told by `expectations.py`.
"""

from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from mel_pipeline.declarations.conditions import ConditionError, parse_condition
from mel_pipeline.declarations.expectations import argument_columns, argument_sets, rule_faults
from mel_pipeline.declarations.expressions import ExpressionError, read_expression
from mel_pipeline.declarations.faults import Fault, unknown_name
from mel_pipeline.declarations.lint_mart_sql import ENGINE_TABLES
from mel_pipeline.declarations.lint_sources import all_fields
from mel_pipeline.declarations.models import Rule, Source
from mel_pipeline.declarations.programme import Programme

_OF_THE_ENGINE = frozenset({"_record_key", "_source_file", "_source_sheet", "_source_row", "_received_on"})
_OF_COMPARISONS = frozenset({"_answers", "_similar_to"})
"""Columns that stand beside the fields when rules are judged: always, and where a source says `compare`."""


def rule_faults_of_sources(programme: Programme) -> Iterator[Fault]:
    """The faults of every rule of every source."""
    for name, source in programme.sources.items():
        for rule in programme.rules[name]:
            told = list(rule_faults(rule))
            for message in told:
                key = _key_of(message, rule)
                said = f"rule {rule.id} {message.removeprefix('rule ')}"
                yield programme.fault("rule", f"{name}/{rule.id}", said, *key)
            if not told:
                yield from _table_faults(programme, name, rule)
                yield from _column_faults(programme, name, source, rule)
                yield from _category_faults(programme, name, source, rule)
            yield from _treatment_faults(programme, name, rule)
            yield from _indicator_faults(programme, name, rule)


def _key_of(message: str, rule: Rule) -> tuple[str, ...]:
    """The key that a message is about, where it names one of the rule's keys."""
    keys = ("expect", "when", "sql", "also_warn", "drop", "fix", "treatment", *rule.arguments)
    return next(((key,) for key in keys if f"`{key}`" in message or message.startswith(key)), ())


def _table_faults(programme: Programme, name: str, rule: Rule) -> Iterator[Fault]:
    """SQL of a rule reads the batch, other sources and declared tables; a slip there would let the rule never run."""
    if rule.sql is None:
        return
    place = f"{name}/{rule.id}"
    try:
        statements = sqlglot.parse(rule.sql.replace("{batch}", name), dialect="duckdb")
    except SqlglotError:
        statements = []
    query = statements[0] if len(statements) == 1 else None
    if not isinstance(query, exp.Query):
        message = f"rule {rule.id} `sql` is not one query: found something else, expected one select. Rewrite it."
        yield programme.fault("rule", place, message, "sql")
        return
    own = {cte.alias for cte in query.find_all(exp.CTE)}
    for table in sorted({_full_name(table) for table in query.find_all(exp.Table)} - own):
        known = {*programme.names("source"), *ENGINE_TABLES}
        if table not in known:
            message = unknown_name(f"rule {rule.id} `sql` reads an unknown source", table, known, "Write {batch}.")
            yield programme.fault("rule", place, message, "sql")


def _full_name(table: exp.Table) -> str:
    """The name of a table with its schema; of a function that gives rows, how it is called."""
    return ".".join(part.name for part in table.parts) or str(table.this)


def _column_faults(programme: Programme, name: str, source: Source, rule: Rule) -> Iterator[Fault]:
    for key, column in _columns_named(rule):
        if not _exists(column, source):
            thing = f"rule {rule.id} `{key}` names an unknown field of {name}"
            message = unknown_name(thing, column, all_fields(source), "Declare it in source.yml.")
            yield programme.fault("rule", f"{name}/{rule.id}", message, key)
    if rule.fix is not None:
        try:
            read_expression(rule.fix)
        except ExpressionError as error:
            message = f"rule {rule.id} `fix` is not one expression: {error}. Rewrite it."
            yield programme.fault("rule", f"{name}/{rule.id}", message, "fix")


def _category_faults(programme: Programme, name: str, source: Source, rule: Rule) -> Iterator[Fault]:
    """`when` compares a category field with categories that the field has."""
    comparisons = parse_condition(rule.when).alternatives if rule.when is not None else ()
    for comparison in {each for alternative in comparisons for each in alternative}:
        field = source.field(comparison.column)
        if field is None or not field.values:
            continue
        for value in comparison.values:
            if value not in field.values:
                thing = f"rule {rule.id} `when` compares {field.name} with an unknown category"
                message = unknown_name(thing, str(value), field.values, "Declare it in source.yml.")
                yield programme.fault("rule", f"{name}/{rule.id}", message, "when")


def _treatment_faults(programme: Programme, name: str, rule: Rule) -> Iterator[Fault]:
    """Keys that only some treatments have: elsewhere they would be overlooked without a word."""
    if rule.blocks is not None and rule.treatment != "block":
        message = (
            f"rule {rule.id} `blocks` has no effect: found it with treatment {rule.treatment}, expected it with "
            "block only. Remove it or change the treatment."
        )
        yield programme.fault("rule", f"{name}/{rule.id}", message, "blocks")
    if rule.level != "row" and rule.treatment not in ("quarantine", "block"):
        message = (
            f"rule {rule.id} `level` has no effect: found {rule.level} with treatment {rule.treatment}, expected it "
            "with quarantine or block only. Remove it or change the treatment."
        )
        yield programme.fault("rule", f"{name}/{rule.id}", message, "level")


def _indicator_faults(programme: Programme, name: str, rule: Rule) -> Iterator[Fault]:
    """A rule that blocks indicators names them: not every number on a source rests on each of its answers."""
    if (rule.blocks == "indicator") != bool(rule.indicators):
        message = (
            f"rule {rule.id} `indicators` goes with `blocks: indicator`: found one without the other, expected the "
            "codes of the indicators that it blocks. Add or remove them."
        )
        yield programme.fault("rule", f"{name}/{rule.id}", message, "indicators" if rule.indicators else "blocks")
    for code in rule.indicators:
        if code not in programme.names("indicator"):
            thing = f"rule {rule.id} `indicators` names an unknown indicator"
            message = unknown_name(thing, code, programme.indicators, "Declare it or correct the code.")
            yield programme.fault("rule", f"{name}/{rule.id}", message, "indicators")


def within_faults(programme: Programme) -> Iterator[Fault]:
    """Faults of the parts of the programme that rules block."""
    for name, rules in programme.rules.items():
        for rule in rules:
            yield from _within_faults(programme, name, rule)


def _within_faults(programme: Programme, name: str, rule: Rule) -> Iterator[Fault]:
    """A part of the programme can be blocked of what a rule blocks, by fields that its rows have."""
    if rule.within is None:
        return
    if rule.blocks != "indicator" or not rule.indicators:
        message = (
            f"rule {rule.id} `within` has no effect: found no indicators, expected `blocks: indicator` and some. "
            "Remove it."
        )
        yield programme.fault("rule", f"{name}/{rule.id}", message, "within")
    if rule.within.scope not in programme.settings.scopes:
        thing = f"rule {rule.id} `within` names an unknown scope"
        message = unknown_name(thing, rule.within.scope, programme.settings.scopes, "Declare it in programme.yml.")
        yield programme.fault("rule", f"{name}/{rule.id}", message, "within", "scope")
    known = {field.name for field in programme.sources[name].fields}
    for key, field in (("code", rule.within.code), ("day", rule.within.day)):
        if field not in known:
            thing = f"rule {rule.id} `within` names an unknown field"
            message = unknown_name(thing, field, known, "Declare it.")
            yield programme.fault("rule", f"{name}/{rule.id}", message, "within", key)


def _columns_named(rule: Rule) -> Iterator[tuple[str, str]]:
    """Key and name of each column that a rule names in its arguments, condition, repair or field."""
    arguments = rule.arguments
    for each in argument_sets(rule):
        for column in argument_columns(each):
            holders = [key for key, value in arguments.items() if value == column or _holds(value, column)]
            yield (holders[0] if holders else "column"), column
    if rule.when is not None:
        try:
            yield from (("when", column) for column in parse_condition(rule.when).columns)
        except ConditionError:  # told by rule_faults
            return
    if rule.field is not None:
        yield "field", rule.field
    if rule.fix is not None:
        try:
            yield from (("fix", column) for column in read_expression(rule.fix).columns)
        except ExpressionError:  # told with the rule's columns
            return


def _holds(value: object, column: str) -> bool:
    return isinstance(value, list) and column in value


def _exists(column: str, source: Source) -> bool:
    """A declared field, a column that the engine adds beside one, or one of the engine's own (`_source_file`)."""
    fields = all_fields(source)
    if column.startswith("_"):
        return column in _OF_THE_ENGINE or (source.compare is not None and column in _OF_COMPARISONS)
    if column in fields or column.removesuffix("_missing_reason") in fields:
        return True
    if column.removesuffix("_match") in source.resolve:
        return True
    return any(field.type == "choices" and column.startswith(f"{field.name}_") for field in source.fields)
