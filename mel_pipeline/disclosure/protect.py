"""Which numbers are hidden: the first, simple and safe rule.

Only the choice of cells belongs here. `protect` is what the products call; a finer method (fewest cells, with
earlier releases and an audit by linear programming) replaces `cells_to_hide` and leaves the rest as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mel_pipeline.disclosure.cells import UNDIVIDED, WHOLE, Cell, CellKey, NodeScore, Score, ScoreKey
from mel_pipeline.disclosure.lines import Line, lines_of


@dataclass(frozen=True)
class Rules:
    """What has to be protected, from the programme's declarations.

    `weighs_in` names the indicators behind each step of the theory of change.
    """

    protected_indicators: frozenset[str]
    minimum_cell: int
    dividing_scopes: frozenset[str]
    weighs_in: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Protected:
    """Everything the products of one run may show."""

    cells: list[Cell]
    scores: list[Score]
    nodes: list[NodeScore]


def protect(cells: list[Cell], scores: list[Score], nodes: list[NodeScore], rules: Rules) -> Protected:
    """Hide small groups of people in all linked tables at once, before any renderer sees a number.

    Value, numerator, denominator, n, interval, performance and status of a hidden cell go together.
    """
    sensitive = [cell for cell in cells if cell.indicator_code in rules.protected_indicators]
    hide = cells_to_hide(sensitive, rules)
    open_totals = {cell.score_key for cell in sensitive if cell.dimension == UNDIVIDED and cell.key not in hide}
    closed = {score.key for score in scores if _is_closed(score, open_totals, rules)}
    return Protected(
        cells=[cell.hidden() if cell.key in hide else cell for cell in cells],
        scores=[score.hidden() if score.key in closed else score for score in scores],
        nodes=[node.hidden() if _tells(node, scores, closed, rules) else node for node in nodes],
    )


def cells_to_hide(cells: Iterable[Cell], rules: Rules) -> set[CellKey]:
    """Choose the hidden cells: small groups, and every part of a line that could give one away.

    A line with a hidden part, a hidden total or a small rest (total less parts) loses all its parts.
    Repeated until nothing changes, because the parts of one line are the totals of others.
    """
    by_key = {cell.key: cell for cell in cells}
    hide = {key for key, cell in by_key.items() if 0 < cell.size < rules.minimum_cell}
    lines = lines_of(by_key.values(), rules.dividing_scopes)
    while True:
        more = {key for line in lines if _gives_away(line, by_key, hide, rules) for key in line.parts} - hide
        if not more:
            return hide
        hide |= more


def _gives_away(line: Line, by_key: dict[CellKey, Cell], hide: set[CellKey], rules: Rules) -> bool:
    if line.total in hide or not hide.isdisjoint(line.parts):
        return True
    if line.total is None:
        return False
    rest = by_key[line.total].size - sum(by_key[part].size for part in line.parts)
    return 0 < rest < rules.minimum_cell


def _is_closed(score: Score, open_totals: set[ScoreKey], rules: Rules) -> bool:
    """A protected score is shown only where its own value is shown."""
    is_protected = score.indicator_code in rules.protected_indicators and score.actual is not None
    return is_protected and score.key not in open_totals


def _tells(node: NodeScore, scores: list[Score], closed: set[ScoreKey], rules: Rules) -> bool:
    """Whether one of the latest performances behind a step, of which its score is a mean, is hidden."""
    for indicator in rules.weighs_in.get(node.node_id, frozenset()):
        used = [
            score
            for score in scores
            if score.indicator_code == indicator
            and (score.scope_type, score.scope_code) == WHOLE
            and score.actual is not None
            and score.period_end <= node.period_end
        ]
        if used and max(used, key=lambda score: score.period_end).key in closed:
            return True
    return False
