"""Asset checks: sentences that are true when they pass.

They report what the library has found; a failing one never stops the others, since the rows concerned
are already set aside.
"""

from collections.abc import Iterable, Iterator, Sequence

import dagster as dg

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.faults import Fault
from mel_pipeline.declarations.models import DQA_DIMENSIONS, Rule
from mel_pipeline.pipeline import Pipeline, Step
from mel_pipeline.quality.outcomes import Outcome, files_that_do_not_add_up, rule_outcomes


def rule_checks(step: Step, rules: Sequence[Rule]) -> list[dg.AssetCheckSpec]:
    """One check per dimension of data quality that has rules, and one per rule that blocks."""
    return [dg.AssetCheckSpec(name, asset=list(step.key), description=says) for name, says in _names(rules)]


def _names(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    declared = {rule.dqa_dimension for rule in rules}
    for dimension in DQA_DIMENSIONS:
        if dimension in declared:
            yield f"all_rules_of_{dimension}_hold", f"Every rule of {dimension} ran, and no row failed."
    for rule in {rule.id: rule for rule in rules if rule.treatment == "block"}.values():
        yield f"rule_{rule.id}_blocks_nothing", rule.reason.get("en", rule.id)


def rule_results(pipeline: Pipeline, step: Step, source: str, rules: Sequence[Rule]) -> list[dg.AssetCheckResult]:
    """How the declared checks of a source came out."""
    outcomes = rule_outcomes(pipeline.folders, source)
    results = []
    for name, _ in _names(rules):
        dimension, rule_id = name.removeprefix("all_rules_of_").removesuffix("_hold"), name.split("_")[1]
        concerned = [
            each for each in outcomes if each.dqa_dimension == dimension or (each.rule_id == rule_id and each.blocks)
        ]
        results.append(_result(step, name, concerned))
    return results


def _result(step: Step, name: str, outcomes: Iterable[Outcome]) -> dg.AssetCheckResult:
    outcomes = list(outcomes)
    failed = [each for each in outcomes if not each.success]
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=list(step.key),
        passed=not failed,
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(each.in_words for each in failed) or None,
        metadata={
            "rules": len(outcomes),
            "rules_that_did_not_run": sum(each.success is None for each in outcomes),
            "rows_failed": sum(each.n_failed for each in outcomes),
        },
    )


ADD_UP = "rows_read_are_accepted_or_set_aside_or_dropped"


def rows_add_up_check(step: Step) -> list[dg.AssetCheckSpec]:
    """The check that no row of any file is lost."""
    says = "In every file, rows read = accepted + quarantined + dropped by rule."
    return [dg.AssetCheckSpec(ADD_UP, asset=list(step.key), description=says)]


def rows_add_up_result(pipeline: Pipeline, step: Step) -> dg.AssetCheckResult:
    """Whether rows add up in every file; if not, something of ours is broken."""
    wrong = files_that_do_not_add_up(pipeline.folders)
    return dg.AssetCheckResult(
        check_name=ADD_UP, asset_key=list(step.key), passed=not wrong, metadata={"files": dg.MetadataValue.json(wrong)}
    )


def programme_asset(programme: Programme, faults: Sequence[Fault]) -> list[dg.AssetsDefinition]:
    """Stands in for the whole pipeline while the programme has faults: its one check lists them."""
    check = dg.AssetCheckSpec("the_programme_has_no_faults", asset="programme")

    @dg.asset(
        name="programme",
        group_name="programme",
        description="The programme has faults, so the pipeline is not offered:\n\n" + "\n".join(f"- {fault}" for fault in faults),
        check_specs=[check],
    )
    def declared(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        listed = "\n".join(str(fault) for fault in faults)
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=False, description=listed)])

    return [declared]
