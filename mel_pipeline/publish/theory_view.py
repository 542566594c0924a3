"""The theory of change as a reader sees it: cards with their words, and links.

Only what stands on the cards belongs here; places belong to `theory_layout.py`, drawing to the template.
"""

from dataclasses import dataclass

from mel_pipeline.declarations.models import Link, TheoryOfChange
from mel_pipeline.disclosure.cells import NodeScore
from mel_pipeline.publish.label_wrap import wrap
from mel_pipeline.publish.numbers import Number, Numbers
from mel_pipeline.publish.standings import Status, status_of
from mel_pipeline.publish.theory_layout import CARD_WIDTH, Box, Layout, lay_out
from mel_pipeline.publish.words import Words, mark

PADDING = 12.0
FONT_SIZE = 13.0
LINE_HEIGHT = 17.5
SCORED_FOOT = 42.0
QUIET_FOOT = 28.0

LEVEL_WORDS = {
    "activity": mark("Activities"),
    "output": mark("Outputs"),
    "outcome": mark("Outcomes"),
    "impact": mark("Impact"),
}


@dataclass(frozen=True)
class Card:
    """One step of the theory of change; a quiet one has no indicator yet."""

    label: str
    lines: list[str]
    level: str
    box: Box
    status: Status | None
    score: Number | None
    bar: Box | None
    leads_to: list[str]


@dataclass(frozen=True)
class Arrow:
    """One link, as a path."""

    path: str
    is_implied: bool


@dataclass(frozen=True)
class TheoryView:
    """The whole drawing with its words."""

    width: float
    height: float
    columns: list[tuple[float, str]]
    cards: list[Card]
    arrows: list[Arrow]


def theory_view(theory: TheoryOfChange, scores: list[NodeScore], words: Words) -> TheoryView:
    """Draw up the theory of change with the whole programme's scores."""
    scored = {score.node_id: score for score in scores if score.n_indicators > 0}
    lines = {node.id: wrap(words.declared(node.label), CARD_WIDTH - 2 * PADDING, FONT_SIZE) for node in theory.nodes}
    heights = {
        node: PADDING + LINE_HEIGHT * len(text) + (SCORED_FOOT if node in scored else QUIET_FOOT)
        for node, text in lines.items()
    }
    layout = lay_out(theory.nodes, theory.links, heights, words.is_right_to_left)
    return TheoryView(
        width=layout.width,
        height=layout.height,
        columns=[(x, words.plain(LEVEL_WORDS[level])) for level, x in layout.columns.items()],
        cards=_cards(theory, scored, lines, layout, words),
        arrows=[_arrow(link, layout) for link in theory.links],
    )


def _cards(
    theory: TheoryOfChange,
    scored: dict[str, NodeScore],
    lines: dict[str, list[str]],
    layout: Layout,
    words: Words,
) -> list[Card]:
    labels = {node.id: words.declared(node.label) for node in theory.nodes}
    cards = []
    for node in theory.nodes:
        found, box = scored.get(node.id), layout.boxes[node.id]
        cards.append(
            Card(
                label=labels[node.id],
                lines=lines[node.id],
                level=words.plain(LEVEL_WORDS[node.level]),
                box=box,
                status=status_of(found.status, words) if found else None,
                score=Numbers(words).score(found.score) if found and found.score is not None else None,
                bar=_bar(box, found.score, words.is_right_to_left) if found else None,
                leads_to=[labels[link.to_node] for link in theory.links if link.from_node == node.id],
            )
        )
    return cards


def _bar(card: Box, score: float | None, mirrored: bool) -> Box | None:
    if score is None:
        return None
    whole = card.width - 2 * PADDING
    width = round(whole * min(max(score, 0), 1), 1)
    left = card.x + PADDING + (whole - width if mirrored else 0)
    return Box(round(left, 1), card.y + card.height - PADDING, width, 5)


def _arrow(link: Link, layout: Layout) -> Arrow:
    return Arrow(layout.paths[link.id], link.status == "implied")
