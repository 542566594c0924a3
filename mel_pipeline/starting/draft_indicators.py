"""The marts and indicators of a draft: one fact table for each source, one indicator for each question.

Answers by choice are percentages of those who answered; numbers are means. Dates and texts have no indicator.
"""

from typing import Any

from mel_pipeline.declarations.models import Words
from mel_pipeline.starting.draft_rules import link_field
from mel_pipeline.starting.draft_tables import DraftField, DraftTable
from mel_pipeline.starting.draft_words import declared
from mel_pipeline.starting.form_sql import literal, quoted

MART_TYPES = {
    "code": "VARCHAR",
    "choices": "VARCHAR[]",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "time": "VARCHAR",
}
DAY = "interview_day"
LONGEST_TITLE = 120
NODE = "RESULT"
OWN_COLUMNS = ("submission_key", "parent_key", "row_key", "link_key")


def is_in_mart(field: DraftField) -> bool:
    """Whether a table of facts has a column of the field: it is kept, and no moment of an interview."""
    return field.keeping == "kept" and field.type in MART_TYPES


def draft_mart(table: DraftTable, asked: dict[str, str], keys: list[str]) -> tuple[str, dict[str, Any]]:
    """SQL and contract of a table of facts."""
    columns: list[dict[str, Any]] = [
        {"name": name, "type": "VARCHAR", "meaning": "What tells the row apart, or finds its submission", **_required}
        for name in keys
    ]
    columns.append({"name": DAY, "type": "DATE", "meaning": "Day of the interview", **_required})
    lines = [f"answer.{name}" for name in keys]
    lines.append(f"cast(answer.{table.day} as date) as {DAY}" if table.parent is None else f"submission.{DAY}")
    for field in table.fields:
        if is_in_mart(field) and field.type is not None:
            columns.append({"name": field.name, "type": MART_TYPES[field.type], "meaning": _meaning(field)})
            lines.append(_column_sql(field))
    for name, sql in asked.items():
        if name in {field.name for field in table.fields if is_indicated(field)}:
            meaning = f"Whether the form asks {name}, given the other answers"
            columns.append({"name": f"{name}_asked", "type": "BOOLEAN", "meaning": meaning})
            lines.append(f"{sql} as {name}_asked")
    columns.append(
        {
            "name": "_record_keys",
            "type": "VARCHAR[]",
            "meaning": "Keys of the accepted rows behind this row",
            **_required,
        }
    )
    lines.append("[answer._record_key] as _record_keys")
    contract = {
        "table": table.mart,
        "description": "One row per submission."
        if table.parent is None
        else f"One row per entry of the repeat {table.repeat}.",
        "key": [name for name in keys if name != "link_key"],
        "period_on": DAY,
        "columns": columns,
    }
    return _mart_sql(table, lines), contract


_required = {"required": True}


def _meaning(field: DraftField) -> str:
    return next(iter(field.question.label.values()), field.question.name)


def _column_sql(field: DraftField) -> str:
    if field.type != "choices":
        return f"answer.{field.name}"
    chosen = ",\n            ".join(
        f"case when answer.{quoted(column)} = 1 then {literal(code)} end" for code, column in field.columns.items()
    )
    # Nothing chosen is no answer: the form does not let anybody go on without one.
    return f"nullif(list_sort(list_distinct([\n            {chosen}\n        ])), []) as {field.name}"


def _mart_sql(table: DraftTable, lines: list[str]) -> str:
    selected = ",\n        ".join(lines)
    if table.parent is None:
        reads, join = "", ""
    else:
        found_by = link_field(table.parent, table)
        reads = f"submission as (\n\n    select {found_by} as submission_link, {DAY} from {table.parent.mart}\n\n),\n\n"
        join = "\n    inner join submission on answer.parent_key = submission.submission_link"
    return (
        f"with answer as (\n\n    select * from accepted.{table.name}\n\n),\n\n{reads}"
        f"final as (\n\n    select\n        {selected}\n    from answer{join}\n\n)\n\nselect * from final\n"
    )


def is_indicated(field: DraftField) -> bool:
    """Whether a question has an indicator: a choice among declared ones, or a number that somebody gave."""
    if not is_in_mart(field) or field.question.kind == "calculate":
        return False
    return field.type in ("integer", "number", "choices") or (field.type == "code" and bool(field.question.choices))


def draft_indicator(
    table: DraftTable, field: DraftField, code: str, label: Words, survey: Words, frequency: str, is_asked_told: bool
) -> dict[str, Any]:
    """The indicator of a question."""
    languages = tuple(label)
    answered = f"{field.name} is not null"
    coverage = {"from": table.mart, **({"where": f"{field.name}_asked"} if is_asked_told else {}), "received": answered}
    is_choice = field.type in ("code", "choices")
    numerator = "chosen" if is_choice else "sum"
    measure = {"where": answered, "share": answered} if is_choice else {"mean": field.name}
    return {
        "code": code,
        "level": "outcome",
        "nodes": [NODE],
        "title": {language: _shortened(text) for language, text in label.items()},
        "definition": declared("definition", languages, label=label),
        "numerator": declared(numerator, languages),
        "denominator": declared("all_answers", languages),
        "data_source": declared("data_source", languages, title=survey),
        "collection": declared("collection", languages),
        "rationale": declared("rationale", languages),
        "responsible": declared("responsible", languages),
        "unit": declared("percent" if is_choice else "number", languages),
        "type": "percentage" if is_choice else "mean",
        "direction": "context",
        "time": "period",
        "frequency": frequency,
        "measure": {"from": table.mart, **measure},
        **({"disaggregate_numerator_by": [field.name]} if is_choice else {}),
        "coverage": coverage,
        "evidence_weight": "weak",
        "counts_people": True,
        "scopes": ["all"],
        "limits": declared("limits", languages),
    }


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    return text[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,.;:،؛") + "…"
