"""Quality: all staged files of a source together become accepted rows and findings about the rest.

What needs more than one file belongs here: superseding, duplicates, lookups, names, rules. What one file can
tell by itself belongs to `intake`; what rows mean belongs to `marts`.
"""

from mel_pipeline.quality.judge import Judgement, RuleResult, judge_source
from mel_pipeline.quality.needs import dependencies, with_dependencies
from mel_pipeline.quality.source_files import files_that_do_not_add_up

__all__ = ["Judgement", "RuleResult", "dependencies", "files_that_do_not_add_up", "judge_source", "with_dependencies"]
