"""Applies the decisions about a source's records to its judged rows, and says what came of each.

Records are found by their key, so that a decision outlives another export of the same data; an answer is
changed only where it still is what the decision was about. Names and persons have modules of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from mel_pipeline.database import literal, quote
from mel_pipeline.intake.layout import ARROW_TYPES, reason_column
from mel_pipeline.intake.privacy import HashKey
from mel_pipeline.intake.typing import Typed
from mel_pipeline.intake.value_texts import Value
from mel_pipeline.intake.words import fold_header
from mel_pipeline.intake.xlsform import Form
from mel_pipeline.quality.case import JUDGED, Case
from mel_pipeline.quality.decisions.outcomes import OutcomeCode
from mel_pipeline.quality.decisions.questions import Column, columns_by_name, is_same, is_stated, read_cell
from mel_pipeline.quality.decisions.reading import Decision
from mel_pipeline.quality.gather import drop_rows

REMOVED = "REMOVED"
"""Identifier under which the rows that a person removed are written down."""

BLANKED = "blanked"
"""What the companion column of an answer says that a person emptied."""

ANSWERS = ("change_response", "blank_response")


@dataclass
class Answered:
    """A decision, the record and field it was found to be about, and what came of it."""

    decision: Decision
    record_key: str | None
    column: Column | None = None
    outcome: OutcomeCode = "recorded"


@dataclass
class Desk:
    """What answering the decisions of one source needs, and the answers so far."""

    case: Case
    key: HashKey
    form: Form | None
    missing_codes: Mapping[str, str]
    answers: list[Answered] = field(default_factory=list)


@dataclass
class _Cell:
    """An answer as it came, and as the decisions so far leave it."""

    found: Value
    unreadable: str | None
    now: Typed | None = None
    last: Answered | None = None


def apply_decisions(desk: Desk, decisions: Sequence[Decision]) -> None:
    """Change and empty answers, then remove records; releases are only matched here.

    All old values are compared with the answers as they came, or as an earlier decision left them.
    """
    answers = _match(desk, decisions)
    _change_answers(desk, [each for each in answers if each.decision.change_type in ANSWERS])
    _remove(desk, [each for each in answers if each.decision.change_type == "remove_survey"])
    desk.answers += answers


def _match(desk: Desk, decisions: Sequence[Decision]) -> list[Answered]:
    """Find the record and the column of each decision."""
    columns = columns_by_name(desk.case, desk.form)
    present = _present(desk, decisions)
    answers = []
    for decision in decisions:
        record = next((key for key in record_candidates(desk, decision) if key in present), None)
        answer = Answered(decision, record, columns.get(fold_header(decision.question or "")))
        if record is None:
            answer.outcome = "unknown_record"
        answers.append(answer)
    return answers


def record_candidates(desk: Desk, decision: Decision) -> list[str]:
    """The keys that a decision's record may have: its own text, or the key of the identifier that it is."""
    if decision.record is None:
        return []
    source = desk.case.source
    hashed = [desk.key.hash("record", source.source, decision.record)] if len(source.key) == 1 else []
    return [*hashed, decision.record]


def _present(desk: Desk, decisions: Iterable[Decision]) -> set[str]:
    """Which of the records that decisions may mean are among the judged rows."""
    asked = sorted({key for decision in decisions for key in record_candidates(desk, decision)})
    connection = desk.case.connection
    connection.register("_asked", pa.table({"record_key": pa.array(asked, pa.string())}))
    connection.execute(
        "create or replace temp table _decided as select judged._row, judged._record_key"
        f" from {JUDGED} as judged where _record_key in (select record_key from _asked)"
    )
    connection.unregister("_asked")
    return {row[0] for row in connection.execute("select distinct _record_key from _decided").fetchall()}


def _change_answers(desk: Desk, answers: Sequence[Answered]) -> None:
    by_column: dict[str, tuple[Column, list[Answered]]] = {}
    in_rows = desk.case.columns()
    for answer in answers:
        if answer.outcome == "unknown_record":
            continue
        if answer.column is None:
            answer.outcome = "unknown_question"
        elif answer.column.name not in in_rows:
            answer.outcome = "kept_apart"
        else:
            by_column.setdefault(answer.column.name, (answer.column, []))[1].append(answer)
    for column, about in by_column.values():
        cells = _cells(desk.case, column.name)
        for answer in about:
            _answer(desk, answer, column, cells[answer.record_key or ""])
        _write(desk.case, column, {key: cell.now for key, cell in cells.items() if cell.now})


def _cells(case: Case, column: str) -> dict[str, _Cell]:
    """The answers to one question of the records that decisions are about, by record."""
    found = case.connection.execute(
        f"select _record_key, {quote(column)} from {JUDGED} where _row in (select _row from _decided)"
    ).fetchall()
    texts = case.connection.execute(
        "select record_key, value from _quarantine where level = 'answer'"
        f" and field = {literal(column)} and record_key in (select _record_key from _decided)"
    ).fetchall()
    unreadable = dict(texts)
    return {key: _Cell(value, unreadable.get(key)) for key, value in found}


def _answer(desk: Desk, answer: Answered, column: Column, cell: _Cell) -> None:
    """Decide one answer; where several decisions hold, the later one does."""
    decision = answer.decision
    wanted = _wanted(desk, decision, column)
    if not wanted.is_readable:
        answer.outcome = "new_value_unreadable"
        return
    if not _is_about(desk, decision, column, cell):
        left = cell.now.value if cell.now else cell.found
        is_there = cell.unreadable is None and is_same(left, wanted.value)
        answer.outcome = "already_so" if is_there else "value_has_changed"
        return
    if cell.last is not None and not is_same(cell.now.value if cell.now else None, wanted.value):
        cell.last.outcome = "replaced_by_later"
    cell.now, cell.last = wanted, answer
    answer.outcome = "changed" if decision.change_type == "change_response" else "blanked"
    if not is_stated(decision.old_value):
        answer.outcome = "old_value_not_stated"


def _wanted(desk: Desk, decision: Decision, column: Column) -> Typed:
    if decision.change_type == "blank_response":
        return Typed(None, reason=BLANKED)
    typed = read_cell(decision.new_value, column.field, desk.missing_codes)
    says_nothing = typed.value is None and typed.reason is None
    return Typed(None, is_readable=False) if says_nothing else typed


def _is_about(desk: Desk, decision: Decision, column: Column, cell: _Cell) -> bool:
    """Whether the answer still is what the decision was about."""
    if not is_stated(decision.old_value):
        return True
    if cell.unreadable is not None:
        return cell.unreadable.strip() == (decision.old_value or "")
    old = read_cell(decision.old_value, column.field, desk.missing_codes)
    if not old.is_readable or (old.value is None and old.reason is None):
        return False
    states = [cell.found] + ([cell.now.value] if cell.now else [])
    return any(is_same(old.value, state) for state in states)


def _write(case: Case, column: Column, cells: Mapping[str, Typed]) -> None:
    """Write the new answers of one column, and why one is missing; what was unreadable is no finding any more."""
    if not cells:
        return
    name = column.name
    table = pa.table(
        {
            "_key": pa.array(list(cells), pa.string()),
            "_value": pa.array([typed.value for typed in cells.values()], ARROW_TYPES[column.field.type]),
            "_why": pa.array([typed.reason for typed in cells.values()], pa.string()),
        }
    )
    case.connection.register("_new", table)
    why = reason_column(name)
    also = f", {quote(why)} = _new._why" if why in case.columns() else ""
    case.connection.execute(
        f"update {JUDGED} set {quote(name)} = _new._value{also} from _new where {JUDGED}._record_key = _new._key"
    )
    case.connection.execute(
        f"delete from _quarantine where level = 'answer' and field = {literal(name)}"
        " and record_key in (select _key from _new)"
    )
    case.connection.unregister("_new")


def _remove(desk: Desk, answers: Sequence[Answered]) -> None:
    """Drop records, with an entry in `repairs` for each row."""
    found = [answer for answer in answers if answer.outcome != "unknown_record"]
    for answer in found:
        answer.outcome = "removed"
    keys = ", ".join(literal(key) for key in sorted({answer.record_key or "" for answer in found}))
    if keys:
        drop_rows(desk.case, REMOVED, f"select _row from {JUDGED} where _record_key in ({keys})")


def note_removed_besides(answers: Iterable[Answered]) -> None:
    """Say of applied changes that the record was removed by another decision."""
    known = list(answers)
    gone = {each.record_key for each in known if each.outcome == "removed"}
    for answer in known:
        if answer.record_key in gone and answer.outcome in ("changed", "blanked", "old_value_not_stated"):
            answer.outcome = "removed_besides"
