"""The smallest times of which every period is made: quarters, by number, for events and for states on a day.

Facts are brought to these once; a period is the sum of its quarters, or for states the last day of its last one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from mel_pipeline.declarations.models import MartContract
from mel_pipeline.declarations.periods import Period
from mel_pipeline.indicators.measures import FACT

MOST_ATOMS = 126
"""As many quarters as a set of them has bits."""


@dataclass(frozen=True)
class Atoms:
    """The quarters from the first day of any period to the last one, numbered from 0."""

    periods: tuple[Period, ...]
    first: date
    count: int


def atoms_of(periods: Iterable[Period]) -> Atoms:
    """The quarters that some periods are made of.

    Raises:
        ValueError: the periods span more quarters than can be told apart.
    """
    told = tuple(sorted(set(periods)))
    first = min((each.start for each in told), default=date(2000, 1, 1))
    count = max((_number(each.end, first) + 1 for each in told), default=0)
    if count > MOST_ATOMS:
        raise ValueError(f"found periods that span {count} quarters, expected at most {MOST_ATOMS}")
    return Atoms(told, first, count)


def _number(day: date, first: date) -> int:
    return 4 * (day.year - first.year) + (day.month - 1) // 3 - (first.month - 1) // 3


def atom_sql(mart: MartContract, atoms: Atoms) -> str:
    """SQL of the number of the quarter in which a row counts; nothing where it counts in none.

    The state on another day than the last one of a quarter is that of no period.
    """
    day = f"{FACT}.{mart.snapshot_on or mart.period_on}"
    first = f"{4 * atoms.first.year + (atoms.first.month - 1) // 3}"
    number = f"(4 * year({day}) + quarter({day}) - 1 - {first})"
    if mart.snapshot_on:
        number = f"case when {day} = (date_trunc('quarter', {day}) + interval 3 month)::date - 1 then {number} end"
    return f"({number})::integer"


def offer_periods(connection: duckdb.DuckDBPyConnection, atoms: Atoms) -> None:
    """Make the tables `told_facts` and `told_snapshots` (a row per period and quarter) and their `_masks`.

    A mask is a period as a set of quarters: bit n stands for quarter n.
    """
    for table, is_snapshot in (("told_facts", False), ("told_snapshots", True)):
        numbers = [(each, _numbers(each, atoms, is_snapshot)) for each in atoms.periods]
        rows = [[each.code, each.end, number] for each, found in numbers for number in found]
        masks = [[each.code, each.end, str(sum(1 << number for number in found))] for each, found in numbers]
        connection.execute(f"create temp table {table} (period varchar, period_end date, atom integer)")
        connection.execute(f"create temp table {table}_masks (period varchar, period_end date, mask hugeint)")
        if atoms.periods:
            connection.executemany(f"insert into {table} values (?, ?, ?)", rows)
            connection.executemany(f"insert into {table}_masks values (?, ?, ?)", masks)


def _numbers(period: Period, atoms: Atoms, is_snapshot: bool) -> range:
    last = _number(period.end, atoms.first)
    return range(last if is_snapshot else _number(period.start, atoms.first), last + 1)


def told_table(mart: MartContract) -> str:
    """Name of the table of periods and quarters that goes with a mart."""
    return "told_snapshots" if mart.snapshot_on else "told_facts"
