"""The figures of a page, each with its finding and its data table.

Only the choice of what a figure shows belongs here; how it is drawn belongs to `charts.py`.
"""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from mel_pipeline.declarations.models import Dimension, Indicator
from mel_pipeline.disclosure.cells import UNDIVIDED, WHOLE, Cell
from mel_pipeline.disclosure.protect import Protected
from mel_pipeline.publish import charts
from mel_pipeline.publish.indicator_rows import NamedScope
from mel_pipeline.publish.numbers import Number, Numbers
from mel_pipeline.publish.standings import Standing, Status, history, latest, status_of
from mel_pipeline.publish.words import Words

PERIODS_SHOWN = 8
TableCell = str | Number | Markup | None


@dataclass(frozen=True)
class Figure:
    """A figure: title, finding, drawing, and the same numbers as a table; without a drawing, a sentence says why."""

    name: str
    title: str
    finding: Markup
    chart: dict[str, Any] | None
    heads: list[str]
    rows: list[list[TableCell]]
    notes: list[Markup]
    is_wide: bool = False


def hidden_words(words: Words) -> str:
    """What stands in the place of a hidden number."""
    return f"※ {words.plain('hidden: small group')}"


def trend(indicator: Indicator, named: NamedScope, shown: Protected, words: Words) -> Figure:
    """Target path and actual of one indicator over the periods."""
    past = [s for s in history(indicator, named.scope, shown) if s.score.status != "not_due"][-PERIODS_SHOWN:]
    numbers = Numbers(words)
    points = [
        charts.TrendPoint(
            period=numbers.period(standing.score.period),
            tick=numbers.short_period(standing.score.period),
            group=standing.score.period[:4] if indicator.time == "year_to_date" else "",
            actual=_number(standing.score.actual, indicator, numbers),
            target=_number(standing.score.target, indicator, numbers),
            is_hidden=standing.score.is_hidden,
        )
        for standing in past
    ]
    return Figure(
        name=f"trend-{named.scope[1]}",
        title=words.plain("Progress over time: %(title)s", title=words.declared(indicator.title)),
        finding=_trend_finding(past[-1], named, words) if past else words.gettext("No values yet."),
        chart=charts.trend_chart(points, indicator.type, words) if points else None,
        heads=[words.plain("Period"), words.plain("Actual"), words.plain("Target")],
        rows=[[p.period, hidden_words(words) if p.is_hidden else p.actual, p.target] for p in points],
        notes=[],
    )


def _number(value: float | None, indicator: Indicator, numbers: Numbers) -> Number | None:
    return None if value is None else numbers.of(value, indicator.type)


def _trend_finding(last: Standing, named: NamedScope, words: Words) -> Markup:
    numbers, score = Numbers(words), last.score
    period = numbers.period(score.period)
    if score.is_hidden:
        return words.gettext(
            "%(scope)s, %(period)s: %(hidden)s", scope=named.name, period=period, hidden=hidden_words(words)
        )
    actual = _number(score.actual, last.indicator, numbers)
    target = _number(score.target, last.indicator, numbers)
    if actual is None or target is None:
        return words.gettext("%(scope)s, %(period)s", scope=named.name, period=period)
    return words.gettext(
        "%(scope)s, %(period)s: %(actual)s against a target of %(target)s",
        scope=named.name,
        period=period,
        actual=actual,
        target=target,
    )


def reached(
    indicator: Indicator,
    named: NamedScope,
    shown: Protected,
    dimensions: dict[str, Dimension],
    words: Words,
) -> Figure:
    """Who is behind the latest value of an indicator, by every dimension that may be shown."""
    standing = latest(indicator, named.scope, shown)
    cells = [c for c in shown.cells if standing and c.score_key == standing.score.key and c.dimension != UNDIVIDED]
    panels, notes = [], []
    for name in indicator.disaggregate_by:
        panel = _panel(name, [c for c in cells if c.dimension == name], dimensions.get(name), indicator, words)
        if panel is not None and panel.bars:
            panels.append(panel)
        elif panel is not None:
            notes.append(
                words.gettext(
                    "%(dimension)s is not shown: %(hidden)s.", dimension=panel.title, hidden=hidden_words(words)
                )
            )
    return Figure(
        name=f"reached-{named.scope[1]}",
        title=words.plain("Who is reached: %(title)s", title=words.declared(indicator.title)),
        finding=_reached_finding(standing, named, words),
        chart=charts.reached_chart(panels, words) if panels else None,
        heads=[words.plain("Breakdown"), words.plain("Category"), words.plain("Actual"), words.plain("Share")],
        rows=[[p.title, bar.label, bar.value, bar.share] for p in panels for bar in p.bars],
        notes=notes,
    )


def _reached_finding(standing: Standing | None, named: NamedScope, words: Words) -> Markup:
    if standing is None:
        return words.gettext("No values yet.")
    period = Numbers(words).period(standing.score.period)
    return words.gettext("%(scope)s, %(period)s", scope=named.name, period=period)


def _panel(
    name: str, cells: list[Cell], dimension: Dimension | None, indicator: Indicator, words: Words
) -> charts.Panel | None:
    """One dimension of the figure; without bars where it must not be shown, None where it has no values."""
    if not cells or dimension is None:
        return None
    title = words.declared(dimension.label)
    if any(cell.is_hidden for cell in cells):
        return charts.Panel(title, [])
    numbers = Numbers(words)
    order = list(dimension.categories) if isinstance(dimension.categories, dict) else []
    known = {cell.category: cell for cell in cells if cell.value is not None}
    whole = sum(cell.value or 0 for cell in known.values())
    bars = [
        charts.Bar(
            label=_category(category, dimension, words),
            value=numbers.of(known[category].value or 0, indicator.type),
            share=numbers.share((known[category].value or 0) / whole)
            if dimension.counts_people_once and whole and indicator.type == "count"
            else None,
        )
        for category in sorted(known, key=lambda c: (order.index(c) if c in order else len(order), c))
    ]
    return charts.Panel(title, bars)


def _category(category: str, dimension: Dimension, words: Words) -> str:
    if not isinstance(dimension.categories, dict):
        return Numbers(words).territory(category)
    declared = dimension.categories.get(category)
    return words.declared(declared.label) if declared else words.plain("Not stated")


def by_scope(indicator: Indicator, scopes: list[NamedScope], shown: Protected, words: Words) -> Figure:
    """One indicator in every member of a scope type, in declared order: never a ranking."""
    whole = NamedScope(WHOLE, words.plain("Whole programme"))
    found = [(named.name, latest(indicator, named.scope, shown)) for named in [whole, *scopes]]
    results = [
        charts.Result(
            label=name,
            value=_number(standing.score.actual, indicator, Numbers(words)),
            target=_number(standing.score.target, indicator, Numbers(words)),
            status=status_of(standing.score.status, words),
            is_hidden=standing.score.is_hidden,
        )
        for name, standing in found
        if standing is not None
    ]
    period = next((Numbers(words).period(s.score.period) for _name, s in found if s is not None), "")
    return Figure(
        name=f"by-{scopes[0].scope[0] if scopes else WHOLE[0]}",
        title=words.plain("Where results come from: %(title)s", title=words.declared(indicator.title)),
        finding=words.gettext("%(period)s. The upright mark is the target.", period=period),
        chart=charts.by_scope_chart(results, words) if results else None,
        heads=[
            words.plain("Part of the programme"),
            words.plain("Actual"),
            words.plain("Target"),
            words.plain("Status"),
        ],
        rows=[
            [r.label, hidden_words(words) if r.is_hidden else r.value, r.target, _status_text(r.status)]
            for r in results
        ],
        notes=[],
        is_wide=True,
    )


def _status_text(status: Status) -> str:
    return f"{status.symbol} {status.word}"
