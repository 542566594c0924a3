"""Lays a review workbook out: one sheet per kind of question, with drop-down lists for the answers.

What is asked stands in `contents.py`. Cells to fill are coloured; what only the machine needs is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mel_pipeline.publish.numbers import Numbers
from mel_pipeline.publish.review.choices import entries, fit_a_list
from mel_pipeline.publish.review.contents import MOST_ROWS, Audience, Contents, Row
from mel_pipeline.publish.words import Words, mark
from mel_pipeline.quality.decisions.words import CHANGE_TYPES, COLUMNS, REASONS, SPECIAL_COLUMNS

META_SHEET = "_meta"
FOUND = ["change_response", "blank_response", "remove_survey", "release", "no_action"]
LOOK = ["change_response", "blank_response", "remove_survey", "no_action"]
NAME = ["approve_alias", "no_action"]
PERSON = ["merge_persons"]

HEADINGS = {
    "record": mark("Record"),
    "within": mark("Place given"),
    "n_rows": mark("Rows"),
    "why": mark("Why it is open"),
    "suggested": mark("Suggestions"),
    "name": mark("Name"),
    "like_name": mark("Name in Latin letters"),
    "title": mark("Indicator"),
    "period": mark("Period"),
    "target": mark("Target"),
    "actual": mark("Actual"),
}
"""Headings of columns that are only read."""

WHY_OPEN = {"ambiguous": mark("stands for several entries"), "unknown": mark("stands for no entry")}

WIDTHS = {
    "issue": 48,
    "record": 34,
    "source_file": 34,
    "name": 34,
    "like_name": 34,
    "title": 44,
    "suggested": 34,
    "new_value": 26,
}
WIDE = {"explanation": 70, "entry": 32}


@dataclass(frozen=True)
class Column:
    """A column: what the reader knows it as, its heading, and whether it is filled or hidden.

    Attributes:
        name: the key of the row's value, and for hidden columns also the heading.
        known_as: the column of a cleaning log that it is read back as, where that is another one.
        choices: entries of its drop-down list.
    """

    name: str
    known_as: str | None = None
    is_filled: bool = False
    is_hidden: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Formats:
    header: Format
    cell: Format
    filled: Format
    title: Format
    text: Format


def write_workbook(
    path: Path, contents: Contents, programme: str, as_of: date, audience: Audience, words: Words
) -> None:
    """Write a review workbook; equal contents give equal bytes.

    Args:
        path: where to; the folder exists.
        contents: what is asked.
        programme: the programme's name in the language of the workbook.
        as_of: the day on which the questions were open.
        audience: who is asked.
        words: of the audience's language.
    """
    options = {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day)})
        formats = _formats(workbook, words)
        _start(workbook, contents, programme, as_of, audience, words, formats)
        for name, columns, rows in _sheets(contents, words):
            sheet = workbook.add_worksheet(name)
            _fill(sheet, columns, rows, words, formats)
        _meta(workbook, as_of, audience)


def _formats(workbook: xlsxwriter.Workbook, words: Words) -> _Formats:
    shared = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9CED6"}
    side = {"reading_order": 2} if words.is_right_to_left else {}
    return _Formats(
        header=workbook.add_format({**shared, **side, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"}),
        cell=workbook.add_format({**shared, **side}),
        filled=workbook.add_format({**shared, **side, "bg_color": "#FFF6DC", "num_format": "@"}),
        title=workbook.add_format({**side, "bold": True, "font_size": 16, "font_color": "#1F3A5F"}),
        text=workbook.add_format({**side, "text_wrap": True, "valign": "top"}),
    )


def _sheets(contents: Contents, words: Words) -> list[tuple[str, list[Column], list[Row]]]:
    """Name, columns and rows of each sheet, also of those without rows: nothing to decide is an answer, too."""
    where = [Column("source_file"), Column("source_sheet"), Column("source_row"), Column("record")]
    machine = [Column(name, is_hidden=True) for name in ("source", "record_key", "rule_id")]

    def decided(choices: Sequence[str]) -> list[Column]:
        listed = tuple(CHANGE_TYPES[choice][words.language] for choice in choices)
        return [
            Column("change_type", is_filled=True, choices=listed),
            Column("new_value", is_filled=True),
            _reason(words),
        ]

    found = [Column("issue"), *where, Column("question"), Column("old_value")]
    names = [
        Column("spelling", "old_value"),
        *(Column(name) for name in ("within", "n_rows", "source_file", "why", "suggested")),
    ]
    entry = Column("entry", "new_value", is_filled=True)
    return [
        (words.plain("Set aside"), [*found, *decided(FOUND), *machine], contents.set_aside),
        (words.plain("To look at"), [*found, *decided(LOOK), *machine], contents.to_look_at),
        (
            words.plain("Names"),
            [
                *names,
                *(each for each in decided(NAME) if each.name == "change_type"),
                entry,
                _reason(words),
                Column("source", is_hidden=True),
                Column("target", "question", is_hidden=True),
            ],
            contents.names,
        ),
        (
            words.plain("Persons"),
            [
                *(Column(name) for name in ("name", "like_name", "within", "n_rows")),
                *(each for each in decided(PERSON) if each.name != "new_value"),
                *(Column(name, is_hidden=True) for name in ("question", "old_value", "new_value")),
            ],
            contents.persons,
        ),
        (
            words.plain("Deviations"),
            [
                Column("title"),
                Column("period"),
                Column("target"),
                Column("actual"),
                Column("explanation", "new_value", is_filled=True),
                Column("change_type", is_hidden=True),
                Column("question", is_hidden=True),
            ],
            [{**row, "change_type": "explain_deviation"} for row in contents.deviations],
        ),
    ]


def _reason(words: Words) -> Column:
    return Column("reason", is_filled=True, choices=tuple(said[words.language] for said in REASONS.values()))


def _fill(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row], words: Words, formats: _Formats) -> None:
    if words.is_right_to_left:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    shown = rows[:MOST_ROWS]
    for place, column in enumerate(columns):
        width = WIDE.get(column.name) or WIDTHS.get(column.name, 14)
        sheet.set_column(place, place, width, None, {"hidden": column.is_hidden})
        sheet.write_string(0, place, _heading(column, words), formats.header)
        for number, row in enumerate(shown, start=1):
            _write(
                sheet, number, place, _shown(column, row, words), formats.filled if column.is_filled else formats.cell
            )
            _offer(sheet, number, place, column, row)
    if shown:
        sheet.autofilter(0, 0, len(shown), len(columns) - 1)


def _heading(column: Column, words: Words) -> str:
    """What a column is called; those that are read back bear words that their reader knows."""
    known_as = column.known_as or column.name
    if column.is_hidden:
        return known_as
    if column.name in SPECIAL_COLUMNS:
        return SPECIAL_COLUMNS[column.name][1][words.language]
    return words.plain(HEADINGS[column.name]) if column.name in HEADINGS else COLUMNS[known_as][words.language]


def _shown(column: Column, row: Row, words: Words) -> object:
    value = row.get(column.name)
    if column.name == "why" and value in WHY_OPEN:
        return words.plain(WHY_OPEN[str(value)])
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return value


def _offer(sheet: Worksheet, number: int, place: int, column: Column, row: Row) -> None:
    """A drop-down list where there is something to choose; words of one's own stay possible for reasons and codes."""
    suggested = row.get("suggested")
    choices = entries(suggested) if column.name == "entry" and isinstance(suggested, list) else column.choices
    if fit_a_list(choices):
        strict = column.name == "change_type"
        sheet.data_validation(
            number, place, number, place, {"validate": "list", "source": list(choices), "show_error": strict}
        )


def _write(sheet: Worksheet, row: int, column: int, value: object, cell: Format) -> None:
    """Write data as what they are; text is never taken as a formula."""
    if isinstance(value, bool) or value is None:
        sheet.write_blank(row, column, None, cell)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, cell)
    else:
        sheet.write_string(row, column, str(value), cell)


def _start(
    workbook: xlsxwriter.Workbook,
    contents: Contents,
    programme: str,
    as_of: date,
    audience: Audience,
    words: Words,
    formats: _Formats,
) -> None:
    """The first sheet: what this is, how to fill it, who fills it, and how much there is."""
    sheet = workbook.add_worksheet(words.plain("Start here"))
    if words.is_right_to_left:
        sheet.right_to_left()
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 60)
    title = words.plain("Review of %(programme)s", programme=programme)
    sheet.write_string(
        0, 0, f"{title}{'' if audience.scope_code is None else ' – ' + audience.scope_code}", formats.title
    )
    sheet.write_string(1, 0, words.plain("As of %(day)s", day=Numbers(words).plain_day(as_of)), formats.text)
    line = _lines(sheet, 3, _how_to(words), formats.text)
    for name in ("decided_by_role", "decided_on"):
        sheet.write_string(line, 0, COLUMNS[name][words.language], formats.header)
        sheet.write_blank(line, 1, None, formats.filled)
        line += 1
    for text, rows in _counts(contents, words):
        line += 1
        shown = (
            f"{len(rows)}"
            if len(rows) <= MOST_ROWS
            else words.plain("%(n)s, of which the first %(shown)s are shown", n=len(rows), shown=MOST_ROWS)
        )
        sheet.write_string(line, 0, text, formats.cell)
        sheet.write_string(line, 1, shown, formats.cell)


def _lines(sheet: Worksheet, first: int, texts: Sequence[str], text_format: Format) -> int:
    for number, text in enumerate(texts, start=first):
        sheet.merge_range(number, 0, number, 1, text, text_format)
        sheet.set_row(number, 32)
    return first + len(texts) + 1


def _how_to(words: Words) -> list[str]:
    return [
        words.plain("1. Write your role and the date below: each decision is kept with who made it and when."),
        words.plain("2. On each sheet, choose a decision in the yellow cells. Rows without a decision stay open."),
        words.plain("3. To change an answer, write the new value; choose a reason, or write one."),
        words.plain(
            "4. Send the workbook back, or put it into data/raw/corrections. The next run applies it, and says what "
            "did not apply. Do not change the other cells: they tell which row is meant."
        ),
        words.plain("This workbook holds names and other personal data. Do not pass it on, and delete it afterwards."),
    ]


def _counts(contents: Contents, words: Words) -> list[tuple[str, list[Row]]]:
    return [
        (words.plain("Rows and answers set aside"), contents.set_aside),
        (words.plain("Rows to look at"), contents.to_look_at),
        (words.plain("Names that stand for no entry"), contents.names),
        (words.plain("Persons who may be one"), contents.persons),
        (words.plain("Deviations to explain"), contents.deviations),
    ]


def _meta(workbook: xlsxwriter.Workbook, as_of: date, audience: Audience) -> None:
    """A hidden sheet that says what the workbook is, for whoever finds one later."""
    sheet = workbook.add_worksheet(META_SHEET)
    told: list[tuple[str, str]] = [
        ("kind", "review"),
        ("version", "1"),
        ("as_of", as_of.isoformat()),
        ("language", audience.language),
        ("scope", f"{audience.scope_type or 'all'}:{audience.scope_code or 'all'}"),
    ]
    for number, (label, value) in enumerate(told):
        sheet.write_row(number, 0, [label, value])
    sheet.hide()
