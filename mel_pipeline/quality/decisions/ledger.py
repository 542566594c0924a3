"""What came of every decision, as rows of `corrections`; free text and restricted values stay out.

Applying decisions belongs elsewhere. A decision that several sources looked at is told once.
"""

import re
from collections.abc import Iterable, Iterator

import pyarrow as pa

from mel_pipeline import database
from mel_pipeline.folders import DataFolder
from mel_pipeline.intake.personal_data import holds_contact, may_be_a_name
from mel_pipeline.intake.value_texts import as_text
from mel_pipeline.quality.case import Case
from mel_pipeline.quality.decisions.applying import Answered
from mel_pipeline.quality.decisions.outcomes import APPLIED, OutcomeCode, message
from mel_pipeline.quality.decisions.reading import Decision, ReadLog, read_logs
from mel_pipeline.quality.decisions.routing import Sources, concerned
from mel_pipeline.quality.decisions.words import reason_of

SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "source_file": pa.string(),
        "source_sheet": pa.string(),
        "source_row": pa.int64(),
        "record_key": pa.string(),
        "question": pa.string(),
        "change_type": pa.string(),
        "rule_id": pa.string(),
        "old_value": pa.string(),
        "new_value": pa.string(),
        "is_restricted": pa.bool_(),
        "reason": pa.string(),
        "decided_by_role": pa.string(),
        "decided_on": pa.date32(),
        "applied": pa.bool_(),
        "outcome": pa.string(),
        "message": pa.string(),
    }
)

_Row = dict[str, object]
_PLAIN_QUESTIONS = ("merge_persons",)
"""Kinds of decision whose values are keyed hashes, and hence no names."""

_NOT_UNDERSTOOD = ("unknown_record", "unknown_person", "new_value_unreadable")
"""Outcomes of decisions whose values mean nothing to the source, and may be anything."""

_RULE = re.compile(r"[A-Za-z0-9_-]{1,24}")


def write_answers(case: Case, answers: Iterable[Answered]) -> None:
    """Write one row of `_corrections` for each decision that this source looked at."""
    rows = [_row(case, answer) for answer in answers]
    case.connection.register("_answered", pa.Table.from_pylist(rows, schema=SCHEMA))
    case.connection.execute("insert into _corrections by name from _answered")
    case.connection.unregister("_answered")


def _row(case: Case, answer: Answered) -> _Row:
    """Values are shown where the answer is one that may be published, and hidden otherwise."""
    decision, column = answer.decision, answer.column
    is_open = column is not None and column.field.name not in case.restricted_fields
    is_open = is_open or decision.change_type in _PLAIN_QUESTIONS
    is_open = is_open and not _may_tell(answer)
    told = _told(case.source.source, decision, answer.outcome)
    told["record_key"] = answer.record_key if answer.outcome != "unknown_record" else None
    told["question"] = column.name if column else _plain_name(case, decision)
    told["is_restricted"] = not is_open and not (decision.old_value is None and decision.new_value is None)
    if is_open:
        told["old_value"] = decision.old_value
        told["new_value"] = None if decision.new_value is None else as_text(decision.new_value)
    return told


def _may_tell(answer: Answered) -> bool:
    """Whether what the log says may be about somebody: it was not understood, or is words where no label belongs."""
    if answer.outcome in _NOT_UNDERSTOOD:
        return True
    if answer.outcome in APPLIED and answer.column is not None and answer.column.field.type != "code":
        return False
    decision = answer.decision
    values = [as_text(value) for value in (decision.old_value, decision.new_value) if value is not None]
    return any(map(may_be_a_name, values))


def _plain_name(case: Case, decision: Decision) -> str | None:
    """A question that is a name of the declaration; other words could be anything and are not repeated."""
    known = {*case.source.privacy.hash, *(name for name in case.columns())}
    return decision.question if decision.question in known else None


def _told(source: str | None, decision: Decision, outcome: OutcomeCode) -> _Row:
    return {
        "source": source,
        "source_file": decision.source_file,
        "source_sheet": decision.source_sheet,
        "source_row": decision.source_row,
        "change_type": decision.change_type,
        "rule_id": decision.rule_id if _RULE.fullmatch(decision.rule_id or "") else None,
        "is_restricted": False,
        "reason": reason_of(decision.reason) if decision.reason else None,
        "decided_by_role": None if holds_contact(decision.decided_by_role or "") else decision.decided_by_role,
        "decided_on": decision.decided_on,
        "applied": outcome in APPLIED,
        "outcome": outcome,
        "message": message(outcome),
    }


def gather_corrections(sources: Sources, folders: DataFolder) -> pa.Table:
    """Every decision once: what the sources said of it, and those that no source could look at."""
    parts = [folders.findings(source, "corrections") for source in sorted(sources)]
    with database.connect() as connection:
        connection.register("_orphans", pa.Table.from_pylist(list(_orphans(sources, folders)), schema=SCHEMA))
        return connection.sql(
            f"select * from (from {database.read_parquet(*parts)} union all by name from _orphans)"
            " qualify row_number() over (partition by source_file, source_sheet, source_row"
            " order by applied desc, outcome = 'unknown_record', outcome = 'unknown_person', source) = 1"
            " order by source_file, source_sheet, source_row"
        ).to_arrow_table()


def _orphans(sources: Sources, folders: DataFolder) -> Iterator[_Row]:
    for log in read_logs(folders):
        if log.problem is not None:
            yield _unusable(log, log.problem)
        for decision in log.decisions:
            if not concerned(decision, sources):
                named = decision.source if decision.source in sources else None
                yield _told(named, decision, _why_nobody(decision, sources))


def _unusable(log: ReadLog, problem: OutcomeCode) -> _Row:
    return {
        "source_file": log.file.source_file,
        "source_sheet": "",
        "source_row": 1,
        "is_restricted": False,
        "applied": False,
        "outcome": problem,
        "message": message(problem),
    }


def _why_nobody(decision: Decision, sources: Sources) -> OutcomeCode:
    if decision.change_type is None:
        return "unknown_decision"
    if decision.change_type == "explain_deviation":
        return "recorded"
    if decision.source not in sources:
        return "unknown_source"
    return "no_list_of_names" if decision.change_type == "approve_alias" else "unknown_question"
