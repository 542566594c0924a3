"""Where the cards and links of the theory of change stand in the drawing.

Only geometry belongs here: levels are columns, the order within a column keeps links short, and languages written
from right to left get the mirror image. What stands on a card belongs to `theory_view.py`.
"""

from dataclasses import dataclass
from itertools import pairwise

from mel_pipeline.declarations.models import Link, Node

LEVELS = ("activity", "output", "outcome", "impact")
CARD_WIDTH = 226.0
COLUMN_GAP = 60.0
SIDE_ROOM = 40.0
"""Room beside the last column for links between two of its own cards."""
ROW_GAP = 14.0
HEADING_HEIGHT = 34.0
SWEEPS = 8
Order = dict[str, list[str]]


@dataclass(frozen=True)
class Box:
    """A card's place."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Height at which links arrive."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Layout:
    """The whole drawing: its size, the cards' places, the links' paths and the columns' middles."""

    width: float
    height: float
    boxes: dict[str, Box]
    paths: dict[str, str]
    columns: dict[str, float]


def lay_out(nodes: list[Node], links: list[Link], heights: dict[str, float], mirrored: bool) -> Layout:
    """Place every node and link.

    `heights` gives each card's height by node id, in pixels; `mirrored` puts the first level at the right.
    """
    levels = [level for level in LEVELS if any(node.level == level for node in nodes)]
    order = _shortest_order(nodes, links, levels)
    height = max(_column_height(order[level], heights) for level in levels)
    width = len(levels) * CARD_WIDTH + (len(levels) - 1) * COLUMN_GAP + SIDE_ROOM
    lefts = {level: column * (CARD_WIDTH + COLUMN_GAP) for column, level in enumerate(levels)}
    boxes = {
        node: box for level in levels for node, box in _column(order[level], heights, lefts[level], height).items()
    }
    flip = _Flip(width, mirrored)
    return Layout(
        width=width,
        height=height + HEADING_HEIGHT,
        boxes={node: flip.box(box) for node, box in boxes.items()},
        paths={link.id: _path(boxes[link.from_node], boxes[link.to_node], flip) for link in links},
        columns={level: flip.x(left + CARD_WIDTH / 2) for level, left in lefts.items()},
    )


@dataclass(frozen=True)
class _Flip:
    """Turns the drawing round for languages written from right to left."""

    width: float
    mirrored: bool

    def x(self, x: float) -> float:
        return round(self.width - x if self.mirrored else x, 1)

    def box(self, box: Box) -> Box:
        left = self.width - box.x - box.width if self.mirrored else box.x
        return Box(round(left, 1), round(box.y, 1), box.width, box.height)


def _shortest_order(nodes: list[Node], links: list[Link], levels: list[str]) -> Order:
    """Order each column by the mean row of its neighbours, some times over; keep the order with the shortest links."""
    neighbours: dict[str, list[str]] = {node.id: [] for node in nodes}
    for link in links:
        neighbours[link.from_node].append(link.to_node)
        neighbours[link.to_node].append(link.from_node)
    order: Order = {level: [node.id for node in nodes if node.level == level] for level in levels}
    best, shortest = order, _length(order, links)
    for sweep in range(SWEEPS):
        for level in levels if sweep % 2 == 0 else reversed(levels):
            rows = _rows(order)
            means = {
                node: sum(rows[other] for other in neighbours[node]) / len(neighbours[node])
                if neighbours[node]
                else rows[node]
                for node in order[level]
            }
            order = order | {level: sorted(order[level], key=lambda node: (means[node], rows[node]))}
            if _length(order, links) < shortest:
                best, shortest = order, _length(order, links)
    return best


def _rows(order: Order) -> dict[str, float]:
    """Relative row of every node: 0 at the top, 1 at the bottom."""
    return {node: (row + 0.5) / len(column) for column in order.values() for row, node in enumerate(column)}


def _length(order: Order, links: list[Link]) -> float:
    rows = _rows(order)
    return sum(abs(rows[link.from_node] - rows[link.to_node]) for link in links)


def _column_height(column: list[str], heights: dict[str, float]) -> float:
    return sum(heights[node] for node in column) + ROW_GAP * (len(column) - 1)


def _column(column: list[str], heights: dict[str, float], left: float, height: float) -> dict[str, Box]:
    """Spread the cards of a column evenly over the height of the drawing."""
    space = (height - sum(heights[node] for node in column)) / len(column)
    gap = max(space, ROW_GAP) if len(column) > 1 else space
    used = sum(heights[node] for node in column) + gap * (len(column) - 1)
    tops = [HEADING_HEIGHT + (height - used) / 2]
    for node, _next in pairwise(column):
        tops.append(tops[-1] + heights[node] + gap)
    return {node: Box(left, top, CARD_WIDTH, heights[node]) for node, top in zip(column, tops, strict=True)}


def _path(start: Box, end: Box, flip: _Flip) -> str:
    """A curve from card to card; between two cards of one column it leaves and arrives on the far side."""
    x0, y0, y1 = start.x + start.width, start.middle, end.middle
    if start.x == end.x:
        x1 = x0
        bend0 = bend1 = x0 + min(28 + abs(y1 - y0) * 0.08, SIDE_ROOM * 1.25)
    else:
        x1 = end.x
        bend0 = bend1 = (x0 + x1) / 2
    points = (flip.x(x0), y0, flip.x(bend0), y0, flip.x(bend1), y1, flip.x(x1), y1)
    return "M{:g} {:.1f}C{:g} {:.1f} {:g} {:.1f} {:g} {:.1f}".format(*points)
