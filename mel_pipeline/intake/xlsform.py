"""A survey form (XLSForm): its questions by path, and the choices of each list with their labels.

Finding the questions in an export belongs to `formats/kobo.py`.
"""

from dataclasses import dataclass
from pathlib import Path

from mel_pipeline.intake.grids import Cell, Grid, read_grids
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.words import fold

FORM = "form.xlsx"
BEGINS = ("begin group", "begin_group", "begin repeat", "begin_repeat")
ENDS = ("end group", "end_group", "end repeat", "end_repeat")


@dataclass(frozen=True)
class Choice:
    """One choice: its code, and its labels in the languages of the form."""

    code: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question of a form.

    Attributes:
        path: name with its groups (`intro/city`).
        kind: first word of the XLSForm type (`select_one`, `integer`).
        choices: of a select question, in the form's order; empty where they come from a file.
    """

    path: str
    kind: str
    labels: tuple[str, ...]
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        """The name without its groups."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Form:
    """All questions of a form by path."""

    questions: dict[str, Question]

    def question(self, name: str) -> Question | None:
        """The question of that path, or of that bare name where only one bears it."""
        if name in self.questions:
            return self.questions[name]
        same = [question for question in self.questions.values() if question.name == name]
        return same[0] if len(same) == 1 else None


def read_form(path: Path) -> Form:
    """Read the sheets `survey` and `choices` of a form.

    Raises:
        Refused: with code `faulty_form`, where the workbook is no form.
    """
    try:
        sheets = {fold(grid.sheet): grid for grid in read_grids(path).sheets}
    except (Refused, OSError):
        raise Refused("faulty_form", form=path.name, found="no_workbook") from None
    if "survey" not in sheets:
        raise Refused("faulty_form", form=path.name, found=sorted(sheets))
    choices = _choices(_records(sheets["choices"])) if "choices" in sheets else {}
    return Form(_questions(_records(sheets["survey"]), choices))


def _records(grid: Grid) -> list[dict[str, str]]:
    """Rows of a sheet by column name; labels of all languages under `label`, null-separated."""
    if not grid.lines:
        return []
    names = [_text(cell).strip() for cell in grid.lines[0].cells]
    records = []
    for line in grid.lines[1:]:
        record: dict[str, str] = {}
        for name, cell in zip(names, line.cells, strict=False):
            key = "label" if name.casefold().split(":")[0] == "label" else name.casefold()
            text = _text(cell).strip()
            record[key] = f"{record[key]}\0{text}" if key == "label" and key in record else text
        records.append(record)
    return records


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _labels(record: dict[str, str]) -> tuple[str, ...]:
    return tuple(label for label in record.get("label", "").split("\0") if label)


def _choices(records: list[dict[str, str]]) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, tuple[Choice, ...]] = {}
    for record in records:
        name = record.get("list_name") or record.get("list name") or ""
        code = record.get("name") or record.get("value") or ""
        if name and code:
            lists[name] = (*lists.get(name, ()), Choice(code, _labels(record)))
    return lists


def _questions(records: list[dict[str, str]], lists: dict[str, tuple[Choice, ...]]) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    groups: list[str] = []
    for record in records:
        kind = " ".join(record.get("type", "").split())
        if kind.startswith(BEGINS):
            groups.append(record.get("name", ""))
        elif kind in ENDS:
            groups = groups[:-1]
        elif kind and record.get("name"):
            path = "/".join([*groups, record["name"]])
            words = kind.split(" ")
            choices = lists.get(words[1], ()) if len(words) > 1 else ()
            questions[path] = Question(path, words[0], _labels(record), choices)
    return questions
