"""Every value of an indicator counted again in plain Python, row by row, with nothing of the engine.

Rows are dictionaries. Conditions and figures are the Python functions of `random_measures.py`; unknown (None) follows
the three-valued logic of SQL. No formula of an interval is counted again here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

Row = dict[str, Any]
Figures = tuple[float | None, float | None, float | None, int]
"""Value, numerator, denominator and n."""
Told = dict[tuple[str, str, str, str, str], Figures]
"""Figures by period, scope type, scope code, dimension and category."""


@dataclass(frozen=True)
class Span:
    """A closed period: code, first and last day, and how many quarters it has."""

    code: str
    start: date
    end: date
    quarters: int


@dataclass
class World:
    """All rows of one random programme. `is_snapshot` tells of each table whether its rows are states on a day."""

    tables: dict[str, list[Row]]
    is_snapshot: dict[str, bool]
    bridge: list[Row]
    hubs: list[Row]
    grants: list[Row]
    spans: list[Span]


@dataclass
class Asked:
    """An indicator as the recount knows it.

    `figures` brings rows to figures; `entity` names what has one figure each; `rows` changes the table before anything
    is looked at, as a first crossing does. `met` is the condition of a share, for break-downs of its numerator.
    """

    table: str
    months: int
    is_total: bool
    factor: int
    figures: Callable[[list[Row]], Figures]
    where: Callable[[Row], bool | None] = lambda row: True
    rows: Callable[[list[Row]], list[Row]] = lambda rows: rows
    met: Callable[[Row], bool | None] | None = None
    weight: Callable[[Row], float | None] = lambda row: 1.0
    year_to_date: bool = False
    has_numerator: bool = True
    by: list[str] = field(default_factory=list)
    numerator_by: list[str] = field(default_factory=list)


def recount(world: World, asked: Asked) -> Told:
    """All values of an indicator, by cell."""
    told: Told = {}
    rows = [row for row in asked.rows(world.tables[asked.table]) if asked.where(row) is True]
    for span in telling(world, asked):
        for scope_type, code in scope_codes(world, span):
            inside = [row for row in rows if is_inside(world, asked.table, row, span, scope_type, code)]
            cell = (span.code, scope_type, code)
            total = told[(*cell, "total", "total")] = total_of(world, asked, inside)
            for dimension in asked.by:
                for category, part in by_category(inside, dimension):
                    figures = asked.figures(part)
                    if figures[3] > 0:
                        told[(*cell, dimension, category)] = figures
            for dimension in asked.numerator_by:
                for category, part in by_category([row for row in inside if asked.met(row) is True], dimension):
                    told[(*cell, dimension, category)] = out_of_all(asked, part, total)
    return told


def total_of(world: World, asked: Asked, rows: list[Row]) -> Figures:
    if rows:
        return asked.figures(rows)
    if asked.is_total:
        return (0 if world.tables[asked.table] else None), 0, None, 0
    return None, (0 if asked.has_numerator else None), 0, 0


def out_of_all(asked: Asked, met: list[Row], total: Figures) -> Figures:
    numerator = sum(weight for row in met if (weight := asked.weight(row) or 0) > 0)
    return (asked.factor * numerator / total[2] if total[2] else None), numerator, total[2], total[3]


def telling(world: World, asked: Asked) -> Iterator[Span]:
    """Periods as long as the indicator's frequency (a yearly one: of one year) that end where a value falls due."""
    every = asked.months // 3
    due = [span.end for span in world.spans if span.end.month % asked.months == 0]
    so_far = [Span("programme", world.spans[0].start, max(due), 0)] if due else []
    for span in (*world.spans, *so_far):
        quarters = span.quarters or (span.end.year - span.start.year) * 4 + span.end.month // 3
        is_long = quarters == every if every == 4 else quarters >= every
        is_year = span.start == date(span.end.year, 1, 1) or not (asked.year_to_date and world.is_snapshot[asked.table])
        if is_long and span.end.month % asked.months == 0 and is_year:
            yield span


def scope_codes(world: World, span: Span) -> Iterator[tuple[str, str]]:
    yield "all", "all"
    for hub in world.hubs:
        if hub["launched_on"] is not None:
            begins = max(day for day in (hub["active_from"], hub["launched_on"]) if day is not None)
            if begins <= span.end and (hub["active_to"] or span.start) >= span.start:
                yield "hub", hub["hub_code"]
    for grant in world.grants:
        if grant["active_from"] <= span.end and grant["active_to"] >= span.start:
            yield "grant", grant["grant_code"]


def is_inside(world: World, table: str, row: Row, span: Span, scope_type: str, code: str) -> bool:
    day = row["day"]
    if day is None or not (day == span.end if world.is_snapshot[table] else span.start <= day <= span.end):
        return False
    if scope_type == "hub":
        return bool(row["hub_code"] == code)
    links = (each for each in world.bridge if each["row_code"] == row["row_code"] and each["grant_code"] == code)
    return scope_type == "all" or any(each["valid_from"] <= day <= each["valid_to"] for each in links)


def by_category(rows: list[Row], dimension: str) -> list[tuple[str, list[Row]]]:
    """Rows by category; a list counts once in each of its categories, and nothing is `unknown`."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        value = row[dimension]
        named = {each for each in value or [] if each is not None} if dimension == "themes" else {value}
        for category in named - {None} or {"unknown"}:
            parts.setdefault(category, []).append(row)
    return sorted(parts.items())


# What the verbs give. Figures without a number are left out.

Number = Callable[[Row], float | None]
Test = Callable[[Row], bool | None]


def count(rows: list[Row]) -> Figures:
    return len(rows), len(rows), None, len(rows)


def count_distinct(column: str) -> Callable[[list[Row]], Figures]:
    def figures(rows: list[Row]) -> Figures:
        n = len({row[column] for row in rows} - {None})
        return n, n, None, n

    return figures


def total(number: Number) -> Callable[[list[Row]], Figures]:
    def figures(rows: list[Row]) -> Figures:
        told = known(number, rows)
        return (sum(told) if told else None), sum(told), None, len(told)

    return figures


def share(met: Test, factor: int) -> Callable[[list[Row]], Figures]:
    def figures(rows: list[Row]) -> Figures:
        k = sum(met(row) is True for row in rows)
        return (factor * k / len(rows) if rows else None), k, len(rows), len(rows)

    return figures


def mean(number: Number, factor: int = 1) -> Callable[[list[Row]], Figures]:
    def figures(rows: list[Row]) -> Figures:
        return mean_of(known(number, rows), factor)

    return figures


def mean_of(told: list[float], factor: int = 1) -> Figures:
    return (factor * sum(told) / len(told) if told else None), sum(told), len(told), len(told)


def middle(number: Number) -> Callable[[list[Row]], Figures]:
    def figures(rows: list[Row]) -> Figures:
        return middle_of(known(number, rows))

    return figures


def middle_of(told: list[float]) -> Figures:
    return (median(told) if told else None), None, len(told), len(told)


def ratio(above: Number, below: Number, factor: int) -> Callable[[list[Row]], Figures]:
    def figures(rows: list[Row]) -> Figures:
        both = [(above(row), below(row)) for row in rows]
        both = [pair for pair in both if None not in pair]
        y, x = sum(pair[0] for pair in both), sum(pair[1] for pair in both)
        return (factor * y / x if x else None), y, x, len(both)

    return figures


def per_entity(
    column: str, each: Callable[[list[Row]], Figures], summed: Callable[[list[float]], Figures]
) -> Callable[[list[Row]], Figures]:
    """One figure per entity; then the mean or the median of these."""

    def figures(rows: list[Row]) -> Figures:
        return summed(known(lambda part: each(part)[0], groups(rows, [column])))

    return figures


def groups(rows: list[Row], columns: list[str]) -> list[list[Row]]:
    parts: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        name = tuple(row[column] for column in columns)
        if None not in name:
            parts.setdefault(name, []).append(row)
    return list(parts.values())


def known(number: Callable[[Any], float | None], rows: list[Any]) -> list[float]:
    return [figure for row in rows if (figure := number(row)) is not None]


def paired_change(*pair_by: str) -> Callable[[list[Row]], Figures]:
    """After less before, of pairs with exactly one score of each."""

    def figures(rows: list[Row]) -> Figures:
        changes = []
        for pair in groups(rows, list(pair_by)):
            before, after = (
                known(lambda row, wave=wave: row["x"] if row["wave"] == wave else None, pair)
                for wave in ("pre", "post")
            )
            if len(before) == len(after) == 1:
                changes.append(after[0] - before[0])
        return mean_of(changes)

    return figures


def first_crossings(where: Test) -> Callable[[list[Row]], list[Row]]:
    """The earliest row of each city at stage 2 or above; rows without a city all stay."""

    def rows_of(rows: list[Row]) -> list[Row]:
        at = [row for row in rows if row["stage"] is not None and row["stage"] >= 2 and where(row) is True]
        at.sort(key=lambda row: (row["day"] is None, row["day"] or date.max, row["_record_keys"]))
        seen, first = set(), []
        for row in at:
            if row["city_code"] is None or row["city_code"] not in seen:
                first.append(row)
            seen.add(row["city_code"])
        return first

    return rows_of


def scale_score(row: Row) -> float | None:
    """The mean of at least two of three items from 1 to 5, the second turned round, on a scale from 0 to 100."""
    items = [row["i1"], None if row["i2"] is None else 6 - row["i2"], row["i3"]]
    told = [item for item in items if item is not None]
    return (sum(told) / len(told) - 1) / 4 * 100 if len(told) >= 2 else None


def weighted(verb: str, number: Number, below: Number, factor: int) -> Callable[[list[Row]], Figures]:
    """Figures of a designed sample: rows with a weight above zero, each for as many as its weight says."""

    def figures(rows: list[Row]) -> Figures:
        told = [(row["weight"], number(row), below(row)) for row in rows if (row["weight"] or 0) > 0]
        told = [each for each in told if None not in each]
        amount, base = sum(w * y for w, y, _ in told), sum(w * x for w, _, x in told)
        if verb in ("count", "sum"):
            return (amount if told or verb == "count" else None), amount, None, len(told)
        if verb == "median":
            return weighted_middle([(y, w) for w, y, _ in told]), None, (base if told else 0), len(told)
        return (factor * amount / base if base else None), amount, base, len(told)

    return figures


def weighted_middle(told: list[tuple[float, float]]) -> float | None:
    """Weights are halves, so that sums of them are exact."""
    if not told:
        return None
    half = sum(weight for _, weight in told) / 2
    low = min(y for y, _ in told if sum(w for other, w in told if other <= y) >= half)
    high = min(y for y, _ in told if sum(w for other, w in told if other <= y) > half)
    return (low + high) / 2
