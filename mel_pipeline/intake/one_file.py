"""Reading one raw file from its bytes to typed rows and notes; whatever goes wrong becomes a plain problem.

Nothing is written here.
"""

from dataclasses import dataclass, replace
from datetime import date

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.consent import keep_refusals_only
from mel_pipeline.intake.formats.choose import choose_format, read_as
from mel_pipeline.intake.formats.reading import Reading
from mel_pipeline.intake.grids import read_grids
from mel_pipeline.intake.minors import forget_names_of_minors
from mel_pipeline.intake.mojibake import mend, refuse_lost_letters
from mel_pipeline.intake.moved_columns import refuse_moved_columns
from mel_pipeline.intake.personal_scan import scan
from mel_pipeline.intake.privacy import HashKey
from mel_pipeline.intake.problems import Problem, Refused
from mel_pipeline.intake.raw_files import RawFile, require_told, told_by_name
from mel_pipeline.intake.repaired_text import noted
from mel_pipeline.intake.rows import TypedRows, type_rows
from mel_pipeline.intake.staged import FileNotes
from mel_pipeline.intake.xlsform import Form


@dataclass(frozen=True)
class Desk:
    """All that reading the files of one source needs.

    Attributes:
        form_problem: why the survey form cannot be used; every file of the source then has this problem.
    """

    source: Source
    form: Form | None
    form_problem: Refused | None
    key: HashKey
    missing_codes: dict[str, str]


def read_file(desk: Desk, raw: RawFile) -> tuple[TypedRows | None, FileNotes]:
    """Read one file into rows and notes; without rows, the notes say why.

    No exception leaves here, and no message repeats what the file holds.
    """
    file_format: str | None = None if desk.source.format == "auto" else desk.source.format
    try:
        if raw.problem is not None:
            return None, FileNotes(file_format, 0, 0, problem=raw.problem)
        if desk.form_problem is not None:
            raise desk.form_problem
        grids, mended = mend(read_grids(raw.path, desk.source.encoding))
        file_format = choose_format(grids, desk.source)
        told = told_by_name(desk.source, raw.source_file)
        reading = read_as(file_format, grids, desk.source, desk.form, told)
        encoding, may_be_cut = grids.encoding, [] if grids.ends_in_newline else [Problem("no_last_line_break")]
        del grids  # a large file lies in memory once: as it was cut, then as it was read, then typed
        refuse_lost_letters(reading)
        require_told(desk.source, {*told, *_given(reading)})
        rows = type_rows(reading, desk.source, desk.form, desk.key, desk.missing_codes, told)
        _require_rows(raw, reading, len(rows.row_numbers))
        reading, rows = noted(desk.source, encoding, mended, reading, rows)
        refuse_moved_columns(desk.source, rows)
        rows = keep_refusals_only(desk.source, rows)
        rows, about_minors = forget_names_of_minors(desk.source, rows)
        rows, warnings = scan(desk.source, reading, rows)
        remarks = [*reading.remarks, *may_be_cut, *about_minors, *warnings]
        return rows, _notes(desk.source, raw, replace(reading, remarks=remarks), rows)
    except Refused as refused:
        problem = refused.problem(raw.source_file)
    except PermissionError:
        problem = Problem("cannot_be_opened", {"file": raw.source_file})
    except Exception:  # a library may raise anything, and its message may hold cells: it is not repeated
        problem = Problem("cannot_be_read", {"file": raw.source_file, "format": file_format or "CSV/XLSX"})
    return None, FileNotes(file_format, 0, 0, problem=problem)


def _require_rows(raw: RawFile, reading: Reading, found: int) -> None:
    """Refuse a file that lost rows on its way to us; those that were erased at a person's wish are not lost."""
    if raw.is_redacted:
        return
    if reading.lost_rows is not None:
        raise reading.lost_rows
    if raw.n_rows is not None and raw.n_rows != found:
        raise Refused("other_row_count", found=found, expected=raw.n_rows)


def _given(reading: Reading) -> set[str]:
    """Fields that the reader itself tells about every table."""
    told = [{name for name, cell in table.given.items() if cell is not None} for table in reading.tables]
    return set.intersection(*told) if told else set()


def _notes(source: Source, raw: RawFile, reading: Reading, rows: TypedRows) -> FileNotes:
    dropped = tuple(row for table in reading.tables for row in table.dropped)
    staged = len(rows.row_numbers)
    return FileNotes(
        reading.format,
        n_rows=staged + len(dropped),
        n_staged=staged,
        dropped=dropped,
        repairs=(*reading.repairs, *rows.repairs),
        unreadable=tuple(rows.unreadable),
        problem=None
        if staged or raw.is_redacted or _may_be_empty(reading)
        else Problem("no_rows", {"file": raw.source_file}),
        remarks=tuple(Problem(remark.code, {"file": raw.source_file, **remark.params}) for remark in reading.remarks),
        cover_date=_cover_date(source, rows),
    )


def _may_be_empty(reading: Reading) -> bool:
    """A sheet of a report whose cover was read says that there was nothing to tell; other files are never empty."""
    return reading.format == "workbook" and any(table.given for table in reading.tables)


def _cover_date(source: Source, rows: TypedRows) -> date | None:
    """The date by which later reports replace earlier ones, where the cover tells it."""
    field = source.field(source.later_by) if source.later_by else None
    values = rows.columns.get(field.name) if field and field.cover else None
    first = values[0] if values else None
    return first if isinstance(first, date) else None
