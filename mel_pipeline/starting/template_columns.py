"""The columns and cover lines of a template: heading, kind of cell, and what may be chosen or written there.

Everything follows from the declared sources, rules and registers; how it looks belongs to `template_books.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.declarations.periods import quarters
from mel_pipeline.starting.template_words import said, spelling

Cell = Literal["text", "date", "whole", "number"]
SIGNED = "X"
_CELLS: dict[str, Cell] = {"date": "date", "integer": "whole", "number": "number"}


@dataclass(frozen=True)
class Column:
    """One column, or one line of a cover.

    Attributes:
        choices: what its list offers; empty for free cells.
        is_open: whether something else may be written, such as several codes at once, or "~40" for a number.
        limits: smallest and largest whole number, as far as a rule says so.
        value: what the template fills in itself.
    """

    heading: str
    cell: Cell = "text"
    choices: tuple[str, ...] = ()
    is_open: bool = False
    limits: tuple[int | None, int | None] = (None, None)
    value: str | None = None


@dataclass(frozen=True)
class Registers:
    """Codes and names of registers: `codes` by key field, `names` by register and language."""

    codes: Mapping[str, tuple[str, ...]]
    names: Mapping[tuple[str, str], tuple[str, ...]]


NO_REGISTERS = Registers({}, {})


@dataclass(frozen=True)
class Writing:
    """Whose template is made, in which language."""

    programme: Programme
    registers: Registers
    language: str

    @property
    def languages(self) -> list[str]:
        """Languages of the programme, in whose order spellings are declared."""
        return self.programme.settings.languages

    def spelled(self, options: Sequence[str]) -> str:
        """A declared name in the language of the template."""
        return spelling(options, self.language, self.languages)


def table_columns(writing: Writing, source: Source, fields: Sequence[SourceField]) -> list[Column]:
    """Columns of a table, in the order of the declared fields."""
    return [_column(writing, source, field, writing.spelled(field.headers)) for field in fields]


def cover_lines(writing: Writing, source: Source) -> list[Column]:
    """Lines of a cover sheet; the version of the template and its language are filled in."""
    lines = []
    for field in source.fields:
        if field.cover:
            line = _column(writing, source, field, writing.spelled(field.cover))
            value = {"template_version": source.template_version, "report_language": writing.language}.get(field.name)
            lines.append(Column(line.heading, value=value) if value else line)
    return lines


def _column(writing: Writing, source: Source, field: SourceField, heading: str) -> Column:
    if field.type == "flag":
        return Column(heading, choices=_answers(writing, source, field))
    if field.values:
        choices = tuple(writing.spelled([str(each) for each in spelled]) for spelled in field.values.values())
        return Column(heading, choices=choices, is_open=field.type == "codes")
    if field.type == "quarter" or (source.due is not None and source.due.period == field.name):
        calendar = writing.programme.settings.calendar
        return Column(heading, choices=tuple(q.code for q in quarters(calendar.first_quarter, calendar.last_quarter)))
    offered = _registered(writing, source, field)
    if offered:
        return Column(heading, choices=offered, is_open=field.type != "code")
    cell = _CELLS.get(field.type, "text")
    limits = _limits(writing.programme, source, field) if cell == "whole" else (None, None)
    return Column(heading, cell, is_open=field.estimates, limits=limits)


def _answers(writing: Writing, source: Source, field: SourceField) -> tuple[str, ...]:
    if source.kind == "attendance":
        return (SIGNED,)
    return said("yes", writing.language), said("no", writing.language)


def _registered(writing: Writing, source: Source, field: SourceField) -> tuple[str, ...]:
    """Codes of the register whose key the field bears, or names of the one to which it is resolved."""
    for how in source.resolve.values():
        if how.from_field == field.name:
            return writing.registers.names.get((how.register_source, writing.language), ())
    return writing.registers.codes.get(field.name, ()) if field.type == "code" else ()


def _limits(programme: Programme, source: Source, field: SourceField) -> tuple[int | None, int | None]:
    """The range that a rule without a condition asks of a number."""
    for rule in programme.rules[source.source]:
        arguments = rule.arguments
        columns = arguments.get("columns") or [arguments.get("column")]
        if rule.expect == "expect_column_values_to_be_between" and rule.when is None and field.name in columns:
            return arguments.get("min_value"), arguments.get("max_value")
    return None, None
