"""Decisions about what is the same: a spelling that is another name of an entry, two persons that are one.

An approved name becomes a row of the list in which other names are kept, beside those of its files, and is
judged by the list's own rules.
"""

from collections.abc import Sequence
from datetime import date

from mel_pipeline.database import literal, quote
from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.privacy import HashKey
from mel_pipeline.intake.value_texts import as_text
from mel_pipeline.quality.case import JUDGED, Case
from mel_pipeline.quality.decisions.applying import Answered
from mel_pipeline.quality.decisions.reading import Decision
from mel_pipeline.quality.register import ALIAS, APPROVED_BY, APPROVED_ON, IS_VALID
from mel_pipeline.quality.treatments import SET_ASIDE

NAME_FOLLOWS = " · "
"""Stands between the code and the name of an entry where both are offered for choice."""


def approve_names(case: Case, key: HashKey, code_column: str, decisions: Sequence[Decision]) -> list[Answered]:
    """Add a row for each approved spelling to the judged rows of a list of names.

    Args:
        case: the list of names.
        key: keys the new rows.
        code_column: the column of the entry's code.
        decisions: approvals; the spelling is the old value, the code the new one.
    """
    answers = []
    for decision in decisions:
        spelling, code = decision.old_value or "", _code(decision)
        answer = Answered(decision, key.hash("record", case.source.source, *_key_values(case, spelling, code)))
        answers.append(answer)
        if not spelling or not code:
            answer.outcome = "new_value_unreadable"
            continue
        same = f"{quote(ALIAS)} = {literal(spelling)} and {quote(code_column)} = {literal(code)}"
        if case.number(f"select count(*) from {JUDGED} where {same} and {quote(IS_VALID)}"):
            answer.outcome = "already_so"
            continue
        case.connection.execute(f"delete from {JUDGED} where {same}")
        _add_row(case, decision, {ALIAS: spelling, code_column: code}, answer.record_key or "")
        answer.outcome = "name_approved"
    return answers


def _code(decision: Decision) -> str:
    """The code of the entry; workbooks offer it with the entry's name behind."""
    return as_text(decision.new_value).split(NAME_FOLLOWS)[0].strip()


def _key_values(case: Case, spelling: str, code: str) -> list[str]:
    return [spelling if name == ALIAS else code for name in case.source.key]


def _add_row(case: Case, decision: Decision, named: dict[str, str], record_key: str) -> None:
    values: dict[str, str | int | date | bool | None] = {
        **named,
        IS_VALID: True,
        APPROVED_BY: decision.decided_by_role,
        APPROVED_ON: decision.decided_on,
        "_record_key": record_key,
        "_source_file": decision.source_file,
        "_source_sheet": decision.source_sheet,
        "_source_row": decision.source_row,
    }
    columns = case.columns()
    given = {name: literal(value) for name, value in values.items() if name in columns}
    given["_row"] = f"(select coalesce(max(_row), 0) + 1 from {JUDGED})"
    listed = ", ".join(f"{value}::{columns[name]} as {quote(name)}" for name, value in given.items())
    case.connection.execute(f"insert into {JUDGED} by name select {listed}")


def settle_names(case: Case, answers: Sequence[Answered]) -> None:
    """Say of approved names that a rule of the list sets aside that they do not hold."""
    for answer in answers:
        if answer.outcome == "name_approved" and case.number(
            f"select count(*) from {JUDGED} where _record_key = {literal(answer.record_key)}"
            f" and _row in (from {SET_ASIDE})"
        ):
            answer.outcome = "name_set_aside"


def merge_persons(case: Case, decisions: Sequence[Decision]) -> list[Answered]:
    """Let two persons count as one: rows of the old value's person become rows of the new value's.

    Chains are followed to their end, so that the order of decisions does not matter.
    """
    answers, heads = [], _heads(decisions)
    for decision in decisions:
        old, column = decision.old_value or "", quote(decision.question or "")
        answer = Answered(decision, None)
        is_there = case.number(f"select count(*) from {JUDGED} where {column} = {literal(old)}")
        answer.outcome = "merged" if is_there else "unknown_person"
        answers.append(answer)
    for (question, old), head in heads.items():
        column = quote(question)
        case.connection.execute(f"update {JUDGED} set {column} = {literal(head)} where {column} = {literal(old)}")
    return answers


def _heads(decisions: Sequence[Decision]) -> dict[tuple[str, str], str]:
    """For each person that is another one, who that is in the end; a circle ends in its smallest key."""
    follows = {(each.question or "", each.old_value or ""): as_text(each.new_value) for each in decisions}
    heads: dict[tuple[str, str], str] = {}
    for question, old in follows:
        seen, person = [old], follows[question, old]
        while (question, person) in follows and person not in seen:
            seen.append(person)
            person = follows[question, person]
        heads[question, old] = min(seen) if person in seen else person
    return {pair: head for pair, head in heads.items() if pair[1] != head}


def code_column_of(source: Source, sources: dict[str, Source]) -> str | None:
    """The column of a list of names that holds the entry's code: the key of the register that it belongs to."""
    for each in sources.values():
        for resolve in each.resolve.values():
            if resolve.aliases == source.source and resolve.register_source in sources:
                return sources[resolve.register_source].key[0]
    return None
