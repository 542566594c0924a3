"""What a draft is made of: the submissions and each repeat as tables, their questions as fields.

Which question becomes which field, and whose answers are kept apart or left out, is decided in `draft_fields.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from mel_pipeline.declarations.models.sources import FieldType
from mel_pipeline.intake.words import fold_header
from mel_pipeline.starting.form_sql import Answer
from mel_pipeline.starting.safe_names import safe_name
from mel_pipeline.starting.survey_data import DataSheet, key_of, link_of, row_key_of
from mel_pipeline.starting.survey_form import FormQuestion, SurveyForm

Keeping = Literal["kept", "restricted", "dropped"]


class DraftError(ValueError):
    """A form and its data give no programme; the message says what is missing."""


@dataclass(frozen=True)
class DraftField:
    """A question as a field of a source.

    Attributes:
        type: None for what is no field of a source, because nothing of it is kept.
        columns: of a multiple choice, the staged column of each choice.
        is_in_data: whether the given data has a column of it.
    """

    question: FormQuestion
    name: str
    type: FieldType | None
    keeping: Keeping
    is_in_data: bool
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> Answer | None:
        """Where its answer stands when rules judge it; None where it is not kept."""
        if self.type is None:
            return None
        if self.type == "choices":
            return Answer(self.name, "choices", self.columns)
        kinds = {"integer": "number", "number": "number", "date": "date", "datetime": "date"}
        return Answer(self.name, kinds.get(self.type, "text"))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Link:
    """How rows of a repeat find the table around it: headers in both files."""

    own: str
    parent: str


@dataclass
class DraftTable:
    """The submissions, or the rows of a repeat: one source, one mart.

    Attributes:
        name: of the source; the mart is `fct_<name>`.
        repeat: path of the repeat in the form; None for the submissions.
        key: headers of the columns that tell rows apart.
        day: the field that holds the day of the interview; of submissions only.
    """

    name: str
    repeat: str | None
    sheet: DataSheet
    parent: "DraftTable | None" = None
    link: Link | None = None
    key: list[str] = field(default_factory=list)
    fields: list[DraftField] = field(default_factory=list)
    day: str | None = None
    days: list[date] = field(default_factory=list)

    @property
    def is_in_workbook(self) -> bool:
        """Whether its rows stand on a named sheet."""
        return bool(self.sheet.grid.sheet)

    @property
    def folder(self) -> str:
        """Folder of its files below the raw folder: one for each file of the export."""
        if self.parent is not None and self.parent.sheet.path == self.sheet.path:
            return self.parent.folder
        return self.name

    @property
    def mart(self) -> str:
        """Name of the table of facts."""
        return f"fct_{self.name}"


@dataclass(frozen=True)
class Sorted:
    """Sheets of the data by what they hold, and what was left out."""

    main: DataSheet
    repeats: dict[str, DataSheet]
    unused: list[DataSheet]


def sort_sheets(form: SurveyForm, sheets: Iterable[DataSheet]) -> Sorted:
    """Which sheet holds the submissions, and which the rows of each repeat: told by the questions they have.

    Raises:
        DraftError: no sheet has answers to the form.
    """
    main: list[DataSheet] = []
    repeats: dict[str, DataSheet] = {}
    unused: list[DataSheet] = []
    for sheet in sheets:
        repeat = _best_repeat(form, sheet)
        own = _asked_in(form, sheet, None)
        if repeat is not None and _asked_in(form, sheet, repeat) > own and repeat not in repeats:
            repeats[repeat] = sheet
        elif own:
            main.append(sheet)
        else:
            unused.append(sheet)
    if not main:
        raise DraftError("no_answers")
    best = max(main, key=lambda sheet: _asked_in(form, sheet, None))
    return Sorted(best, repeats, [*unused, *(sheet for sheet in main if sheet is not best)])


def _bare(repeat: str) -> str:
    return repeat.rsplit("/", 1)[-1]


def _best_repeat(form: SurveyForm, sheet: DataSheet) -> str | None:
    named = [repeat for repeat in form.repeats if fold_header(_bare(repeat)) == fold_header(sheet.grid.sheet)]
    return named[0] if named else max(form.repeats, key=lambda each: _asked_in(form, sheet, each), default=None)


def _asked_in(form: SurveyForm, sheet: DataSheet, repeat: str | None) -> int:
    names = {fold_header(question.name) for question in form.questions if question.repeat == repeat}
    return len(names & sheet.parts)


def tables_of(form: SurveyForm, data: Iterable[DataSheet], name: str) -> tuple[list[DraftTable], list[str], Sorted]:
    """The tables of a draft without their fields, repeats that cannot be drafted, and the sheets.

    Raises:
        DraftError: no sheet has answers, or nothing tells submissions apart.
    """
    sheets = sort_sheets(form, data)
    key = key_of(sheets.main)
    if key is None:
        raise DraftError("no_key")
    main = DraftTable(name, None, sheets.main, key=[key])
    tables, left_out = [main], []
    for repeat, outer in form.repeats.items():
        parent = next((table for table in tables if table.repeat == outer), None)
        table = _repeat_table(repeat, parent, sheets.repeats.get(repeat), name)
        if table is None:
            left_out.append(repeat)
        else:
            tables.append(table)
    return tables, left_out, sheets


def _repeat_table(repeat: str, parent: DraftTable | None, sheet: DataSheet | None, name: str) -> DraftTable | None:
    link = link_of(sheet, parent.sheet) if sheet is not None and parent is not None else None
    key = row_key_of(sheet, link[0]) if sheet is not None and link is not None else None
    if sheet is None or link is None or key is None:
        return None
    return DraftTable(safe_name(f"{name}_{_bare(repeat)}"), repeat, sheet, parent, Link(*link), [link[0], key])
