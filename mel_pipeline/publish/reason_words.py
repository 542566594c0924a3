"""Why a status is what it is, in words; the codes are those of `scoring/reasons.py`.

Parameters of a code are left out: they may tell the size of a small group, and the table shows what else they hold.
"""

from mel_pipeline.publish.words import Words, mark
from mel_pipeline.scoring.reasons import SEPARATOR, Reason

REASON_WORDS: dict[str, str] = {
    Reason.TARGET_ZERO: mark("a target of zero cannot be judged"),
    Reason.PERIOD_ENDS: mark("the period has not ended"),
    Reason.NOTHING_RECEIVED: mark("nothing was received"),
    Reason.BLOCKED: mark("held back by a data-quality rule"),
    Reason.VALUE_MISSING: mark("no value could be computed"),
    Reason.N_BELOW_MINIMUM: mark("fewer answers than needed"),
    Reason.COVERAGE_BELOW_MINIMUM: mark("too little of what was expected came in"),
    Reason.DQA_GRADE: mark("the data failed the quality assessment"),
    Reason.BASELINE_UNKNOWN: mark("the baseline is not known"),
    Reason.RATIO_NO_BASELINE: mark("baseline not known: actual over target"),
    Reason.WITHIN_TOLERANCE: mark("the shortfall is within the tolerance"),
    Reason.COVERAGE_LOW: mark("few of those asked have answered"),
}
"""Words of the codes that say more than the word of the status itself."""


def reason_words(status_reason: str | None, words: Words) -> list[str]:
    """Each reason of a score in words."""
    codes = [reason.split(":")[0] for reason in (status_reason or "").split(SEPARATOR)]
    return [words.plain(REASON_WORDS[code]) for code in codes if code in REASON_WORDS]
