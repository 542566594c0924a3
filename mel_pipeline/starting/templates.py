"""The templates of a programme, in each of its languages: report workbooks, sign-in sheets, survey forms.

Which templates there are follows from the sources; registers fill lists where a data folder has been run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from mel_pipeline.declarations import Programme
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.formats.headers import table_fields
from mel_pipeline.intake.raw_files import example_name
from mel_pipeline.intake.xlsform import FORM
from mel_pipeline.starting.template_books import Sheet, write_template
from mel_pipeline.starting.template_columns import Registers, Writing, cover_lines, table_columns
from mel_pipeline.starting.template_forms import write_form
from mel_pipeline.starting.template_words import said

DAYS = 3
MOST_NAMES = 5_000


@dataclass(frozen=True)
class Template:
    """A file that was written, and how many constraints a form was given."""

    path: Path
    constraints_added: int | None = None


def write_templates(directory: Path, programme: Programme, folders: DataFolder | None) -> list[Template]:
    """Write all templates of a programme below a folder, those of one language in a folder of its own.

    Args:
        directory: the new folder.
        programme: what is asked, and in which languages.
        folders: a data folder whose accepted registers fill the lists; None for lists of declared values only.
    """
    registers = _registers(programme, folders)
    written = []
    for language in programme.settings.languages:
        writing = Writing(programme, registers, language)
        for source, sheets in [*_reports(writing), *_signins(writing)]:
            path = directory / language / f"{source.source}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            version = source.template_version or "1"
            meta = {"kind": "template", "source": source.source, "language": language, "template_version": version}
            write_template(path, sheets, language, meta, *source.meta_sheet[:1])
            written.append(Template(path))
    return written + _forms(directory, programme)


def _reports(writing: Writing) -> Iterator[tuple[Source, list[Sheet]]]:
    """One workbook for all sources that read the same workbooks: their cover, and a sheet for each."""
    books: dict[tuple[str, ...], list[Source]] = {}
    for source in writing.programme.sources.values():
        if source.cover_sheet or (source.format == "workbook" and source.sheet):
            workbooks = tuple(pattern for pattern in source.files if pattern.endswith(".xlsx"))
            books.setdefault(workbooks, []).append(source)
    for sources in books.values():
        # The source that is nothing but the cover says most about it.
        leading = min(sources, key=lambda source: bool(source.sheet))
        sheets = [_cover(writing, leading)] if leading.cover_sheet else []
        for source in sources:
            if source.sheet:
                columns = table_columns(writing, source, table_fields(source))
                sheets.append(Sheet(writing.spelled(source.sheet), columns))
        yield leading, sheets


def _cover(writing: Writing, source: Source) -> Sheet:
    notes = [said("fill", writing.language), said("keep", writing.language)]
    if source.file_name:
        notes.append(said("file_name", writing.language, name=_example(source)))
    return Sheet(writing.spelled(source.cover_sheet), cover_lines(writing, source), is_cover=True, notes=notes)


def _signins(writing: Writing) -> Iterator[tuple[Source, list[Sheet]]]:
    """A list of people for each day; what only online lists tell is not asked."""
    for source in writing.programme.sources.values():
        if source.kind != "attendance":
            continue
        fields = [each for each in table_fields(source) if not each.from_reader or each.type in ("text", "code")]
        fields = sorted(fields, key=lambda field: field.type == "flag")
        notes = [said("per_day", writing.language)]
        if source.file_name:
            notes.append(said("file_name", writing.language, name=_example(source)))
        columns = table_columns(writing, source, fields)
        days = range(1, DAYS + 1)
        sheets = [Sheet(said("day", writing.language, n=day), columns, notes=notes) for day in days]
        yield source, sheets


def _example(source: Source) -> str:
    return f"{example_name(source.file_name or '')}.xlsx"


def _forms(directory: Path, programme: Programme) -> list[Template]:
    """Survey forms speak all their languages in one file."""
    written = []
    for source in programme.sources.values():
        declared = programme.directory / "sources" / source.source / FORM
        if source.kind == "survey" and declared.is_file():
            path = directory / "forms" / f"{source.source}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(Template(path, write_form(path, programme, source, declared)))
    return written


def _registers(programme: Programme, folders: DataFolder | None) -> Registers:
    """Codes and names in the accepted rows of registers, as far as there are any."""
    codes: dict[str, tuple[str, ...]] = {}
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    resolved = {how.register_source: how.names for each in programme.sources.values() for how in each.resolve.values()}
    for source in programme.sources.values():
        path = folders.accepted / f"{source.source}.parquet" if folders is not None else None
        if source.kind != "reference" or path is None or not path.is_file():
            continue
        if len(source.key) == 1:
            codes[source.key[0]] = _values(path, source.key[0])
        for language in programme.settings.languages:
            columns = [name for name in resolved.get(source.source, []) if name.endswith(f"_{language}")]
            if columns:
                names[source.source, language] = _values(path, columns[0])
    return Registers(codes, names)


def _values(path: Path, column: str) -> tuple[str, ...]:
    table = pq.read_table(path, columns=[column])
    found = sorted({str(value) for value in table.column(column).to_pylist() if value is not None})
    return tuple(found[:MOST_NAMES]) if len(found) <= MOST_NAMES else ()
