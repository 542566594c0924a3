"""Bullets: one row's baseline, actual, target and interval on one small scale.

Only geometry belongs here, in the pixels of the drawing; `templates/macros.html.j2` draws it.
"""

from dataclasses import dataclass

from mel_pipeline.publish.standings import Standing

WIDTH = 190.0
ROOM_AT_THE_END = 1.08


@dataclass(frozen=True)
class Span:
    """A stretch of the scale."""

    x: float
    width: float


@dataclass(frozen=True)
class Bullet:
    """Where the marks of a bullet stand; None where there is nothing to mark."""

    width: float
    actual: Span | None
    target_zone: Span | None
    target: float | None
    baseline: float | None
    interval: Span | None


def bullet(standing: Standing, mirrored: bool) -> Bullet | None:
    """Lay out a bullet on a scale from zero to the row's own maximum; None where there is nothing to draw."""
    score, cell = standing.score, standing.cell
    low, high = (cell.ci_low, cell.ci_high) if cell else (None, None)
    known = [value for value in (score.actual, score.target, score.baseline, high) if value is not None]
    if not known or max(known) <= 0:
        return None
    scale = WIDTH / (max(known) * ROOM_AT_THE_END)

    def at(value: float) -> float:
        return round(WIDTH - value * scale if mirrored else value * scale, 2)

    def between(start: float, end: float) -> Span:
        left, right = sorted((at(start), at(end)))
        return Span(left, round(right - left, 2))

    return Bullet(
        width=WIDTH,
        actual=None if score.actual is None else between(0, score.actual),
        target_zone=None if score.target is None else between(0, score.target),
        target=None if score.target is None else at(score.target),
        baseline=None if score.baseline is None else at(score.baseline),
        interval=None if low is None or high is None else between(low, high),
    )
