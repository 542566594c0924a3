"""Everything that is wrong with a programme, found without data.

Which checks there are, and when a check can be made at all, belongs here; each subject has its own `lint_*.py`.
"""

from collections.abc import Callable, Iterator

from mel_pipeline.declarations.faults import Fault, in_order
from mel_pipeline.declarations.files import SETTINGS_FILE
from mel_pipeline.declarations.lint_composites import composite_faults
from mel_pipeline.declarations.lint_dimensions import dimension_faults
from mel_pipeline.declarations.lint_donors import donor_faults
from mel_pipeline.declarations.lint_honesty import honesty_faults
from mel_pipeline.declarations.lint_indicators import indicator_faults
from mel_pipeline.declarations.lint_learning import learning_faults
from mel_pipeline.declarations.lint_mart_sql import mart_sql_faults
from mel_pipeline.declarations.lint_marts import mart_faults
from mel_pipeline.declarations.lint_measures import measure_faults
from mel_pipeline.declarations.lint_privacy import privacy_faults
from mel_pipeline.declarations.lint_rules import rule_faults_of_sources, within_faults
from mel_pipeline.declarations.lint_scopes import calendar_faults, fiscal_year_faults, review_faults, scope_faults
from mel_pipeline.declarations.lint_sources import due_faults, source_faults
from mel_pipeline.declarations.lint_steps import step_faults
from mel_pipeline.declarations.lint_targets import target_faults
from mel_pipeline.declarations.lint_theory import theory_faults
from mel_pipeline.declarations.lint_verbs import verb_faults
from mel_pipeline.declarations.lint_versions import version_faults
from mel_pipeline.declarations.lint_words import word_faults
from mel_pipeline.declarations.programme import Programme

Check = Callable[[Programme], Iterator[Fault]]

_CHECKS: tuple[Check, ...] = (
    theory_faults,
    learning_faults,
    indicator_faults,
    verb_faults,
    composite_faults,
    dimension_faults,
    measure_faults,
    mart_faults,
    mart_sql_faults,
    source_faults,
    version_faults,
    privacy_faults,
    rule_faults_of_sources,
    step_faults,
)
# These compare with languages, calendar and scopes, so they mean nothing until programme.yml can be read.
_CHECKS_AGAINST_SETTINGS: tuple[Check, ...] = (
    word_faults,
    calendar_faults,
    fiscal_year_faults,
    scope_faults,
    review_faults,
    donor_faults,
    honesty_faults,
    target_faults,
    due_faults,
    within_faults,
)


def lint(programme: Programme) -> list[Fault]:
    """All faults of a programme, those met while reading it included, by file and line."""
    settings_are_read = all(fault.file != SETTINGS_FILE for fault in programme.faults)
    checks = (*_CHECKS, *(_CHECKS_AGAINST_SETTINGS if settings_are_read else ()))
    return in_order([*programme.faults, *(fault for check in checks for fault in check(programme))])
