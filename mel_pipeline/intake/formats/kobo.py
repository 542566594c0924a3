"""Reader for KoboToolbox and ODK exports: headers as paths or labels, answers as codes or labels.

The form beside `source.yml` says which header and which label mean what. A repeat is a source of its own: a sheet
of the workbook, or a file, whose rows name their parent. Options of multiple choices belong to `multiple_choices.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.formats.form_versions import Versions, read_versions
from mel_pipeline.intake.formats.headers import require
from mel_pipeline.intake.formats.mixed_answers import labels_beside_codes
from mel_pipeline.intake.formats.multiple_choices import codes_by_label, fill_options
from mel_pipeline.intake.formats.reading import (
    Reading,
    Table,
    column_cells,
    encoding_repairs,
    line_numbers,
    lines_below,
    undeclared_columns,
)
from mel_pipeline.intake.formats.row_counts import lost_rows
from mel_pipeline.intake.formats.split_answers import split_answers, summaries
from mel_pipeline.intake.formats.table import refuse_ragged
from mel_pipeline.intake.formats.templates import template_sheet
from mel_pipeline.intake.formats.unknown_headers import refuse_renamed_questions
from mel_pipeline.intake.grids import Grid, Grids, Line
from mel_pipeline.intake.layout import choice_codes, choice_column
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.staged import Repair
from mel_pipeline.intake.words import INVISIBLE, fold, fold_header, visible
from mel_pipeline.intake.xlsform import Form, Question

META_NAMES = (
    *("_uuid", "_submission_time", "_xform_id_string", "__version__"),
    *("_parent_index", "_submission__uuid", "_parent_table_name"),
    *("meta-instanceID", "SubmissionDate", "PARENT_KEY"),
)
"""What surveys, their repeats, and ODK's own exports have in their headers, and nothing else has."""

BYTE_ORDER_MARK = re.compile("^(?:\ufeff|ï»¿|X\\.U\\.FEFF\\.)")
"""A mark that leaked into the first header: as itself, decoded wrongly, or as R renames it."""


@dataclass(frozen=True)
class _Place:
    """The column of a field, or of one option of a multiple choice."""

    field: SourceField
    position: int
    choice: str | None = None

    @property
    def column(self) -> str:
        """Name of the column that is read from here."""
        return self.field.name if self.choice is None else choice_column(self.field.name, self.choice)


def find_survey(grid: Grid) -> Line | None:
    """The header of a survey export, or None where this is none."""
    if not grid.lines:
        return None
    names = {visible(str(cell)) for cell in grid.lines[0].cells if cell is not None}
    return grid.lines[0] if any(name in names for name in META_NAMES) else None


def read_kobo(grids: Grids, source: Source, form: Form | None) -> Reading:
    """Read the submissions, or the rows of a repeat where `sheet` names it.

    Without a form, headers have to be the declared questions themselves.
    """
    grid = survey_sheet(grids, source)
    header = grid.lines[0]
    titles, repairs = _titles(grids, source, header)
    fields = [field for field in source.fields if field.question and field.name not in source.privacy.drop]
    places = _places(titles, fields, form)
    lines = lines_below(grid, header)
    if grids.is_text:
        refuse_ragged(grids, lines, header)
    versions = read_versions(source, form, fields, titles, lines)
    read = {*versions.positions, *(place.position for place in places)}
    present = {*versions.fields, *(place.field.name for place in places)}
    require(fields, present, header)
    refuse_renamed_questions(source, form, titles, read, [each for each in fields if each.name not in present])
    first = next((place.field.name for place in places if place.position == 0), None)
    repairs = [replace(repair, field=first) for repair in repairs]
    columns = _columns(lines, places, form, versions)
    repairs += versions.repairs
    choices = {field.name: choice_codes(field, form) for field in fields if field.type == "choices"}
    in_one_text = summaries(choices, columns)
    for field in fields:
        if field.type == "choices":
            repairs += fill_options(columns, field, form, header)
    if source.rule_ids.split:
        repairs += split_answers(source.rule_ids.split, in_one_text, choices, columns, line_numbers(lines))
    if source.rule_ids.labelled:
        repairs += _labelled(source.rule_ids.labelled, lines, places, form)
    others = undeclared_columns(lines, header, read, source)
    standing = {place.column: place.position for place in places}
    table = Table(grid.sheet, line_numbers(lines), columns, undeclared=others, places=standing)
    repairs += encoding_repairs(grids, header, first)
    told = [replace(repair, source_sheet=grid.sheet) for repair in repairs]
    return Reading("kobo", [table], told, lost_rows=lost_rows(titles, lines))


def survey_sheet(grids: Grids, source: Source) -> Grid:
    """The declared sheet, or the first one in sight that holds anything; a CSV file has only one."""
    if source.sheet and not grids.is_text:
        named, _ = template_sheet(grids, source.sheet)
        grid = named if named.lines else None
    else:
        grid = next((grid for grid in grids.sheets if grid.lines and not grid.is_hidden), None)
    if grid is None:
        raise Refused("empty_file")
    return grid


def _titles(grids: Grids, source: Source, header: Line) -> tuple[list[str], list[Repair]]:
    """Header cells without a leading byte-order mark; taking it off is a repair of a survey file."""
    titles = ["" if cell is None else str(cell).strip() for cell in header.cells]
    plain = BYTE_ORDER_MARK.sub("", titles[0])
    had_mark = grids.had_mark and not grids.was_utf16
    if plain == titles[0] and not had_mark:
        return titles, []
    before = titles[0] if plain != titles[0] else f"\ufeff{plain}"
    titles[0] = plain
    return titles, [Repair("SV29", "", header.number, None, None, before, plain)]


def _places(titles: list[str], fields: Iterable[SourceField], form: Form | None) -> list[_Place]:
    """Columns of all fields; an option's column is known by its choice, never by cutting up a title."""
    exact: dict[str, list[int]] = {}
    folded: dict[str, list[int]] = {}
    for position, title in enumerate(titles):
        exact.setdefault(INVISIBLE.sub("", title), []).append(position)
        folded.setdefault(fold_header(title), []).append(position)
    places: list[_Place] = []
    for field in fields:
        own = _one(field, _found(_header_names(field, form), exact, folded))
        if own is not None:
            places.append(_Place(field, own))
        if field.type == "choices":
            for code, labels in choice_codes(field, form).items():
                names = _option_names(field, form, (code, *labels))
                ticked = _one(field, _found(names, exact, folded))
                if ticked is not None:
                    places.append(_Place(field, ticked, code))
    return places


def _found(names: list[str], exact: dict[str, list[int]], folded: dict[str, list[int]]) -> list[int]:
    """Positions under the first name that occurs: as it is written, then folded."""
    for name in names:
        if name in exact:
            return exact[name]
    for name in names:
        if fold_header(name) in folded:
            return folded[fold_header(name)]
    return []


def _one(field: SourceField, positions: list[int]) -> int | None:
    if len(positions) > 1:
        columns = [str(position + 1) for position in positions]
        raise Refused("ambiguous_header", field=field.name, found=columns)
    return positions[0] if positions else None


def _asked(field: SourceField, form: Form | None) -> Question | None:
    return form.question(field.question) if form and field.question else None


def _header_names(field: SourceField, form: Form | None) -> list[str]:
    """Everything the header of a question may say, the surest first."""
    declared = field.question or field.name
    question = _asked(field, form)
    path = question.path if question else declared
    bare = path.rsplit("/", 1)[-1]
    names = [path, path.replace("/", "."), path.replace("/", "-"), declared]
    if question is None or form is None or _is_alone(question, form):
        names.append(bare)
    return [*names, *((*question.titles, *question.labels) if question else ()), *field.headers]


def _is_alone(question: Question, form: Form) -> bool:
    """Whether no other question of its sheet bears the name: each repeat has a sheet of its own."""
    named = [each for each in form.questions.values() if (each.name, each.repeat) == (question.name, question.repeat)]
    return len(named) == 1


def _option_names(field: SourceField, form: Form | None, spellings: Iterable[str]) -> list[str]:
    names = _header_names(field, form)
    options = [f"{name}/{spelling}" for name in names for spelling in spellings]
    code = next(iter(spellings))
    return options + [f"{name}{joint}{code}" for name in names for joint in (".", "_")]


def _columns(lines: Sequence[Line], places: list[_Place], form: Form | None, versions: Versions) -> dict[str, Coded]:
    positions = {place.column: place for place in places}
    columns = column_cells(lines, {name: place.position for name, place in positions.items()})
    columns = versions.mapped(columns, line_numbers(lines))
    for name, place in positions.items():
        question = _asked(place.field, form)
        if question and question.kind.startswith("select_one"):
            columns[name] = _codes(columns[name], question)
    return columns


def _labelled(rule_id: str, lines: Sequence[Line], places: list[_Place], form: Form | None) -> list[Repair]:
    """Answers to single choices in other words than the rest of the file."""
    asked = {place.field.name: (place.position, _asked(place.field, form)) for place in places if place.choice is None}
    single = {
        name: (position, question)
        for name, (position, question) in asked.items()
        if question and question.kind == "select_one" and question.choices
    }
    answers = column_cells(lines, {name: position for name, (position, _) in single.items()})
    questions = {name: question for name, (_, question) in single.items()}
    return labels_beside_codes(rule_id, answers, questions, line_numbers(lines))


def _codes(cells: Coded, question: Question) -> Coded:
    """Labels as codes; what is neither stays as it is, for typing, rules and registers to judge."""
    codes = {choice.code for choice in question.choices}
    by_label = codes_by_label({choice.code: choice.labels for choice in question.choices})

    def code(cell: Cell) -> Cell:
        text = str(cell).strip() if cell is not None else ""
        return text if text in codes else by_label.get(fold(text), cell)

    return cells.map(code)
