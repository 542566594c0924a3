"""Reader for Parquet files: columns as they are stored, structures flattened, lists as JSON."""

import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mel_pipeline.intake.cells import Cell
from mel_pipeline.intake.coded import Coded
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.tables.columns import NamedColumns, refuse_too_many

SIGNATURE = b"PAR1"
LOCKED = b"PARE"
ROWS_AT_ONCE = 122_880


def read_parquet(path: Path) -> NamedColumns:
    """Read a Parquet file block after block."""
    try:
        with pq.ParquetFile(path, memory_map=False, page_checksum_verification=True) as file:
            refuse_too_many(file.metadata.num_rows, file.metadata.num_columns)
            blocks = [
                [_coded(column) for column in _flattened(batch).columns] for batch in file.iter_batches(ROWS_AT_ONCE)
            ]
            names = _flattened(file.schema_arrow.empty_table()).column_names
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise Refused("unreadable_table", found="parquet") from None
    columns = [Coded.joined([block[place] for block in blocks]) for place in range(len(names))]
    return NamedColumns(names, columns)


def _flattened(batch: pa.RecordBatch | pa.Table) -> pa.Table:
    table = pa.Table.from_batches([batch]) if isinstance(batch, pa.RecordBatch) else batch
    while any(pa.types.is_struct(kind) for kind in table.schema.types):
        table = table.flatten()
    return table


def _coded(column: pa.ChunkedArray) -> Coded:
    """A column of a block; texts stay with Arrow."""
    array = column.combine_chunks()
    kind = array.type
    if pa.types.is_dictionary(kind):
        array = array.dictionary_decode()
        kind = array.type
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        array, kind = array.cast(pa.string()), pa.string()
    if pa.types.is_string(kind):
        encoded = array.dictionary_encode(null_encoding="encode")
        return Coded(encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary)
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        array = array.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_nested(kind) or pa.types.is_interval(kind):
        return Coded.of([_cell(value) for value in array.to_pylist()])
    encoded = array.dictionary_encode(null_encoding="encode")
    return Coded(
        encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32),
        [_cell(v) for v in encoded.dictionary.to_pylist()],
    )


def _cell(value: Any) -> Cell:
    """A value as the other readers give it: whole numbers as integers, moments with a zone as text."""
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str) if value else None
    if getattr(value, "tzinfo", None) is not None:
        return str(value.isoformat())
    cell: Cell = value
    return cell
