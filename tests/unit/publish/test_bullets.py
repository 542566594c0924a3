"""Bullets put baseline, actual, target and interval of a row on one scale."""

from datetime import date

import pytest

from mel_pipeline.declarations.programme import Programme
from mel_pipeline.disclosure.cells import Cell, Score
from mel_pipeline.publish.bullets import ROOM_AT_THE_END, WIDTH, Span, bullet
from mel_pipeline.publish.standings import Standing

END = date(2024, 12, 31)


def standing(programme: Programme, actual: float | None, target: float | None, baseline: float | None) -> Standing:
    score = Score("OCM-03", "year", "2024", END, "all", "all", "on_track", baseline, target, actual=actual)
    cell = Cell("OCM-03", "year", "2024", END, "all", "all", "total", "total", actual, ci_low=40, ci_high=60)
    return Standing(programme.indicators["OCM-03"], ("all", "all"), score, cell)


def test_the_largest_mark_leaves_room_at_the_end(programme: Programme) -> None:
    drawn = bullet(standing(programme, 50, 100, 20), mirrored=False)
    assert drawn is not None
    end = WIDTH / ROOM_AT_THE_END
    assert drawn.target == pytest.approx(end, abs=0.01)
    assert drawn.baseline == pytest.approx(end / 5, abs=0.01)
    assert drawn.actual == Span(0.0, pytest.approx(end / 2, abs=0.01))
    assert drawn.interval == Span(pytest.approx(end * 0.4, abs=0.01), pytest.approx(end * 0.2, abs=0.02))


def test_mirrored_bullets_grow_from_the_right(programme: Programme) -> None:
    there, back = (bullet(standing(programme, 50, 100, 20), mirrored) for mirrored in (False, True))
    assert there is not None
    assert back is not None
    assert there.actual is not None
    assert back.actual is not None
    assert back.actual.x == pytest.approx(WIDTH - there.actual.width, abs=0.01)


def test_nothing_known_draws_nothing(programme: Programme) -> None:
    unknown = standing(programme, None, None, None)
    assert bullet(Standing(unknown.indicator, unknown.scope, unknown.score, None), mirrored=False) is None
