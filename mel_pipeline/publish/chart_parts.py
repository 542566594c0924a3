"""Parts that all charts share: texts that keep their direction, bars, axes and margins.

Only what knows no figure belongs here. Plotly always draws from left to right; languages written from right to left
get mirrored axes, and each text its own direction.
"""

import re
from typing import Any

from mel_pipeline.publish.label_wrap import text_width
from mel_pipeline.publish.numbers import Number
from mel_pipeline.publish.words import Words

INK, MUTED, GRID = "#1d2733", "#5b6673", "#e3e7ec"
BLUE = "#0b6e99"
STATUS_COLOURS = {"on_track": "#0b6e99", "at_risk": "#e0a100", "off_track": "#b5411b"}
NO_STATUS_COLOUR = "#7c8590"
RIGHT_TO_LEFT_ISOLATE, LEFT_TO_RIGHT_ISOLATE, END_OF_ISOLATE = "\u2067", "\u2066", "\u2069"
ROW_HEIGHT = 25
FONT_SIZE = 13
PLAIN = re.compile("<[^>]+>|[\u2066\u2067\u2069]")
"""What of a label takes no room: tags and isolates."""

Chart = dict[str, Any]


def text(content: str, words: Words) -> str:
    """A text that keeps its own direction inside a chart."""
    return f"{RIGHT_TO_LEFT_ISOLATE}{content}{END_OF_ISOLATE}" if words.is_right_to_left else content


def number(value: Number, words: Words) -> str:
    """A number that keeps its own direction inside a text of any direction."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{value.text}{END_OF_ISOLATE}" if words.is_right_to_left else value.text


def bold(content: str, is_bold: bool = True) -> str:
    """A text in bold, where it is to be."""
    return f"<b>{content}</b>" if is_bold else content


def bars(rows: list[int], values: list[float], texts: list[str], colours: list[str]) -> Chart:
    """Lying bars, one in each row, with a text at the end."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "x": values,
        "text": texts,
        "textposition": "outside",
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colours},
        "hovertemplate": "%{text}<extra></extra>",
        "width": 0.62,
    }


def rows_layout(ticks: list[str], longest: float, words: Words) -> Chart:
    """A layout with one line of text for each row, first row on top."""
    frame = layout(ROW_HEIGHT * len(ticks) + 24, words)
    span = [0, longest]
    frame["xaxis"] |= {"visible": False, "range": span[::-1] if words.is_right_to_left else span}
    frame["yaxis"] |= {
        "tickvals": list(range(len(ticks))),
        "ticktext": ticks,
        "range": [len(ticks) - 0.4, -0.6],
        "showgrid": False,
        "ticklabelstandoff": 6,
    }
    widest = max(text_width(PLAIN.sub("", tick), FONT_SIZE) for tick in ticks)
    frame["margin"] = _margin(min(max(widest + 16, 90), 260), words, bottom=4)
    return frame


def _margin(room: float, words: Words, bottom: int) -> Chart:
    sides = ("r", "l") if words.is_right_to_left else ("l", "r")
    return {sides[0]: round(room), sides[1]: 8, "t": 10, "b": bottom}


def layout(height: int, words: Words) -> Chart:
    """Fonts, axes and margins of any chart."""
    latin, arabic = "'Noto Sans'", "'Noto Sans Arabic'"
    family = [arabic, latin] if words.is_right_to_left else [latin, arabic]
    font = {"family": ", ".join([*family, "system-ui", "sans-serif"]), "size": FONT_SIZE, "color": INK}
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True}
    return {
        "font": font,
        "height": height,
        "margin": _margin(52, words, bottom=46),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "#fff", "font": font},
        "xaxis": axis | {"showgrid": False},
        "yaxis": axis | {"side": "right" if words.is_right_to_left else "left"},
    }
