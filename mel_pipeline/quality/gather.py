"""Brings the staged rows of all files of a source together and drops those that a later row replaces.

Superseded files and duplicates belong here, and so do the entries in `repairs` that tell of them. Nothing is
judged here: which of two rows holds is decided by the source's declaration alone.
"""

from pathlib import Path

from mel_pipeline.database import literal, quote, read_parquet
from mel_pipeline.declarations.models import Source
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.layout import staged_schema
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.staged import load_manifest, load_notes, restricted_parquet, staged_parquet
from mel_pipeline.intake.xlsform import Form, read_form
from mel_pipeline.quality.case import AS_STAGED, JUDGED, Case, FileRecord, add_columns

SUPERSEDED = "SUPERSEDED"
UNITED = "UNITED"
DUPLICATE = "DUPLICATE"
COPIED = "COPIED"
"""Identifiers of the engine's own treatments for sources that declare none in `rule_ids`."""

_ORDER_OF_FILES = "_received_on desc nulls last, _source_file desc"


def load_files(folders: DataFolder, source: Source) -> list[FileRecord]:
    """The raw files of a source that intake found, by path."""
    name = source.source
    return [FileRecord(staged, load_notes(folders, name, staged)) for staged in load_manifest(folders, name)]


def gather(case: Case, form: Path) -> None:
    """Make the table of rows from all staged files, numbered in the order of files, sheets and rows.

    Args:
        case: the source.
        form: where its survey form would lie, which tells the columns when no file has been staged.
    """
    read = sorted((record for record in case.files if record.takes_part), key=lambda each: each.staged.source_file)
    if read:
        _read_staged(case, read)
        _borrow(case, read)
        _sort(case)
    else:
        _create_empty(case, form)
    case.connection.execute("create table _dropped (rule_id varchar, _source_file varchar)")


def _read_staged(case: Case, read: list[FileRecord]) -> None:
    """Take the rows as they lie in the files, in one pass; the manifest says what a file is called now.

    Nothing is joined: a join would neither keep the order of rows nor the memory small.
    """
    paths = [staged_parquet(case.folders, case.source.source, record.staged) for record in read]
    names = ", ".join(literal(record.staged.source_file) for record in read)
    days = ", ".join(literal(record.staged.received_on) for record in read)
    rows = read_parquet(*paths)
    case.connection.execute(f"create table {AS_STAGED} as select * from {rows} limit 0")
    empty = _empty_columns(case, paths)
    left_out = ", ".join(map(quote, ["_source_file", *empty]))
    case.connection.execute(
        f"create table {JUDGED} as select row_number() over () as _row, staged.* exclude ({left_out}),"
        f" [{names}][file_index::bigint + 1] as _source_file,"
        f" ([{days}]::date[])[file_index::bigint + 1] as _received_on from {rows} as staged"
    )
    for column, type_ in empty.items():
        case.connection.execute(f"alter table {JUDGED} add column {quote(column)} {type_}")


def _empty_columns(case: Case, paths: list[Path]) -> dict[str, str]:
    """Columns without any value and their types, by what the files say about themselves.

    There are many (why an answer is missing); added afterwards they cost nothing.
    """
    files = ", ".join(map(literal, paths))
    told = case.connection.execute(
        f"select path_in_schema from parquet_metadata([{files}])"
        " group by 1 having count(stats_null_count) = count(*) and sum(num_values) = sum(stats_null_count)"
    ).fetchall()
    empty = {row[0] for row in told}
    types = case.columns(AS_STAGED)
    return {column: type_ for column, type_ in types.items() if column in empty and not column.startswith("_")}


def _borrow(case: Case, read: list[FileRecord]) -> None:
    """Add restricted fields for the time of judging; they lie in files of their own, row beside row."""
    if not case.borrowed_fields:
        return
    apart = [restricted_parquet(case.folders, case.source.source, record.staged) for record in read]
    fields = ", ".join(map(quote, case.borrowed_fields))
    add_columns(
        case,
        case.borrowed_fields,
        f"select row_number() over () as _place, _record_key as _key, {fields} from {read_parquet(*apart)}",
        "judged._row = found._place and judged._record_key = found._key",
    )


def _sort(case: Case) -> None:
    """Put rows into the order of sheets and rows; most files hold them so, and need no sorting."""
    origin = "(_source_file, coalesce(_source_sheet, ''), _source_row)"
    unsorted = f"select {origin} < lag({origin}) over () as is_before from {JUDGED}"
    if case.number(f"select count(*) from ({unsorted}) where is_before"):
        case.connection.execute(
            f"create or replace table {JUDGED} as select row_number() over () as _row, * exclude (_row)"
            f" from (select * from {JUDGED} order by _source_file, _source_sheet, _source_row, _row)"
        )


def _create_empty(case: Case, form: Path) -> None:
    """A table without rows but with every declared column, so that what reads it still finds its columns."""
    empty = staged_schema(case.source, form_of(form)).empty_table()
    case.connection.register("_schema", empty)
    borrowed = "".join(f", null::varchar as {quote(field)}" for field in case.borrowed_fields)
    case.connection.execute(
        f"create table {JUDGED} as select 0::bigint as _row, *, null::date as _received_on{borrowed} from _schema"
    )
    case.connection.execute(f"create table {AS_STAGED} as from _schema")
    case.connection.unregister("_schema")


def form_of(path: Path) -> Form | None:
    """The survey form of a source; one that cannot be read tells no columns, as intake says of every file."""
    try:
        return read_form(path) if path.exists() else None
    except Refused:
        return None


def drop_superseded(case: Case) -> None:
    """Drop rows of earlier files whose `supersedes_by` values a later file has, too.

    Later is the file with the later `later_by`, then the later `received_on`, then the later name. With `revision_by`
    only a file in which that field is filled replaces earlier ones; another one adds to them, which is written down.
    A row with an empty cell among `supersedes_by` neither supersedes nor is superseded: what it is about is not known.
    """
    source = case.source
    if not source.supersedes_by:
        return
    _rank_files(case)
    keys = ["_source_file", *source.supersedes_by]
    same = " and ".join(f"judged.{quote(key)} = ranked.{quote(key)}" for key in keys)
    ranked = f"{JUDGED} as judged join ranked on {same}"
    superseded = source.rule_ids.superseded or SUPERSEDED
    drop_rows(case, superseded, f"select _row from {ranked} where ranked.place > ranked.holds_from")
    if source.revision_by:
        _note_united(case, ranked)


def _rank_files(case: Case) -> None:
    """Number the files about the same thing from the latest on; `holds_from` is the earliest that still counts."""
    source = case.source
    listed = ", ".join(map(quote, source.supersedes_by))
    filled = " and ".join(f"{quote(key)} is not null" for key in source.supersedes_by)
    stated = f"max({quote(source.later_by)})" if source.later_by else "null"
    revision = f"max({quote(source.revision_by)})" if source.revision_by else "''"
    case.connection.execute(
        "create or replace temp table ranked as select *, coalesce("
        f"min(place) filter (where revision is not null) over (partition by {listed}),"
        f" count(*) over (partition by {listed})) as holds_from"
        f" from (select _source_file, {listed}, {revision} as revision, row_number() over (partition by {listed}"
        f" order by {stated} desc nulls last, max(_received_on) desc nulls last, _source_file desc) as place"
        f" from {JUDGED} where {filled} group by _source_file, {listed})"
    )


def _note_united(case: Case, ranked: str) -> None:
    """Write one entry for each file that adds to an earlier one about the same thing, at its first row."""
    keys = ", ".join(f"ranked.{quote(key)}" for key in case.source.supersedes_by)
    first_rows = (
        f"select min(_row) from {ranked} where ranked.place < ranked.holds_from group by ranked._source_file, {keys}"
    )
    _write_entries(case, case.source.rule_ids.united or UNITED, None, first_rows)


def note_copies(case: Case) -> None:
    """Write one entry for each file that has the same content as another one: its rows count once."""
    rule_id = case.source.rule_ids.copied or COPIED
    for record in case.files:
        if not record.takes_part:
            case.connection.execute(
                f"insert into _repairs by name select {literal(rule_id)} as rule_id, 'repair' as treatment,"
                f" {literal(case.source.source)} as source, {literal(record.staged.source_file)} as source_file,"
                " '' as source_sheet, 1 as source_row, false as is_restricted"
            )


def drop_duplicates(case: Case) -> None:
    """Keep the latest row of each key, by `latest_by`, then by the order of files and rows.

    A row whose key has an empty cell counts as its own key, because what is unknown is not equal; but a row
    that is the same in every column of the data is a copy all the same. Whole rows are looked at only where
    keys are repeated.
    """
    source = case.source
    keys = ", ".join(map(quote, source.key))
    unknown = " or ".join(f"{quote(key)} is null" for key in source.key)
    contents = ", ".join(quote(name) for name in case.columns() if not name.startswith("_"))
    latest = f"{quote(source.latest_by)} desc nulls last, " if source.latest_by else ""
    case.connection.execute(
        f"create or replace temp table repeated as select hash({keys}) as key from {JUDGED}"
        " group by all having count(*) > 1"
    )
    drop_rows(
        case,
        source.rule_ids.duplicate or DUPLICATE,
        f"select _row from {JUDGED} where hash({keys}) in (from repeated) qualify row_number() over"
        f" (partition by {keys}, case when {unknown} then row({contents}) end"
        f" order by {latest}{_ORDER_OF_FILES}, _row desc) > 1",
    )


def drop_rows(case: Case, rule_id: str, rows: str, field: str | None = None) -> None:
    """Move rows from the judged to the dropped ones and write one entry in `repairs` for each.

    Args:
        case: the source.
        rule_id: under which the entries are written.
        rows: SQL that selects the `_row` of the rows that leave.
        field: the field that told so, where a rule names one; what stood there is not written down.
    """
    connection = case.connection
    connection.execute(f"create or replace temp table leaving as {rows}")
    connection.execute(
        f"insert into _dropped select {literal(rule_id)} as rule_id, _source_file from {JUDGED}"
        " where _row in (from leaving)"
    )
    _write_entries(case, rule_id, field, "from leaving")
    connection.execute(f"delete from {JUDGED} where _row in (from leaving)")


def _write_entries(case: Case, rule_id: str, field: str | None, rows: str) -> None:
    case.connection.execute(
        "insert into _repairs by name"
        f" select {literal(rule_id)} as rule_id, 'repair' as treatment, {literal(case.source.source)} as source,"
        " _source_file as source_file, _source_sheet as source_sheet, _source_row as source_row,"
        f" _record_key as record_key, {literal(field)} as field, false as is_restricted"
        f" from {JUDGED} where _row in ({rows})"
    )
