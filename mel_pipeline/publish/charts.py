"""Charts as Plotly takes them: plain dictionaries of traces and layout.

Only what is drawn for each figure belongs here; what charts share is in `chart_parts.py`. All text is written by
Babel and gettext beforehand; Plotly only places it.
"""

from dataclasses import dataclass
from typing import Any

from mel_pipeline.publish.chart_parts import (
    BLUE,
    INK,
    MUTED,
    NO_STATUS_COLOUR,
    STATUS_COLOURS,
    Chart,
    bars,
    bold,
    layout,
    number,
    rows_layout,
    text,
)
from mel_pipeline.publish.numbers import Number, Numbers
from mel_pipeline.publish.standings import Status
from mel_pipeline.publish.words import Words

TREND_HEIGHT = 360
TOO_CLOSE = 0.09
"""Share of the axis below which two labels at the line's end would lie on each other."""


@dataclass(frozen=True)
class TrendPoint:
    """One period; lines are drawn within a group only, because year-to-date values restart."""

    period: str
    tick: list[str]
    group: str
    actual: Number | None
    target: Number | None
    is_hidden: bool


@dataclass(frozen=True)
class Bar:
    """One category with its value, and its share where the parts add up to the total."""

    label: str
    value: Number
    share: Number | None


@dataclass(frozen=True)
class Panel:
    """One dimension; without bars where it must not be shown."""

    title: str
    bars: list[Bar]


@dataclass(frozen=True)
class Result:
    """One member of a scope type."""

    label: str
    value: Number | None
    target: Number | None
    status: Status
    is_hidden: bool


def trend_chart(points: list[TrendPoint], indicator_type: str, words: Words) -> Chart:
    """Two lines over the periods, labelled at their ends instead of by a legend."""
    known = [n.value for point in points for n in (point.actual, point.target) if n is not None]
    top = max([*known, 1]) * 1.15
    traces = [
        _line(points, [p.target for p in points], {"color": MUTED, "dash": "dash", "width": 2}, "lines", words),
        _line(points, [p.actual for p in points], {"color": BLUE, "width": 3}, "lines+markers", words),
    ]
    last = len(points) - 1
    step = 1 if len(points) <= 4 else 2
    places = list(range(last % step, last + 1, step))
    x_range = [-0.35, last + max(0.42 * len(points), 0.9)]
    frame = layout(TREND_HEIGHT, words)
    frame["xaxis"] |= {
        "range": x_range[::-1] if words.is_right_to_left else x_range,
        "tickvals": places,
        "tickangle": 0,
        "ticktext": ["<br>".join(text(line, words) for line in points[i].tick) for i in places],
    }
    frame["yaxis"] |= {"range": [0, top], **_ticks(top, indicator_type, words)}
    frame["annotations"] = _end_labels(points, top, words) + _hidden_marks(points, words)
    return {"data": traces, "layout": frame}


def _line(
    points: list[TrendPoint], values: list[Number | None], line: dict[str, Any], mode: str, words: Words
) -> Chart:
    x: list[int | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    for place, (point, value) in enumerate(zip(points, values, strict=True)):
        if place and point.group != points[place - 1].group:
            x, y, hover = [*x, None], [*y, None], [*hover, ""]
        x.append(place)
        y.append(None if value is None else value.value)
        hover.append("" if value is None else f"{text(point.period, words)}<br>{number(value, words)}")
    return {
        "type": "scatter",
        "mode": mode,
        "x": x,
        "y": y,
        "line": line,
        "marker": {"size": 8},
        "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _ticks(top: float, indicator_type: str, words: Words) -> Chart:
    """At most five round tick values, written as the indicator's own numbers are."""
    magnitude = 10.0 ** (len(str(int(top))) - 1)
    steps = (magnitude / 10, magnitude / 5, magnitude / 2, magnitude, magnitude * 2)
    step = max(next(step for step in steps if top / step <= 5), 1)
    values = [step * count for count in range(int(top // step) + 1)]
    numbers = Numbers(words)
    return {"tickvals": values, "ticktext": [number(numbers.of(v, indicator_type), words) for v in values]}


def _end_labels(points: list[TrendPoint], top: float, words: Words) -> list[Chart]:
    ends = [
        (points[-1].actual, words.plain("Actual"), BLUE, True),
        (points[-1].target, words.plain("Target"), MUTED, False),
    ]
    known = sorted((n.value, n, word, colour, is_bold) for n, word, colour, is_bold in ends if n is not None)
    shifts = [0] * len(known)
    if len(known) == 2 and abs(known[0][0] - known[1][0]) < TOO_CLOSE * top:
        shifts = [-11, 11]
    return [
        {
            "x": len(points) - 1,
            "y": value,
            "xshift": -10 if words.is_right_to_left else 10,
            "yshift": shift,
            "xanchor": "right" if words.is_right_to_left else "left",
            "showarrow": False,
            "font": {"color": colour},
            "text": bold(text(f"{word} {number(n, words)}", words), is_bold),
        }
        for (value, n, word, colour, is_bold), shift in zip(known, shifts, strict=True)
    ]


def _hidden_marks(points: list[TrendPoint], words: Words) -> list[Chart]:
    label = text(f"※ {words.plain('hidden: small group')}", words)
    return [
        {"x": place, "y": 0, "yshift": 10, "showarrow": False, "font": {"color": MUTED, "size": 12}, "text": label}
        for place, point in enumerate(points)
        if point.is_hidden
    ]


def reached_chart(panels: list[Panel], words: Words) -> Chart:
    """Bars in groups, one group under the name of each dimension."""
    ticks: list[str] = []
    rows: list[tuple[int, Bar]] = []
    for panel in panels:
        ticks.append(bold(text(panel.title, words), True))
        for bar in panel.bars:
            rows.append((len(ticks), bar))
            ticks.append(text(bar.label, words))
    longest = max(bar.value.value for _row, bar in rows)
    trace = bars(
        [row for row, _bar in rows],
        [bar.value.value for _row, bar in rows],
        [_bar_text(bar, words) for _row, bar in rows],
        [BLUE] * len(rows),
    )
    return {"data": [trace], "layout": rows_layout(ticks, longest * 1.35, words)}


def _bar_text(bar: Bar, words: Words) -> str:
    if bar.share is None:
        return text(number(bar.value, words), words)
    return text(f"{number(bar.value, words)} · {number(bar.share, words)}", words)


def by_scope_chart(results: list[Result], words: Words) -> Chart:
    """One bar for each member in the colour of its status, with its target as an upright mark."""
    rows = list(range(len(results)))
    values = [result.value.value if result.value else 0 for result in results]
    targets = [(row, r.target) for row, r in zip(rows, results, strict=True) if r.target is not None]
    longest = max([*values, *(target.value for _row, target in targets), 1])
    ticks = [bold(text(result.label, words), row == 0) for row, result in enumerate(results)]
    colours = [STATUS_COLOURS.get(result.status.code, NO_STATUS_COLOUR) for result in results]
    results_bars = bars(rows, values, [""] * len(results), colours)
    results_bars["hovertext"] = [_result_text(result, words) for result in results]
    results_bars["hovertemplate"] = "%{hovertext}<extra></extra>"
    frame = rows_layout(ticks, longest * 1.75, words)
    frame["annotations"] = [
        {
            "x": max(value, result.target.value if result.target else 0),
            "y": row,
            "xshift": -10 if words.is_right_to_left else 10,
            "xanchor": "right" if words.is_right_to_left else "left",
            "showarrow": False,
            "text": _result_text(result, words),
        }
        for row, value, result in zip(rows, values, results, strict=True)
    ]
    return {"data": [results_bars, _target_marks(targets, words)], "layout": frame}


def _result_text(result: Result, words: Words) -> str:
    if result.is_hidden:
        return text(f"※ {words.plain('hidden: small group')}", words)
    verdict = f"{result.status.symbol} {result.status.word}"
    return text(f"{number(result.value, words)} {verdict}" if result.value else verdict, words)


def _target_marks(targets: list[tuple[int, Number]], words: Words) -> Chart:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [target.value for _row, target in targets],
        "y": [row for row, _target in targets],
        "marker": {"symbol": "line-ns", "size": 17, "opacity": 1, "line": {"color": INK, "width": 3}},
        "hovertext": [text(f"{words.plain('Target')} {number(target, words)}", words) for _row, target in targets],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
