"""Rows of the indicator table and the cards above it: one standing with everything a donor should see beside it.

Only the choice and wording of what stands in a row belong here; its bullet is laid out by `bullets.py`.
"""

from dataclasses import dataclass
from datetime import date

from mel_pipeline.declarations.models import Indicator
from mel_pipeline.disclosure.protect import Protected
from mel_pipeline.publish.bullets import Bullet, bullet
from mel_pipeline.publish.numbers import Number, Numbers
from mel_pipeline.publish.reason_words import reason_words
from mel_pipeline.publish.standings import Scope, Standing, Status, certainty_words, latest, status_of
from mel_pipeline.publish.words import Words, mark

DIRECTION_WORDS = {
    "increase": ("↑", mark("higher is better")),
    "decrease": ("↓", mark("lower is better")),
    "maintain": ("→", mark("to be kept")),
    "context": ("·", mark("for context")),
}

EVIDENCE_WORDS = {
    "strong": mark("strong evidence"),
    "moderate": mark("moderate evidence"),
    "weak": mark("weak evidence"),
}


@dataclass(frozen=True)
class NamedScope:
    """A scope with its name in the language of the page."""

    scope: Scope
    name: str


@dataclass(frozen=True)
class Row:
    """One indicator in one scope."""

    title: str
    scope_name: str
    period: str
    status: Status
    certainty: str | None
    reasons: list[str]
    is_unsure: bool
    is_exceeded: bool
    is_hidden: bool
    baseline: Number | None
    actual: Number | None
    target: Number | None
    is_target_inherited: bool
    interval: tuple[Number, Number] | None
    n: Number | None
    coverage: Number | None
    dqa_grade: str | None
    stale_since: date | None
    bullet: Bullet | None


@dataclass(frozen=True)
class IndicatorBlock:
    """One indicator with its rows: the grants', then the whole programme's."""

    indicator: Indicator
    title: str
    unit: str
    direction_symbol: str
    direction: str
    evidence: str
    rows: list[Row]


def row_of(standing: Standing, scope_name: str, words: Words) -> Row:
    """Everything that stands in the row of a standing."""
    numbers, score, cell = Numbers(words), standing.score, standing.cell
    kind = standing.indicator.type

    def number(value: float | None) -> Number | None:
        return None if value is None else numbers.of(value, kind)

    low, high = (number(cell.ci_low), number(cell.ci_high)) if cell else (None, None)
    return Row(
        title=words.declared(standing.indicator.title),
        scope_name=scope_name,
        period=numbers.period(score.period),
        status=status_of(score.status, words),
        certainty=certainty_words(score.certainty, words),
        reasons=reason_words(score.status_reason, words),
        is_unsure=score.certainty == "cannot_tell",
        is_exceeded=score.is_exceeded,
        is_hidden=score.is_hidden,
        baseline=number(score.baseline),
        actual=number(score.actual),
        target=number(score.target),
        is_target_inherited=score.is_target_inherited,
        interval=(low, high) if low and high else None,
        n=numbers.count(cell.n) if cell and cell.n is not None and kind != "count" else None,
        coverage=None if score.coverage is None else numbers.share(score.coverage),
        dqa_grade=score.dqa_grade,
        stale_since=cell.stale_since if cell else None,
        bullet=bullet(standing, words.is_right_to_left),
    )


def rows_of(indicator: Indicator, scopes: list[NamedScope], shown: Protected, words: Words) -> list[Row]:
    """An indicator's rows in several scopes; a scope in which it is not measured has none."""
    found = [(latest(indicator, named.scope, shown), named.name) for named in scopes]
    return [row_of(standing, name, words) for standing, name in found if standing is not None]


def block_of(indicator: Indicator, scopes: list[NamedScope], shown: Protected, words: Words) -> IndicatorBlock:
    """An indicator as the table shows it."""
    symbol, direction = DIRECTION_WORDS[indicator.direction]
    return IndicatorBlock(
        indicator=indicator,
        title=words.declared(indicator.title),
        unit=words.declared(indicator.unit),
        direction_symbol=symbol,
        direction=words.plain(direction),
        evidence=words.plain(EVIDENCE_WORDS[indicator.evidence_weight]),
        rows=rows_of(indicator, scopes, shown, words),
    )
