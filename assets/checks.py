"""Asset checks: sentences that are true when they pass.

They report what the library has found; a failing one never stops the others, since the rows concerned
are already set aside.
"""

import re
from collections.abc import Iterator, Sequence

import dagster as dg

from mel_pipeline import database
from mel_pipeline.declarations.faults import Fault
from mel_pipeline.declarations.models import DQA_DIMENSIONS, Rule
from mel_pipeline.honesty.build import is_declared
from mel_pipeline.honesty.findings import Kind, Outcome
from mel_pipeline.pipeline import Pipeline, Step
from mel_pipeline.quality import Judgement, RuleResult, files_that_do_not_add_up


def rule_checks(step: Step, rules: Sequence[Rule]) -> list[dg.AssetCheckSpec]:
    """One check per dimension of data quality that has rules, and one per rule that blocks."""
    return [dg.AssetCheckSpec(name, asset=list(step.key), description=says) for name, says in _names(rules)]


def _names(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    declared = {rule.dqa_dimension for rule in rules}
    for dimension in DQA_DIMENSIONS:
        if dimension in declared:
            yield f"all_rules_of_{dimension}_hold", f"Every rule of {dimension} ran, and no row failed."
    for rule in {rule.id: rule for rule in rules if rule.treatment == "block"}.values():
        yield _blocking_check(rule), rule.reason.get("en", rule.id)


def rule_results(step: Step, rules: Sequence[Rule], judgement: Judgement) -> list[dg.AssetCheckResult]:
    """How the declared checks of a source came out."""
    results = []
    for name, _ in _names(rules):
        concerned = [each for each in judgement.rules if name in (_dimension_check(each), _blocking_check(each))]
        results.append(_result(step, name, concerned))
    return results


def _dimension_check(rule: Rule | RuleResult) -> str:
    return f"all_rules_of_{rule.dqa_dimension}_hold"


def _blocking_check(rule: Rule | RuleResult) -> str:
    rule_id = rule.id if isinstance(rule, Rule) else rule.rule_id
    return f"rule_{re.sub('[^A-Za-z0-9]', '_', rule_id)}_blocks_nothing"


def _result(step: Step, name: str, outcomes: Sequence[RuleResult]) -> dg.AssetCheckResult:
    """A rule that did not run is no pass; one that had no rows to judge has nothing against it."""
    failed = [each for each in outcomes if each.success is False or each.problem]
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=list(step.key),
        passed=not failed,
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(_in_words(each) for each in failed) or None,
        metadata={
            "rules": len(outcomes),
            "rules_that_did_not_run": sum(bool(each.problem) for each in outcomes),
            "rules_without_rows": sum(each.success is None and not each.problem for each in outcomes),
            "rows_failed": sum(each.n_failed or 0 for each in outcomes),
        },
    )


def _in_words(result: RuleResult) -> str:
    if result.problem:
        return f"{result.rule_id} did not run: {result.problem}"
    return f"{result.rule_id}: {result.n_failed} of {result.n_tested} rows failed ({result.treatment})"


ADD_UP = "rows_read_are_accepted_or_set_aside_or_dropped"


def rows_add_up_check(step: Step) -> list[dg.AssetCheckSpec]:
    """The check that no row of any file is lost."""
    says = "In every file, rows read = accepted + quarantined + dropped by rule."
    return [dg.AssetCheckSpec(ADD_UP, asset=list(step.key), description=says)]


def rows_add_up_result(pipeline: Pipeline, step: Step) -> dg.AssetCheckResult:
    """Whether rows add up in every file; if not, something of ours is broken."""
    with database.connect() as connection:
        wrong = files_that_do_not_add_up(connection, pipeline.folders.table("source_files"))
    return dg.AssetCheckResult(
        check_name=ADD_UP, asset_key=list(step.key), passed=not wrong, metadata={"files": dg.MetadataValue.json(wrong)}
    )


HONESTY: dict[Kind, tuple[str, str]] = {
    Kind.PARTS: (
        "categories_add_up_or_the_gap_is_named",
        "Categories add up to their total, or the gap is one that can be named.",
    ),
    Kind.SIMPSON: (
        "no_total_moves_against_all_its_categories",
        "No level moves one way while all its categories move the other way.",
    ),
    Kind.DIGIT_HEAPING: (
        "numbers_end_in_0_or_5_no_more_than_by_chance",
        "Reported numbers end in 0 or 5 no more often than counted ones would.",
    ),
    Kind.AT_TARGET: (
        "results_hit_targets_no_more_than_by_chance",
        "Results lie exactly at their target no more often than chance would have it.",
    ),
    Kind.PANEL: (
        "changes_hold_among_those_who_answered_twice",
        "What changes between two waves also changes among those who answered both.",
    ),
    Kind.DRIFT: (
        "waves_are_answered_by_as_many_and_the_like",
        "As many answer as in the wave before, and they are made up alike.",
    ),
    Kind.SELF_TOTALS: (
        "own_totals_agree_with_ours",
        "Totals that parts of the programme report of themselves agree with ours.",
    ),
}
"""Name of each check of honesty, and what is true when it passes."""


def honesty_checks(pipeline: Pipeline, step: Step) -> list[dg.AssetCheckSpec]:
    """One check per kind that the programme declares; what is not declared has no check that could pass."""
    return [
        dg.AssetCheckSpec(name, asset=list(step.key), description=says)
        for kind, (name, says) in HONESTY.items()
        if is_declared(pipeline.programme.honesty, kind)
    ]


def honesty_results(pipeline: Pipeline, step: Step) -> list[dg.AssetCheckResult]:
    """How the declared checks of honesty came out; one that could judge nothing has not passed."""
    table = database.read_parquet(pipeline.folders.table(step.key[0]))
    language = pipeline.programme.settings.languages[0]
    with database.connect() as connection:
        found = connection.execute(f"select check_kind, outcome, says_{language} from {table}").fetchall()
    return [
        _honesty_result(step, HONESTY[kind][0], [(Outcome(each), says) for told, each, says in found if told == kind])
        for kind in HONESTY
        if is_declared(pipeline.programme.honesty, kind)
    ]


def _honesty_result(step: Step, name: str, told: Sequence[tuple[Outcome, str]]) -> dg.AssetCheckResult:
    outcomes = {outcome for outcome, _ in told}
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=list(step.key),
        passed=Outcome.FOUND not in outcomes and bool(outcomes & {Outcome.PASSED, Outcome.NAMED}),
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(says for outcome, says in told if outcome is Outcome.FOUND) or None,
        metadata={each.value: sum(outcome is each for outcome, _ in told) for each in Outcome},
    )


def programme_asset(faults: Sequence[Fault]) -> list[dg.AssetsDefinition]:
    """Stands in for the whole pipeline while the programme has faults: its one check lists them."""
    check = dg.AssetCheckSpec("the_programme_has_no_faults", asset="programme")

    @dg.asset(
        name="programme",
        group_name="programme",
        description="The programme has faults, so the pipeline is not offered:\n\n"
        + "\n".join(f"- {fault}" for fault in faults),
        check_specs=[check],
    )
    def declared(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        listed = "\n".join(str(fault) for fault in faults)
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=False, description=listed)])

    return [declared]
