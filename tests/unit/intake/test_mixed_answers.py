"""Answers in other words than the rest of their file are written down, and what is usual in it is not."""

import pytest

from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.formats.mixed_answers import labels_beside_codes
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.xlsform import Choice, Question

AGREE = Question(
    "cap/agree",
    "select_one",
    ("We can", "Nous pouvons"),
    (
        Choice("1", ("No", "Non")),
        Choice("5", ("Yes", "Oui")),
        Choice("6", ("Forum", "Forum")),
        Choice("7", ("Tripoli", "Tripoli")),
        Choice("8", ("Tripoli", "Tripoli")),
    ),
)


def found(*cells: str | None) -> list[tuple[int, str | None, str | None]]:
    numbers = range(2, 2 + len(cells))
    repairs = labels_beside_codes("SV01", {"agree": Coded.of(cells)}, {"agree": AGREE}, list(numbers))
    assert all((each.rule_id, each.field) == ("SV01", "agree") for each in repairs)
    return [(each.source_row, each.before, each.after) for each in repairs]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1", "5", "1"), []),
        (("Yes", "No", "Yes"), []),
        (("1", "5", "Oui"), [(4, "Oui", "5")]),
        (("1", "5", " oui ", "YES"), [(4, " oui ", "5"), (5, "YES", "5")]),
        (("Yes", "No", "Non"), [(4, "Non", "1")]),
        (("Yes", "No", "5"), []),
        (("Oui", "Non", "Forum"), []),
        (("1", "Oui"), [(3, "Oui", "5")]),
        (("1", None, "", "maybe", "77"), []),
        (("1", "5", "Tripoli"), [(4, "Tripoli", None)]),
        ((), []),
    ],
)
def test_what_is_strange_in_a_file(cells, expected) -> None:
    assert found(*cells) == expected


def test_the_whole_file_tells_what_is_usual() -> None:
    """A column that holds nothing but labels is strange in a file of codes."""
    answers = {"agree": Coded.of(["Yes", "Yes"]), "first": Coded.of(["1", "5"]), "second": Coded.of(["1", "5"])}
    asked = dict.fromkeys(answers, AGREE)
    repairs = labels_beside_codes("SV01", answers, asked, [2, 3])
    assert repairs == [Repair("SV01", "", row, None, "agree", "Yes", "5") for row in (2, 3)]
