"""Evaluates rules on the judged rows: which rows break which rule, and how many were tested in each file.

Counting, and the proof that our rows are those that Great Expectations counted, belong here. What happens to
the rows belongs to `treatments.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from mel_pipeline.database import literal, quote
from mel_pipeline.declarations.conditions import Condition, parse_condition
from mel_pipeline.declarations.expectations import (
    EXPECTATIONS,
    argument_columns,
    argument_sets,
    judged_field,
    rule_faults,
)
from mel_pipeline.declarations.faults import nearest
from mel_pipeline.declarations.models import Rule
from mel_pipeline.quality import great_expectations
from mel_pipeline.quality.case import JUDGED, Case
from mel_pipeline.quality.great_expectations import ROW, Check, Verdict

WHOLE_SOURCE = "*"
"""Stands for the file in results of rules that judge the whole table."""


@dataclass(frozen=True)
class Counts:
    """Rows tested and rows failed; of an aggregate rule one test."""

    n_tested: int = 0
    n_failed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.n_tested + other.n_tested, self.n_failed + other.n_failed)


@dataclass(frozen=True)
class Failing:
    """Rows that break one expectation of a rule: the field it is about, and SQL that selects their `_row`."""

    field: str | None
    rows: str


@dataclass
class Outcome:
    """What came of one rule.

    Attributes:
        counts: by source file; every file with rows appears, `*` for an aggregate.
        failing: where to find the rows that break it.
        problem: why the rule, or a part of it, did not run; a rule with a problem has not passed.
        is_skipped: there were no rows to judge.
    """

    rule: Rule
    counts: dict[str, Counts] = field(default_factory=dict)
    failing: list[Failing] = field(default_factory=list)
    problem: str | None = None
    is_skipped: bool = False

    @property
    def success(self) -> bool | None:
        """Whether no row failed; None when the rule did not run."""
        if self.problem or self.is_skipped:
            return None
        return not any(counts.n_failed for counts in self.counts.values())

    def add(self, file: str, counts: Counts) -> None:
        """Add what one expectation of the rule counted in a file."""
        self.counts[file] = self.counts.get(file, Counts()) + counts

    @property
    def total(self) -> Counts:
        """Counts over all files."""
        return sum(self.counts.values(), Counts())


@dataclass(frozen=True)
class _Part:
    """One expectation of a rule."""

    outcome: Outcome
    check: Check
    field: str | None


def evaluate(case: Case, rules: Sequence[Rule]) -> list[Outcome]:
    """Judge the rows by the rules, in one validation; one outcome per rule, in their order."""
    outcomes = [Outcome(rule) for rule in rules]
    files = _files_with_rows(case)
    for outcome in outcomes:
        outcome.is_skipped = not files
    parts = [part for outcome in outcomes if files for part in _parts(case, outcome)]
    if parts:
        verdicts = great_expectations.validate(case.connection, JUDGED, [part.check for part in parts])
        tested = _tested(case, {verdict.tested for verdict in verdicts if verdict.tested})
        for number, (part, verdict) in enumerate(zip(parts, verdicts, strict=True)):
            counts = tested.get(verdict.tested or "", {})
            _settle(
                case, part, verdict, f"_failing_{rules[0].treatment}_{number}", {f: counts.get(f, 0) for f in files}
            )
    return outcomes


def _files_with_rows(case: Case) -> list[str]:
    found = case.connection.execute(f"select distinct _source_file from {JUDGED} order by 1").fetchall()
    return [row[0] for row in found]


def _tested(case: Case, conditions: Collection[str]) -> dict[str, dict[str, int]]:
    """Rows of each file that meet each condition, counted in one pass."""
    listed = sorted(conditions)
    counts = ", ".join(f"count(*) filter (where {condition})" for condition in listed) or "0"
    rows = case.connection.execute(f"select _source_file, {counts} from {JUDGED} group by 1").fetchall()
    return {condition: {row[0]: row[place] for row in rows} for place, condition in enumerate(listed, start=1)}


def _parts(case: Case, outcome: Outcome) -> list[_Part]:
    """The expectations of a rule that can be asked; faults of the rule become its problem."""
    rule = outcome.rule
    faults = rule_faults(rule)
    if faults:
        outcome.problem = " ".join(faults)
        return []
    when = parse_condition(rule.when) if rule.when else None
    parts = []
    for arguments in argument_sets(rule):
        missing = _missing_columns(case, rule, arguments, when)
        if missing:
            outcome.problem = missing
            continue
        check = Check(rule.expect, arguments, when, _rows_of_keys(rule.sql) if rule.sql else None)
        parts.append(_Part(outcome, check, judged_field(rule, arguments)))
    return parts


def _missing_columns(case: Case, rule: Rule, arguments: dict[str, Any], when: Condition | None) -> str | None:
    present = case.columns()
    own = [rule.field] if rule.field else []
    named = [*argument_columns(arguments), *(when.columns if when else []), *own]
    missing = [name for name in named if name not in present]
    if not missing:
        return None
    closest = nearest(missing[0], present)
    advice = f" Did you mean '{closest}'?" if closest else " Correct the rule."
    return f"column is not among the rows: found '{missing[0]}', expected a field of the source.{advice}"


def _rows_of_keys(sql: str) -> str:
    """A query over `{batch}` that selects the rows whose `_record_key` the rule's query selects.

    The rule's own `{batch}` becomes the table's name first: Great Expectations would put a subquery with a
    name of its own there, so that a rule could not give it one.
    """
    faulty = sql.strip().rstrip(";").replace("{batch}", quote(JUDGED)).replace("{", "{{").replace("}", "}}")
    return f"select {ROW} from {{batch}} where _record_key in (select _record_key from ({faulty}) as faulty)"


def _settle(case: Case, part: _Part, verdict: Verdict, table: str, tested: Mapping[str, int]) -> None:
    """Add what one expectation found to the outcome of its rule."""
    outcome = part.outcome
    if verdict.success is None:
        outcome.problem = verdict.problem
    elif EXPECTATIONS[part.check.expect].kind == "aggregate":
        outcome.add(WHOLE_SOURCE, Counts(1, verdict.n_failed))
    else:
        _count_rows(case, part, verdict, table, tested)


def _count_rows(case: Case, part: _Part, verdict: Verdict, table: str, tested: Mapping[str, int]) -> None:
    """Keep the failing rows and count per file, if they are as many as Great Expectations counted."""
    outcome, connection = part.outcome, case.connection
    try:
        connection.execute(f"create table {table} as {verdict.failed}")
        failed = _per_file(case, f"from {table}")
    except duckdb.Error as error:
        outcome.problem = f"its rows cannot be selected ({type(error).__name__})."
        return
    n_failed = sum(failed.values())
    if n_failed != verdict.n_failed:
        outcome.problem = f"found {n_failed} failing rows, expected {verdict.n_failed} as Great Expectations counts."
        return
    for file, n_tested in tested.items():
        outcome.add(file, Counts(n_tested, failed.get(file, 0)))
    outcome.failing.append(Failing(part.field, f"select {ROW} from {table}"))


def _per_file(case: Case, rows: str) -> dict[str, int]:
    found = case.connection.execute(
        f"select judged._source_file, count(*) from ({rows}) as counted"
        f" join {JUDGED} as judged using ({ROW}) group by 1"
    ).fetchall()
    return dict(found)


def write_results(case: Case, outcomes: Sequence[Outcome]) -> None:
    """Write one row of `quality_results` per rule and source file; a rule that did not run says why."""
    rows = [_result(case, outcome, file) for outcome in outcomes for file in _files_of(case, outcome)]
    if rows:
        case.connection.execute(f"insert into _quality_results values {', '.join(rows)}")


def _files_of(case: Case, outcome: Outcome) -> list[str]:
    if outcome.counts:
        return sorted(outcome.counts)
    files = _files_with_rows(case)
    expectation = EXPECTATIONS.get(outcome.rule.expect)
    return [WHOLE_SOURCE] if expectation and expectation.kind == "aggregate" and files else files


def _result(case: Case, outcome: Outcome, file: str) -> str:
    rule = outcome.rule
    counts = outcome.counts.get(file, Counts())
    success = "null" if outcome.success is None else str(counts.n_failed == 0).lower()
    reason = f"Did not run: {outcome.problem}" if outcome.problem else reason_of(rule)
    texts = (case.source.source, file, rule.id, rule.expect, rule.dqa_dimension, rule.treatment)
    numbers = f"{counts.n_tested}, {counts.n_failed}, {success}"
    return f"({', '.join(map(literal, texts))}, {numbers}, {literal(reason)})"


def reason_of(rule: Rule) -> str:
    """The words of a rule in findings: English, else the first language it has."""
    return rule.reason.get("en") or next(iter(rule.reason.values()), rule.id)
