"""How a drafted source is read: its fields with the question of each, its key, and what is kept apart or left out."""

from typing import Any

from mel_pipeline.declarations.models import Words
from mel_pipeline.starting.draft_tables import DraftTable

REFUSALS = ("no", "non", "لا", "0")
"""Codes of choices that refuse consent."""


def consent_of(table: DraftTable) -> str | None:
    """The question that asks for consent: the first single choice of that name that can be refused."""
    for each in table.fields:
        codes = {choice.code for choice in each.question.choices}
        if each.type == "code" and each.question.name.casefold().startswith("consent") and codes & set(REFUSALS):
            return each.question.name
    return None


def key_fields(table: DraftTable, tables: list[DraftTable]) -> dict[str, str]:
    """Fields that tell rows apart and link tables, with the header of each."""
    names = ["submission_key"] if table.parent is None else ["parent_key", "row_key"]
    found = dict(zip(names, table.key, strict=True))
    links = {other.link.parent for other in tables if other.parent is table and other.link is not None}
    others = links - {table.key[-1]}
    if others:
        found["link_key"] = sorted(others)[0]
    return found


def draft_source(table: DraftTable, title: Words, keys: dict[str, str], consent: str | None) -> dict[str, Any]:
    """The declaration of a source, in the order of a hand-written one."""
    fields = [{"name": name, "type": "code", "question": header, "required": True} for name, header in keys.items()]
    for each in table.fields:
        if each.type is not None:
            fields.append({"name": each.name, "type": each.type, "question": each.question.path})
    privacy = _privacy(table)
    source: dict[str, Any] = {
        "source": table.name,
        "kind": "survey",
        "title": title,
        "files": [f"{table.folder}/*{ending}" for ending in dict.fromkeys((".csv", ".xlsx", ending_of(table)))],
        "format": "kobo",
        **({"sheet": [table.sheet.grid.sheet]} if table.is_in_workbook else {}),
        "fields": fields,
        "key": [name for name in keys if name != "link_key"],
    }
    if any(each.name == "submitted_at" for each in table.fields):
        source["latest_by"] = "submitted_at"
    if consent is not None:
        source["consent"] = _consent(table, consent)
    if privacy:
        source["privacy"] = privacy
    return source


def ending_of(table: DraftTable) -> str:
    """How the names of its files end: patterns tell capitals from small letters."""
    return table.sheet.path.suffix.lower()


def _consent(table: DraftTable, consent: str) -> dict[str, Any]:
    field = next(each for each in table.fields if each.question.name == consent)
    refused = [choice.code for choice in field.question.choices if choice.code in REFUSALS]
    return {"field": field.name, "refused": refused, **({"keep": [table.day]} if table.day else {})}


def _privacy(table: DraftTable) -> dict[str, list[str]]:
    restricted = [each.name for each in table.fields if each.keeping == "restricted" and each.type == "text"]
    dropped = [each.question.name for each in table.fields if each.type is None]
    privacy: dict[str, list[str]] = {}
    if dropped:
        privacy["drop"] = dropped
    if restricted:
        privacy |= {"restricted": restricted, "redacted": restricted}
    return privacy
