"""Turns what intake told of whole files into findings, for those sources that name a rule for it.

A file that could not be used stands in the quarantine as a whole, a remark among the warnings; neither has rows.
"""

from mel_pipeline.database import literal
from mel_pipeline.intake.problems import Problem
from mel_pipeline.quality.case import Case


def take_over_told_of_files(case: Case) -> None:
    """Write one finding for each file that was refused or remarked on under a declared identifier."""
    ids: dict[str, str] = dict(case.source.rule_ids.told)  # type: ignore[arg-type]
    for record in case.files:
        if not ids or record.staged.copy_of is not None:
            continue
        notes, file = record.notes, record.staged.source_file
        if notes.problem is not None and notes.problem.code in ids:
            _write(case, "_quarantine", file, ids[notes.problem.code], "block", notes.problem)
        for remark in notes.remarks:
            if remark.code in ids:
                _write(case, "_warnings", file, ids[remark.code], "warn", remark)


def _write(case: Case, table: str, file: str, rule_id: str, treatment: str, told: Problem) -> None:
    texts = {
        "source": case.source.source,
        "source_file": file,
        "source_sheet": str(told.params.get("sheet", "")),
        "level": "file",
        "rule_id": rule_id,
        "treatment": treatment,
        "reason": told.message("en"),
    }
    values = ", ".join(f"{literal(text)} as {name}" for name, text in texts.items())
    case.connection.execute(
        f"insert into {table} by name select {values}, 1::bigint as source_row, false as is_restricted"
    )
