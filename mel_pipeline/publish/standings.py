"""How an indicator stands in a scope at the end of the report period, and the words for it.

Only selection among protected facts and the words of a status belong here; drawing belongs to the templates.
"""

from dataclasses import dataclass

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.disclosure.cells import UNDIVIDED, Cell, Score
from mel_pipeline.disclosure.protect import Protected
from mel_pipeline.publish.words import Words, mark

Scope = tuple[str, str]
"""Scope type and scope code."""

JUDGED = ("on_track", "at_risk", "off_track")
"""The statuses that say how good a result is."""

SYMBOLS = {"on_track": "●", "at_risk": "▲", "off_track": "■", "hidden": "※"}
NO_VERDICT_SYMBOL = "○"

STATUS_WORDS = {
    "on_track": mark("On track"),
    "at_risk": mark("At risk"),
    "off_track": mark("Off track"),
    "hidden": mark("hidden: small group"),
    "context": mark("For context, not judged"),
    "no_target": mark("No target"),
    "not_due": mark("Not due yet"),
    "not_reported": mark("Not reported"),
    "not_assessable": mark("Cannot be judged yet"),
}

CERTAINTY_WORDS = {
    "certain": mark("certain"),
    "leaning": mark("leaning: the margin of error reaches the next status"),
    "cannot_tell": mark("the sample is too small to tell"),
}


@dataclass(frozen=True)
class Status:
    """A status as a reader sees it: symbol and word, never colour alone."""

    code: str
    symbol: str
    word: str

    @property
    def is_judged(self) -> bool:
        """Whether the status says how good the result is."""
        return self.code in JUDGED


@dataclass(frozen=True)
class Standing:
    """The latest score of an indicator in a scope, with the value it judges."""

    indicator: Indicator
    scope: Scope
    score: Score
    cell: Cell | None


def status_of(code: str | None, words: Words) -> Status:
    """Symbol and word of a status; what has no status cannot be judged."""
    known = code if code in STATUS_WORDS else "not_assessable"
    return Status(known, SYMBOLS.get(known, NO_VERDICT_SYMBOL), words.plain(STATUS_WORDS[known]))


def certainty_words(code: str | None, words: Words) -> str | None:
    """How sure a status is, in words; None where nothing is said."""
    return words.plain(CERTAINTY_WORDS[code]) if code in CERTAINTY_WORDS else None


def scored_period_type(indicator: Indicator) -> str:
    """The period type in which an indicator is scored; others are values without a status."""
    return indicator.time if indicator.time in ("year_to_date", "rolling_4q") else indicator.frequency


def history(indicator: Indicator, scope: Scope, shown: Protected) -> list[Standing]:
    """Everything an indicator has been in a scope, period by period, oldest first."""
    cells = {cell.score_key: cell for cell in shown.cells if cell.dimension == UNDIVIDED}
    scores = [
        score
        for score in shown.scores
        if score.indicator_code == indicator.code
        and (score.scope_type, score.scope_code) == scope
        and score.period_type == scored_period_type(indicator)
    ]
    scores.sort(key=lambda score: score.period_end)
    return [Standing(indicator, scope, score, cells.get(score.key)) for score in scores]


def latest(indicator: Indicator, scope: Scope, shown: Protected) -> Standing | None:
    """The latest standing that was due; before anything is due, the latest of all; None without any."""
    past = history(indicator, scope, shown)
    candidates = [standing for standing in past if standing.score.status != "not_due"] or past
    return candidates[-1] if candidates else None
