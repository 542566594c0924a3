"""Lists that name minors: nothing that names them is loaded, from the moment the file is read.

Who is one person is told by the keyed hash, which was made before. What else happens to names belongs to `privacy.py`.
"""

from dataclasses import replace

import numpy as np

from mel_pipeline.declarations.models import Minors, Source
from mel_pipeline.intake.problems import Problem
from mel_pipeline.intake.rows import TypedRows
from mel_pipeline.intake.staged import Repair


def forget_names_of_minors(source: Source, rows: TypedRows) -> tuple[TypedRows, list[Problem]]:
    """Empty the names and addresses of minors, and what was noted about these cells.

    Args:
        source: the declaration; without `privacy: minors` nothing is done.
        rows: the typed rows; their columns are changed in place. People and records keep their hashes.

    Returns:
        The rows, and a remark that says how many of a file name a minor.
    """
    minors = source.privacy.minors
    named = _named(minors, rows) if minors else []
    if minors is None or not named:
        return rows, []
    places = {rows.where(row) for row in named}
    for field in minors.forget:
        rows.columns[field] = rows.columns[field].with_value(np.array(named, np.int64), None)
    told = [Repair(minors.rule, *rows.where(row), rows.key(row), minors.forget[0], None, None) for row in named]
    return (
        replace(
            rows,
            repairs=[_without_words(each, minors, places) for each in rows.repairs] + told,
            unreadable=[
                each
                for each in rows.unreadable
                if not (each.field in minors.forget and (each.source_sheet, each.source_row) in places)
            ],
        ),
        [Problem("minors_personal_data", {"found": len(named), "expected": minors.under})],
    )


def _named(minors: Minors, rows: TypedRows) -> list[int]:
    """Rows of people under age that say a name or an address."""
    ages = rows.columns.get(minors.age)
    if ages is None:
        return []
    young = ages.rows_with(ages.flagged(lambda age: isinstance(age, int) and age < minors.under))
    return [row for row in young.tolist() if any(rows.columns[field][row] is not None for field in minors.forget)]


def _without_words(repair: Repair, minors: Minors, places: set[tuple[str, int]]) -> Repair:
    if repair.field in minors.forget and (repair.source_sheet, repair.source_row) in places:
        return replace(repair, before=None, after=None)
    return repair
