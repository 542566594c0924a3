"""Files whose columns have moved against their headers: most answers in a column are none of that column's kind.

Single unreadable answers are set aside by `quality`; here only a whole file is refused.
"""

from collections import Counter

from mel_pipeline.declarations.models import Source
from mel_pipeline.intake.layout import reason_column
from mel_pipeline.intake.problems import Refused
from mel_pipeline.intake.rows import TypedRows

SHOWN = 3


def refuse_moved_columns(source: Source, rows: TypedRows) -> None:
    """Refuse a file in one of whose columns too many answers cannot be read, where the source says how many are.

    Raises:
        Refused: names the columns and how many of how many answers are unreadable.
    """
    limits = source.moved_columns
    if limits is None:
        return
    unreadable = Counter(cell.field for cell in rows.unreadable)
    moved = []
    for name, count in sorted(unreadable.items()):
        said = count + _readable(rows, name)
        if name in rows.columns and count >= max(limits.minimum_unreadable, limits.unreadable_share * said):
            moved.append((name, count, said))
    if moved:
        name, count, said = max(moved, key=lambda each: each[1] / each[2])
        raise Refused("moved_columns", columns=[each[0] for each in moved][:SHOWN], found=count, said=said, worst=name)


def _readable(rows: TypedRows, name: str) -> int:
    """Answers that say something: a value, or why there is none."""
    said = (rows.columns[column] for column in (name, reason_column(name)) if column in rows.columns)
    return sum(len(values.rows_with(values.flagged(lambda value: value is not None))) for values in said)
