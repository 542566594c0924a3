"""Judges one source: from the staged rows of all its files to accepted rows and findings.

Only the order of the steps belongs here; each step has its own module.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mel_pipeline import database
from mel_pipeline.database import quote
from mel_pipeline.declarations.expectations import argument_sets, judged_field, rule_faults
from mel_pipeline.declarations.models import DqaDimension, Rule, Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.privacy import load_key
from mel_pipeline.intake.xlsform import FORM
from mel_pipeline.quality.blocked import KEY_NOTE, blocks_source, forget_block, keep_last_accepted
from mel_pipeline.quality.case import AS_STAGED, JUDGED, Case, Programme
from mel_pipeline.quality.decisions.deciding import decide
from mel_pipeline.quality.evaluation import Outcome, evaluate, write_results
from mel_pipeline.quality.findings import create_tables, write_findings
from mel_pipeline.quality.gather import drop_duplicates, drop_superseded, form_of, gather, load_files, note_copies
from mel_pipeline.quality.lookups import add_lookups, show_other_sources
from mel_pipeline.quality.needs import dependencies
from mel_pipeline.quality.open_rows import write_open_rows
from mel_pipeline.quality.reading_notes import set_unreadable_cells_aside, take_over_repairs
from mel_pipeline.quality.refusals import put_refusals_back, take_refusals_out
from mel_pipeline.quality.register import resolve_names
from mel_pipeline.quality.repairs import repair
from mel_pipeline.quality.same_persons import write_same_persons
from mel_pipeline.quality.similarity import ADDED, add_fingerprints, find_similar
from mel_pipeline.quality.source_files import write_source_files
from mel_pipeline.quality.told_of_files import take_over_told_of_files
from mel_pipeline.quality.treatments import SET_ASIDE, add_companion, treat

MANY_ROWS = 100_000
"""From here on the rows of a source are worked on in a compressed file."""


@dataclass(frozen=True)
class RuleResult:
    """What came of one rule over all files; `success` is None when it did not run or had no rows."""

    rule_id: str
    dqa_dimension: DqaDimension
    treatment: str
    blocks: str | None
    success: bool | None
    n_tested: int
    n_failed: int
    problem: str | None


@dataclass(frozen=True)
class Judgement:
    """What came of one source.

    `n_rows = n_accepted + n_quarantined + n_dropped`, in rows; `rules` holds every declared rule once.
    """

    source: str
    n_files: int
    n_rows: int
    n_accepted: int
    n_quarantined: int
    n_dropped: int
    n_repairs: int
    rules: tuple[RuleResult, ...]

    @property
    def errored(self) -> tuple[RuleResult, ...]:
        """Rules that could not be run: neither passed nor failed."""
        return tuple(rule for rule in self.rules if rule.problem)

    @property
    def skipped(self) -> tuple[RuleResult, ...]:
        """Rules that had no rows to judge."""
        return tuple(rule for rule in self.rules if rule.success is None and not rule.problem)

    @property
    def executed(self) -> tuple[RuleResult, ...]:
        """Rules with a verdict."""
        return tuple(rule for rule in self.rules if rule.success is not None)

    @property
    def blocked(self) -> tuple[RuleResult, ...]:
        """Blocking rules that failed or did not run."""
        return tuple(rule for rule in self.rules if rule.treatment == "block" and _stops(rule))


def _stops(rule: RuleResult) -> bool:
    return rule.success is False or rule.problem is not None


def judge_source(programme: Programme, source: Source, rules: Sequence[Rule], folders: DataFolder) -> Judgement:
    """Write the accepted rows and the findings of one source, from what intake staged.

    The sources named by `dependencies(source, rules)` have to be judged before.

    Args:
        programme: the declared world, for the keys of registers and for survey forms.
        source: how the source is declared.
        rules: what must hold for its rows.
        folders: where staged rows are read and results are written.
    """
    files = load_files(folders, source)
    is_large = sum(record.notes.n_staged for record in files if record.takes_part) >= MANY_ROWS
    with database.workspace(folders.restricted / "spill" / source.source, is_large) as connection:
        create_tables(connection)
        connection.execute(f"create table {SET_ASIDE} (_row bigint)")
        case = Case(connection, folders, source, list(rules), files)
        outcomes = _judge(case, programme)
        write_source_files(case)
        write_results(case, outcomes)
        if not blocks_source(outcomes):
            forget_block(case)
            _write_accepted(case)
        elif not keep_last_accepted(case, _accepted_columns(case)):
            _write_accepted(case)
        write_findings(connection, folders, source)
        return _judgement(case, outcomes)


def _judge(case: Case, programme: Programme) -> list[Outcome]:
    """The steps in their order; outcomes in the order of the declared rules."""
    source, rules = case.source, case.rules
    form = programme.directory / "sources" / source.source / FORM
    gather(case, form)
    take_over_repairs(case)
    take_over_told_of_files(case)
    note_copies(case)
    drop_superseded(case)
    drop_duplicates(case)
    take_refusals_out(case)
    set_unreadable_cells_aside(case)
    decided = decide(case, programme.sources, form_of(form), programme.settings.missing_codes)
    show_other_sources(case, dependencies(source, rules))
    add_lookups(case)
    add_fingerprints(case)
    repaired = repair(case, [rule for rule in rules if rule.treatment == "repair"])
    resolve_names(case, {name: other.key[0] for name, other in programme.sources.items()})
    find_similar(case)
    judged = evaluate(case, [rule for rule in rules if rule.treatment != "repair"])
    _add_declared_companions(case)
    treat(case, judged)
    decided.settle(case)
    _tell_presence(case)
    write_open_rows(case, programme.settings, decided.answers)
    write_same_persons(case)
    put_refusals_back(case)
    place = {id(rule): number for number, rule in enumerate(rules)}
    return sorted([*repaired, *judged], key=lambda outcome: place[id(outcome.rule)])


def _add_declared_companions(case: Case) -> None:
    """Companions of answers that a rule may set aside exist whether or not one was, so that columns stay the same."""
    for rule in case.rules:
        if rule.level == "answer" and rule.treatment == "quarantine" and not rule_faults(rule):
            for field in (judged_field(rule, arguments) for arguments in argument_sets(rule)):
                if field in case.columns():
                    add_companion(case, field)


def _tell_presence(case: Case) -> None:
    """Says whether anything stands in fields whose text stays restricted, after repairs, rules and decisions."""
    for field in case.source.privacy.presence:
        column = quote(f"has_{field}")
        case.connection.execute(f"alter table {JUDGED} add column {column} boolean")
        case.connection.execute(f"update {JUDGED} set {column} = {quote(field)} is not null")


def _accepted_columns(case: Case) -> list[str]:
    apart = ["_row", "_received_on", *ADDED, *case.borrowed_fields]
    order = {name: place for place, name in enumerate(case.columns(AS_STAGED))}
    present = [name for name in case.columns() if name not in apart]
    return sorted(present, key=lambda name: order.get(name, len(order)))


def _write_accepted(case: Case) -> None:
    """Write the rows that are left, in their order; those set aside leave first, so that nothing is sorted."""
    case.connection.execute(f"delete from {JUDGED} where _row in (from {SET_ASIDE})")
    present = map(quote, _accepted_columns(case))
    # One thread holds one group of wide rows; more would write the same bytes with more memory, not faster.
    case.connection.execute("set threads = 1")
    database.write_parquet(
        case.connection,
        f"select {', '.join(present)} from {JUDGED}",
        case.folders.accepted_rows(case.source.source),
        order_by=None,
        notes={KEY_NOTE: load_key(case.folders).id},
    )


def _judgement(case: Case, outcomes: Iterable[Outcome]) -> Judgement:
    return Judgement(
        source=case.source.source,
        n_files=len(case.files),
        n_rows=case.number("select sum(n_rows) from _source_files"),
        n_accepted=case.number("select sum(n_accepted) from _source_files"),
        n_quarantined=case.number("select sum(n_quarantined) from _source_files"),
        n_dropped=case.number("select sum(n_dropped) from _source_files"),
        n_repairs=case.number("select count(*) from _repairs"),
        rules=tuple(map(_rule_result, outcomes)),
    )


def _rule_result(outcome: Outcome) -> RuleResult:
    rule, total = outcome.rule, outcome.total
    return RuleResult(
        rule.id,
        rule.dqa_dimension,
        rule.treatment,
        rule.blocks,
        outcome.success,
        total.n_tested,
        total.n_failed,
        outcome.problem,
    )
