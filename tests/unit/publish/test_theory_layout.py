"""The theory of change stays readable: cards apart, short links, labels inside, mirrored where needed."""

from datetime import date
from itertools import combinations

import pytest

from mel_pipeline.declarations.models import Link, Node
from mel_pipeline.declarations.programme import Programme
from mel_pipeline.disclosure.cells import NodeScore
from mel_pipeline.publish.label_wrap import text_width, wrap
from mel_pipeline.publish.theory_layout import lay_out
from mel_pipeline.publish.theory_view import CARD_WIDTH, FONT_SIZE, PADDING, theory_view
from mel_pipeline.publish.words import translator


def node(name: str, level: str) -> Node:
    return Node.model_validate({"id": name, "level": level, "label": {"en": name}})


def link(start: str, end: str) -> Link:
    return Link.model_validate(
        {"id": start + end, "from": start, "to": end, "status": "stated", "lag_quarters": 0, "assumptions": []}
    )


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_cards_of_the_whole_theory_do_not_touch_and_hold_their_labels(programme: Programme, language: str) -> None:
    view = theory_view(programme.theory, [], translator(language))
    assert len(view.cards) == len(programme.theory.nodes)
    for one, other in combinations([card.box for card in view.cards], 2):
        beside = one.x + one.width < other.x or other.x + other.width < one.x
        above = one.y + one.height < other.y or other.y + other.height < one.y
        assert beside or above
    for card in view.cards:
        assert card.box.x >= 0
        assert card.box.x + card.box.width <= view.width
        assert card.box.y + card.box.height <= view.height
        assert all(text_width(line, FONT_SIZE) <= CARD_WIDTH - 2 * PADDING for line in card.lines)


def test_rows_are_ordered_so_that_links_do_not_cross() -> None:
    nodes = [node("A1", "activity"), node("A2", "activity"), node("O1", "output"), node("O2", "output")]
    layout = lay_out(nodes, [link("A1", "O2"), link("A2", "O1")], dict.fromkeys(("A1", "A2", "O1", "O2"), 50), False)
    tops = {name: box.y for name, box in layout.boxes.items()}
    assert (tops["A1"] < tops["A2"]) == (tops["O2"] < tops["O1"])


def test_languages_from_right_to_left_see_the_mirror_image() -> None:
    nodes, heights = [node("A1", "activity"), node("O1", "output")], {"A1": 50.0, "O1": 50.0}
    there, back = (lay_out(nodes, [link("A1", "O1")], heights, mirrored) for mirrored in (False, True))
    assert there.boxes["A1"].x < there.boxes["O1"].x
    assert back.boxes["A1"].x > back.boxes["O1"].x
    assert back.boxes["A1"].x == there.width - there.boxes["A1"].x - there.boxes["A1"].width


def test_a_step_without_an_indicator_is_quiet_and_one_with_has_score_and_bar(programme: Programme) -> None:
    scores = [NodeScore(programme.theory.nodes[0].id, date(2024, 12, 31), 0.5, "off_track", 1, 1)]
    cards = theory_view(programme.theory, scores, translator("en")).cards
    first, second = cards[0], cards[1]
    assert first.score is not None
    assert first.bar is not None
    assert (first.score.text, first.bar.width) == ("50", (CARD_WIDTH - 2 * PADDING) / 2)
    assert (second.status, second.score, second.bar) == (None, None, None)


def test_labels_break_between_words() -> None:
    assert wrap("one two three", text_width("one two", 10), 10) == ["one two", "three"]
    assert wrap("extraordinarily", 10, 10) == ["extraordinarily"]
