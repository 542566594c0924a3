"""The columns of a source's staged Parquet, and their types: what readers fill and quality may rely on.

Nothing is read here. Types follow from the declared fields and, for multiple choices, from the form.
"""

import pyarrow as pa

from mel_pipeline.declarations.models import Source, SourceField
from mel_pipeline.intake.xlsform import Form

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "category": pa.string(),
    "time": pa.string(),
    "codes": pa.list_(pa.string()),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "flag": pa.bool_(),
    "quarter": pa.string(),
    "choices": pa.int64(),
}
ORIGIN = {
    "_record_key": pa.string(),
    "_source_file": pa.string(),
    "_source_sheet": pa.string(),
    "_source_row": pa.int64(),
}


def choice_column(field: str, code: str) -> str:
    """Name of the 0/1 column of one option."""
    return f"{field}_{code}"


def estimate_column(field: str) -> str:
    """Name of the column that says whether a number was written as an estimate, so that it is a lower bound."""
    return f"{field}_is_estimate"


def reason_column(field: str) -> str:
    """Name of the column that says why a number is missing."""
    return f"{field}_missing_reason"


def choice_codes(field: SourceField, form: Form | None) -> dict[str, tuple[str, ...]]:
    """Options of a multiple choice with their labels: from the form, else from the field's `values`."""
    question = form.question(field.question) if form and field.question else None
    if question and question.choices:
        return {choice.code: choice.labels for choice in question.choices}
    return {code: tuple(spellings) for code, spellings in field.values.items()}


def has_reason(source: Source, field: SourceField) -> bool:
    """Whether a field has a companion column for declared missing codes: numbers of surveys have."""
    return source.kind == "survey" and field.type in ("integer", "number")


def field_columns(source: Source, field: SourceField, form: Form | None) -> dict[str, pa.DataType]:
    """Columns of one declared field."""
    if field.type == "choices":
        return {choice_column(field.name, code): pa.int64() for code in choice_codes(field, form)}
    columns = {field.name: ARROW_TYPES[field.type]}
    if has_reason(source, field):
        columns[reason_column(field.name)] = pa.string()
    if field.estimates:
        columns[estimate_column(field.name)] = pa.bool_()
    return columns


def staged_schema(source: Source, form: Form | None) -> pa.Schema:
    """Columns of the staged Parquet: declared fields in their order, hashed persons, origin of the row."""
    apart = {*source.privacy.restricted, *source.privacy.drop}
    columns: dict[str, pa.DataType] = {}
    for field in source.fields:
        if field.name not in apart:
            columns |= field_columns(source, field, form)
    columns |= {name: pa.string() for name in source.privacy.hash}
    return pa.schema(list((columns | ORIGIN).items()))


def restricted_schema(source: Source, form: Form | None) -> pa.Schema | None:
    """Columns of the restricted Parquet: the record's key and the fields kept apart; None where none are."""
    columns: dict[str, pa.DataType] = {"_record_key": pa.string()}
    for field in source.fields:
        if field.name in source.privacy.restricted and field.name not in source.privacy.drop:
            columns |= field_columns(source, field, form)
    return pa.schema(list(columns.items())) if len(columns) > 1 else None
